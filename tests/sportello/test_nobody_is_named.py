"""Planted names of young people and their guardians are nowhere that everybody reads: page, feed, search, cache."""

import re

import pytest
from django.urls import reverse

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


def public_addresses(offer) -> list[str]:
    """What everybody may read of the Sportello, and what machines read of the portal."""
    pages = [offer.get_absolute_url(), reverse("sportello:offer_report", args=[offer.pk]), reverse("sportello:hosts")]
    pages += [reverse("sportello:municipality_names") + "?q=chie", "/sitemap.xml", "/robots.txt"]
    pages += [reverse("sportello:offers") + words for words in SEARCHES]
    pages += ["/cerca/" + words for words in SEARCHES] + ["/", "/en/sportello/"]
    pages += [reverse("sportello:host", args=[offer.host_id, "x"])]
    return pages


def test_no_public_page_names_anybody(planted):
    offer, minor = planted
    addresses = public_addresses(offer)
    opened = 0
    # Signed in first: what a reader may see must not stay in a cache for the next one.
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
    assert opened > 20


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
