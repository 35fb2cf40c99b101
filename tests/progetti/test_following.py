"""Following a project: an address is left, confirmed, told what is new once, and forgotten."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ReferenceIndex

from home.project_news import tell_followers
from progetti.actions.following import confirm_following
from progetti.errors import ActionRefused
from progetti.following_links import link_of
from progetti.models import ProjectFollower, ProjectPage
from tests.factories import bandi
from tests.factories.home import event, news
from tests.factories.pages import home_page
from tests.factories.progetti import project

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]
ADDRESS = "ada@example.org"


@pytest.fixture
def page() -> ProjectPage:
    return project(title="Bosco vivo", slug="bosco")


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """Post, and let what waits for the end of the transaction happen."""

    def post(path, data, by=client):
        with django_capture_on_commit_callbacks(execute=True):
            return by.post(path, data)

    return post


@pytest.fixture
def tell(django_capture_on_commit_callbacks):
    """Run the command at a moment, and give the letters it sent."""

    def run(now=None):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            tell_followers(now)
        return list(mail.outbox)

    return run


def follower(page, email=ADDRESS, **fields) -> ProjectFollower:
    moment = timezone.now() - timedelta(days=10)
    values = {"asked_at": moment, "confirmed_at": moment, "told_until": moment, **fields}
    return ProjectFollower.objects.create(project=page, email=email, **values)


def at(thing, moment) -> None:
    """Let a page have been published first at a moment."""
    type(thing).objects.filter(pk=thing.pk).update(first_published_at=moment)


def link_in(message) -> str:
    return re.search(r"https?://[^/]+(/(?:en/)?segui/\S+)", message.body)[1]


def test_from_the_page_of_the_project_to_the_first_letter_and_to_the_last(client, page, send, tell):
    form = "/segui/progetto/bosco/"
    assert f'href="{form}"' in client.get(page.url).content.decode()
    answer = send(form, {"email": ADDRESS})
    assert "Controlla la posta" in client.get(answer["Location"]).content.decode()
    letter = mail.outbox.pop()
    assert (letter.to, ADDRESS in letter.subject) == ([ADDRESS], False)
    own = link_in(letter)
    # Opening the link changes nothing: programs that check mail open links.
    opened = client.get(own)
    assert "Confermo" in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    assert ProjectFollower.objects.get().confirmed_at is None
    send(own, {"act": "confirm"})
    assert "Segui questo progetto" in client.get(own).content.decode()

    later = timezone.now() + timedelta(hours=2)
    about = news(project=page, title="Piantati cento larici")
    at(about, timezone.now() + timedelta(minutes=5))
    (digest,) = tell(later)
    assert digest.to == [ADDRESS]
    html = digest.alternatives[0][0]
    for text in (digest.body, html):
        assert "Piantati cento larici" in text
        assert about.url in text
        assert own in text
    assert digest.extra_headers["List-Unsubscribe"].endswith(f"{own}>")
    assert digest.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert tell(later) == []
    assert tell(later + timedelta(days=30)) == []

    # A mail program unsubscribes by itself, without cookie or page.
    send(own, {"List-Unsubscribe": "One-Click"}, by=Client(enforce_csrf_checks=True))
    assert not ProjectFollower.objects.exists()
    assert "Non ti scriviamo più" in client.get(own).content.decode()
    send(own, {"act": "confirm"})
    assert not ProjectFollower.objects.exists()
    with pytest.raises(ActionRefused):
        confirm_following(ProjectFollower(pk=1))


def test_what_is_told_is_new_public_and_of_the_project(page, tell):
    follower(page)
    now = timezone.now()
    told = [
        news(project=page, title="Una notizia"),
        event(
            project=page, title="Un appuntamento", start=now + timedelta(days=3), end=now + timedelta(days=3, hours=1)
        ),
        bandi.full_call(title="Un bando che lo nomina", related_pages=[("page", page)]),
    ]
    untold = [
        news(title="Di nessun progetto"),
        news(project=project(), title="Di un altro progetto"),
        news(
            project=page,
            title="Già scaduta",
            date=now.date() - timedelta(days=9),
            expiry=now.date() - timedelta(days=1),
        ),
        news(project=page, title="Ancora una bozza", live=False),
        bandi.full_call(title="Un bando che non lo nomina"),
    ]
    ReferenceIndex.create_or_update_for_object(told[2])
    old, recent = news(project=page, title="Vecchia"), news(project=page, title="Appena uscita")
    for thing in [*told, *untold]:
        at(thing, now - timedelta(days=1))
    at(old, now - timedelta(days=20))
    at(recent, now - timedelta(minutes=5))
    page.update_notes = "Abbiamo trovato i fondi."
    page.save_revision().publish()
    (digest,) = tell(now)
    for thing in told:
        assert thing.title in digest.body
    for thing in [*untold, old, recent]:
        assert thing.title not in digest.body
    # What has just come out waits for half an hour.
    (digest,) = tell(now + timedelta(hours=1))
    assert "Appena uscita" in digest.body
    assert "Abbiamo trovato i fondi." in digest.body
    assert "Una notizia" not in digest.body
    page.unpublish()
    at(news(project=page), now + timedelta(hours=2))
    assert tell(now + timedelta(hours=9)) == []


def test_a_reader_of_english_is_told_in_english_and_a_late_translation_is_no_news(page, tell):
    follower(page, language="en")
    about = news(project=page, title="Una notizia")
    at(about, timezone.now() - timedelta(days=1))
    (digest,) = tell()
    assert digest.subject == "News: Bosco vivo"
    assert "Una notizia" in digest.body
    assert "/en/segui/" in digest.body
    english = about.copy_for_translation(home_page("en").locale, copy_parents=True)
    english.title = "A piece of news"
    english.save_revision().publish()
    assert tell(timezone.now() + timedelta(hours=2)) == []


def test_nobody_learns_who_follows(client, page, send):
    follower(page)
    known, unknown = (
        send("/segui/progetto/bosco/", {"email": email}) for email in ("ADA@example.org", "u@example.org")
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.subject for message in mail.outbox] == [
        "Segui già il progetto",
        "Conferma che vuoi seguire il progetto",
    ]
    assert ProjectFollower.objects.count() == 2
    for bad in (link_of(ProjectFollower.objects.first()).replace(":", ":x"), "/segui/1:x/", "/segui/abc/"):
        assert client.get(bad).status_code == 404
    assert ADDRESS not in client.get(page.url).content.decode()


def test_bad_addresses_programs_and_haste(client, page, send, settings):
    path = "/segui/progetto/bosco/"
    refused = client.post(path, {"email": "ada@"}).content.decode()
    assert 'id="id_email_error"' in refused
    assert 'value="ada@"' in refused
    assert send(path, {"email": ADDRESS, "website": "https://example.com"}).status_code == 302
    assert not ProjectFollower.objects.exists()
    settings.ACCOUNT_RATE_LIMITS = {"follow_project": "20/h/ip,1/h/key"}
    assert send(path, {"email": ADDRESS}).status_code == 302
    late = send(path, {"email": ADDRESS})
    assert late.status_code == 429
    assert "aspetta un" in late.content.decode()
    page.unpublish()
    assert client.get(path).status_code == 404


def test_an_address_nobody_confirms_is_forgotten(page):
    asked = {"confirmed_at": None, "told_until": None}
    follower(page, "vecchia@example.org", asked_at=timezone.now() - timedelta(days=8), **asked)
    follower(page, "nuova@example.org", asked_at=timezone.now() - timedelta(days=6), **asked)
    follower(page, "conferma@example.org")
    call_command("tell_followers", verbosity=0)
    assert set(ProjectFollower.objects.values_list("email", flat=True)) == {"nuova@example.org", "conferma@example.org"}


def test_the_database_keeps_the_rules(page):
    one = follower(page)
    for change in ({"email": ""}, {"told_until": None}, {"confirmed_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProjectFollower.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        follower(page, ADDRESS.upper())


def test_each_more_follower_costs_the_same_few_queries(page, tell):
    moment = timezone.now() - timedelta(days=10)
    at(news(project=page), timezone.now() - timedelta(days=1))

    def queries(number):
        for index in range(number):
            follower(page, f"{number}-{index}@example.org", asked_at=moment, confirmed_at=moment, told_until=moment)
        with CaptureQueriesContext(connection) as captured:
            assert len(tell()) == number
        ProjectFollower.objects.all().delete()
        return len(captured)

    queries(1)
    one, three = queries(1), queries(3)
    # Two for the savepoint, one to lock, one to remember; reading what is new is done once for all.
    assert three - one <= 2 * 5
