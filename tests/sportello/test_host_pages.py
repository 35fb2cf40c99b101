"""What a host says of itself, and what everybody reads about it."""

import io
import json
import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone
from PIL import Image

from sportello import scoring
from sportello.actions import applications, applications_host
from sportello.actions.host_answers import refresh_answers
from sportello.enums import HostState
from sportello.matching import YouthFacts, score_pair
from sportello.models import Host, Offer
from sportello.reliability import Reliability, reliability_of
from tests.budgets.test_sportello import same_cost
from tests.factories.sportello import (
    HostFactory,
    SectorFactory,
    YouthFactory,
    make_application,
    make_offer,
    owner_of,
    vat_number,
)
from tests.helpers.strict import StrictClient
from tests.sportello.test_host_members import signed_in

pytestmark = pytest.mark.django_db
EDIT = "/area/azienda/realta/modifica/"
SECRET = "Zefferino Quaglia"


def picture(kind: str = "PNG", size=(200, 100), **extra) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#175E4C").save(out, kind, **extra)
    return out.getvalue()


def values(host, **changes) -> dict:
    return {"contact_name": "Piera", "fiscal_code": host.fiscal_code, **changes}


def test_an_owner_changes_what_the_host_says():
    host = HostFactory()
    sector = SectorFactory(name="Artigianato")
    client = signed_in(owner_of(host))
    exif = Image.Exif()
    exif[0x9286] = "segreto nella foto"
    logo = SimpleUploadedFile("logo.jpg", picture("JPEG", exif=exif), "image/jpeg")
    data = values(host, about="Lavoriamo il legno.", sectors=[sector.pk], phone="011 1", permanent_staff="4", logo=logo)
    page = client.post(EDIT, data, follow=True).content.decode()
    assert "Dati salvati." in page
    assert "Lavoriamo il legno." in page
    host.refresh_from_db()
    assert host.state == HostState.SIGNED
    assert (host.permanent_staff, host.logo_width, host.sectors.get()) == (4, 200, sector)
    drawn = host.logo.open().read()
    assert drawn[:4] == b"RIFF"
    assert b"segreto" not in drawn
    first = host.logo.name
    # Another one takes its place; what is not chosen again stays.
    client.post(EDIT, values(host))
    host.refresh_from_db()
    assert host.logo.name == first
    client.post(EDIT, values(host, remove_logo="on"))
    host.refresh_from_db()
    assert not host.logo


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fiscal_code": "12345678901"}, "non è una partita IVA"),
        ({"fiscal_code": ""}, "obbligatorio"),
        ({"contact_name": ""}, "obbligatorio"),
        ({"permanent_staff": "-1"}, "Qualcosa va corretto"),
        ({"paused_until": "2020-01-01"}, "già passata"),
        ({"url": "sito"}, "Qualcosa va corretto"),
        ({"logo": SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", "image/png")}, "non è un&#x27;immagine"),
        ({"logo": SimpleUploadedFile("logo.png", picture(size=(20, 20)), "image/png")}, "troppo piccola"),
        ({"logo": SimpleUploadedFile("logo.gif", picture("GIF"), "image/gif")}, "non è un&#x27;immagine"),
        ({"logo": SimpleUploadedFile("logo.png", picture() + b"0" * 2_100_000, "image/png")}, "pesa troppo"),
    ],
)
def test_bad_data_is_said_beside_the_field_and_nothing_is_lost(change, message):
    host = HostFactory()
    data = values(host, about="Parole mie da non perdere.", **change)
    page = signed_in(owner_of(host)).post(EDIT, data).content.decode()
    assert message in page
    assert "Parole mie da non perdere." in page
    host.refresh_from_db()
    assert host.about == ""
    assert not host.logo


def test_another_code_is_asked_once_more():
    host, other = HostFactory(), HostFactory()
    client = signed_in(owner_of(host))
    page = client.post(EDIT, values(host, fiscal_code=other.fiscal_code, confirm_code="on")).content.decode()
    assert "è già di un&#x27;altra realtà" in page
    code = vat_number(8888)
    page = client.post(EDIT, values(host, fiscal_code=code)).content.decode()
    assert "Conferma che vuoi cambiarlo" in page
    host.refresh_from_db()
    assert host.state == HostState.SIGNED
    client.post(EDIT, values(host, fiscal_code=code, confirm_code="on"))
    host.refresh_from_db()
    assert (host.state, host.fiscal_code, host.verified_at) == (HostState.REGISTERED, code, None)


def test_everybody_reads_about_a_host_that_signed_and_nobody_is_named():
    host = HostFactory(contact_name=SECRET, phone="011 999", about="Lavoriamo il legno.")
    offer = make_offer(host, title="In bottega")
    client = StrictClient()
    page = client.get(host.get_absolute_url()).content.decode()
    assert "Lavoriamo il legno." in page
    assert "In bottega" in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert (data["@type"], data["name"]) == ("Organization", host.organisation.name)
    listed = client.get("/sportello/realta/").content.decode()
    assert host.organisation.name in listed
    assert "1 esperienza aperta" in listed
    assert host.get_absolute_url() in client.get(offer.get_absolute_url()).content.decode()
    for words in (SECRET, "011 999", owner_of(host).email, host.fiscal_code):
        assert words not in page + listed
    assert client.get(f"/sportello/realta/{host.pk}-altro/").url == host.get_absolute_url()


def test_words_of_a_host_cannot_leave_the_structured_data():
    host = HostFactory()
    host.organisation.description = "</script><script>alert(1)</script>"
    host.organisation.save()
    page = StrictClient().get(host.get_absolute_url()).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("state", [state for state in HostState.values if state != HostState.SIGNED])
def test_who_has_not_signed_is_not_there(state):
    host = HostFactory()
    Host.objects.filter(pk=host.pk).update(state=state, state_reason="motivo")
    client = StrictClient()
    assert client.get(f"/sportello/realta/{host.pk}-x/").status_code == 404
    assert host.organisation.name not in client.get("/sportello/realta/").content.decode()


def answered(offer, days: int | None) -> None:
    """An application of a while ago, answered after so many days; None stands for silence."""
    sent = timezone.now() - timedelta(days=40)
    with mock.patch("django.utils.timezone.now", return_value=sent):
        row = make_application(offer, YouthFactory(desk=offer.desk))
    if days is not None:
        with mock.patch("django.utils.timezone.now", return_value=sent + timedelta(days=days)):
            applications_host.reject(row, owner_of(offer.host), "Questa volta no.")


def test_how_reliably_a_host_answers(django_assert_num_queries):
    offer = make_offer(seats_count=3)
    for days in (2, 3, 4, 7):
        answered(offer, days)
    answered(offer, None)
    assert refresh_answers() == 0
    assert reliability_of(Host.objects.get()) is None
    page = StrictClient().get(offer.host.get_absolute_url()).content.decode()
    assert "Risponde in media" not in page
    answered(offer, 4)
    young = make_application(offer)
    applications.withdraw(young, young.youth.user)
    make_application(offer)
    call_command("tend_applications", stdout=io.StringIO())
    with django_assert_num_queries(2):
        assert refresh_answers() == 0
    assert reliability_of(Host.objects.get()) == Reliability(due=6, given=5, days=4)
    page = StrictClient().get(offer.host.get_absolute_url()).content.decode()
    assert "Risponde in media in 4 giorni, a 5 candidature su 6." in page
    # The score says the same of it, and pays for it.
    facts = scoring.offer_facts(Offer.objects.for_matching().get())
    line = score_pair(YouthFacts(), facts).youth.factor("reliability")
    assert line.sentence() == "Questa realtà risponde in media in 4 giorni, a 83 candidature su 100."
    assert (line.missing, line.value) == (False, 86)
    # What is older than two years no longer counts.
    assert refresh_answers(timezone.now() + timedelta(days=800)) == 1
    assert reliability_of(Host.objects.get()) is None


@pytest.mark.parametrize("figures", [(None, 5, 4), (4, 5, 4), (5, 5, None), (0, 0, 0)])
def test_the_figures_of_a_host_are_whole_or_not_there(figures):
    host = HostFactory()
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sportello_host SET answers_due = %s, answers_given = %s, answers_days = %s WHERE id = %s",
            [*figures, host.pk],
        )


def test_queries_of_the_public_pages():
    host = HostFactory()

    def fill(n: int) -> None:
        for _n in range(n):
            make_offer(host)
            make_offer(HostFactory())

    same_cost(fill, host.get_absolute_url(), 12)
    same_cost(lambda n: [HostFactory() for _n in range(n)], "/sportello/realta/", 10)
