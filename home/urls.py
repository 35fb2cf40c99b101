"""Addresses of the square beside its pages: search, single dates for calendars; and what only machines read."""

from django.urls import path

from . import views

# With the language in front, like every page.
public_urls = [
    path("cerca/", views.search, name="search"),
    path("eventi/<slug:slug>/evento.ics", views.event_calendar, name="event_calendar"),
    path("governance/sedute/<slug:slug>/seduta.ics", views.meeting_calendar, name="meeting_calendar"),
]

# One for the whole site.
site_urls = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
