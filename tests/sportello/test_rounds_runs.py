"""What goes into a run: lists held to the rules, bands, pairs, trials; and a world that changes before publication."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from sportello import rounds
from sportello.actions import applications, applications_host, round_bands, round_lists, round_runs
from sportello.enums import YouthStatus
from sportello.enums_rounds import BandSource, PairKind, RoundState
from sportello.errors import GuardRefused, NotPermitted, WrongState
from sportello.models import (
    MatchRound,
    Offer,
    RoundBand,
    RoundPerson,
    RoundResult,
    YouthProfile,
)
from tests.factories.rounds import add_list, bring_to, end_of, make_round, offers_of, supervisor_of
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    YouthFactory,
    make_application,
    operator_of,
    owner_of,
)

pytestmark = pytest.mark.django_db
R = RoundState


def test_pairs_are_kept_and_can_be_taken_back():
    match_round = make_round(offers=2, seats=1)
    one, two = offers_of(match_round)
    operator = operator_of(match_round.desk)
    agreed, banned, third = [add_list(match_round, 0, 1) for _n in range(3)]
    pin = round_bands.add_pair(match_round, agreed, two, PairKind.PIN, "Hanno già fatto l'incontro.", operator)
    round_bands.add_pair(match_round, banned, one, PairKind.BAN, "Parente del titolare.", operator)
    with pytest.raises(GuardRefused, match="non ha un altro posto"):
        round_bands.add_pair(match_round, third, two, PairKind.PIN, "Anche.", operator)
    with pytest.raises(GuardRefused, match="C'è già una coppia"):
        round_bands.add_pair(match_round, agreed, one, PairKind.PIN, "Anche.", operator)
    with pytest.raises(GuardRefused) as refused:
        round_bands.add_pair(match_round, third, one, PairKind.BAN, "  ", operator)
    assert refused.value.code == "reason"
    with pytest.raises(NotPermitted):
        round_bands.add_pair(match_round, YouthFactory(), one, PairKind.BAN, "Altrove.", operator)
    unwilling = YouthFactory(desk=match_round.desk, matching_consent_at=None)
    with pytest.raises(GuardRefused, match="manca un permesso"):
        round_bands.add_pair(match_round, unwilling, one, PairKind.PIN, "Concordato.", operator)
    bring_to(match_round, R.PUBLISHED)
    results = {row.youth_id: row for row in match_round.results.all()}
    assert (results[agreed.pk].round_offer_id, results[agreed.pk].pinned) == (two.pk, True)
    assert results[third.pk].round_offer_id == one.pk
    assert [line["reason"] for line in results[banned.pk].why] == ["forbidden", "full"] or [
        line["reason"] for line in results[banned.pk].why
    ] == ["forbidden", "no_seats"]
    with pytest.raises(WrongState):
        round_bands.remove_pair(pin, operator)
    story = " ".join(match_round.events.values_list("reason", flat=True))
    assert "Parente del titolare." in story
    assert agreed.user.last_name not in story


def test_dry_runs_change_nothing_and_can_be_compared():
    match_round = make_round(offers=1, seats=1)
    (row,) = offers_of(match_round)
    for _n in range(3):
        add_list(match_round, 0)
    operator = operator_of(match_round.desk)
    bring_to(match_round, R.READY)
    as_is = round_runs.dry_run(match_round, operator)
    more = round_runs.dry_run(match_round, operator, rounds.WhatIf(seats=((row.pk, 2),)), "un posto in più")
    none = round_runs.dry_run(match_round, operator, rounds.WhatIf(seats=((row.pk, 0),)))
    assert [run.figures["seats_filled"] for run in (as_is, more, none)] == [1, 2, 0]
    assert [move.kind for move in rounds.compare(as_is, more)] == ["gained"]
    assert [move.kind for move in rounds.compare(more, none)] == ["lost", "lost"]
    assert not RoundResult.objects.exists()
    assert MatchRound.objects.get(pk=match_round.pk).state == R.READY
    # What counts is the seed that was published, in every run.
    assert {json.loads(run.input)["seed"] for run in (as_is, more, none)} == {match_round.seed}
    final = round_runs.run_final(match_round, operator)
    assert final.output == as_is.output
    assert final.number == 4
    with pytest.raises(WrongState):
        round_runs.run_final(match_round, operator)
    round_runs.reopen(match_round, operator, "Una fascia era sbagliata.")
    assert match_round.runs.count() == 4
    assert round_runs.run_final(match_round, operator).input == final.input


def test_the_world_changes_between_run_and_publication():
    match_round = make_round(offers=1, seats=1)
    person, other = add_list(match_round, 0), add_list(match_round, 0)
    bring_to(match_round, R.RUN)
    supervisor, operator = supervisor_of(match_round.desk), operator_of(match_round.desk)
    (row,) = offers_of(match_round)
    application = make_application(row.offer)
    applications_host.offer_seat(application, owner_of(row.offer.host))
    with pytest.raises(GuardRefused, match="posti sono stati dati"):
        round_runs.publish(match_round, supervisor)
    applications_host.rescind(application, owner_of(row.offer.host), "Errore.")
    YouthProfile.objects.filter(pk=person.pk).update(matching_consent_at=None)
    with pytest.raises(GuardRefused, match="ritirato il permesso"):
        round_runs.publish(match_round, supervisor)
    # Run again without who has left: the other one gets the seat.
    round_runs.reopen(match_round, operator, "Una persona ha lasciato.")
    round_runs.run_final(match_round, operator)
    round_runs.publish(match_round, supervisor)
    assert [(r.youth_id, r.round_offer_id) for r in match_round.results.all()] == [(other.pk, row.pk)]


def test_a_minor_needs_their_guardians_yes():
    match_round = make_round(offers=1)
    Offer.objects.update(minimum_age=16)
    young = YouthFactory(
        desk=match_round.desk, birth_date=timezone.localdate() - timedelta(days=17 * 366), status=YouthStatus.SCHOOL
    )
    with pytest.raises(GuardRefused, match="chi risponde per te"):
        add_list(match_round, 0, youth=young)
    assert not RoundPerson.objects.exists()


def test_lists_are_held_to_the_rules():
    match_round = make_round(offers=2)
    one, two = offers_of(match_round)
    young = add_list(match_round, 1, 0)
    person = RoundPerson.objects.get(youth=young)
    assert list(person.choices.values_list("round_offer_id", flat=True)) == [two.pk, one.pk]
    other_round = make_round(offers=1)
    for offers, code in (
        ([one.pk, one.pk], "repeated"),
        (list(range(1, 12)), "list_length"),
        ([offers_of(other_round)[0].pk], "not_possible"),
    ):
        with pytest.raises(GuardRefused) as refused:
            round_lists.save_list(match_round, young, offers, young.user)
        assert refused.value.code == code
    with pytest.raises(NotPermitted):
        round_lists.save_list(match_round, young, [one.pk], operator_of(match_round.desk))
    with pytest.raises(NotPermitted):
        round_lists.save_list(other_round, young, [one.pk], young.user)
    # Who had an answer from this offer already does not rank it again.
    applications.withdraw(make_application(one.offer, young), young.user)
    with pytest.raises(GuardRefused, match="già"):
        round_lists.save_list(match_round, young, [one.pk], young.user)
    assert list(person.choices.values_list("round_offer_id", flat=True)) == [two.pk, one.pk]
    end_of(match_round, "lists")
    with pytest.raises(GuardRefused, match="Le liste sono chiuse"):
        round_lists.save_list(match_round, young, [two.pk], young.user)
    # Emptying a list in time is leaving.
    MatchRound.objects.filter(pk=other_round.pk).update(lists_open_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(GuardRefused, match="non sono ancora aperte"):
        add_list(other_round, 0)


def test_bands_are_for_the_host_in_time_and_then_for_the_desk():
    match_round = make_round(offers=1)
    (row,) = offers_of(match_round)
    person = RoundPerson.objects.get(youth=add_list(match_round, 0))
    host, operator = owner_of(row.offer.host), operator_of(match_round.desk)
    with pytest.raises(WrongState, match="ancora aperte"):
        round_bands.set_bands(row, {person.pk: (1, "")}, host)
    bring_to(match_round, R.BANDS)
    for by in (UserFactory(), owner_of(HostFactory()), operator_of(HostFactory().desk), person.youth.user):
        with pytest.raises(NotPermitted):
            round_bands.set_bands(row, {person.pk: (1, "")}, by)
    with pytest.raises(GuardRefused, match="perché resta fuori"):
        round_bands.set_bands(row, {person.pk: (None, " ")}, host)
    with pytest.raises(GuardRefused, match="non esiste"):
        round_bands.set_bands(row, {person.pk: (5, "")}, host)
    end_of(match_round, "bands")
    with pytest.raises(WrongState, match="finito"):
        round_bands.set_bands(row, {person.pk: (1, "")}, host)
    assert round_bands.set_bands(row, {person.pk: (4, "")}, operator) == 1
    assert RoundBand.objects.get().source == BandSource.DESK
    # A rule keeps somebody out, not a judgement: nobody can wave them in.
    RoundBand.objects.update(band=None, reason="Non possibile perché...", source=BandSource.DRAFT)
    with pytest.raises(GuardRefused) as refused:
        round_bands.set_bands(row, {person.pk: (1, "")}, operator)
    assert refused.value.code == "not_possible"
