"""Addresses of the square beside its pages: search, calendars, feed; and what only machines read."""

from django.urls import path

from . import views
from .feeds import NewsFeed

# With the language in front, like every page.
public_urls = [
    path("cerca/", views.search, name="search"),
    path("eventi/calendario.ics", views.events_calendar, name="events_calendar"),
    path("eventi/<slug:slug>/evento.ics", views.event_calendar, name="event_calendar"),
    path("governance/sedute/<slug:slug>/seduta.ics", views.meeting_calendar, name="meeting_calendar"),
    path("notizie/feed.xml", NewsFeed(), name="news_feed"),
]

# One for the whole site.
site_urls = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
