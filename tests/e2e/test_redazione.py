"""From an empty portal to a territory that shows its line of sight, as the redazione writes it, in a real browser.

An author writes, a reviewer approves; nobody touches code and nobody is a superuser.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser

from bandi.states import ROME
from tests.e2e.accounts import AUTHOR, REVIEWER
from tests.e2e.conftest import Visitor
from tests.e2e.editing import Keyboard, Writer
from tests.e2e.serving import free_port, put_content, serving

pytestmark = pytest.mark.browser

TODAY = datetime.now(ROME).date()
TERRITORY = "Valle del Cellina"
VISION = "La valle che resta giovane"
PLAN = "Piano della valle 2026-2030"
ACTION = "Riaprire dieci case vuote"
NODE = "A1.1.1"
PROJECT = "Case vive"
CALL = "Bando per le case vuote"
DECISION = "Si riaprono le prime tre case"
PACT = "Patto delle case"
STILL_INCOMPLETE = "Failed to load resource: the server responded with a status of 400 (Bad Request)"
"""What the browser notes when Wagtail, saving in the background, finds a form that is half filled in."""


def typed(days: int, hour: str = "") -> str:
    """A day from today as people type it, with an hour or without."""
    return f"{TODAY + timedelta(days=days):%d/%m/%Y} {hour}".strip()


@pytest.fixture(scope="module")
def empty_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A portal as `set_up_portal` leaves it, with an author and a reviewer; yields its address."""
    if "EMPTY_ADDRESS" in os.environ:
        yield os.environ["EMPTY_ADDRESS"]
        return
    folder, port = tmp_path_factory.mktemp("empty"), free_port()
    put_content(folder, port, [["-m", "tests.e2e.empty_portal"]])
    with serving(folder, port) as address:
        yield address


@pytest.fixture
def redazione(browser: Browser, empty_portal: str) -> Iterator[list[Writer]]:
    """Who writes and who approves, each at a computer of their own, signed in."""
    contexts = [
        browser.new_context(viewport={"width": 1280, "height": 900}, locale="it-IT", reduced_motion="reduce")
        for _person in range(2)
    ]
    visitors = [Visitor(context, empty_portal) for context in contexts]
    for visitor, account in zip(visitors, (AUTHOR, REVIEWER), strict=True):
        visitor.sign_in(account)
    yield [Writer(visitor) for visitor in visitors]
    for context in contexts:
        context.close()


def begin(writer: Writer, step: str) -> None:
    """Follow a step of «Da dove cominciare» on the first page of the admin to its form."""
    writer.open("/admin/")
    writer.go(writer.page.locator("#panel-da-dove-cominciare-content, main").get_by_role("link", name=step, exact=True))


def add_from_list(writer: Writer, name: str) -> None:
    """Open a list from the menu and press «Aggiungi»."""
    writer.open(f"/admin/elenchi/{name}/")
    writer.go(writer.page.locator("header a.button, main a.button").filter(has_text="Aggiungi").first)


def go_beside(writer: Writer, name: str, title: str, words: str) -> None:
    """From the form of a page in a list to what is kept beside the page."""
    writer.open(f"/admin/elenchi/{name}/")
    writer.go(writer.page.get_by_role("link", name=title).first)
    link = writer.page.locator("a", has_text=words)
    writer.show(link)
    writer.go(link)


def publish(author: Writer, reviewer: Writer) -> None:
    """The author sends what is on the screen to be reviewed, the reviewer approves it: then everybody can read it."""
    author.send_for_review()
    assert author.errors() == {}, author.messages
    assert "per moderazione" in author.messages, author.messages
    reviewer.open("/admin/")
    waiting = reviewer.page.get_by_role("region", name="In attesa della tua revisione")
    reviewer.go(waiting.locator(".title-wrapper a").first)
    reviewer.approve()
    assert reviewer.errors() == {}, reviewer.messages


def write_vision_and_plan(author: Writer, reviewer: Writer) -> None:
    begin(author, "I territori")
    author.write(name=TERRITORY, kind="Area interna", municipality_names="Barcis\nClaut")
    author.save()
    begin(author, "La visione")
    author.write(
        title=VISION,
        short_description="Tra vent'anni chi nasce qui può scegliere di restare.",
        statement="Una valle dove chi ha vent'anni trova casa, lavoro e compagnia.",
        from_year="2026",
        to_year="2040",
    )
    author.tick("territories", TERRITORY)
    publish(author, reviewer)
    begin(author, "Il piano e i suoi assi")
    author.write(
        title=PLAN,
        short_description="I primi cinque anni di strada.",
        from_year="2026",
        to_year="2030",
        status="In corso",
    )
    axis = author.add_row("axes")
    author.write(**{f"{axis}-code": "A1", f"{axis}-title": "Abitare"})
    author.choose("vision", VISION)
    publish(author, reviewer)
    begin(author, "Gli obiettivi")
    author.write(axis="A1 Abitare", code="A1.1", title="Case aperte tutto l'anno")
    author.save()
    begin(author, "Le azioni")
    author.choose("objective", "A1.1 Case aperte tutto l'anno")
    author.write(code=NODE, title=ACTION)
    author.save()


def write_project_and_call(author: Writer, reviewer: Writer) -> None:
    begin(author, "Il primo progetto")
    author.write(
        title=PROJECT,
        short_description="Dieci case tornano ad avere una luce accesa.",
        start=typed(-30),
        expected_end=typed(700),
    )
    author.add_organisation("lead", "Comune di Barcis", "Comune")
    author.contributes_to(NODE, "Riapre le prime tre case.")
    publish(author, reviewer)
    begin(author, "Il primo bando")
    author.write(
        title=CALL,
        short_description="Un contributo a chi rimette in uso una casa vuota.",
        opening=typed(-60, "9:00"),
        deadline=typed(-10, "12:00"),
        publication_of_outcomes=typed(-1),
        total_amount="300.000",
        maximum_grant="80.000",
    )
    author.choose("issuing_body", "Comune di Barcis")
    author.contributes_to(NODE)
    publish(author, reviewer)


def write_outcome(author: Writer, reviewer: Writer) -> None:
    go_beside(author, "bandi", CALL, "Scrivi gli esiti")
    author.go(author.page.get_by_role("link", name="Aggiungi un esito"))
    author.choose("organisation", "Comune di Barcis")
    author.write(project_title="Tre case", result="Finanziato", amount="60.000")
    author.choose("project", PROJECT)
    author.go(author.page.locator("main form button[type=submit]").first)
    reviewer.open(author.page.url)
    reviewer.go(reviewer.page.get_by_role("link", name="Pubblica quelli che aspettano"))
    reviewer.go(reviewer.page.get_by_role("button", name="Sì, pubblica"))


def write_decision_and_pact(author: Writer, reviewer: Writer) -> None:
    begin(author, "Gli organi")
    author.write(
        title="Tavolo della casa", short_description="Chi decide sulle case.", purpose="Decide quali case riaprire."
    )
    publish(author, reviewer)
    add_from_list(author, "decisioni")
    author.write(title=DECISION, short_description="Si parte da Barcis.", number="1", date=typed(-20), due=typed(300))
    author.choose("taken_by", "Tavolo della casa")
    author.contributes_to(NODE)
    publish(author, reviewer)
    add_from_list(author, "patti")
    author.write(
        title=PACT, short_description="Chi abita e chi amministra insieme.", common_good="Le case vuote della valle"
    )
    author.contributes_to(NODE)
    publish(author, reviewer)


def write_the_text_of_the_pact(_author: Writer, reviewer: Writer) -> None:
    go_beside(reviewer, "patti", PACT, "Scrivi il testo")
    reviewer.write(title="Patto per le case", in_force_from=typed(0))
    reviewer.write_text("text", "Ognuno apre una porta.")
    reviewer.save()
    assert reviewer.errors() == {}


def follow(reader: Visitor, name: str) -> str:
    """Follow a link of a public page to another; gives what that says."""
    with reader.page.expect_navigation():
        reader.page.get_by_role("link", name=name).first.click()
    return reader.page.inner_text("main")


def walk_the_line_of_sight(reader: Visitor) -> None:
    """Anybody may: from the call to its place in the plan, from there to all that helps, and to what it funded."""
    reader.open("/bandi/?stato=tutti")
    assert "Tre case" in follow(reader, CALL)
    place = reader.page.get_by_role("navigation", name="Il posto di questa pagina nel piano")
    assert "A1.1.1" in place.inner_text()
    action = follow(reader, ACTION)
    for title in (PROJECT, CALL, DECISION, PACT):
        assert title in action, title
    reader.open("/bandi/?stato=tutti")
    follow(reader, CALL)
    assert CALL in follow(reader, PROJECT)
    reader.open("/")
    assert PROJECT in reader.page.inner_text("main")


def test_the_line_of_sight_from_nothing(browser: Browser, empty_portal: str, redazione):
    write_vision_and_plan(*redazione)
    write_project_and_call(*redazione)
    write_outcome(*redazione)
    write_decision_and_pact(*redazione)
    write_the_text_of_the_pact(*redazione)
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="it-IT")
    reader = Visitor(context, empty_portal)
    walk_the_line_of_sight(reader)
    for person in (*(writer.visitor for writer in redazione), reader):
        errors = [line for line in person.errors if line != STILL_INCOMPLETE or person is reader]
        assert (errors, person.outside) == ([], [])
    context.close()


def beside(writer: Writer, name: str) -> str:
    """What the form says beside a field."""
    wrapper = writer.page.locator(f"#id_{name}").locator("xpath=ancestor::*[@data-field-wrapper or @data-field][1]")
    return wrapper.locator(".w-field__errors").inner_text().strip()


MISTAKES = {
    "opening": ("31/02/2027", "data"),
    "official_url": ("www comune barcis", "URL"),
    "total_amount": ("tanti", "numero"),
    "cup": ("ABC", "CUP"),
    "cig": ("12", "CIG"),
}


def test_mistakes_are_told_beside_the_field_and_nothing_is_lost(redazione):
    author, _reviewer = redazione
    add_from_list(author, "bandi")
    author.write(title="Un bando scritto in fretta", **{name: wrong for name, (wrong, _word) in MISTAKES.items()})
    author.save()
    for name, (wrong, word) in MISTAKES.items():
        assert author.page.input_value(f"#id_{name}") == wrong
        assert word.lower() in beside(author, name).lower(), (name, beside(author, name))
    # Put right, it is kept as a draft although most is missing; what is missing is asked for when it is sent.
    author.write(opening=typed(10), official_url="https://example.org/bando", total_amount="80.000")
    author.write(cup="", cig="", deadline=typed(2))
    author.send_for_review()
    assert "dopo l'apertura" in beside(author, "deadline")
    assert "obbligatorio" in beside(author, "short_description")
    tab = author.page.locator("[role=tab][aria-selected=true]")
    assert "Contenuto" in tab.inner_text()
    assert author.page.input_value("#id_title") == "Un bando scritto in fretta"


# A real call has these on its front page: what is typed into each field, in the order of the form.
# None: the default is right; a number: so many boxes are ticked.
REAL_CALL = {
    "title": "Contributi per riaprire le botteghe dei paesi",
    "subtitle": "Bando 2026, seconda finestra",
    "short_description": "Aiuta chi apre o riapre un'attività nei paesi sotto i mille abitanti.",
    "kind": None,
    "source": None,
    "issuing_body": "",
    "responsible_office": "Ufficio attività produttive",
    "official_url": "https://www.comune.example.org/bandi/botteghe",
    "opening": typed(5, "09:00"),
    "deadline": typed(60, "12:00"),
    "questions_deadline": typed(50),
    "until_funds_run_out": None,
    "gather_interests": None,
    "publication_of_outcomes": typed(90),
    "end_of_procedure": typed(120),
    "total_amount": "300.000",
    "minimum_grant": "5.000",
    "maximum_grant": "30.000",
    "co_funding_share": "20",
    "recipients": 2,
    "territories": 1,
    "territorial_scope": "Paesi sotto i mille abitanti",
    "act_number": "124",
    "act_date": "03/11/2026",
    "cup": "G11B26000120006",
    "cig": "A0123456B7",
    "what_it_funds": "Lavori, arredi, attrezzature e i primi sei mesi di affitto.",
    "eligible_costs": "Spese con fattura, fatte dopo la domanda.",
    "requirements": "Partita IVA attiva, o da aprire entro tre mesi.",
    "how_to_apply": "Si compila il modulo sul sito del Comune e si manda per PEC.",
    "topics": 1,
}
FIVE_MINUTES = 300


def test_a_whole_call_by_keyboard_in_five_minutes(redazione):
    author, _reviewer = redazione
    author.open("/admin/snippets/registry/organisation/add/")
    author.write(name="Comune di Claut", kind="Comune")
    author.save()
    author.open("/admin/snippets/registry/territory/add/")
    author.write(name="Alta valle", kind="Area interna", municipality_names="Claut")
    author.save()
    add_from_list(author, "bandi")
    hands = Keyboard(author)
    author.page.locator("#id_title").focus()
    hands.fields.append("title")
    for name, value in REAL_CALL.items():
        if name != "title":
            hands.to(name)
        if name == "issuing_body":
            hands.choose("Claut", "Comune di Claut")
        elif isinstance(value, str):
            hands.type(value)
        elif value:
            hands.press("Space")
            for _box in range(value - 1):
                hands.press("Tab")
                hands.press("Space")
    author.page.evaluate("() => { window.pageBefore = true }")
    hands.press("Control+s")
    author.page.wait_for_function("() => window.pageBefore === undefined && document.readyState === 'complete'")

    assert author.errors() == {}
    assert len(hands.fields) >= 30
    assert hands.seconds < FIVE_MINUTES
    for name, value in REAL_CALL.items():
        if isinstance(value, int):
            assert author.page.locator(f"#id_{name} input:checked").count() == value, name
        elif value and name not in {"what_it_funds", "eligible_costs", "requirements", "how_to_apply"}:
            kept = author.page.input_value(f"#id_{name}")
            # A day without an hour lasts until its end; an amount is shown with its cents.
            assert kept.startswith(value) or kept.replace(",00", "") == value, (name, kept)
    assert author.page.locator("#id_issuing_body").input_value()
    assert "affitto" in author.page.locator("[data-contentpath=what_it_funds]").inner_text()
