"""The content checks: what an editor should look at again before publishing."""

import re

import pytest
from wagtail.images.tests.utils import get_test_image_file

from home.editorial.checker import PortalContentChecker
from home.editorial.checks import (
    ALT_MAX,
    advice_on,
    check_description,
    check_headings,
    check_links,
    check_pictures,
    check_readability,
    gulpease,
    sentences,
)
from home.editorial.reading import Link, Picture, Reading, read_page, read_rich_text
from portal.media.models import CustomImage
from tests.factories.home import content
from tests.factories.pages import home_page


def texts(advice) -> list[str]:
    return [item.text for item in advice]


def read(html: str) -> Reading:
    reading = Reading()
    read_rich_text(html, reading)
    return reading


@pytest.mark.parametrize(
    "words", ["clicca qui", "Clicca qui", "QUI", "qui.", " leggi di più… ", "» scopri", "Read more"]
)
def test_a_link_must_say_where_it_leads(words):
    assert len(texts(check_links(read(f'<p>Per iscriverti <a href="/x">{words}</a></p>')))) == 1


@pytest.mark.parametrize(
    "words", ["Il bando completo", "Scarica il modulo di adesione", "Qui vicino", "Altro che bosco"]
)
def test_a_link_that_names_its_place_is_fine(words):
    assert texts(check_links(read(f'<p><a href="/x">{words}</a></p>'))) == []


def test_an_address_is_no_name():
    advice = texts(check_links(read('<a href="https://www.example.org/a/b">https://www.example.org/a/b</a>')))
    assert advice == ["Il link mostra un indirizzo (www.example.org): scrivi il nome della pagina."]


def test_an_empty_link_is_told():
    assert texts(check_links(read('<p>Ecco <a href="/x"> </a></p>'))) == ["Un link non ha testo: non lo vede nessuno."]


def test_one_name_for_two_places():
    two = read('<a href="/a">Il bando</a> <a href="/b">il bando</a>')
    one = read('<a href="/a">Il bando</a> <a href="/a">il bando</a>')
    assert texts(check_links(two)) == ["Due link si chiamano «il bando» e portano in posti diversi."]
    assert texts(check_links(one)) == []


def test_links_between_pages_are_read_as_wagtail_stores_them():
    reading = read('<p>Vedi <a id="7" linktype="page">la <b>visione</b></a></p>')
    assert reading.links == [Link("la visione", "page:7")]
    assert reading.texts == ["Vedi la visione"]


@pytest.mark.parametrize(
    ("alt", "decorative", "count"),
    [
        ("", False, 1),
        ("", True, 0),
        ("DSC_0001.jpg", False, 1),
        ("piazza.webp", False, 1),
        ("IMG 4021", False, 1),
        ("La piazza durante il mercato", False, 0),
        ("a" * ALT_MAX, False, 0),
        ("a" * (ALT_MAX + 1), False, 1),
    ],
)
def test_alternative_texts(alt, decorative, count):
    reading = Reading(pictures=[Picture("«Piazza»", alt, decorative)])
    assert len(list(check_pictures(reading))) == count


def test_headings_go_down_one_step_at_a_time():
    assert texts(check_headings(Reading(headings=[(2, "Uno"), (3, "Due"), (2, "Tre")]))) == []
    assert texts(check_headings(Reading(headings=[(3, "Due")]))) == [
        "«Due» è un sottotitolo, ma prima non c'è un titolo."
    ]
    assert texts(check_headings(Reading(headings=[(2, "")]))) == ["Un titolo nel testo è vuoto."]


EASY = "La festa è domenica. Si parte alle nove. Portate acqua e pane. I cani sono i benvenuti. " * 4
HARD = (
    "L'amministrazione procederà all'espletamento delle procedure amministrative conseguenti all'approvazione "
    "della deliberazione concernente l'assegnazione dei contributi straordinari destinati alle organizzazioni "
    "beneficiarie individuate conformemente alle disposizioni regolamentari vigenti in materia di concessione "
    "di agevolazioni economiche e patrimoniali a soggetti pubblici e privati operanti nel territorio comunale "
    "nonché alla successiva rendicontazione delle spese effettivamente sostenute e debitamente documentate."
)


def test_gulpease_is_the_published_formula():
    # 60 words of 5 letters each in 6 sentences: 89 + (300 * 6 - 10 * 300) / 60 = 69.
    text = " ".join(["parla " * 9 + "parla."] * 6)
    assert gulpease(text) == 69
    assert gulpease("Troppo poche parole.") is None


def test_easy_and_hard_texts_are_told_apart():
    assert gulpease(EASY) > 80
    assert gulpease(HARD + " " + HARD) < 40
    assert list(check_readability(Reading(texts=[EASY]))) == []
    advice = list(check_readability(Reading(texts=[HARD, HARD])))
    assert all(item.is_hint for item in advice)
    assert "diploma" in advice[0].text
    assert "prova a farne due" in advice[1].text


def test_sentences_end_where_people_hear_it():
    assert sentences("Uno. Due! Tre? Alle 9.30 si parte.\n…") == ["Uno", "Due", "Tre", "Alle 9.30 si parte"]


@pytest.mark.parametrize(("length", "count"), [(0, 1), (49, 1), (50, 0), (160, 0), (161, 1)])
def test_length_of_the_description(length, count):
    assert len(list(check_description("a" * length, []))) == count


def test_a_description_of_another_page_is_told():
    advice = list(check_description("a" * 80, ["Chi siamo"]))
    assert texts(advice) == ["Un'altra pagina ha la stessa descrizione: «Chi siamo»."]
    assert not advice[0].is_hint


@pytest.mark.django_db
def test_a_page_is_read_whole():
    home_page()
    image = CustomImage.objects.create(title="Piazza", file=get_test_image_file())
    body = [
        {"type": "heading", "value": {"text": "Dove", "level": "h3"}},
        {"type": "paragraph", "value": '<p>Iscriviti <a href="https://example.org">qui</a>.</p>'},
        {"type": "image", "value": {"image": {"image": image.pk, "alt_text": "", "decorative": False}, "caption": ""}},
        {"type": "accordion", "value": {"items": [{"title": "Quando?", "text": '<p><a href="/y">link</a></p>'}]}},
        {"type": "callout", "value": {"kind": "info", "title": "", "text": "<p>Un riquadro.</p>"}},
        {"type": "links", "value": {"title": "", "items": [{"text": "altro", "page": None, "url": "https://a.it"}]}},
    ]
    page = content(image=image)
    page.body = page._meta.get_field("body").to_python(body)
    reading = read_page(page)
    assert [link.text for link in reading.links] == ["qui", "link", "altro"]
    assert reading.headings == [(3, "Dove")]
    assert len(reading.pictures) == 2
    assert "Un riquadro." in reading.texts
    advice = advice_on(page)
    assert sum("non dice dove porta" in item.text for item in advice) == 3
    assert sum("testo alternativo" in item.text for item in advice) == 2
    assert [item.is_hint for item in advice] == sorted(item.is_hint for item in advice)


@pytest.mark.django_db
def test_two_pages_with_one_description():
    first = content(short_description="La stessa frase, lunga abbastanza da dire qualche cosa di utile.")
    content(title="L'altra", short_description=first.short_description)
    assert "Un'altra pagina ha la stessa descrizione: «L'altra»." in texts(advice_on(first))


def test_the_rule_for_the_preview_is_as_long_as_ours():
    options = {check["id"]: check.get("options") for check in PortalContentChecker.axe_custom_checks}
    pattern = re.compile(options["check-image-alt-text"]["pattern"], re.IGNORECASE)
    for bad in ("a" * (ALT_MAX + 1), "piazza.webp", "DSC 12"):
        assert pattern.search(bad)
    for good in ("a" * ALT_MAX, "La piazza durante il mercato"):
        assert not pattern.search(good)
