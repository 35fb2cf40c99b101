"""Rounds pulled at from several sides at once, on PostgreSQL: no list is lost, nothing happens twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sportello.actions import round_lists, round_runs, rounds
from sportello.enums import ApplicationState, DeskRole
from sportello.enums_rounds import RoundState
from sportello.errors import ActionError, GuardRefused
from sportello.models import (
    Application,
    MatchRound,
    RoundBand,
    RoundChoice,
    RoundEvent,
    RoundPerson,
    RoundResult,
    RoundSending,
)
from tests.factories.rounds import add_list, bring_to, make_round, offers_of, supervisor_of
from tests.factories.sportello import HostFactory, YouthFactory, make_operator, operator_of
from tests.helpers.races import REPEATS, log_tells_the_truth, race, refusals, winners
from tests.sportello import test_races

pytestmark = test_races.pytestmark
R = RoundState


@pytest.fixture
def host(db):
    """Somebody who offers experiences, the same in each repeat."""
    return HostFactory()


@pytest.fixture
def people(host):
    """Three young people of the desk."""
    return [YouthFactory(desk=host.desk) for _n in range(3)]


def round_log(match_round: MatchRound, state: str) -> RoundEvent:
    """Return the only line that says how a round came to a state, once its log has been read from end to end."""
    moves = [row for row in match_round.events.order_by("pk") if row.to_state]
    assert [row.from_state for row in moves[1:]] == [row.to_state for row in moves[:-1]]
    match_round.refresh_from_db()
    assert moves[-1].to_state == match_round.state
    (found,) = [row for row in moves if row.to_state == state]
    return found


def test_lists_saved_while_the_lists_close(host, people):
    """Who was told «saved» is in the bands with that very list; who came too late has been told so."""
    operator = operator_of(host.desk)

    def save_until_closed(match_round, youth, offers):
        kept, turn = None, 0
        while True:
            wanted = offers if turn % 2 else offers[:1]
            try:
                round_lists.save_list(match_round, youth, [row.pk for row in wanted], youth.user)
            except GuardRefused as error:
                return kept, error.code
            kept, turn = {row.pk for row in wanted}, turn + 1

    def close_when_over(match_round):
        while True:
            try:
                return rounds.close_lists(match_round, operator)
            except GuardRefused:
                continue

    for _run in range(REPEATS):
        match_round = make_round(host=host)
        offers = offers_of(match_round)
        MatchRound.objects.filter(pk=match_round.pk).update(lists_close_at=timezone.now() + timedelta(seconds=0.1))
        *told, closed = race(
            *(lambda y=youth, r=match_round, o=offers: save_until_closed(r, y, o) for youth in people),
            lambda r=match_round: close_when_over(r),
        )
        assert closed.state == R.BANDS
        assert {code for _kept, code in told} == {"lists_closed"}
        for youth, (kept, _code) in zip(people, told, strict=True):
            chosen = RoundChoice.objects.filter(person__round=match_round, person__youth=youth)
            banded = RoundBand.objects.filter(person__round=match_round, person__youth=youth)
            assert set(chosen.values_list("round_offer_id", flat=True)) == (kept or set())
            assert set(banded.values_list("round_offer_id", flat=True)) == (kept or set())
        assert round_log(match_round, R.BANDS).user == operator


def test_run_twice_and_reopened_at_once(host, people):
    """One run counts, whoever pressed first; a reopening that comes between leaves both runs on record."""
    first, second = operator_of(host.desk), make_operator(host.desk)
    for _run in range(REPEATS):
        match_round = make_round(host=host)
        for youth in people:
            add_list(match_round, 0, 1, youth=youth)
        bring_to(match_round, R.READY)
        results = race(*(lambda r=match_round, by=by: round_runs.run_final(r, by) for by in (first, second)))
        (run,) = winners(results)
        assert refusals(results) == {"wrong_state"}
        line = round_log(match_round, R.RUN)
        assert (line.user, match_round.run) == (run.by, run)
        results = race(
            lambda r=match_round: round_runs.reopen(r, first, "Manca un posto."),
            lambda r=match_round: round_runs.publish(r, supervisor_of(r.desk)),
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}
        match_round.refresh_from_db()
        published = match_round.state == R.PUBLISHED
        assert published or match_round.state == R.READY
        assert RoundResult.objects.filter(round=match_round).count() == (len(people) if published else 0)


def test_published_by_two_supervisors_then_proposed_by_two_operators(host, people):
    """One publishes and is written down; then each seat is proposed once, whoever of the two gets to it."""
    both = [supervisor_of(host.desk), make_operator(host.desk, DeskRole.SUPERVISOR)]
    operators = [operator_of(host.desk), make_operator(host.desk)]
    for _run in range(REPEATS):
        match_round = make_round(host=host)
        for youth in people:
            add_list(match_round, 0, 1, youth=youth)
        bring_to(match_round, R.RUN)
        results = race(*(lambda r=match_round, by=by: round_runs.publish(r, by) for by in both))
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}
        assert round_log(match_round, R.PUBLISHED).user == match_round.published_by
        assert RoundResult.objects.filter(round=match_round).count() == len(people)

        done = race(*(lambda r=match_round, by=by: round_runs.send_seats(r, by) for by in operators))
        placed = RoundResult.objects.filter(round=match_round, round_offer__isnull=False)
        assert placed.count() == 2
        sendings = RoundSending.objects.filter(result__in=placed)
        assert sorted(sendings.values_list("result_id", flat=True)) == sorted(placed.values_list("pk", flat=True))
        assert {row.pk for rows in done for row in rows} == {row.pk for row in sendings}
        rows = list(Application.objects.filter(pk__in=sendings.values("application")))
        assert [row.state for row in rows] == [ApplicationState.OFFERED] * 2
        log_tells_the_truth(*rows)
        said = match_round.events.filter(verb="seats_sent").values_list("reason", flat=True)
        assert sum(int(line.split("/")[0]) for line in said) == 2
        # The next repeat is for the same people, who may have five open.
        Application.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=ApplicationState.DECLINED, seat=None, expires_at=None
        )


def test_a_list_saved_twice_at_once(host, people):
    """A double click: one list, none of the two mixed."""
    youth = people[0]
    match_round = make_round(host=host, offers=3)
    offers = [row.pk for row in offers_of(match_round)]
    for _run in range(REPEATS):
        lists = offers[:2], offers[1:]
        results = race(*(lambda o=wanted: round_lists.save_list(match_round, youth, o, youth.user) for wanted in lists))
        assert not [result for result in results if isinstance(result, ActionError)]
        person = RoundPerson.objects.get(round=match_round, youth=youth)
        assert list(person.choices.order_by("rank").values_list("round_offer_id", flat=True)) in lists
