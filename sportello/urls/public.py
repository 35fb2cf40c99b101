"""Public pages of the Sportello: `/sportello/`. The same for every reader, whoever is signed in."""

from django.urls import path

from ..feeds import OfferFeed
from ..views import municipalities, public, public_hosts, reports

app_name = "sportello"

urlpatterns = [
    path("", public.offers, name="offers"),
    path("comuni.json", municipalities.names, name="municipality_names"),
    path("offerte/<int:number>-<slug:slug>/", public.offer, name="offer"),
    path("feed.xml", OfferFeed(), name="offer_feed"),
    path("offerte/<int:number>/segnala/", reports.report, name="offer_report"),
    path("realta/", public_hosts.hosts, name="hosts"),
    path("realta/<int:number>-<slug:slug>/", public_hosts.host, name="host"),
]
