"""Addresses of calls beside their pages, with the language in front."""

from django.urls import path

from .views import public

urlpatterns = [
    path("bandi/<slug:slug>/esiti.csv", public.call_outcomes, name="call_outcomes"),
]
