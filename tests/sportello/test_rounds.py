"""Rounds from the first list to the last seat: the whole way, what people read, what nobody can learn."""

import json
import subprocess
import sys

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import translation

from sportello import presentation_rounds, rounds
from sportello.actions import applications, applications_host, round_bands, round_lists, round_runs
from sportello.actions import rounds as actions
from sportello.enums import ApplicationState
from sportello.enums_rounds import BandSource, RoundState
from sportello.errors import GuardRefused, NotPermitted, WrongState
from sportello.models import (
    Application,
    MatchRound,
    RoundBand,
    RoundPerson,
    RoundSending,
)
from tests.factories.rounds import add_list, bring_to, make_round, offers_of, round_values, supervisor_of
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


def test_a_run_that_was_tampered_with_is_not_published():
    match_round = make_round(offers=1, seats=1)
    add_list(match_round, 0)
    bring_to(match_round, R.RUN)
    run = match_round.run
    text = json.loads(run.output)
    text["assigned"], text["unassigned"] = {}, {name: {"why": []} for name in text["assigned"]}
    tampered = [(run._meta.get_field("output"), None, json.dumps(text))]
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        type(run)._base_manager.filter(pk=run.pk)._update(tampered)
    # Whoever owns the database can take the trigger off: the run itself tells.
    on_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER sportello_roundrun_no_update"
            if on_sqlite
            else "DROP TRIGGER sportello_roundrun_append_only ON sportello_roundrun"
        )
    type(run)._base_manager.filter(pk=run.pk)._update(tampered)
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


def test_why_an_offer_does_not_come_back_is_said_as_it_is():
    """A no is a no only if somebody said it: a withdrawn candidature, or a list of the round before, is none."""
    host = HostFactory()
    first = make_round(host=host, offers=3, seats=2)
    withdrawn, rejected, ranked = offers_of(first)
    young = YouthFactory(desk=host.desk)
    applications.withdraw(make_application(withdrawn.offer, young), young.user)
    applications_host.reject(make_application(rejected.offer, young), owner_of(host), "Abbiamo già scelto.")

    def why(match_round) -> dict[int, str]:
        return {int(line.offer.key): line.obstacles[0].key for line in rounds.choosable(young, match_round).blocked}

    assert why(first) == {withdrawn.offer_id: "applied_before", rejected.offer_id: "refused"}
    add_list(first, 2, youth=young)
    bring_to(first, R.BANDS)
    (line,) = RoundBand.objects.filter(round_offer=ranked)
    round_bands.set_bands(ranked, {line.person_id: (None, "Serve la patente.")}, owner_of(host))
    bring_to(first, R.PUBLISHED)
    operator = operator_of(host.desk)
    second = actions.open_round(actions.create_following(first, round_values(name="Seconda"), operator), operator)
    assert why(second) == {
        withdrawn.offer_id: "applied_before",
        rejected.offer_id: "refused",
        ranked.offer_id: "ranked_before",
    }


def test_nobody_is_told_that_bands_are_being_made_when_their_time_is_over():
    match_round = make_round(offers=1)
    add_list(match_round, 0)
    bring_to(match_round, R.BANDS)
    assert "mettono in fasce" in presentation_rounds.youth_next(match_round, saved=True)
    bring_to(match_round, R.READY)
    assert "appena esce il risultato" in presentation_rounds.youth_next(match_round, saved=True)
