"""The address that a link in an e-mail opens: the page of one's own request and signature. Never cached."""

from django.urls import path

from .views import pact_request

urlpatterns = [
    path("<str:token>/", pact_request.follow, name="pact_request"),
]
