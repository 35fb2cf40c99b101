"""The addresses by which people follow a project: the form, and the page that links in e-mails open. Never cached."""

from django.urls import path

from .views import following

urlpatterns = [
    path("progetto/<slug:slug>/", following.ask, name="project_follow"),
    path("<str:token>/", following.own, name="project_follower"),
]
