"""What the desk proposes: found with reasons, sent in one click, answered by the person; and what the factors weigh."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from sportello import rounds, scoring
from sportello.actions import applications, match_weights, proposals
from sportello.enums import DeskRole
from sportello.enums_matching import MAX_OPEN_PROPOSALS, ProposalState
from sportello.errors import GuardRefused, NotPermitted, WrongState
from sportello.matching import DEFAULT_WEIGHTS
from sportello.models import MatchRound, MatchWeights, Proposal, YouthProfile
from sportello.weighing import weights_of
from tests.factories.sportello import (
    DeskFactory,
    HostFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_operator,
    operator_of,
    owner_of,
)

pytestmark = pytest.mark.django_db

YOUTH = {"interest": 40, "skills": 20, "travel": 20, "schedule": 10, "goals": 5, "reliability": 5}
HOST = {"skills": 35, "availability": 25, "motivation": 20, "travel": 20}


@pytest.fixture
def host():
    return HostFactory()


@pytest.fixture
def operator(host):
    return operator_of(host.desk)


@pytest.fixture
def supervisor(host):
    return make_operator(host.desk, DeskRole.SUPERVISOR)


@pytest.fixture
def offer(host):
    return make_offer(host, title="In falegnameria")


@pytest.fixture
def young(host):
    return YouthFactory(desk=host.desk)


def test_from_the_desk_to_the_candidature(
    client, host, offer, young, operator, django_capture_on_commit_callbacks, mailoutbox
):
    client.force_login(operator)
    page = client.get(reverse("sportello_match:youth", args=[young.pk])).content.decode()
    address = reverse("sportello_match:propose", args=[young.pk, offer.pk])
    assert address in page
    assert "punti su 100" in page
    # It is the desk that reads: nothing speaks to the person.
    assert "La persona non ha ancora scritto perché le interessa." in page
    assert "Non hai ancora scritto" not in page
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, {"message": "Ti piace il legno: qui si impara."}, follow=True)
    assert "aspetta una risposta" in response.content.decode()
    letter = next(letter for letter in mailoutbox if letter.to == [young.user.email])
    assert "In falegnameria" not in letter.subject
    assert "Ti piace il legno" in letter.body
    assert reverse("area:youth_proposals") in letter.body

    client.force_login(young.user)
    assert "In falegnameria" in client.get(reverse("area:home")).content.decode()
    page = client.get(reverse("area:youth_proposals")).content.decode()
    assert "Ti piace il legno: qui si impara." in page
    applications.apply(young, offer, "Mi piace lavorare il legno.", young.user)
    assert Proposal.objects.get().state == ProposalState.ACCEPTED
    assert "In falegnameria" not in client.get(reverse("area:youth_proposals")).content.decode()


def test_a_proposal_keeps_the_reasons_of_its_day(offer, young, operator):
    proposal = proposals.propose(young, offer, operator)
    lines = scoring.from_json(proposal.breakdown, "youth")
    assert (
        sum(line["points"] for line in lines)
        == scoring.pair_score(
            YouthProfile.objects.for_matching().get(pk=young.pk), type(offer).objects.for_matching().get(pk=offer.pk)
        ).youth.value
    )


def test_no_is_an_answer_and_closes_it_once(client, offer, young, operator):
    proposal = proposals.propose(young, offer, operator)
    client.force_login(young.user)
    address = reverse("area:youth_proposal_decline", args=[proposal.pk])
    assert "Non ti interessa?" in client.get(address).content.decode()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SENT
    client.post(address)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DECLINED
    assert proposal.answered_at is not None
    with pytest.raises(WrongState):
        proposals.take_back(proposal, operator)


def test_who_said_no_is_not_asked_again_but_may_still_apply(client, host, offer, young, operator):
    other = YouthFactory(desk=host.desk)
    proposals.take_back(proposals.propose(young, offer, operator), operator)
    proposals.decline(proposals.propose(young, offer, operator), young.user)
    with pytest.raises(GuardRefused) as refused:
        proposals.propose(young, offer, operator)
    assert refused.value.code == "declined_before"
    client.force_login(operator)
    page = client.get(reverse("sportello_match:youth", args=[young.pk])).content.decode()
    assert "Ha detto che non le interessa." in page
    assert reverse("sportello_match:propose", args=[young.pk, offer.pk]) not in page
    page = client.get(reverse("sportello_match:offer", args=[offer.pk])).content.decode()
    assert reverse("sportello_match:propose", args=[other.pk, offer.pk]) in page
    assert reverse("sportello_match:propose", args=[young.pk, offer.pk]) not in page
    assert applications.apply(young, offer, "Ci ho ripensato: mi piacerebbe provare.", young.user).youth == young


def test_the_desk_reads_the_answers_and_takes_back_what_waits(client, host, offer, young, operator):
    other = make_offer(host)
    proposals.decline(proposals.propose(young, other, operator), young.user)
    proposal = proposals.propose(young, offer, operator)
    person = reverse("sportello_youth:inspect", args=[young.pk])
    door = reverse("sportello_youth:take_back", args=[proposal.pk])
    client.force_login(operator)
    page = client.get(person).content.decode()
    assert "Non interessa" in page
    assert f'href="{door}"' in page
    assert offer.title in client.get(door).content.decode()
    assert client.post(door).url == person
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.TAKEN_BACK
    page = client.get(person).content.decode()
    assert "Ritirata dallo Sportello" in page
    assert door not in page


def test_who_may_propose_answer_and_take_back(host, offer, young, operator):
    stranger = operator_of(DeskFactory())
    for somebody in (stranger, owner_of(host), young.user):
        with pytest.raises(NotPermitted):
            proposals.propose(young, offer, somebody)
    proposal = proposals.propose(young, offer, operator)
    for somebody in (operator, stranger, owner_of(host), None):
        with pytest.raises(NotPermitted):
            proposals.decline(proposal, somebody)
    for somebody in (young.user, stranger):
        with pytest.raises(NotPermitted):
            proposals.take_back(proposal, somebody)
    assert proposals.take_back(proposal, operator).state == ProposalState.TAKEN_BACK


def test_what_cannot_be_proposed(host, offer, young, operator):
    proposals.propose(young, offer, operator)
    with pytest.raises(GuardRefused) as refused:
        proposals.propose(young, offer, operator)
    assert refused.value.code == "already_proposed"
    for _n in range(MAX_OPEN_PROPOSALS - 1):
        proposals.propose(young, make_offer(host), operator)
    with pytest.raises(GuardRefused) as refused:
        proposals.propose(young, make_offer(host), operator)
    assert refused.value.code == "proposals_waiting"
    silent = YouthFactory(desk=host.desk, matching_consent_at=None)
    with pytest.raises(GuardRefused) as refused:
        proposals.propose(silent, offer, operator)
    assert refused.value.code == "consent"
    applied = make_application(offer)
    with pytest.raises(GuardRefused) as refused:
        proposals.propose(applied.youth, offer, operator)
    assert refused.value.code == "already_applied"


def test_a_draft_is_nobody_elses_business_and_a_host_on_a_pause_takes_nobody(host, offer, operator, young):
    applications.save_draft(young, offer, "Ci penso.", young.user)
    assert proposals.propose(young, offer, operator).state == ProposalState.SENT
    host.paused_until = timezone.localdate()
    host.save()
    with pytest.raises(GuardRefused) as refused:
        proposals.propose(YouthFactory(desk=host.desk), offer, operator)
    assert refused.value.code == "offer_open"


def test_a_refusal_is_said_where_it_happened_and_nothing_is_lost(client, host, offer, operator):
    silent = YouthFactory(desk=host.desk, matching_consent_at=None)
    client.force_login(operator)
    address = reverse("sportello_match:propose", args=[silent.pk, offer.pk])
    page = client.post(address, {"message": "Parole da non perdere"}).content.decode()
    assert 'role="alert"' in page
    assert "Parole da non perdere" in page
    assert not Proposal.objects.exists()


def test_an_offer_finds_who_agreed(client, host, offer, young, operator):
    silent = YouthFactory(desk=host.desk, matching_consent_at=None, user__last_name="Silenziosa")
    elsewhere = YouthFactory(user__last_name="Altrove")
    client.force_login(operator)
    page = client.get(reverse("sportello_match:offer", args=[offer.pk])).content.decode()
    assert reverse("sportello_match:propose", args=[young.pk, offer.pk]) in page
    for nobody in (silent, elsewhere):
        assert nobody.user.last_name not in page


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE sportello_proposal SET state = 'maybe'",
        "UPDATE sportello_proposal SET state = 'declined'",
        "UPDATE sportello_proposal SET score = 101",
        "INSERT INTO sportello_proposal (youth_id, offer_id, desk_id, state, message, score, breakdown, created_at) "
        "SELECT youth_id, offer_id, desk_id, state, message, score, breakdown, created_at FROM sportello_proposal",
    ],
)
def test_the_database_refuses_what_cannot_be(broken, offer, young, operator):
    proposals.propose(young, offer, operator)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(broken)


def test_new_weights_count_from_now_on_and_are_kept(host, offer, young, supervisor):
    young, offer = YouthProfile.objects.for_matching().get(pk=young.pk), type(offer).objects.for_matching().get()
    before = scoring.pair_score(young, offer)
    assert before.weights_version == DEFAULT_WEIGHTS.version
    first = match_weights.adopt(host.desk, YOUTH, HOST, "Conta di più che cosa piace", supervisor)
    after = scoring.pair_score(young, offer)
    assert after.weights_version == first.version
    assert after.youth.factor("interest").weight == 40
    assert sum(factor.points for factor in after.youth.factors) == after.youth.value
    second = match_weights.adopt(host.desk, YOUTH, HOST, "Ancora", supervisor)
    assert (first.number, second.number) == (1, 2)
    assert weights_of(DeskFactory().pk) == DEFAULT_WEIGHTS
    with pytest.raises(TypeError):
        first.save()


def test_weights_that_do_not_add_up_or_say_nothing_are_refused(host, operator, supervisor):
    with pytest.raises(NotPermitted):
        match_weights.adopt(host.desk, YOUTH, HOST, "Perché sì", operator)
    with pytest.raises(GuardRefused):
        match_weights.adopt(host.desk, YOUTH, HOST, " ", supervisor)
    with pytest.raises(GuardRefused):
        match_weights.adopt(host.desk, {**YOUTH, "goals": 50}, HOST, "Somma sbagliata", supervisor)
    assert not MatchWeights.objects.exists()


def test_the_screen_of_the_weights_previews_on_real_pairs_before_anything_changes(client, offer, host, supervisor):
    make_application(offer)
    client.force_login(supervisor)
    address = reverse("sportello_match:weights")
    data = {f"youth_{key}": value for key, value in YOUTH.items()} | {f"host_{key}": v for key, v in HOST.items()}
    page = client.post(address, {**data, "note": "", "anteprima": "1"}).content.decode()
    assert "Con i pesi nuovi" in page
    assert "In falegnameria" in page
    assert not MatchWeights.objects.exists()
    page = client.post(address, {**data, "youth_interest": 50, "note": "Prova", "adotta": "1"}).content.decode()
    assert "sommano a 110" in page
    assert 'value="50"' in page
    page = client.post(address, {**data, "note": "", "adotta": "1"}).content.decode()
    assert "Questo campo è obbligatorio." in page
    assert not MatchWeights.objects.exists()
    page = client.post(address, {**data, "note": "Conta di più che cosa piace", "adotta": "1"}, follow=True)
    assert "Conta di più che cosa piace" in page.content.decode()
    assert MatchWeights.objects.get().created_by == supervisor


def test_an_operator_reads_the_weights_and_cannot_change_them(client, host, operator):
    client.force_login(operator)
    assert "Li cambia un supervisore." in client.get(reverse("sportello_match:weights")).content.decode()
    data = {f"youth_{key}": value for key, value in YOUTH.items()} | {f"host_{key}": v for key, v in HOST.items()}
    assert client.post(reverse("sportello_match:weights"), {**data, "note": "x", "adotta": "1"}).status_code == 404
    assert not MatchWeights.objects.exists()


@pytest.mark.parametrize(
    ("points", "words"),
    [(100, "Molto vicina"), (80, "Molto vicina"), (79, "Vicina"), (50, "In parte"), (49, "Diversa"), (0, "Diversa")],
)
def test_a_host_reads_a_band_and_never_a_number(points, words, client, host, offer):
    application = make_application(offer)
    application.breakdown["host"] = [{**application.breakdown["host"][0], "points": points}]
    application.save()
    client.force_login(owner_of(host))
    page = client.get(reverse("area:host_inbox")).content.decode()
    assert words in page
    assert "punti su 100" not in page


def test_a_round_keeps_the_weights_it_opened_with(host, supervisor):
    first = match_weights.adopt(host.desk, YOUTH, HOST, "Prima", supervisor)
    other = {**YOUTH, "interest": 30, "goals": 15}
    match_weights.adopt(host.desk, other, HOST, "Dopo", supervisor)
    opened = MatchRound(desk=host.desk, weights_version=first.version)
    assert rounds.weights_of(opened) == first.weights()
    assert rounds.weights_of(MatchRound(desk=host.desk)).youth.interest == 30
    assert rounds.weights_of(MatchRound(desk=host.desk, weights_version=DEFAULT_WEIGHTS.version)) == DEFAULT_WEIGHTS
