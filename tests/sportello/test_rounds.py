"""Rounds from the first list to the last seat: who may do what when, what people read, what nobody can learn."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from sportello import presentation_rounds, rounds
from sportello.actions import applications, round_bands, round_lists, round_runs
from sportello.actions import rounds as actions
from sportello.enums import Actor, ApplicationState, OfferState, YouthStatus
from sportello.enums_rounds import BandSource, PairKind, RoundState
from sportello.errors import ActionError, GuardRefused, NotPermitted, WrongState
from sportello.models import (
    Application,
    MatchRound,
    Offer,
    RoundBand,
    RoundEvent,
    RoundPerson,
    RoundResult,
    RoundSending,
    YouthProfile,
)
from sportello.transitions import find
from sportello.transitions_rounds import ROUND
from tests.factories.rounds import add_list, bring_to, end_of, make_round, offers_of, round_values, supervisor_of
from tests.factories.sportello import (
    HostFactory,
    MunicipalityFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    operator_of,
    owner_of,
)

pytestmark = pytest.mark.django_db
R = RoundState

VERBS = {
    R.OPEN: actions.open_round,
    R.BANDS: actions.close_lists,
    R.RUN: round_runs.run_final,
    R.PUBLISHED: round_runs.publish,
    R.CLOSED: actions.close_round,
    R.CANCELLED: lambda row, by: actions.cancel_round(row, by, "Non ci sono abbastanza offerte."),
}


def test_the_table_is_what_happens():
    """Every state x actor x verb. What is tried is undone, what happens is what the table and its guards allow."""
    match_round = make_round(R.OPEN)
    youth = add_list(match_round, 0, 1)
    bring_to(match_round, R.RUN)
    run = match_round.run
    desk = match_round.desk
    people = {
        "operator": operator_of(desk),
        "supervisor": supervisor_of(desk),
        "system": None,
        "youth": youth.user,
        "host": owner_of(match_round.offers.first().offer.host),
        "other desk": operator_of(HostFactory().desk),
        "stranger": UserFactory(),
    }
    ready = lambda row, by: (  # noqa: E731  two rows of the table end there: one closes the bands, one reopens
        round_runs.reopen(row, by, "Manca un posto.") if row.state == R.RUN else actions.make_ready(row, by)
    )
    for state in R.values:
        given = {
            "state": state,
            "run": run if state in (R.RUN, R.PUBLISHED, R.CLOSED) else None,
            "published_at": timezone.now() if state in (R.PUBLISHED, R.CLOSED) else None,
            "published_by": people["supervisor"] if state in (R.PUBLISHED, R.CLOSED) else None,
            "state_reason": "Motivo." if state == R.CANCELLED else "",
            # Time is over for lists and bands, save for who still has to open.
            "lists_close_at": timezone.now() + timedelta(days=1 if state == R.DRAFT else -2),
            "bands_close_at": timezone.now() + timedelta(days=2 if state == R.DRAFT else -1),
        }
        RoundBand.objects.all().delete()
        if state not in (R.DRAFT, R.OPEN):
            RoundBand.objects.bulk_create(rounds.drafted_bands(match_round))
        MatchRound.objects.filter(pk=match_round.pk).update(**given)
        match_round.refresh_from_db()
        for name, user in people.items():
            for target, verb in {**VERBS, R.READY: ready}.items():
                row = find(ROUND, state, target)
                actor = {"operator": Actor.DESK, "supervisor": Actor.DESK, "system": Actor.SYSTEM}.get(name)
                expected = row is not None and actor in row.actors
                if expected and "supervisor" in row.guards:
                    expected = name == "supervisor"
                events = RoundEvent.objects.count()
                sid = transaction.savepoint()
                try:
                    verb(MatchRound.objects.get(pk=match_round.pk), user)
                    done = True
                except ActionError:
                    done = False
                left = MatchRound.objects.get(pk=match_round.pk).state
                added = RoundEvent.objects.count() - events
                transaction.savepoint_rollback(sid)
                assert done == expected, f"{state} -> {target} by {name}: {'happened' if done else 'refused'}"
                assert left == (target if expected else state)
                assert added == (1 if expected else 0)


def test_guards_say_why():
    host = HostFactory()
    operator = operator_of(host.desk)
    with pytest.raises(GuardRefused, match="dopo l'apertura") as refused:
        actions.create_round(host.desk, round_values(lists_close_at=timezone.now() - timedelta(days=3)), operator)
    assert refused.value.code == "lists_close_at"
    match_round = actions.create_round(host.desk, round_values(), operator)
    with pytest.raises(GuardRefused, match="Scegli prima le offerte"):
        actions.open_round(match_round, operator)
    with pytest.raises(GuardRefused, match="non è più pubblicata"):
        actions.choose_offers(match_round, [make_offer(host, state=OfferState.DRAFT).pk], operator)
    with pytest.raises(GuardRefused, match="non è più pubblicata"):
        actions.choose_offers(match_round, [make_offer().pk], operator)
    actions.choose_offers(match_round, [make_offer(host).pk], operator)
    match_round = actions.open_round(match_round, operator)
    assert len(match_round.seed) == 32
    assert match_round.weights_sha256
    with pytest.raises(GuardRefused, match="ancora tempo per le liste"):
        actions.close_lists(match_round, operator)
    with pytest.raises(WrongState, match="non si cambiano più"):
        actions.choose_offers(match_round, [], operator)
    sooner = {
        "lists_open_at": match_round.lists_open_at,
        "lists_close_at": match_round.lists_close_at - timedelta(days=2),
        "bands_close_at": match_round.bands_close_at,
    }
    with pytest.raises(GuardRefused, match="solo dare più tempo"):
        actions.change_deadlines(match_round, sooner, operator)
    actions.change_deadlines(match_round, {**sooner, "lists_close_at": match_round.bands_close_at}, operator)
    bring_to(match_round, R.READY)
    with pytest.raises(GuardRefused, match="Nessuno ha ancora salvato"):
        round_runs.run_final(match_round, operator)


def test_a_round_in_full(django_capture_on_commit_callbacks, mailoutbox):
    """Lists, bands, run, results, seats: what each person reads, and that anybody can do the sum again."""
    match_round = make_round(offers=2, seats=1)
    one, two = offers_of(match_round)
    people = [add_list(match_round, 0, 1) for _n in range(4)]
    names = {RoundPerson.objects.get(youth=row).pseudonym: row for row in people}
    bring_to(match_round, R.BANDS)
    host = owner_of(one.offer.host)
    lines = {row.person.youth_id: row for row in RoundBand.objects.filter(round_offer=one).select_related("person")}
    assert {row.source for row in lines.values()} == {BandSource.DRAFT}
    best, out = people[0], people[3]
    bands = {row.person_id: (2, "") for row in lines.values()}
    bands[lines[best.pk].person_id] = (1, "")
    bands[lines[out.pk].person_id] = (None, "Serve la patente.")
    assert round_bands.set_bands(one, bands, host) == 4
    bring_to(match_round, R.PUBLISHED)

    results = {row.youth_id: row for row in match_round.results.all()}
    assert len(results) == 4
    assert results[best.pk].round_offer_id == one.pk
    assert results[best.pk].rank == 1
    assert results[best.pk].why == []
    assert [line["reason"] for line in results[out.pk].why][:1] == ["not_eligible"]
    placed = [row for row in results.values() if row.round_offer_id]
    assert {row.round_offer_id for row in placed} == {one.pk, two.pk}
    assert all(line["reason"] for row in results.values() if not row.round_offer_id for line in row.why)

    # Anybody can run it again: the file that is downloaded, the program without Django, the output that was kept.
    run = match_round.run
    again = subprocess.run(
        [sys.executable, "-m", "sportello.matching"], input=run.input.encode(), capture_output=True, check=True
    )
    assert again.stdout.decode() == run.output
    assert json.loads(run.output)["input_sha256"] == run.input_sha256
    assert rounds.sha256(run.output) == run.output_sha256
    assert set(json.loads(run.input)["choices"]) == set(names)
    assert run.figures["blocking_pairs"] == 0

    with django_capture_on_commit_callbacks(execute=True):
        sendings = round_runs.send_seats(match_round, operator_of(match_round.desk))
    assert [row.message for row in sendings] == ["", ""]
    seated = Application.objects.filter(state=ApplicationState.OFFERED)
    assert {row.youth_id for row in seated} == {row.youth_id for row in placed}
    assert {row.motivation for row in seated} == {"So usare la pialla."}
    # One letter each: that a seat is theirs. Nothing about a candidature that they never sent.
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(row.youth.user.email for row in placed)
    assert round_runs.send_seats(match_round, operator_of(match_round.desk)) == []


def test_reasons_reveal_nobody(client):
    """Planted names, places and studies of others are nowhere in what a person or a host reads."""
    planted = ("Zefferino", "Quaglia", "Belmonte Planted", "Patente nautica", "zq@example.org")
    match_round = make_round(offers=1, seats=1)
    far = MunicipalityFactory(name=planted[2])
    winner = add_list(
        match_round,
        0,
        user=UserFactory(first_name=planted[0], last_name=planted[1], email=planted[4]),
        home=far,
        study_note=planted[3],
    )
    loser = add_list(match_round, 0)
    bring_to(match_round, R.BANDS)
    (row,) = offers_of(match_round)
    host = owner_of(row.offer.host)
    # The host decides on facts: the name comes with the result only.
    client.force_login(host)
    page = client.get(reverse("area:host_round", args=[row.pk])).content.decode()
    assert planted[2] in page
    assert planted[3] in page
    assert not [word for word in (planted[0], planted[1], planted[4]) if word in page]
    people = {line.person.youth_id: line.person_id for line in RoundBand.objects.select_related("person")}
    round_bands.set_bands(row, {people[winner.pk]: (1, ""), people[loser.pk]: (2, "")}, host)
    bring_to(match_round, R.PUBLISHED)
    own = RoundPerson.objects.get(youth=loser)
    other = RoundPerson.objects.get(youth=winner)
    for language, sentence in (("it", "fascia più alta"), ("en", "higher band")):
        client.force_login(loser.user)
        with translation.override(language):
            line = match_round.results.get(youth=loser).why[0]
            assert sentence in presentation_rounds.why_sentence(line)
        page = client.get(reverse("area:youth_round", args=[match_round.pk])).content.decode()
        assert "fascia più alta" in page
        assert own.pseudonym in page
        assert match_round.run.input_sha256 in page
        assert not [word for word in (*planted, other.pseudonym) if word in page]
    given = client.get(reverse("area:youth_round_file", args=[match_round.pk])).content.decode()
    assert given == match_round.run.input
    assert not [word for word in planted if word in given]
    # Hosts read the name of who was given to them, and of nobody else.
    client.force_login(host)
    page = client.get(reverse("area:host_round", args=[row.pk])).content.decode()
    assert f"{planted[0]} {planted[1]}" in page
    assert loser.user.get_full_name() not in page


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
    applications.offer_seat(application, owner_of(row.offer.host))
    with pytest.raises(GuardRefused, match="posti sono stati dati"):
        round_runs.publish(match_round, supervisor)
    applications.rescind(application, owner_of(row.offer.host), "Errore.")
    YouthProfile.objects.filter(pk=person.pk).update(matching_consent_at=None)
    with pytest.raises(GuardRefused, match="ritirato il permesso"):
        round_runs.publish(match_round, supervisor)
    # Run again without who has left: the other one gets the seat.
    round_runs.reopen(match_round, operator, "Una persona ha lasciato.")
    round_runs.run_final(match_round, operator)
    round_runs.publish(match_round, supervisor)
    assert [(r.youth_id, r.round_offer_id) for r in match_round.results.all()] == [(other.pk, row.pk)]


def test_a_run_that_was_tampered_with_is_not_published():
    match_round = make_round(offers=1, seats=1)
    add_list(match_round, 0)
    bring_to(match_round, R.RUN)
    run = match_round.run
    text = json.loads(run.output)
    text["assigned"], text["unassigned"] = {}, {name: {"why": []} for name in text["assigned"]}
    type(run)._base_manager.filter(pk=run.pk)._update([(run._meta.get_field("output"), None, json.dumps(text))])
    with pytest.raises(ValueError, match="does not give its output"):
        round_runs.publish(match_round, supervisor_of(match_round.desk))
    assert not match_round.results.exists()


def test_what_cannot_be_sent_is_told_row_by_row_and_tried_again():
    match_round = make_round(offers=2, seats=1)
    one, _two = offers_of(match_round)
    busy, fine = add_list(match_round, 0), add_list(match_round, 1)
    bring_to(match_round, R.PUBLISHED)
    for _n in range(5):
        make_application(make_offer(one.offer.host), busy)
    operator = operator_of(match_round.desk)
    sendings = {row.result.youth_id: row for row in round_runs.send_seats(match_round, operator)}
    assert sendings[fine.pk].application.state == ApplicationState.OFFERED
    assert sendings[busy.pk].application is None
    assert "massimo di candidature" in sendings[busy.pk].message
    applications.withdraw(busy.applications.first(), busy.user)
    (again,) = round_runs.send_seats(match_round, operator)
    assert again.application.youth_id == busy.pk
    assert RoundSending.objects.count() == 3
    # A candidature that is already there gets the seat: no second one is made.
    assert Application.objects.filter(youth=fine).count() == 1
    actions.close_round(match_round, operator)
    with pytest.raises(WrongState):
        round_runs.send_seats(match_round, operator)
    with pytest.raises(NotPermitted):
        round_runs.send_seats(match_round, fine.user)


def test_a_second_round_looks_twice_as_far_at_what_is_left():
    host = HostFactory()
    first = make_round(host=host, offers=1, seats=1)
    far = MunicipalityFactory(latitude=45.01 + 0.4, longitude=7.82)  # about 44 km
    distant = make_offer(host, municipality=far, seats_count=1, title="Lontana")
    MatchRound.objects.filter(pk=first.pk).update(state=R.DRAFT, seed="")
    first.refresh_from_db()
    actions.choose_offers(first, [*first.offers.values_list("offer_id", flat=True), distant.pk], operator_of(host.desk))
    bring_to(first, R.OPEN)
    placed, left = add_list(first, 0), YouthFactory(desk=host.desk)
    far_row = offers_of(first)[1]
    with pytest.raises(GuardRefused, match="km") as refused:
        round_lists.save_list(first, left, [far_row.pk], left.user)
    assert refused.value.code == "not_possible"
    add_list(first, 0, youth=left)
    bring_to(first, R.BANDS)
    near = offers_of(first)[0]
    people = {line.person.youth_id: line.person_id for line in RoundBand.objects.select_related("person")}
    round_bands.set_bands(near, {people[placed.pk]: (1, ""), people[left.pk]: (2, "")}, owner_of(host))
    operator = operator_of(host.desk)
    with pytest.raises(WrongState, match="Prima si pubblica"):
        actions.create_following(first, round_values(), operator)
    bring_to(first, R.PUBLISHED)
    second = actions.create_following(first, round_values(name="Seconda"), operator)
    assert (second.number, second.wider_percent) == (2, 200)
    with pytest.raises(WrongState, match="c'è già"):
        actions.create_following(first, round_values(name="Terza"), operator)
    second = actions.open_round(second, operator)
    assert second.seed != first.seed
    row = second.offers.get(offer=distant)
    with pytest.raises(GuardRefused, match="rimasto senza proposta"):
        round_lists.save_list(second, placed, [row.pk], placed.user)
    # What they ranked before does not come back, even if it has a free seat again.
    assert str(near.offer_id) not in {line.offer.key for line in rounds.choosable(left, second).possible}
    round_lists.save_list(second, left, [row.pk], left.user)
    bring_to(second, R.PUBLISHED)
    (sending,) = round_runs.send_seats(second, operator)
    assert sending.application.offer_id == distant.pk, sending.message


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


def test_the_clock_closes_lists_and_bands_and_reminds_once(django_capture_on_commit_callbacks, mailoutbox):
    match_round = make_round(offers=1)
    saved, late = add_list(match_round, 0), YouthFactory(desk=match_round.desk)
    assert actions.advance_due() == 0
    soon = timezone.now() + timedelta(hours=30)
    MatchRound.objects.filter(pk=match_round.pk).update(lists_close_at=soon)
    for times in (1, 0):
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.remind_due() == times
    assert [letter.to for letter in mailoutbox] == [[late.user.email]]
    end_of(match_round, "bands")
    assert actions.advance_due() == 2
    match_round.refresh_from_db()
    assert match_round.state == R.READY
    assert [event.actor for event in match_round.events.order_by("pk")][-2:] == [Actor.SYSTEM, Actor.SYSTEM]
    assert saved.in_rounds.get().bands.count() == 1


@pytest.mark.parametrize("language", ["it", "en"])
def test_letters(language, django_capture_on_commit_callbacks, mailoutbox):
    match_round = make_round(R.DRAFT, offers=1, name="Estate segreta")
    person = YouthFactory(desk=match_round.desk, language=language)
    (row,) = offers_of(match_round)
    row.offer.host.memberships.update(language=language)
    words = {
        "it": ("È aperta una tornata", "Metti in fasce", "Il risultato della tornata", "annullata", "Hai tempo fino a"),
        "en": ("round", "bands", "result", "cancelled", "until"),
    }[language]
    with django_capture_on_commit_callbacks(execute=True):
        bring_to(match_round, R.OPEN)
    add_list(match_round, 0, youth=person)
    with django_capture_on_commit_callbacks(execute=True):
        bring_to(match_round, R.PUBLISHED)
    subjects = " | ".join(letter.subject for letter in mailoutbox)
    assert words[0].lower() in subjects.lower()
    assert words[1].lower() in subjects.lower()
    assert words[2].lower() in subjects.lower()
    assert "Estate segreta" not in subjects
    opened = next(letter for letter in mailoutbox if letter.to == [person.user.email])
    assert words[4].lower() in opened.body.lower()
    assert f"/area/giovane/tornate/{match_round.pk}/" in opened.body
    assert opened.alternatives[0].mimetype == "text/html"
    result = [letter for letter in mailoutbox if letter.to == [person.user.email]][-1]
    # The result itself is on the page, behind the sign-in.
    assert row.offer.title not in result.body
    other = add_and_return(make_round(offers=1), language)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        bring_to(other, R.CANCELLED)
    assert len(mailoutbox) == 2
    for letter in mailoutbox:
        assert words[3] in letter.subject
        assert "Non ci sono abbastanza offerte." in letter.body


def add_and_return(match_round: MatchRound, language: str) -> MatchRound:
    add_list(match_round, 0, language=language)
    match_round.offers.first().offer.host.memberships.update(language=language)
    return match_round
