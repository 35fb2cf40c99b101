"""What everybody may download of calls."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from portal.pages.csv_files import csv_response

from ..models import CallOutcome, CallPage
from ..outcomes_csv import public_csv


@require_safe
def call_outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    """The outcomes of a call as CSV."""
    calls = CallPage.objects.live().public().filter(locale=Locale.get_active())
    call = get_object_or_404(calls, slug=slug)
    return csv_response(public_csv(CallOutcome.objects.public().of_call(call)), f"{call.slug}-esiti.csv")
