"""Writing an offer in steps: kept from the first one on, nothing lost or half-saved, sent only when it is right."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sportello import wizard
from sportello.actions import offers
from sportello.enums import OfferState
from sportello.models import Offer, Sector
from tests.factories.sportello import (
    HostFactory,
    MunicipalityFactory,
    SectorFactory,
    SkillFactory,
    make_offer,
    operator_of,
    owner_of,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
NEW = "/area/azienda/offerte/nuova/"


def steps() -> dict[str, dict]:
    """What a host writes, step by step."""
    today = timezone.localdate()
    return {
        "che-cosa": {
            "title": "Dal disegno allo sgabello",
            "summary": "Due mesi in bottega.",
            "kind": "short",
            "sector": (Sector.objects.first() or SectorFactory()).pk,
        },
        "attivita": {"tasks": "Misurare, tagliare, montare.", "goals": [SkillFactory().pk]},
        "quando": {
            "start_date": today + timedelta(days=30),
            "end_date": today + timedelta(days=90),
            "schedule": ["0", "3"],
            "weekly_hours": 8,
        },
        "dove": {"municipality_name": "Chieri", "address": "Via Roma 1"},
        "per-chi": {"minimum_age": 18, "tutor_name": "Piera Fantini", "study_paths": ["vocational"]},
        "posti": {"seats_count": 2, "indemnity": ""},
    }


@pytest.fixture
def host():
    return HostFactory(organisation__municipality=MunicipalityFactory(name="Chieri"))


@pytest.fixture
def client(host):
    client = StrictClient()
    client.force_login(owner_of(host))
    return client


def address(offer: Offer, step: str) -> str:
    return reverse("area:host_offer_step", args=[offer.pk, step])


def summary(offer: Offer) -> str:
    return reverse("area:host_offer_edit", args=[offer.pk])


def test_from_the_first_step_to_the_desk(client, host):
    page = client.get(NEW).content.decode()
    assert "Passo 1 di 7" in page
    assert "almeno 300 € al mese" in page, "the rules of each kind are there before one chooses"
    url = NEW
    for number, (key, values) in enumerate(steps().items(), start=1):
        url = client.post(url, values).url
        offer = Offer.objects.get()
        assert (offer.state, len(wizard.steps_left(offer))) == (OfferState.DRAFT, 6 - number), key
        assert client.get(url).status_code == 200
    assert url == summary(offer)
    page = client.get(url).content.decode()
    for words in (
        "Due mesi in bottega.",
        "Misurare, tagliare, montare.",
        "Via Roma 1",
        "lunedì e martedì: mattina",
        "8",
    ):
        assert words in page
    for key in steps():
        assert address(offer, key) in page
    assert offer.seats.count() == 2
    assert client.post(reverse("area:host_offer_submit", args=[offer.pk])).status_code == 302
    offer.refresh_from_db()
    assert offer.state == OfferState.IN_REVIEW
    # Sent, it is not written any more: the pages lead to what it is now.
    for page in (summary(offer), address(offer, "quando")):
        assert client.get(page).url == reverse("area:host_offer", args=[offer.pk])
        assert client.post(page, steps()["quando"]).status_code == 302
    assert Offer.objects.get().weekly_hours == 8


def test_left_and_taken_up_again(client):
    first = client.post(NEW, steps()["che-cosa"] | {"save_exit": "1"})
    offer = Offer.objects.get()
    assert first.url == reverse("area:host_offers")
    page = client.get(first.url).content.decode()
    assert "Mancano 5 passi" in page
    assert summary(offer) in page
    assert address(offer, "attivita") in client.get(summary(offer)).content.decode()
    assert client.get(reverse("area:host_offer", args=[offer.pk])).url == summary(offer)
    # In whatever order: the next page is the next that is left.
    assert client.post(address(offer, "dove"), steps()["dove"]).url == address(offer, "per-chi")
    assert client.post(address(offer, "posti"), steps()["posti"]).url == address(offer, "attivita")
    # What is not finished is not sent.
    client.post(reverse("area:host_offer_submit", args=[offer.pk]))
    offer.refresh_from_db()
    assert offer.state == OfferState.DRAFT


@pytest.mark.parametrize(
    ("step", "changes", "words"),
    [
        ("che-cosa", {"kind": ""}, "Esperienza breve» va quasi sempre bene"),
        ("che-cosa", {"title": "x" * 121}, "120"),
        ("attivita", {"tasks": " "}, "obbligatorio"),
        ("quando", {"start_date": "2031-03-02", "end_date": "2031-03-01"}, "La fine viene prima"),
        ("quando", {"start_date": "2020-03-01", "end_date": "2020-04-01"}, "già passata"),
        ("quando", {"start_date": "31/02/2027"}, "data valida"),
        ("quando", {"schedule": []}, "almeno una parte"),
        ("quando", {"schedule": ["99"]}, "99"),
        ("quando", {"duration_weeks": 50}, "più corto"),
        ("quando", {"weekly_hours": "otto"}, "numero intero"),
        ("dove", {"municipality_name": "Atlantide"}, "Non troviamo questo comune"),
        ("per-chi", {"minimum_age": 18, "maximum_age": 17}, "più bassa"),
        ("per-chi", {"tutor_name": ""}, "obbligatorio"),
        ("posti", {"seats_count": 0}, "almeno un posto"),
        ("posti", {"seats_count": -3}, "almeno un posto"),
        ("posti", {"seats_count": 51}, "si arriva a 50"),
        ("posti", {"seats_count": "due"}, "numero intero"),
    ],
)
def test_what_makes_no_sense_is_said_next_to_the_field(client, step, changes, words):
    client.post(NEW, steps()["che-cosa"])
    offer = Offer.objects.get()
    before = Offer.objects.filter(pk=offer.pk).values().get()
    page = client.post(address(offer, step), steps()[step] | changes)
    html = page.content.decode()
    assert page.status_code == 200
    assert words in html
    assert "Qualcosa va corretto" in html
    for name, value in changes.items():
        typed = str(value).strip()
        assert not typed or name in ("schedule", "kind") or typed in html, f"{name} is lost"
    assert Offer.objects.filter(pk=offer.pk).values().get() == before


def test_nothing_is_made_by_a_first_step_that_is_wrong(client):
    assert client.post(NEW, steps()["che-cosa"] | {"title": ""}).status_code == 200
    assert not Offer.objects.exists()
    assert client.get(NEW.replace("nuova", "999999/passo/quando")).status_code == 404
    client.post(NEW, steps()["che-cosa"])
    assert client.get(address(Offer.objects.get(), "altro")).status_code == 404


def test_a_rule_is_said_next_to_its_field_and_what_was_typed_is_kept(client):
    client.post(NEW, steps()["che-cosa"] | {"kind": "traineeship"})
    offer = Offer.objects.get()
    today = timezone.localdate()
    short = steps()["quando"] | {"end_date": today + timedelta(days=40)}
    page = client.post(address(offer, "quando"), short)
    html = page.content.decode()
    assert page.status_code == 200
    assert "dura almeno 60 giorni" in html
    assert "Linee guida sui tirocini" in html, "and where the rule comes from"
    assert address(offer, "attivita") in html, "one can go on and put it right later"
    offer.refresh_from_db()
    assert (offer.end_date, offer.weekly_hours) == (today + timedelta(days=40), 8)
    for key in ("attivita", "dove", "per-chi"):
        client.post(address(offer, key), steps()[key])
    html = client.post(address(offer, "posti"), steps()["posti"]).content.decode()
    assert "almeno 300 euro" in html
    # At the end both are said again, and it cannot be sent, by the page or past it.
    html = client.get(summary(offer)).content.decode()
    assert "dura almeno 60 giorni" in html
    assert "almeno 300 euro" in html
    assert "Invia allo Sportello" not in html
    client.post(reverse("area:host_offer_submit", args=[offer.pk]))
    offer.refresh_from_db()
    assert offer.state == OfferState.DRAFT
    # Another kind puts the length right; the money is not asked for any more.
    client.post(address(offer, "che-cosa"), steps()["che-cosa"])
    assert "Invia allo Sportello" in client.get(summary(offer)).content.decode()


def test_headcount_not_known_is_asked_for(client, host):
    host.permanent_staff = None
    host.save()
    client.post(NEW, steps()["che-cosa"] | {"kind": "traineeship"})
    page = client.post(address(Offer.objects.get(), "posti"), {"seats_count": 1, "indemnity": 500})
    assert "dipendenti a tempo indeterminato" in page.content.decode()


def test_sent_back_it_is_corrected_where_it_needs_to_be(client, host):
    offer = make_offer(host, OfferState.IN_REVIEW)
    offer = offers.return_offer(offer, operator_of(host.desk), "Manca chi accompagna il sabato.")
    for url in (summary(offer), address(offer, "quando")):
        assert "Manca chi accompagna il sabato." in client.get(url).content.decode()
    values = steps()["per-chi"] | {"tutor_name": "Piera, anche di sabato"}
    assert client.post(address(offer, "per-chi"), values).url == summary(offer)
    client.post(reverse("area:host_offer_submit", args=[offer.pk]))
    offer.refresh_from_db()
    assert (offer.state, offer.tutor_name) == (OfferState.IN_REVIEW, "Piera, anche di sabato")


def test_a_double_click_on_a_step_does_no_harm(client):
    client.post(NEW, steps()["che-cosa"])
    offer = Offer.objects.get()
    for _click in range(2):
        assert client.post(address(offer, "quando"), steps()["quando"]).status_code == 302
    assert Offer.objects.count() == 1


def test_nobody_elses_draft(host):
    offer = make_offer(host, OfferState.DRAFT)
    stranger = StrictClient()
    stranger.force_login(owner_of(HostFactory()))
    for url in (summary(offer), address(offer, "quando")):
        assert stranger.get(url).status_code == 404
        assert stranger.post(url, steps()["quando"]).status_code == 404
