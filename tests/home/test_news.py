"""News: order, validity, the feed."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from home.models import NewsPage, NewsPerson
from tests.factories.home import full_news, news, news_index
from tests.factories.pages import home_page

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)


def test_news_cannot_expire_before_its_day():
    page = news(date=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsPage.objects.filter(pk=page.pk).update(expiry=TODAY - datetime.timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsPage.objects.filter(pk=page.pk).update(kind="diceria")


def test_the_newest_comes_first_and_pages_do_not_overlap(client):
    old = news(title="Vecchia", date=TODAY - datetime.timedelta(days=9))
    for number in range(12):
        news(title=f"Nuova {number}", date=TODAY)
    address = news_index().get_url()
    first = client.get(address).content.decode()
    second = client.get(address, {"pagina": 2}).content.decode()
    assert old.title not in first
    assert old.title in second


def test_an_expired_notice_says_so_and_leaves_the_home_page(client):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    page = news(title="Chiusura dell'ufficio", kind="notice", date=yesterday, expiry=yesterday)
    assert "Non più valido" in client.get(page.get_url()).content.decode()
    assert page.title not in client.get(home_page().get_url()).content.decode()


def test_the_page_names_the_people(client):
    page = full_news(date=TODAY)
    page.people = [NewsPerson(name="Maria Bo", role="sindaca")]
    page.save()
    answer = client.get(page.get_url()).content.decode()
    assert "Maria Bo, sindaca" in answer
    assert "domenica 22 novembre 2026" in answer


def test_the_feed_has_the_live_news(client):
    shown = news(date=TODAY)
    draft = news(date=TODAY)
    draft.unpublish()
    answer = client.get("/notizie/feed.xml")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = answer.content.decode()
    assert f"urn:uuid:{shown.translation_key}" in feed
    assert shown.title in feed
    assert draft.title not in feed
