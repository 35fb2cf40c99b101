"""Objectives, actions, indicators and contributions: what the database and the forms refuse, and the history."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from progetti.actions.plan import save_action
from progetti.models import Action, ActionChange, Contribution, Indicator, Measurement, Objective, PlanPage
from tests.factories.plan import make_action, make_indicator, make_objective, make_plan, make_project
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(axes=2)


@pytest.fixture
def axis(plan):
    return plan.axes.first()


@pytest.fixture
def objective(axis):
    return make_objective(axis)


def refused(make):
    with transaction.atomic(), pytest.raises(IntegrityError):
        make()


@pytest.mark.parametrize("code", ["A2.1", "A1.1.1", "A1", "a1.1", "A1.1 ", "A11.1", ""])
def test_the_code_of_an_objective_belongs_to_its_axis(axis, code):
    with pytest.raises(ValidationError) as error:
        Objective(axis=axis, code=code, title="x").full_clean()
    assert "code" in error.value.message_dict


@pytest.mark.parametrize("code", ["A1.2.1", "A1.1", "A1.10.1", "A1.1.x", "A1.1.1\n"])
def test_the_code_of_an_action_belongs_to_its_objective(objective, code):
    with pytest.raises(ValidationError) as error:
        Action(objective=objective, code=code, title="x").full_clean()
    assert "code" in error.value.message_dict


def test_a_code_is_used_once_in_a_plan(objective):
    make_action(objective)
    with pytest.raises(ValidationError):
        Action(objective=objective, code="A1.1.1", title="x").full_clean()
    refused(lambda: Action.objects.create(objective=objective, code="A1.1.1", title="x"))
    refused(lambda: Objective.objects.create(axis=objective.axis, code="A1.1", title="x"))


def test_another_plan_may_use_the_same_codes(objective):
    other = make_plan(slug="altro-piano", title="Altro piano")
    assert make_action(make_objective(other.axes.first())).code == "A1.1.1"


def test_codes_sort_as_people_count(objective):
    for number in (10, 9, 1):
        make_action(objective, number)
    assert [action.code for action in Action.objects.of_plan(objective.plan_id)] == ["A1.1.1", "A1.1.9", "A1.1.10"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"status": "done", "progress": 80}, "progress"),
        ({"status": "to_start", "progress": 5}, "progress"),
        ({"status": "under_way", "progress": 101}, "progress"),
        ({"start": date(2020, 2, 1), "end": date(2020, 1, 31)}, "end"),
        ({"resources_amount": Decimal(-1)}, "resources_amount"),
        ({"weight": 0}, "weight"),
    ],
)
def test_what_contradicts_itself_is_refused_by_the_form_and_by_the_database(objective, fields, field):
    action = Action(objective=objective, code="A1.1.1", title="x", **fields)
    with pytest.raises(ValidationError) as error:
        action.full_clean()
    assert field in error.value.message_dict
    refused(action.save)


def test_done_is_100_without_saying_it(objective):
    action = make_action(objective, status="done")
    assert action.progress == 100


def test_a_plan_goes_with_all_that_is_in_it_but_an_axis_in_use_stays(plan, objective):
    make_action(objective)
    with pytest.raises(models_restricted()):
        objective.axis.delete()
    PlanPage.objects.get(pk=plan.pk).delete()
    assert not Action.objects.exists()


def models_restricted():
    from django.db.models import RestrictedError

    return RestrictedError


def test_every_change_of_status_or_progress_is_written_down_with_who(objective):
    editor = UserFactory()
    action = make_action(objective, by=editor)
    action.title = "Un altro titolo"
    assert save_action(action, by=editor) is None
    action.status, action.progress = "under_way", 30
    save_action(action, by=editor)
    action.progress = 60
    save_action(action, by=None)
    rows = list(
        action.changes.order_by("pk").values_list("from_status", "to_status", "from_progress", "to_progress", "by")
    )
    assert rows == [
        ("", "to_start", None, None, editor.pk),
        ("to_start", "under_way", None, 30, editor.pk),
        ("under_way", "under_way", 30, 60, None),
    ]


def test_the_history_is_only_added_to(objective):
    change = make_action(objective).changes.get()
    for attempt in (change.save, change.delete, ActionChange.objects.all().delete):
        with pytest.raises(TypeError):
            attempt()
    with pytest.raises(TypeError):
        ActionChange.objects.update(to_status="done")


def test_a_contribution_is_to_one_node_and_once(plan, axis, objective):
    page = make_project()

    def contribution(**nodes):
        return Contribution(page=page, locale=page.locale, **nodes)

    contribution(axis=axis).save()
    refused(contribution().save)
    refused(contribution(axis=axis, objective=objective).save)
    refused(contribution(axis=axis).save)
    contribution(objective=objective).save()


def test_an_indicator_measures_one_thing(axis, objective):
    project = make_project()
    fields = {"code": "I1", "title": "x", "unit": "%"}
    refused(lambda: Indicator.objects.create(**fields))
    refused(lambda: Indicator.objects.create(**fields, axis=axis, objective=objective))
    assert Indicator.objects.create(**fields, axis=axis, project=project).plan_id == axis.plan_id
    refused(lambda: Indicator.objects.create(**fields, axis=axis, project=project))
    Indicator.objects.create(**fields, project=project)
    refused(lambda: Indicator.objects.create(**fields, project=project))
    with pytest.raises(ValidationError):
        Indicator(**fields).full_clean()


def test_one_value_for_each_period_and_the_last_one_counts(axis):
    indicator = make_indicator(axis=axis, values={"2020": "70", "2019-S2": "20", "2019-S1": "90"})
    assert indicator.latest.period == "2020"
    assert indicator.state == "substantial"
    refused(lambda: Measurement.objects.create(indicator=indicator, period="2020", value=1))


def test_a_target_against_the_direction_is_refused(axis):
    with pytest.raises(ValidationError) as error:
        Indicator(code="I1", title="x", unit="%", axis=axis, baseline=Decimal(5), target=Decimal(3)).full_clean()
    assert "target" in error.value.message_dict
