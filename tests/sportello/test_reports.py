"""Telling the desk that an offer is not right: by anybody, once, and read by nobody else."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from sportello.actions import offers, reports
from sportello.enums import OfferState, ReportReason, ReportState
from sportello.errors import GuardRefused, NotPermitted, WrongState
from sportello.models import OfferReport
from tests.factories.sportello import HostFactory, UserFactory, make_offer, operator_of, owner_of

pytestmark = pytest.mark.django_db
WORDS = "Chiedono cento euro prima di cominciare."


def address(offer) -> str:
    return reverse("sportello:offer_report", args=[offer.pk])


def test_anybody_reports_and_the_desk_is_told(client, mailoutbox, django_capture_on_commit_callbacks):
    offer = make_offer()
    assert address(offer) in client.get(offer.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address(offer), {"reason": ReportReason.MONEY, "text": WORDS}, follow=True)
    assert "Segnalazione inviata" in response.content.decode()
    report = OfferReport.objects.get()
    assert (report.offer, report.desk, report.reporter, report.state) == (offer, offer.desk, None, ReportState.OPEN)
    assert {message.to[0] for message in mailoutbox} == {operator_of(offer.desk).email}
    # The e-mail says that there is a report, not what it says.
    assert all(WORDS not in message.body for message in mailoutbox)
    offer.refresh_from_db()
    assert offer.state == OfferState.PUBLISHED


def test_a_mistake_is_said_next_to_its_field_and_nothing_is_lost_or_saved(client):
    offer = make_offer()
    page = client.post(address(offer), {"reason": "", "text": WORDS}).content.decode()
    assert "Scegli che cosa non va." in page
    assert WORDS in page
    page = client.post(address(offer), {"reason": ReportReason.OTHER, "text": "  "}).content.decode()
    assert "Racconta in due righe che cosa non va." in page
    client.post(address(offer), {"reason": "nonsense", "text": WORDS})
    client.post(address(offer), {"reason": ReportReason.MONEY, "text": "x" * 1001})
    assert not OfferReport.objects.exists()


def test_what_is_not_public_cannot_be_reported(client):
    offer = make_offer(state=OfferState.IN_REVIEW)
    assert client.get(address(offer)).status_code == 404
    with pytest.raises(WrongState):
        reports.report_offer(offer, ReportReason.OVER)


def test_one_person_one_open_report(client):
    offer = make_offer()
    person = UserFactory()
    reports.report_offer(offer, ReportReason.OVER, by=person)
    with pytest.raises(GuardRefused, match="già segnalata"):
        reports.report_offer(offer, ReportReason.UNSAFE, by=person)
    client.force_login(person)
    assert "già segnalata" in client.post(address(offer), {"reason": ReportReason.OVER}).content.decode()
    assert OfferReport.objects.count() == 1


def test_only_the_offers_desk_closes_a_report_and_says_what_it_did():
    offer = make_offer()
    report = reports.report_offer(offer, ReportReason.UNSAFE, WORDS)
    for stranger in (owner_of(offer.host), operator_of(HostFactory().desk), UserFactory(), None):
        with pytest.raises(NotPermitted):
            reports.close_report(report, stranger, upheld=True, outcome="Tolta.")
    operator = operator_of(offer.desk)
    with pytest.raises(GuardRefused):
        reports.close_report(report, operator, upheld=False, outcome=" ")
    closed = reports.close_report(report, operator, upheld=True, outcome="Abbiamo parlato con la bottega.")
    assert (closed.state, closed.closed_by) == (ReportState.UPHELD, operator)
    with pytest.raises(WrongState):
        reports.close_report(report, operator, upheld=False, outcome="Di nuovo.")
    # Closed, the same person may report again.
    reports.report_offer(offer, ReportReason.UNSAFE, by=operator)


def test_the_page_of_an_offer_says_what_was_reported_and_not_by_whom(client):
    offer = make_offer()
    client.force_login(operator_of(offer.desk))
    page = reverse("sportello_offer:inspect", args=[offer.pk])
    assert "Segnalazioni" not in client.get(page).content.decode()
    reporter = UserFactory(email="chi.segnala@example.org")
    report = reports.report_offer(offer, ReportReason.UNSAFE, WORDS, by=reporter)
    text = client.get(page).content.decode()
    assert WORDS in text
    assert f'href="{reverse("sportello_inbox:index")}?tipo=report"' in text
    assert reporter.email not in text
    reports.close_report(report, operator_of(offer.desk), upheld=True, outcome="Abbiamo parlato con la bottega.")
    assert "Abbiamo parlato con la bottega." in client.get(page).content.decode()


def test_the_queue_shows_who_waits_longest_first():
    offer = make_offer()
    first, second, third = (reports.report_offer(offer, ReportReason.OVER) for _n in range(3))
    reports.close_report(first, operator_of(offer.desk), upheld=False, outcome="Tutto bene.")
    assert list(OfferReport.objects.of_desks([offer.desk_id]).for_desk_list()) == [second, third, first]
    assert not OfferReport.objects.of_desks([offer.desk_id + 1]).exists()


def test_the_database_keeps_reports_in_order():
    report = reports.report_offer(make_offer(), ReportReason.OVER)
    rows = OfferReport.objects.filter(pk=report.pk)
    for change in (
        {"state": "upheld"},
        {"state": "gone"},
        {"reason": "nothing"},
        {"reason": "other"},
        {"closed_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(ValidationError):
        OfferReport(offer=report.offer, desk=report.desk, reason="other").full_clean()


def test_too_many_reports_from_one_address_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"report_offer": "2/h/ip"}
    offer = make_offer()
    for _n in range(2):
        client.post(address(offer), {"reason": ReportReason.OVER})
    page = client.post(address(offer), {"reason": ReportReason.OVER, "text": WORDS}).content.decode()
    assert "molte segnalazioni" in page
    assert WORDS in page
    assert OfferReport.objects.count() == 2


def test_a_paused_offer_is_out_of_reach(client):
    offer = make_offer()
    offers.pause_offer(offer, owner_of(offer.host))
    assert client.post(address(offer), {"reason": ReportReason.OVER}).status_code == 404
