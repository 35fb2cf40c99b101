"""Queries of the plan: at most 12 for 250 actions and 2,000 contributing pages, and the same at N and 3N."""

import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from progetti.models import Action, Contribution, ProjectIndexPage, ProjectPage
from tests.factories.plan import (
    make_action,
    make_home,
    make_indicator,
    make_objective,
    make_plan,
    make_project,
    make_tree,
    make_vision,
)

pytestmark = pytest.mark.django_db
BUDGET = 12


@pytest.fixture
def queries(client):
    """How many queries an address takes the second time: what a process keeps for its life is not counted."""

    def count(path):
        assert client.get(path).status_code == 200
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    return count


def add_pages(actions: list[Action], number: int) -> None:
    """That many live projects, each contributing to one action in turn; written straight into the tables, for speed."""
    make_project("Il primo", slug=f"primo-{uuid.uuid4()}")
    index = ProjectIndexPage.objects.get()
    kind = ContentType.objects.get_for_model(ProjectPage)
    start = index.get_children().count()
    pages = [
        Page(
            title=f"Progetto {start + position}", slug=f"progetto-{start + position}", depth=index.depth + 1,
            path=Page._get_path(index.path, index.depth + 1, start + position + 1), content_type=kind, live=True,
            url_path=f"{index.url_path}progetto-{start + position}/", locale=index.locale,
            translation_key=uuid.uuid4(), draft_title="x",
        )
        for position in range(number)
    ]  # fmt: skip
    made = Page.objects.bulk_create(pages)
    Contribution.objects.bulk_create(
        Contribution(
            page=page, action=actions[position % len(actions)], locale=index.locale, translation_key=uuid.uuid4()
        )
        for position, page in enumerate(made)
    )


def test_the_whole_plan_opens_within_its_budget(queries):
    plan = make_plan(axes=5)
    plan.vision = make_vision()
    plan.save()
    make_indicator(axis=plan.axes.first(), values={"2019": "1", "2020": "2"})
    make_indicator(axis=plan.axes.first(), code="I2")
    actions = make_tree(plan, objectives=5, actions=10)
    assert len(actions) == 250
    add_pages(actions, 2000)
    assert Contribution.objects.count() == 2000
    assert queries("/piano/") <= BUDGET
    assert queries("/piano/A1/") <= BUDGET
    assert queries("/piano/A1.1.1/") <= BUDGET
    assert queries("/piano/figura/") <= BUDGET


def test_queries_do_not_grow_with_the_plan(queries):
    plan = make_plan(axes=1)
    actions = make_tree(plan, objectives=1, actions=3)
    add_pages(actions, 5)
    paths = ("/piano/", "/piano/A1/", "/piano/A1.1/", "/piano/A1.1.1/", "/piano/figura/", "/piano/azioni/csv/")
    before = [queries(path) for path in paths]
    for number in (2, 3):
        objective = make_objective(plan.axes.get(), number)
        more = [make_action(objective, index) for index in (1, 2, 3)]
        add_pages(more, 5)
    assert [queries(path) for path in paths] == before


def test_the_line_of_sight_costs_the_same_for_one_and_for_three_nodes(queries):
    plan = make_plan(axes=3)
    page = make_project("Un progetto", slug="uno")
    axes = list(plan.axes.all())
    Contribution.objects.create(page=page, axis=axes[0], locale=make_home().locale)
    before = queries("/progetti/uno/")
    for axis in axes[1:]:
        Contribution.objects.create(page=page, axis=axis, locale=make_home().locale)
    assert queries("/progetti/uno/") == before
    assert before <= BUDGET
