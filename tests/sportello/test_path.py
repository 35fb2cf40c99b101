"""The whole path through the pages, as people walk it; what each of them sees, and what each gets by e-mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from sportello.models import Application, Host, Offer, Placement, YouthProfile
from tests.factories.sportello import (
    DeskFactory,
    MunicipalityFactory,
    SectorFactory,
    SkillFactory,
    UserFactory,
    make_operator,
    pact_in_force,
    vat_number,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db


def signed_in(user) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def new_mail() -> list:
    letters = list(mail.outbox)
    mail.outbox.clear()
    return letters


def link_in(letter) -> str:
    """The one link of a letter to a page, as a path."""
    links = set(re.findall(r"https?://[^/\s]+(/\S+)", letter.body.split("\n-- \n")[0]))
    assert len(links) == 1, letter.body
    return links.pop()


def test_from_registration_to_acceptance(django_capture_on_commit_callbacks):
    sector, skill = SectorFactory(name="Artigianato"), SkillFactory(name="Manualità")
    MunicipalityFactory(name="Chieri")
    operator = make_operator(DeskFactory())
    owner, young = UserFactory(first_name="Piera"), UserFactory(first_name="Marta")
    host_client, youth_client, desk_client = signed_in(owner), signed_in(young), signed_in(operator)

    def post(client, url, data=None):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(url, data or {})
        assert response.status_code == 302, response.content.decode()
        return response.url

    # The business registers.
    assert "Offro un'esperienza" in host_client.get("/area/").content.decode()
    assert (
        post(
            host_client,
            "/area/azienda/registrazione/",
            {
                "name": "Bottega del Legno",
                "kind": "business",
                "fiscal_code": vat_number(5),
                "municipality_name": "chieri",
                "contact_name": "Piera Fantini",
            },
        )
        == "/area/azienda/"
    )
    host = Host.objects.get()
    to_host, to_desk = sorted(new_mail(), key=lambda letter: letter.to != [owner.email])
    assert (to_host.to, to_desk.to) == ([owner.email], [operator.email])
    assert link_in(to_host) == "/area/azienda/"
    assert "Bottega" not in to_host.subject

    # It writes an offer with two seats while it waits, step by step, and sends it from the last page.
    today = timezone.localdate()
    steps = [
        {"title": "Dal disegno allo sgabello", "summary": "Sei mesi in bottega.", "kind": "short", "sector": sector.pk},
        {"tasks": "Misurare, tagliare, montare."},
        {
            "start_date": today + timedelta(days=30),
            "end_date": today + timedelta(days=90),
            "schedule": ["0", "3"],
            "weekly_hours": 8,
        },
        {"municipality_name": "Chieri"},
        {"minimum_age": 18, "skills": [skill.pk], "tutor_name": "Piera Fantini, titolare"},
        {"seats_count": 2},
    ]
    address = "/area/azienda/offerte/nuova/"
    for values in steps:
        address = post(host_client, address, values)
    assert "Invia allo Sportello" in host_client.get(address).content.decode()
    offer_url = post(host_client, address.replace("modifica", "invia"))
    offer = Offer.objects.get()
    assert offer_url == f"/area/azienda/offerte/{offer.pk}/"
    assert offer.state == "in_review"
    (to_desk,) = new_mail()
    assert to_desk.to == [operator.email]
    assert signed_in(young).get(offer.get_absolute_url()).status_code == 404

    # The desk verifies and publishes, in the admin.
    page = desk_client.get(reverse("sportello_host:inspect", args=[host.pk])).content.decode()
    assert "Bottega del Legno" in page
    pact = pact_in_force()
    post(desk_client, reverse("sportello_host:verify", args=[host.pk]))
    (letter,) = new_mail()
    assert letter.to == [owner.email]

    # The business signs the pact: before, nothing of it is published.
    refused = desk_client.post(reverse("sportello_offer:publish", args=[offer.pk]), follow=True).content.decode()
    assert "deve ancora firmare il Patto" in refused
    pact_url = link_in(letter)
    assert "Manca la firma" in host_client.get(pact_url).content.decode()
    values = {"signer_name": "Piera Fantini", "read": "on", "authorised": "on", "sha256": pact.sha256}
    post(host_client, pact_url, values)
    (letter,) = new_mail()
    assert letter.subject == "Il patto è firmato"
    assert "Il patto è firmato: grazie." in host_client.get(link_in(letter)).content.decode()
    assert desk_client.get(link_in(to_desk)).status_code == 200
    post(desk_client, reverse("sportello_offer:publish", args=[offer.pk]))
    (published,) = new_mail()
    assert link_in(published) == offer.get_absolute_url()

    # The public finds it.
    anonymous = StrictClient()
    assert "Dal disegno allo sgabello" in anonymous.get("/sportello/").content.decode()
    assert "Dal disegno allo sgabello" in anonymous.get("/sportello/?q=sgabello&tipo=short").content.decode()
    assert "Dal disegno allo sgabello" not in anonymous.get("/sportello/?q=astronave").content.decode()
    moved = anonymous.get(f"/sportello/offerte/{offer.pk}-altro-nome/")
    assert (moved.status_code, moved.url) == (301, offer.get_absolute_url())
    detail = anonymous.get(offer.get_absolute_url()).content.decode()
    apply_url = f"/area/giovane/offerte/{offer.pk}/candidatura/"
    assert apply_url in detail
    to_login = anonymous.get(apply_url)
    assert to_login.status_code == 302
    assert to_login.url.endswith(f"next={apply_url}")

    # A young person registers and tells about themselves.
    assert youth_client.get(apply_url).url == "/area/giovane/profilo/"
    profile = {
        "first_name": "Marta",
        "last_name": "Esempio",
        "birth_date": "2004-05-14",
        "home_name": "Chieri",
    }
    step = post(youth_client, "/area/giovane/profilo/", profile)
    assert "che cosa sai fare" in youth_client.get(apply_url).content.decode()
    for answers in (
        {"status": "seeking", "study_path": "vocational"},
        {"interests": [sector.pk]},
        {"skills": [skill.pk]},
        {"availability": ["0", "3", "4"]},
        {"max_distance_km": 10},
        {},
        {"matching_consent": "on"},
    ):
        assert youth_client.get(step).status_code == 200
        step = post(youth_client, step, answers)
    # Back to the offer that they came for.
    assert step == apply_url
    assert YouthProfile.objects.get().is_complete
    suited = youth_client.get("/area/giovane/offerte/").content.decode()
    assert "Dal disegno allo sgabello" in suited
    assert "È in un settore che ti interessa" in suited

    # Applies.
    assert "Marta Esempio" in youth_client.get(apply_url).content.decode()
    application_url = post(youth_client, apply_url, {"motivation": "Mi piace il legno."})
    application = Application.objects.get()
    letters = {letter.to[0]: letter for letter in new_mail()}
    assert set(letters) == {owner.email, young.email}
    assert link_in(letters[young.email]) == application_url
    assert "Marta" not in letters[owner.email].body + letters[owner.email].subject

    # The business sees it and offers a seat; the profile stays closed to it.
    inbox = host_client.get("/area/azienda/").content.decode()
    assert "1 candidatura aspetta una risposta" in inbox
    received_url = link_in(letters[owner.email])
    received = host_client.get(received_url).content.decode()
    assert "Mi piace il legno." in received
    assert young.email not in received
    post(host_client, f"{received_url}letta/")
    seat_page = host_client.get(f"{received_url}offri/").content.decode()
    start, end = re.findall(r'type="date"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*type="date"', seat_page)
    days = {"start_date": "".join(start), "end_date": "".join(end)}
    post(host_client, f"{received_url}offri/", days)
    (offered,) = new_mail()
    assert offered.to == [young.email]
    assert "fino a" in offered.body
    assert young.first_name not in offered.subject

    # The young person accepts, after a page that asks.
    assert link_in(offered) == application_url
    assert f"{application_url}accetta/" in youth_client.get(application_url).content.decode()
    assert youth_client.get(f"{application_url}accetta/").status_code == 200
    application.refresh_from_db()
    assert application.state == "offered"
    post(youth_client, f"{application_url}accetta/")
    assert {letter.to[0] for letter in new_mail()} == {young.email, owner.email, operator.email}

    # All three see it.
    assert "Hai accettato il posto" in youth_client.get(application_url).content.decode()
    received = host_client.get(received_url).content.decode()
    assert "Ha accettato il posto" in received
    assert young.email in received
    desk_page = desk_client.get(reverse("sportello_application:inspect", args=[application.pk])).content.decode()
    assert "Marta Esempio" in desk_page
    assert Placement.objects.get().application == application


def test_every_letter_has_text_html_and_who_to_ask(django_capture_on_commit_callbacks):
    from sportello import notifications
    from tests.factories.people import allow, make_minor
    from tests.factories.sportello import make_offered

    application = make_offered()
    minor = make_minor(application.youth)
    yes = allow(minor)[0]
    link = minor.guardian_links.get()
    for notices, draw, pk in (
        (set(notifications.CONSENT_NOTICES) - {"consent_revoked_desk"}, notifications.about_consent, yes.pk),
        (notifications.LINK_NOTICES, notifications.about_guardian, link.pk),
        (notifications.APPLICATION_NOTICES, notifications.about_application, application.pk),
        (notifications.OFFER_NOTICES, notifications.about_offer, application.offer_id),
        (notifications.HOST_NOTICES, notifications.about_host, application.offer.host_id),
    ):
        for notice in notices:
            messages = list(draw(pk, notice))
            assert messages, notice
            for message in messages:
                from portal.ops.mail import compose_email

                letter = compose_email(
                    "sportello/notice", message.to, message.context, message.language, message.reply_to
                )
                html = letter.alternatives[0][0]
                assert link_in(letter)
                assert application.desk.email in letter.body
                assert message.context["todo"] in letter.body
                assert "http" in html
                for name in (application.applicant_name, application.youth.user.first_name, application.offer.title):
                    assert name not in letter.subject
