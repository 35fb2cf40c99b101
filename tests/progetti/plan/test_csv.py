"""Import and export by code: what comes out goes in again, the trial changes nothing, no cell runs in a spreadsheet."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pages.csv_files import FORMULA_STARTS, guard, unguard, write_rows
from portal.registry.models import Organisation, Territory
from progetti.indicator_import import import_indicators
from progetti.models import Action, ActionChange, Axis, Indicator, Measurement, Objective
from progetti.plan_csv import export_actions, export_indicators
from progetti.plan_csv_reading import UnreadableFile, day, decimal_number, decode, read_lines, whole_number, yes_or_no
from progetti.plan_import import import_plan
from tests.factories.plan import make_action, make_indicator, make_objective, make_plan
from tests.factories.users import UserFactory

HEADING = "codice;titolo;peso;stato;avanzamento;inizio;fine;importo;responsabile\n"
TREE = HEADING + (
    "A1.1.1;Mappa;2;In corso;40;2019-01-01;30/06/2019;1.234,50;on\n"
    "A1.1;Botteghe;3;;;;;;\n"
    "A2.1;Sentieri;;;;;;;\n"
)  # fmt: skip


@pytest.fixture
def plan(db):
    Organisation.objects.create(name="On! Impresa sociale", slug="on")
    return make_plan(axes=2)


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Axis, Objective, Action, ActionChange, Indicator, Measurement)
    ]


def test_the_trial_says_what_would_happen_and_changes_nothing(plan):
    before = everything()
    result = import_plan(plan, TREE, by=None, commit=False)
    assert (result.created, result.changed, result.wrong, result.done) == (3, 0, [], False)
    assert everything() == before


def test_the_import_does_what_the_trial_said_with_history_and_name(plan):
    editor = UserFactory()
    result = import_plan(plan, TREE, by=editor, commit=True)
    assert result.done
    action = Action.objects.get(code="A1.1.1")
    assert (action.status, action.progress, action.weight) == ("under_way", 40, 2)
    assert (action.start, action.end) == (date(2019, 1, 1), date(2019, 6, 30))
    assert (action.resources_amount, action.responsible.slug) == (Decimal("1234.50"), "on")
    assert Objective.objects.get(code="A2.1").weight == 1
    assert action.changes.get().by == editor


def test_what_is_exported_can_be_imported_and_changes_nothing(plan):
    objective = make_objective(
        plan.axes.first(), title="=SOMMA(1;2)", description="Prima riga\nseconda; «riga»", title_en="'quoted"
    )
    make_action(objective, status="suspended", progress=5, start=date(2019, 1, 1), resources_amount=Decimal("10.50"))
    text = export_actions(plan.pk)
    before = everything()
    result = import_plan(plan, text, by=None, commit=True)
    assert (result.created, result.changed, result.same) == (0, 0, 4)
    assert result.wrong == []
    assert everything() == before
    assert Objective.objects.get().title == "=SOMMA(1;2)"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A9.1;x;;;;;;;", "Manca l'asse A9"),
        ("A1.5.1;x;;;;;;;", "Manca l'obiettivo A1.5"),
        ("pippo;x;;;;;;;", "non è un codice"),
        (";x;;;;;;;", "non è un codice"),
        ("A1.2;;;;;;;;", "titolo"),
        ("A1.2;x;0;;;;;;", "peso"),
        ("A1.2;x;due;;;;;;", "non è un numero intero"),
        ("A1.2;x;;done;;;;;", "La colonna «stato» non vale"),
        ("A1.1.2;x;;fatta;;;;;", "non è tra i valori ammessi"),
        ("A1.1.2;x;;done;80;;;;", "Un'azione conclusa è al 100"),
        ("A1.1.2;x;;in corso;101;;;;", "avanzamento"),
        ("A1.1.2;x;;;;31/02/2019;;;", "non è una data"),
        ("A1.1.2;x;;;;2019-02-01;2019-01-01;;", "La fine non può venire prima"),
        ("A1.1.2;x;;;;;;tanti;", "non è un numero"),
        ("A1.1.2;x;;;;;;;nessuno", "Nessuna organizzazione"),
        ("A1.1.1;x;;;;;;;", "già alla riga"),
    ],
)
def test_a_wrong_row_is_named_with_its_line_and_nothing_is_saved(plan, row, words):
    before = everything()
    result = import_plan(plan, f"{TREE}{row}\n", by=None, commit=True)
    assert not result.done
    assert [wrong.line for wrong in result.wrong] == [5]
    assert words in " ".join(result.wrong[0].problems)
    assert everything() == before


def test_all_wrong_rows_are_named_at_once(plan):
    result = import_plan(plan, HEADING + "A9.1;x;;;;;;;\nA8.1;;0;;;;;;\n", by=None, commit=True)
    assert [row.line for row in result.wrong] == [2, 3]


def test_only_the_columns_of_the_file_change(plan):
    action = make_action(make_objective(plan.axes.first()), status="under_way", progress=10, description="Resta")
    assert import_plan(plan, "codice,avanzamento\nA1.1.1,55\n", by=None, commit=True).changed == 1
    action.refresh_from_db()
    assert (action.progress, action.description, action.title) == (55, "Resta", "Azione A1.1.1")
    assert action.changes.count() == 2


def test_axes_change_through_a_revision_of_the_page(plan):
    plan.save_revision().publish()
    result = import_plan(
        plan, "codice;titolo;peso\nA1;Nuovo titolo;4\nA7;Asse nuovo;\nA7.1;Obiettivo;\n", by=None, commit=True
    )
    assert (result.created, result.changed, result.wrong) == (2, 1, [])
    assert list(Axis.objects.filter(plan=plan).order_by("code").values_list("code", "title", "weight")) == [
        ("A1", "Nuovo titolo", 4), ("A2", "Asse 2", 1), ("A7", "Asse nuovo", 1),
    ]  # fmt: skip
    plan.refresh_from_db()
    assert plan.get_latest_revision_as_object().axes.all()[0].title == "Nuovo titolo"


def test_axes_do_not_change_under_a_draft_nor_without_permission(plan):
    text = "codice;titolo\nA1;Nuovo titolo\n"
    assert import_plan(plan, text, by=None, commit=True, axes_too=False).wrong
    plan.save_revision()
    plan.refresh_from_db()
    assert import_plan(plan, text, by=None, commit=True).wrong
    assert Axis.objects.get(code="A1").title == "Asse 1"


def test_indicators_come_out_and_go_in_again(plan):
    turin = Territory.objects.create(name="Torino", slug="torino")
    make_indicator(axis=plan.axes.first(), territory=turin, values={"2019": "10.5", "2020": "-3"}, title="@formula")
    make_indicator(axis=plan.axes.first(), code="I2")
    text = export_indicators(plan.pk)
    before = everything()
    result = import_indicators(plan, text, commit=True)
    assert (result.created, result.changed, result.same, result.wrong) == (0, 0, 3, [])
    assert everything() == before
    Indicator.objects.all().delete()
    assert import_indicators(plan, text, commit=True).done
    assert export_indicators(plan.pk) == text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("I1;A9;;x;%;2019;1", "nel piano non c'è"),
        ("I1;A1;atlantide;x;%;2019;1", "nessun territorio"),
        ("I1;A1;;;%;2019;1", "nome"),
        ("I1;A1;;x;%;duemila;1", "periodo"),
        ("I1;A1;;x;%;2019;", "manca il valore"),
        ("I1;A1;;x;%;;3", "manca il periodo"),
        ("I1;A1;;x;%;2019;tre", "non è un numero"),
        ("I1;;;x;%;2019;3", "Indica che cosa misura"),
    ],
)
def test_a_wrong_indicator_is_named_and_nothing_is_saved(plan, row, words):
    before = everything()
    heading = "codice;nodo;territorio;nome;unita;periodo;valore\n"
    result = import_indicators(plan, f"{heading}V1;A1;;Va bene;%;2019;1\n{row}\n", commit=True)
    assert [wrong.line for wrong in result.wrong] == [3]
    assert words in " ".join(result.wrong[0].problems)
    assert everything() == before


@pytest.mark.parametrize(
    "content",
    [
        "codice;titolo\nA1;x\n".encode("utf-8-sig"),
        b"codice,titolo\r\nA1,x\r\n",
        b"codice\ttitolo\nA1\tx",
        b'Codice ; TITOLO\n\n"A1";"x"\n;\n',
    ],
)
def test_marks_separators_and_empty_rows_are_accepted(content):
    lines = read_lines(decode(content), ["codice", "titolo"], ["codice"])
    assert [line.cells for line in lines] == [{"codice": "A1", "titolo": "x"}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vuoto"),
        (b"\n\n;;\n", "vuoto"),
        (b"titolo\nx\n", "Mancano le colonne: codice"),
        (b"codice;pippo\nA1;x\n", "non conosco: pippo"),
        (b"codice;codice\nA1;x\n", "ripetute: codice"),
        (b"codice\nA1;x\n", "ha più colonne"),
        (b'codice\n"A1\n', "non si legge"),
        ("codice\nÈ\n".encode("latin-1"), "UTF-8"),
        (b"codice\nA\0\n", "caratteri"),
        (b"codice\n" + b"A1\n" * 3001, "righe"),
        (b"x" * (1024 * 1024 + 1), "1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, words):
    with pytest.raises(UnreadableFile, match=words):
        read_lines(decode(content), ["codice", "titolo"], ["codice"])


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\0")))
def test_no_exported_text_is_a_formula_and_none_is_lost(value):
    text = value.strip()
    cell = guard(text)
    assert unguard(cell) == text
    if cell.lstrip(" ").startswith(FORMULA_STARTS):
        float(cell.replace(",", "."))  # only a plain number may begin with a minus


def test_formulas_are_written_as_text():
    values = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "  =1", "-12,5", Decimal("-12.500"), True, None]
    assert write_rows([values]) == "'=1+1;'+1+1;'-1+1;'@SUM(A1);'\t=1;'  =1;-12,5;-12.5;1;\r\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,50", "1234.50"),
        ("1234.5", "1234.5"),
        ("€ 80.000,00", "80000.00"),
        ("1.234.567", "1234567"),
        ("-3", "-3"),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert decimal_number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["1e5", "nan", "inf", "1,2,3", "--1", "12 mila", "٣"])
def test_what_is_not_a_number(text):
    with pytest.raises(ValueError, match="non è un numero"):
        decimal_number(text)


def test_other_cells():
    assert (whole_number(" 40 %".strip()), whole_number("")) == (40, None)
    assert (yes_or_no("Sì"), yes_or_no("x"), yes_or_no(""), yes_or_no("no")) == (True, True, False, False)
    assert (day("30/06/2019"), day("")) == (date(2019, 6, 30), None)
    with pytest.raises(ValueError, match="né sì né no"):
        yes_or_no("forse")
