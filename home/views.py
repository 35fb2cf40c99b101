"""Views that compose several apps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def search(request: HttpRequest) -> HttpResponse:
    """Pages whose title has the words asked for."""
    return render(request, "pages/home/search.html", {"query": request.GET.get("q", "").strip()})
