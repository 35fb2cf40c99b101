"""The addresses that links in e-mails open: one's own page in «Chi ci sta?». Never cached."""

from django.urls import path

from .views import interests

urlpatterns = [
    path("<str:token>/", interests.follow, name="call_interest"),
    path("<str:token>/scrivi/<int:pk>/", interests.write, name="call_interest_write"),
]
