"""Addresses of the demo's letterbox; included only where `settings.DEMO` is on."""

from django.urls import path

from . import demo_mail

urlpatterns = [
    path("", demo_mail.mailbox, name="demo_mailbox"),
    path("<slug:key>/", demo_mail.letter, name="demo_letter"),
    path("<slug:key>/html/", demo_mail.letter_html, name="demo_letter_html"),
]
