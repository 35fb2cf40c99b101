"""Rules of calls and of their acts: in the form and in the database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from bandi.enums import CallActKind, CallState
from bandi.models import CallAct, CallPage
from bandi.states import ROME, end_of_day, start_of_day
from tests.factories import bandi

pytestmark = pytest.mark.django_db


def refused_by_database(queryset, **values) -> bool:
    """Whether the database itself refuses values that no form has checked."""
    try:
        with transaction.atomic():
            queryset.update(**values)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("amounts", "field"),
    [
        ({"minimum_grant": 2, "maximum_grant": 1}, "minimum_grant"),
        ({"maximum_grant": 3, "total_amount": 2}, "maximum_grant"),
        ({"minimum_grant": 3, "total_amount": 2}, "minimum_grant"),
        ({"total_amount": -1}, "total_amount"),
        ({"co_funding_share": Decimal("100.01")}, "co_funding_share"),
        ({"co_funding_share": Decimal("-0.01")}, "co_funding_share"),
    ],
)
def test_amounts_that_contradict_each_other_are_refused(amounts, field):
    page = bandi.call()
    for name, value in amounts.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert list(caught.value.message_dict) == [field]
    assert refused_by_database(CallPage.objects.filter(pk=page.pk), **amounts)


def test_amounts_may_be_equal():
    page = bandi.call(minimum_grant=5, maximum_grant=5, total_amount=5, co_funding_share=100)
    page.full_clean()


def test_a_call_opens_before_its_deadline():
    page = bandi.call()
    page.opening = page.deadline
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert list(caught.value.message_dict) == ["deadline"]
    assert refused_by_database(CallPage.objects.filter(pk=page.pk), opening=page.deadline)


def test_the_procedure_does_not_end_before_the_deadline():
    page = bandi.call()
    page.end_of_procedure = timezone.localdate()
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert list(caught.value.message_dict) == ["end_of_procedure"]


def test_a_deadline_given_as_a_day_lasts_until_its_end():
    day = timezone.localdate() + timedelta(days=3)
    assert bandi.call(deadline=start_of_day(day)).deadline == end_of_day(day)


@pytest.mark.parametrize(("name", "value"), [("cup", "J51B21004080"), ("cup", "j51b21004080005"), ("cig", "123456789")])
def test_codes_have_their_form(name, value):
    page = bandi.call()
    setattr(page, name, value)
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert list(caught.value.message_dict) == [name]


@pytest.mark.parametrize("kind", CallActKind.values)
def test_an_act_says_the_new_deadline_only_where_it_changes(kind):
    changes = kind in ("extension", "early_closing")
    moment = timezone.now() + timedelta(days=20)
    page = bandi.call(
        acts=[CallAct(kind=kind, date=timezone.localdate(), reason="Motivo", new_deadline=moment if changes else None)]
    )
    act = page.acts.get()
    wrong = None if changes else moment
    act.new_deadline = wrong
    with pytest.raises(ValidationError) as caught:
        act.full_clean()
    assert list(caught.value.message_dict) == ["new_deadline"]
    assert refused_by_database(CallAct.objects.filter(pk=act.pk), new_deadline=wrong)


def test_open_calls_by_nearest_deadline():
    now = timezone.now()
    late = bandi.call(deadline=now + timedelta(days=9))
    soon = bandi.call(deadline=now + timedelta(days=1))
    endless = bandi.call(deadline=None, until_funds_run_out=True)
    extended = bandi.call(
        deadline=now - timedelta(days=1),
        acts=[
            CallAct(
                kind="extension",
                date=timezone.localdate() - timedelta(days=2),
                reason="Più tempo",
                new_deadline=now + timedelta(days=4),
            )
        ],
    )
    bandi.call(deadline=now - timedelta(minutes=1))
    bandi.call(opening=now + timedelta(minutes=1))
    assert list(CallPage.objects.open().by_nearest_deadline()) == [soon, extended, late, endless]
    assert CallPage.objects.with_state().get(pk=extended.pk).state == CallState.EXTENDED
    assert CallPage.objects.get(pk=extended.pk).state == CallState.EXTENDED


def test_of_two_acts_on_one_day_the_last_in_the_form_counts():
    day, now = timezone.localdate() - timedelta(days=1), timezone.now()
    acts = [
        CallAct(kind="suspension", date=day, reason="Un errore"),
        CallAct(kind="resumption", date=day, reason="Corretto"),
    ]
    page = bandi.call(acts=acts)
    assert CallPage.objects.get(pk=page.pk).state == CallPage.objects.with_state(now).get(pk=page.pk).state == "open"


def test_the_day_of_an_act_is_the_italian_one():
    # 31 July, 23:30 in UTC is already 1 August in Italy.
    now = (start_of_day(date(2027, 8, 1)) + timedelta(minutes=90)).astimezone(ROME)
    page = bandi.call(
        opening=None,
        deadline=now + timedelta(days=30),
        acts=[CallAct(kind="revocation", date=date(2027, 8, 1), reason="Ritirato")],
    )
    assert CallPage.objects.with_state(now).get(pk=page.pk).state == CallState.REVOKED
    assert CallPage.objects.with_state(now - timedelta(hours=2)).get(pk=page.pk).state == CallState.OPEN
