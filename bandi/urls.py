"""Addresses of calls beside their pages, with the language in front."""

from django.urls import path

from .views import interests, public

urlpatterns = [
    path("bandi/<slug:slug>/esiti.csv", public.call_outcomes, name="call_outcomes"),
    path("bandi/<slug:slug>/chi-ci-sta/", interests.join, name="call_join"),
]
