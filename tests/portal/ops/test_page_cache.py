"""Anonymous pages are kept until something changes, never longer, and never one reader's for another."""

from contextlib import contextmanager

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision

from portal.ops import freshness
from portal.ops.page_cache import PageCacheMiddleware
from sportello.models import Offer
from tests.factories.pages import home_page
from tests.factories.progetti import vision
from tests.factories.sportello import YouthFactory, make_offer

LIST = "/sportello/"


@pytest.mark.parametrize(
    ("sql", "counts"),
    [
        ('SELECT "x" FROM "sportello_offer"', False),
        ("(SELECT 1) UNION (SELECT 2)", False),
        ('SAVEPOINT "s1"', False),
        ("BEGIN IMMEDIATE", False),
        ("PRAGMA foreign_keys = ON", False),
        ('UPDATE "sportello_offer" SET "title" = %s', True),
        ('INSERT INTO "wagtailcore_page" ("id") VALUES (1)', True),
        ('INSERT OR IGNORE INTO "sportello_offer_skills" VALUES (1, 2)', True),
        ('DELETE FROM "wagtailcore_pageviewrestriction" WHERE 1 = 1', True),
        ('UPDATE "users_user" SET "last_login" = %s', False),
        ('INSERT INTO "django_session" ("session_key") VALUES (1)', False),
        ('INSERT INTO "wagtailadmin_editingsession" ("id") VALUES (1)', False),
        ('UPDATE "a_table_of_tomorrow" SET "x" = 1', True),
        ("WITH gone AS (DELETE FROM x RETURNING 1) SELECT 1", True),
        ("TRUNCATE sportello_offer", True),
        ("", True),
    ],
)
def test_which_statements_may_change_what_the_public_reads(sql, counts):
    assert freshness.is_public_write(sql) is counts


@pytest.fixture
def keeping(db, settings):
    """Pages are kept, as in production; writes are noticed on the connection of the test."""
    settings.PAGES_KEPT_SECONDS = 60
    caches["pages"].clear()
    freshness.notice_writes(connection)
    yield
    connection.execute_wrappers.remove(freshness._watch)
    caches["pages"].clear()


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A transaction of its own, as far as its end is concerned: what was written before it is nobody's wait."""

    @contextmanager
    def inner():
        connection.run_on_commit = [
            item for item in connection.run_on_commit if not isinstance(item[1], freshness._Grow)
        ]
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            yield callbacks

    return inner


@pytest.fixture
def offer(keeping):
    return make_offer(title="Dal disegno allo sgabello")


def shows(words: str, client: Client | None = None, path: str = LIST) -> bool:
    return words in (client or Client()).get(path).content.decode()


def test_a_second_reader_costs_one_query_and_gets_the_same(offer, django_assert_num_queries):
    first = Client().get(LIST)
    with django_assert_num_queries(1):
        second = Client().get(LIST)
    assert second.content == first.content
    kept = ("Content-Type", "Content-Security-Policy", "Content-Language", "Vary")
    assert [second[name] for name in kept] == [first[name] for name in kept]


@pytest.mark.parametrize("how", ["save", "update", "raw"])
def test_a_change_is_seen_at_once_however_it_is_written(offer, how, commit):
    assert shows("sgabello")
    with commit():
        if how == "save":
            offer.title = "Pane caldo"
            offer.save()
        elif how == "update":
            Offer.objects.update(title="Pane caldo")
        else:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE sportello_offer SET title = 'Pane caldo'")
    assert shows("Pane caldo")
    assert not shows("allo sgabello")


def test_a_page_of_the_tree_is_new_as_soon_as_it_is_published_and_gone_as_soon_as_it_is_not(keeping, commit):
    from tests.factories.home import content

    page = content(title="Prima", show_in_menus=True)
    address = page.get_url()
    assert shows("Prima", path=address)
    with commit():
        page.title = "Seconda"
        page.save_revision()
    with commit():
        page.save_revision().publish()
    assert shows("Seconda", path=address)
    with commit():
        page.unpublish()
    assert Client().get(address).status_code == 404


def test_the_versions_of_a_page_are_new_although_the_log_is_written_after_the_page(keeping, commit):
    page = vision(slug="visione")
    with commit():
        page.save_revision().publish()
    address = f"{page.get_url()}come-cambia/"
    assert shows("Versione 1", path=address)
    with commit():
        page.statement = "Restare, insieme."
        page.save_revision().publish()
    last = PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish").latest("timestamp")
    # A reader who comes after the page has been written and before its log: what is kept then must not last.
    with commit():
        PageLogEntry.objects.filter(pk=last.pk).update(action="wagtail.rename")
    assert not shows("Versione 2", path=address)
    with commit():
        PageLogEntry.objects.filter(pk=last.pk).update(action="wagtail.publish")
    assert shows("Versione 2", path=address)
    with commit():
        Revision.objects.filter(pk=last.revision_id).delete()
    assert not shows("Versione 2", path=address)


def test_a_change_after_a_savepoint_that_failed_is_noticed(offer, commit):
    shows("sgabello")
    with commit() as callbacks:
        try:
            with transaction.atomic():
                Offer.objects.update(title="Mai")
                raise ValueError
        except ValueError:
            pass
        Offer.objects.update(title="Pane caldo")
        Offer.objects.update(summary="Due scritture, un numero.")
    assert len([item for item in callbacks if item.func is freshness.grow]) == 1
    assert shows("Pane caldo")


def test_what_no_public_page_reads_changes_nothing(offer, commit):
    before = freshness.read()
    with commit():
        young = YouthFactory(desk=offer.desk)
        number = freshness.read()
        young.user.first_name = "Ada"
        young.user.save()
    assert number == before


def test_nothing_kept_for_one_reader_is_given_to_another(offer):
    signed_in = Client()
    signed_in.force_login(YouthFactory(desk=offer.desk).user)
    assert signed_in.get(LIST).status_code == 200
    assert not caches["pages"].get(_key_of(LIST)), "a signed-in reader's page was kept"
    assert shows("sgabello")
    assert caches["pages"].get(_key_of(LIST))


def test_a_reader_with_a_message_gets_it_and_leaves_it_to_nobody(offer):
    shows("sgabello")
    reader = Client()
    storage = CookieStorage(request=None)
    reader.cookies[CookieStorage.cookie_name] = storage._encode([Message(constants.INFO, "Solo per te.")])
    assert shows("Solo per te.", reader)
    assert not shows("Solo per te.")


def test_a_form_is_never_kept_because_its_token_is_one_readers(offer):
    address = reverse("sportello:offer_report", args=[offer.pk])
    tokens = {Client().get(address).cookies["csrftoken"].value for _reader in range(2)}
    assert len(tokens) == 2
    # Nor for who brings the cookie of an earlier form, and is set no new one.
    returning = Client()
    returning.get(address)
    assert returning.get(address).status_code == 200
    assert not caches["pages"].get(_key_of(address))


def test_another_address_language_host_or_compression_is_another_page(offer, settings):
    settings.ALLOWED_HOSTS = ["*"]
    pages = {
        Client().get("/sportello/").content,
        Client().get("/en/sportello/").content,
        Client().get("/sportello/?q=astronave").content,
        Client().get("/sportello/", headers={"host": "altro.example.org"}).content,
    }
    assert len(pages) == 4
    zipped = Client().get("/sportello/", headers={"accept-encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert not Client().get("/sportello/").has_header("Content-Encoding")


def test_reserved_pages_are_not_kept(offer):
    young = YouthFactory(desk=offer.desk)
    for address in ("/area/", reverse("area:youth_offers"), reverse("account_login")):
        Client().get(address)
        assert not caches["pages"].get(_key_of(address)), address
    reader = Client()
    reader.force_login(young.user)
    reader.get(reverse("area:youth_offers"))
    assert Client().get(reverse("area:youth_offers")).status_code == 302


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({}, True),
        ({"Vary": "Accept-Encoding, Cookie"}, True),
        ({"Vary": "User-Agent"}, False),
        ({"Cache-Control": "private, max-age=0"}, False),
        ({"Content-Type": "application/json"}, False),
        ({"Content-Security-Policy": "script-src 'self' 'nonce-abc'"}, False),
    ],
)
def test_which_answers_are_for_everybody(headers, kept):
    response = HttpResponse("x", headers=headers)
    assert PageCacheMiddleware._is_for_everybody(response) is kept
    response.set_cookie("x", "y")
    assert PageCacheMiddleware._is_for_everybody(response) is False


def test_whether_the_process_lives_is_answered_without_the_database(keeping, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/health/live/").status_code == 200


def test_without_keeping_nothing_is_read_nor_kept(db, django_assert_num_queries):
    home_page()
    with django_assert_num_queries(0):
        assert freshness.read() is None
    Client().get(LIST)
    assert not caches["pages"].get(_key_of(LIST))


def _key_of(address: str) -> str:
    from django.test import RequestFactory

    token = freshness.remember()
    try:
        if freshness.of_request() is None:
            return "nothing-is-kept"
        key = PageCacheMiddleware(lambda request: HttpResponse())._key(RequestFactory().get(address))
    finally:
        freshness.forget(token)
    assert key
    return key
