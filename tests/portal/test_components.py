"""Template components with little and with much in them: valid HTML, nothing undefined, the right words."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import html5lib
import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from tests.helpers.strict import page_problems


def show(component: str, /, **context: object) -> str:
    """A component, included with `only` as pages do."""
    names = " ".join(f"{key}={key}" for key in context)
    source = f'{{% include "components/{component}.html" with {names} only %}}'
    return Template(source).render(Context(context))


def assert_valid(html: str) -> None:
    """The fragment has its place in a page without a parse error."""
    assert page_problems(f"<!doctype html><html lang=it><title>x</title><h1>x</h1>{html}</html>") == []


STATE = {"label": "Aperto", "tone": "accent", "icon": ""}
META = [
    {"icon": "it-clock", "text": "Scade tra 6 giorni", "accent": True},
    {"icon": "", "text": "Lecco", "accent": False},
]
PLACE = SimpleNamespace(map_codes=["097042"], map_seed=7)
LINKS = [
    {"title": "Il piano", "url": "/piano/", "external": False},
    {"title": "Altrove", "url": "https://example.org/", "external": True},
]

CASES = [
    ("alert", {"tone": "info", "text": "Nota."}),
    ("alert", {"tone": "danger", "text": "No.", "title": "Errore", "url": "/", "link_text": "Vai"}),
    ("alert", {"tone": "success", "text": "Sì."}),
    ("alert", {"tone": "warning", "text": "Forse."}),
    ("breadcrumb", {"crumbs": LINKS, "current": "Qui"}),
    ("button_row", {"submit_label": "Invia"}),
    ("button_row", {"submit_label": "Invia", "save_name": "save", "cancel_url": "/"}),
    ("callout", {"kind": "warning", "text": "Attento."}),
    ("callout", {"kind": "example", "title": "Prova", "text": mark_safe("<p>Così.</p>")}),
    ("card", {"title": "Titolo", "url": "/x/"}),
    (
        "card",
        {
            "title": "Titolo",
            "url": "/x/",
            "level": 2,
            "kicker": "Bando",
            "text": "Testo",
            "state": STATE,
            "meta": META,
            "map_page": PLACE,
        },
    ),
    ("contacts", {"email": "a@example.org"}),
    (
        "contacts",
        {"name": "Ada", "address": "Via 1", "phone": "06 1", "email": "a@b.it", "pec": "p@b.it", "url": "https://b.it"},
    ),
    ("date_leaf", {"date": dt.date(2027, 3, 3)}),
    ("empty_state", {"title": "Niente"}),
    ("empty_state", {"title": "Niente", "text": "Perché", "url": "/", "link_text": "Vai", "level": 3}),
    ("facts", {"items": [{"label": "Chi", "value": "Noi", "url": "/"}, {"label": "Con", "entries": LINKS}]}),
    (
        "factors",
        {
            "score": 72,
            "factors": [
                {"label": "Viaggio", "points": 12, "weight": 20, "percent": 60, "text": "35 minuti", "missing": False}
            ],
        },
    ),
    ("link_list", {"title": "Altro", "items": LINKS}),
    ("og_image", {"url": "https://example.org/x.png"}),
    ("page_header", {"title": "Titolo"}),
    (
        "page_header",
        {
            "title": "Titolo",
            "kicker": "Progetto",
            "kicker_url": "/",
            "subtitle": "Sotto",
            "lead": "Una frase.",
            "state": STATE,
            "meta": META,
            "map_page": PLACE,
            "action_url": "/",
            "action_label": "Vai",
        },
    ),
    ("progress", {"label": "Fatto", "value": 62}),
    ("progress", {"label": "Fatto", "value": 20, "late": True, "text": "Doveva finire a giugno."}),
    ("quote", {"text": "Parole.\n\nAltre.", "author": "Ada", "role": "sindaca"}),
    ("quote", {"text": "Parole."}),
    ("share", {"url": "https://example.org/a/?b=1&c=2", "title": "A & B"}),
    ("state", {"label": "Chiuso"}),
    ("state", {"state": STATE}),
    ("tags", {"label": "Argomenti", "items": [{"name": "Acqua", "url": "/"}, {"name": "Terra", "url": ""}]}),
    (
        "timeline",
        {
            "items": [
                {"date": "2024", "title": "Avvio", "text": "", "state": "done"},
                {"date": "", "title": "Ora", "text": "Qui", "state": "now"},
            ]
        },
    ),
    ("two_doors", {"seek_url": "/a/", "offer_url": "/b/"}),
]


@pytest.mark.parametrize(("name", "context"), CASES)
def test_component_is_valid_html(name, context):
    html = show(name, **context)
    assert html.strip()
    if name == "page_header":
        assert page_problems(f"<!doctype html><html lang=it><title>x</title>{html}</html>") == []
    elif name == "og_image":
        assert page_problems(f"<!doctype html><html lang=it><title>x</title>{html}<h1>x</h1></html>") == []
    else:
        assert_valid(html)


def test_no_data_is_not_zero():
    html = show("progress", label="Farina venduta", value=None)
    assert "nessun dato" in html
    assert "%" not in html.replace('"100%"', "")
    assert "0\u202f%" in show("progress", label="Farina venduta", value=0).replace("&#8239;", "\u202f")


def test_a_missing_factor_says_so_and_keeps_its_points():
    factor = {"label": "Orari", "points": 7, "weight": 15, "percent": 47, "text": "", "missing": True}
    html = show("factors", score=None, factors=[factor])
    assert "dato mancante" in html
    assert "7 su 15" in html


def test_facts_leave_out_what_is_empty():
    html = show("facts", items=[{"label": "CUP", "value": ""}, {"label": "Chi", "value": "Noi"}])
    assert "CUP" not in html
    assert "Noi" in html


def test_the_state_of_every_tone_has_a_word_and_an_icon():
    for tone in ("", "info", "success", "warning", "danger", "accent"):
        html = show("state", label="Parola", tone=tone)
        assert "Parola" in html
        assert "<use href=" in html


def test_text_of_a_card_is_escaped():
    html = show("card", title="<b>A & B</b>", url="/x/", state={"label": "<i>", "tone": "info"})
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;i&gt;" in html


def test_the_map_of_a_card_is_decoration_and_loads_late():
    document = html5lib.parse(show("card", title="T", url="/", map_page=PLACE), namespaceHTMLElements=False)
    image = document.find(".//img")
    assert image.get("alt") == ""
    assert image.get("loading") == "lazy"


def test_pagination_keeps_the_filters(rf):
    request = rf.get("/progetti/?argomento=acqua&pagina=2")
    request.GET = QueryDict("argomento=acqua&pagina=2")
    html = render_to_string("components/pagination.html", {"results": Paginator(range(30), 10).page(2)}, request)
    assert "Pagina 2 di 3" in html
    assert "argomento=acqua&amp;pagina=1" in html
    assert "argomento=acqua&amp;pagina=3" in html
    alone = render_to_string("components/pagination.html", {"results": Paginator(range(3), 10).page(1)}, request)
    assert alone.strip() == ""


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "429", "500"])
@pytest.mark.parametrize("language", ["it", "en"])
def test_error_pages_need_neither_database_nor_context(status, language):
    html = render_to_string(f"{status}.html", {"LANGUAGE_CODE": language, "request_id": "abc123"})
    assert page_problems(html) == []
    assert f'<html lang="{language}">' in html
    assert "abc123" in html
    assert f'href="{"/en/" if language == "en" else "/"}"' in html
    assert ('lang="en"' in html.split("<body>")[1]) is (language == "it")
    assert page_problems(render_to_string(f"{status}.html")) == []
