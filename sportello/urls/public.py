"""Public pages of the Sportello."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
