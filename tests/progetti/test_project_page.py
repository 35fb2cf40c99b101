"""The page of a project whole: steps, results, money, people; what editors may not write."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from progetti import project_story
from progetti.enums import FundingSource, ResultKind
from progetti.models import ProjectPage
from progetti.project_blocks import MilestoneBlock
from tests.factories import progetti as make

pytestmark = pytest.mark.django_db


def blocks(kind: str, *values: dict) -> str:
    return json.dumps([{"type": kind, "value": value} for value in values])


def milestone(title="Apertura", due="2026-05-01", reached_on=None, note="") -> dict:
    return {"title": title, "due": due, "reached_on": reached_on, "note": note}


def funding(funder="Fondazione", source=FundingSource.FOUNDATION, amount="1000.00", own=False, note="") -> dict:
    return {"funder": funder, "source": source, "amount": amount, "is_own_share": own, "note": note}


def whole_project(**fields) -> ProjectPage:
    return make.full_project(
        **{
            "activities": "<p>Laboratori nelle scuole.</p>",
            "results": blocks(
                "result",
                {"kind": ResultKind.EXPECTED, "text": "giovani coinvolti", "number": "120"},
                {"kind": ResultKind.REACHED, "text": "botteghe aperte", "number": "14"},
            ),
            "milestones": blocks("milestone", milestone(), milestone("Avvio", "2026-01-10", "2026-01-12")),
            "funding": blocks("funding", funding(), funding("Comune", FundingSource.LOCAL, "500.00", own=True)),
            "total_cost": Decimal("2000"),
            "cup": "B12C34000560007",
            "team": blocks(
                "person",
                {"name": "Rosa Palese", "role": "coordina", "has_agreed": True},
                {"name": "Zefferino Quaglia", "role": "accompagna le scuole", "has_agreed": False},
            ),
            **fields,
        }
    )


def test_the_page_says_what_with_whom_how_it_is_paid_and_how_far_it_is(client):
    page = client.get(whole_project().url).content.decode()
    for words in (
        "Laboratori nelle scuole.", "giovani coinvolti", "botteghe aperte", "Avvio", "Fondazione", "cofinanziamento",
        "2.000\xa0€", "1.500\xa0€", "Mancano: 500\xa0€", "B12C34000560007", "Rosa Palese", "accompagna le scuole",
    ):  # fmt: skip
        assert words in page, words
    assert page.index("Che cosa abbiamo raggiunto") < page.index("Che cosa ci aspettiamo")


@pytest.mark.indexed
def test_who_has_not_agreed_has_no_name_on_any_page(client):
    whole_project()
    for address in ("/progetti/", "/cerca/?q=Zefferino", ProjectPage.objects.get().url):
        assert "Quaglia" not in client.get(address).content.decode()


def test_a_page_without_any_of_it_says_nothing_of_it(client):
    page = client.get(make.full_project().url).content.decode()
    for words in ("Come si paga", "A che punto è", "Chi ci lavora", "Che cosa ci aspettiamo", "Immagini"):
        assert words not in page


@pytest.mark.parametrize(
    ("source", "statement"),
    [
        (FundingSource.PNRR, "Finanziato dall&#x27;Unione europea – NextGenerationEU"),
        (FundingSource.EU, "Cofinanziato dall&#x27;Unione europea"),
        (FundingSource.STATE, None),
    ],
)
def test_european_money_is_named_with_its_emblem(source, statement, client):
    page = client.get(whole_project(funding=blocks("funding", funding(source=source))).url).content.decode()
    page = page.replace("&#39;", "&#x27;").replace("dall'", "dall&#x27;")
    assert ("img/eu.svg" in page) is (statement is not None)
    if statement:
        assert statement in page


class Block:
    def __init__(self, **value):
        self.value = value


def step(title, due, reached_on=None):
    return Block(title=title, due=due, reached_on=reached_on, note="")


def test_steps_stand_by_their_day_whatever_order_they_were_written_in():
    steps = [step("a", date(2026, 1, 1), date(2026, 1, 3)), step("b", date(2026, 2, 1)), step("c", date(2026, 9, 1))]
    for order in permutations(steps):
        found = project_story.timeline(order, date(2026, 3, 1))
        assert [item["title"] for item in found] == ["a", "b", "c"]
        assert [item["state"] for item in found] == ["done", "", ""]
        assert [item["text"] for item in found] == ["", "In ritardo.", ""]


def test_the_last_day_of_a_step_is_not_late():
    (item,) = project_story.timeline([step("a", date(2026, 3, 1))], date(2026, 3, 1))
    assert item["text"] == ""


def money_of(total, *amounts):
    rows = [
        Block(funder="x", source=FundingSource.OTHER, amount=amount, is_own_share=False, note="") for amount in amounts
    ]
    return project_story.money(rows, total)


def test_an_amount_that_nobody_told_is_not_nothing():
    known, unknown = money_of(Decimal(100), Decimal(40), Decimal(20)), money_of(Decimal(100), Decimal(40), None)
    assert (known.missing, unknown.missing) == ("40\xa0€", "")
    assert (known.funded, unknown.funded) == ("60\xa0€", "")
    assert money_of(None) is None
    assert money_of(Decimal(100)).missing == ""
    assert money_of(Decimal(100), Decimal(100)).missing == ""


def test_a_step_cannot_have_been_reached_tomorrow():
    with pytest.raises(ValidationError) as refused:
        MilestoneBlock().clean(MilestoneBlock().to_python(milestone(reached_on="2999-01-01")))
    assert "reached_on" in refused.value.block_errors


@pytest.mark.parametrize(("field", "value"), [("cup", "abc"), ("cig", "12"), ("total_cost", Decimal(-1))])
def test_wrong_codes_and_costs_are_refused_at_their_field(field, value):
    project = make.full_project()
    setattr(project, field, value)
    with pytest.raises(ValidationError) as refused:
        project.full_clean()
    assert field in refused.value.message_dict


def test_the_database_refuses_a_negative_cost():
    make.full_project()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE progetti_projectpage SET total_cost = -1")
