"""Planted names of young people and their guardians are nowhere that everybody reads: page, feed, search, cache."""

import re

import pytest
from django.core.cache import caches
from django.urls import reverse
from wagtail.models import Page

from sportello.actions import applications_acceptance, applications_host
from sportello.enums_people import ConsentPurpose
from tests.factories.people import allow, guardian_of, make_cv, make_minor
from tests.factories.sportello import (
    HostFactory,
    MunicipalityFactory,
    YouthFactory,
    make_application,
    make_offer,
    owner_of,
)
from tests.helpers.routes import public_names
from tests.helpers.strict import StrictClient

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]
PLANTED = (
    "Zefferino",
    "Quaglia",
    "Ermenegarda",
    "3339998887",
    "curriculum-segreto",
    "zefferino@",
    "motivazione-segreta",
)
SEARCHES = ("", "?q=Zefferino", "?q=Quaglia", "?q=zefferino@example.org", "?q=motivazione-segreta", "?q=3339998887")


@pytest.fixture
def planted():
    """A minor, with a guardian, a CV and a seat offered, and an adult who has accepted one, at a public host."""
    host = HostFactory()
    offer = make_offer(host, minimum_age=15, seats_count=3)
    names = {"user__first_name": "Zefferino", "user__last_name": "Quaglia", "user__email": "zefferino@example.org"}
    minor = make_minor(desk=host.desk, phone="3339998887", study_note="Quaglia", **names)
    guardian = guardian_of(minor)
    guardian.first_name = "Ermenegarda"
    guardian.save()
    allow(minor, ConsentPurpose.APPLYING, ConsentPurpose.CV)
    row = make_application(offer, minor, motivation="motivazione-segreta")
    make_cv(minor, row)
    applications_host.offer_seat(row, owner_of(host))
    adult = YouthFactory(desk=host.desk, user__first_name="Zefferino", user__last_name="Quaglia")
    taken = applications_host.offer_seat(
        make_application(offer, adult, motivation="motivazione-segreta"), owner_of(host)
    )
    applications_acceptance.accept(taken, adult.user)
    MunicipalityFactory(name="Chieri")
    return offer, minor


OF_ONE_OFFER = {
    "sportello:offer": lambda offer: [offer.pk, offer.slug],
    "sportello:offer_report": lambda offer: [offer.pk],
    "sportello:host": lambda offer: [offer.host_id, offer.host.slug],
}
OF_OTHER_ROOMS = {
    "call_interest", "call_interest_write", "call_join", "call_outcomes", "event_calendar", "indicator",
    "indicator_data", "list_output", "maps:picture", "media", "meeting_calendar", "pact_request", "plan_node",
    "project_follow", "project_follower", "wagtailcore_authenticate_with_password",
    "wagtaildocs_authenticate_with_password", "wagtaildocs_serve",
}  # fmt: skip
"""Addresses of one thing of another room: nothing there has a key to a young person. Wagtail's pages are all opened."""


def public_addresses(offer) -> list[str]:
    """Every address that everybody may open, read from the URL patterns, so that a new one is not forgotten."""
    pages = [page.url for page in Page.objects.live() if page.url]
    for name in sorted(public_names() - OF_OTHER_ROOMS - {"wagtail_serve"}):
        if name.startswith("api:") and name.endswith(":detail"):
            continue
        address = reverse(name, args=OF_ONE_OFFER[name](offer) if name in OF_ONE_OFFER else [])
        searched = SEARCHES if name in ("sportello:offers", "sportello:offer_feed", "search") else ("",)
        pages += [address + words for words in searched]
    return [*pages, reverse("sportello:municipality_names") + "?q=chie", "/en/sportello/"]


def test_no_public_page_names_anybody(planted, settings):
    settings.PAGES_KEPT_SECONDS = 60
    caches["pages"].clear()
    offer, minor = planted
    addresses = public_addresses(offer)
    opened = 0
    # Signed in first: what a reader may see must not stay in a cache for the next one. The last one reads what is kept.
    insider = StrictClient()
    insider.force_login(minor.user)
    for client in (insider, StrictClient(), StrictClient()):
        for address in addresses:
            answer = client.get(address, follow=True)
            opened += answer.status_code == 200
            if client is insider:
                continue
            said = answer.content.decode() + str(dict(answer.headers)) + str(answer.redirect_chain)
            for name in PLANTED:
                asked = name in address
                assert asked or name not in said, f"{name} at {address}"
    assert opened > 90
    assert len(caches["pages"]._cache) > 10, "nothing was kept, so nothing kept was read"
    caches["pages"].clear()


def test_what_is_asked_for_by_name_is_not_found(planted):
    """The words of a search come back in its field, its addresses and its filter, and in nothing that is found."""
    for words in ("Zefferino", "Quaglia", "motivazione-segreta"):
        page = StrictClient().get("/sportello/", {"q": words}).content.decode()
        read = re.sub(r"<[^>]*>", " ", page.split("<main")[1])
        # Once: the filter that can be taken off.
        assert read.count(words) == 1


def test_reserved_answers_are_kept_by_nobody(planted):
    _offer, minor = planted
    client = StrictClient()
    client.force_login(minor.user)
    row = minor.applications.get()
    for address in (
        "/area/",
        "/area/dati/",
        "/area/dati/scarica/",
        "/area/giovane/tutori/",
        reverse("area:youth_application", args=[row.pk]),
        reverse("area:cv", args=[minor.curricula.get().pk]),
    ):
        headers = client.get(address).headers
        assert "no-store" in headers["Cache-Control"] or "private" in headers["Cache-Control"], address
        assert "noindex" in headers["X-Robots-Tag"], address
        assert StrictClient().get(address).status_code == 302, address
