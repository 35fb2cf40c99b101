"""Where the plan stands, on the home page."""

import pytest

from home.plan_part import plan_part
from progetti.plan_reading import read_tree
from tests.factories.pages import home_page
from tests.factories.plan import make_action, make_objective, make_plan

pytestmark = pytest.mark.django_db


def test_no_plan_is_no_part():
    home_page()
    assert plan_part([]) is None


def test_no_data_is_not_zero():
    plan = make_plan(axes=2)
    make_action(make_objective(plan.axes.first()), status="under_way", progress=None)
    part = plan_part([plan])
    assert [axis.percent for axis in part.axes] == [None, None]
    assert not part.has_examples


def test_each_axis_has_the_progress_that_the_plan_gives_it():
    plan = make_plan(axes=3)
    first, second, _third = plan.axes.all()
    one, two = make_objective(first, 1, weight=3), make_objective(first, 2)
    make_action(one, 1, status="done")
    make_action(one, 2, status="under_way", progress=20, weight=2)
    make_action(two, 1, status="cancelled")
    make_action(make_objective(second), status="under_way", progress=0)
    part = plan_part([plan])
    assert [axis.percent for axis in part.axes] == [axis.percent for axis in read_tree(plan).axes]
    assert [axis.percent for axis in part.axes][1:] == [0, None]


def test_the_newest_plan_is_shown_and_examples_are_named(client):
    make_plan(axes=1, title="Piano vecchio")
    newest = make_plan(axes=1, slug="piano-nuovo", title="Piano nuovo", from_year=2023, to_year=2027)
    objective = make_objective(newest.axes.get(), is_example=True)
    make_action(objective, status="under_way", progress=40)
    html = client.get("/").content.decode()
    assert "Piano nuovo, 2023-2027" in html
    assert "Piano vecchio" not in html.split('id="piano"')[1].split("</section>")[0]
    assert "Qui i numeri sono un esempio" in html
    assert "40" in html


def test_one_query_whatever_its_size(django_assert_num_queries):
    plan = make_plan(axes=4)
    for axis in plan.axes.all():
        for number in range(1, 4):
            make_action(make_objective(axis, number))
    with django_assert_num_queries(1):
        plan_part([plan])


def test_a_translated_plan_has_the_same_progress_with_its_own_words():
    plan = make_plan(axes=2)
    make_action(make_objective(plan.axes.first()), status="under_way", progress=40)
    english_home = home_page("en")
    english = plan.copy_for_translation(english_home.locale)
    axis = english.axes.first()
    axis.title = "First axis"
    axis.save()
    part = plan_part([english])
    assert part.page == english
    assert part.axes[0].title == "First axis"
    assert [node.percent for node in part.axes] == [40, None]
