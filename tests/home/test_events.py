"""Events: what the model refuses, how they are told apart, what the calendar says of them."""

import datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from home.enums import EventMode, EventState
from home.models import EventPage
from home.words import when_words
from tests.factories.home import event, event_index, full_event

ROME = ZoneInfo("Europe/Rome")


def rome(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=ROME)


pytestmark = pytest.mark.django_db


def test_an_event_cannot_end_before_it_starts():
    page = event(start=rome(2027, 3, 2, 18))
    page.end = rome(2027, 3, 2, 17)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert refused.value.message_dict["end"] == ["Un evento non può finire prima di cominciare."]
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=page.pk).update(end=page.end)


def test_the_database_refuses_unknown_states():
    page = event()
    for field in ("state", "mode", "kind"):
        with pytest.raises(IntegrityError), transaction.atomic():
            EventPage.objects.filter(pk=page.pk).update(**{field: "boh"})


def test_what_is_on_today_is_upcoming_until_midnight():
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    this_morning = event(start=midnight)
    yesterday = event(start=midnight - datetime.timedelta(minutes=1))
    long_one = event(start=midnight - datetime.timedelta(days=3), end=midnight + datetime.timedelta(hours=1))
    upcoming = set(EventPage.objects.upcoming())
    assert upcoming == {this_morning, long_one}
    assert set(EventPage.objects.past()) == {yesterday}


@pytest.mark.parametrize(
    ("start", "end", "all_day", "words"),
    [
        (rome(2027, 3, 2, 18), None, False, "martedì 2 marzo 2027, ore 18"),
        (rome(2027, 3, 2, 18), rome(2027, 3, 2, 20, 30), False, "martedì 2 marzo 2027, ore 18-20.30"),
        (rome(2027, 3, 2), rome(2027, 3, 2), True, "martedì 2 marzo 2027"),
        (rome(2027, 3, 2), rome(2027, 3, 4), True, "da martedì 2 marzo 2027 a giovedì 4 marzo 2027"),
        (
            rome(2027, 3, 2, 18),
            rome(2027, 3, 3, 1),
            False,
            "da martedì 2 marzo 2027, ore 18 a mercoledì 3 marzo 2027, ore 1",
        ),
    ],
)
def test_days_and_hours_in_words(start, end, all_day, words):
    assert when_words(start, end, all_day) == words


def test_the_agenda_shows_the_next_events_and_keeps_the_past_behind_a_filter(client):
    ahead = event(title="Festa del raccolto")
    gone = event(title="Vecchia assemblea", start=timezone.now() - datetime.timedelta(days=30))
    address = event_index().get_url()
    shown = client.get(address).content.decode()
    assert ahead.title in shown
    assert gone.title not in shown
    archive = client.get(address, {"quando": "passati"}).content.decode()
    assert gone.title in archive
    assert ahead.title not in archive
    everything = client.get(address, {"quando": "tutti"}).content.decode()
    assert gone.title in everything
    assert ahead.title in everything


def test_an_empty_agenda_leads_to_the_past(client):
    event(start=timezone.now() - datetime.timedelta(days=30))
    answer = client.get(event_index().get_url()).content.decode()
    assert "Nessun evento in programma" in answer
    assert "?quando=passati" in answer


def test_filters_that_make_no_sense_are_said_and_not_applied(client):
    ahead = event()
    answer = client.get(event_index().get_url(), {"quando": "domani", "modo": "piccione", "pagina": "-3"})
    assert answer.status_code == 200
    assert ahead.title in answer.content.decode()


def test_the_page_says_when_where_and_what_changed(client):
    page = full_event(state=EventState.POSTPONED, for_whom="Tutte e tutti", cost="gratis")
    answer = client.get(page.get_url()).content.decode()
    for words in (page.title, page.when, "Sala grande", "Rinviato", "Tutte e tutti", "gratis"):
        assert words in answer


def calendar(client, address: str) -> icalendar.Calendar:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content)


def test_an_event_goes_into_a_calendar_and_stays_the_same_one_there(client):
    page = full_event(start=rome(2027, 3, 2, 18), end=rome(2027, 3, 2, 20))
    page.save_revision().publish()
    address = f"{page.get_url()}evento.ics"
    first = calendar(client, address).walk("VEVENT")[0]
    assert first["UID"] == str(page.translation_key)
    assert first.decoded("DTSTART") == rome(2027, 3, 2, 18)
    assert first.decoded("DTEND") == rome(2027, 3, 2, 20)
    assert "Sala grande" in first["LOCATION"]
    page = EventPage.objects.get(pk=page.pk)
    page.state = EventState.CANCELLED
    page.save_revision().publish()
    second = calendar(client, address).walk("VEVENT")[0]
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["STATUS"] == "CANCELLED"
    assert second["SUMMARY"] == f"Annullato: {page.title}"


def test_an_all_day_event_takes_whole_days(client):
    page = event(start=rome(2027, 3, 2), end=rome(2027, 3, 3), all_day=True)
    entry = calendar(client, f"{page.get_url()}evento.ics").walk("VEVENT")[0]
    assert entry.decoded("DTSTART") == datetime.date(2027, 3, 2)
    assert entry.decoded("DTEND") == datetime.date(2027, 3, 4)


def test_the_calendar_to_follow_has_the_next_events_only(client):
    ahead = event(mode=EventMode.ONLINE, online_url="https://example.org/stanza")
    event(start=timezone.now() - datetime.timedelta(days=2))
    draft = event()
    draft.unpublish()
    entries = calendar(client, "/eventi/calendario.ics").walk("VEVENT")
    assert [entry["UID"] for entry in entries] == [str(ahead.translation_key)]
    assert client.get(f"/eventi/{draft.slug}/evento.ics").status_code == 404
