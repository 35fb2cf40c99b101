"""Searching the portal."""

import pytest
from wagtail.models import PageViewRestriction

from home.search import MOST_LETTERS, clean_words
from tests.factories.home import content, news
from tests.factories.pages import home_page

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


def found(client, words: str, **more) -> str:
    response = client.get("/cerca/", {"q": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_is_found_by_its_title_and_by_its_description(client):
    page = content(title="Il mulino ritrovato", short_description="Una ruota che gira di nuovo.")
    assert page.get_url() in found(client, "mulino")
    answer = found(client, "ruota")
    assert page.get_url() in answer
    assert "1 pagina trovata" in answer
    assert "Una ruota che gira di nuovo." in answer


def test_drafts_and_reserved_pages_are_not_found(client):
    draft, reserved, below = (content(title=f"Segreto {number}") for number in range(3))
    draft.unpublish()
    below.move(reserved, pos="last-child")
    PageViewRestriction.objects.create(page=reserved, restriction_type=PageViewRestriction.LOGIN)
    assert "Nessuna pagina dice" in found(client, "segreto")


def test_every_language_searches_its_own_pages(client):
    page = content(title="Biblioteca")
    home_page("en").save_revision().publish()
    assert page.get_url() in found(client, "biblioteca")
    answer = client.get("/en/cerca/", {"q": "biblioteca"}).content.decode()
    assert page.get_url() not in answer


def test_nothing_found_helps_to_go_on(client):
    home_page()
    answer = found(client, "zzz")
    assert "Nessuna pagina dice «zzz»" in answer
    assert "Prova con una parola sola" in answer


@pytest.mark.parametrize(
    "words", ["", "   ", "\x00", "\x00\x01 \t", "<script>alert(1)</script>", "'; DROP TABLE", "%", "a" * 5000]
)
def test_bad_input_is_a_page_like_any_other(client, words):
    home_page()
    answer = found(client, words)
    assert "<script>alert" not in answer
    assert '<meta name="robots" content="noindex">' in answer


def test_words_are_cleaned_and_cut():
    assert clean_words("  due \x00 parole\n") == "due parole"
    assert len(clean_words("parola " * 100)) <= MOST_LETTERS


def test_results_have_pages(client):
    for _number in range(11):
        news(title="Fiera del paese")
    first = found(client, "fiera")
    assert "Pagina 1 di 2" in first
    assert "Pagina 2 di 2" in found(client, "fiera", pagina="2")
    assert "Pagina 2 di 2" in found(client, "fiera", pagina="99")
    assert "Pagina 1 di 2" in found(client, "fiera", pagina="nove")
