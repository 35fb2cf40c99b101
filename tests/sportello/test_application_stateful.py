"""Any order of verbs, by anybody: no way leads to a state that the rules exclude."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sportello.actions import (
    applications,
    applications_acceptance,
    applications_desk,
    applications_guarantee,
    applications_host,
)
from sportello.enums import MAX_OPEN_APPLICATIONS, OPEN_STATES, SEATED_STATES, ApplicationState, OfferKind, OfferState
from sportello.errors import ActionError
from sportello.models import Application, ApplicationEvent, Offer, Placement, Seat
from sportello.transitions import APPLICATION, find
from tests.factories.sportello import HostFactory, YouthFactory, make_offer, operator_of, owner_of

pytestmark = pytest.mark.django_db
S = ApplicationState
PEOPLE, OFFERS = 3, 3
person, offer_number = st.integers(0, PEOPLE - 1), st.integers(0, OFFERS - 1)
MOTIVATIONS = ("Mi piace il legno.", "Scrivimi: a@example.org")
PLAIN = (
    applications.withdraw,
    applications.decline,
    applications_acceptance.accept,
    applications_host.shortlist,
    applications_host.offer_seat,
    applications_host.waitlist,
)
WITH_A_REASON = (applications_host.reject, applications_host.rescind, applications_acceptance.cancel)
BY_THE_DESK = (applications_desk.pass_review, applications_desk.reopen)


class Sportello(RuleBasedStateMachine):
    """Three young people, three offers of one host on overlapping days, one desk."""

    def __init__(self):
        super().__init__()
        self.sid = transaction.savepoint()
        host = HostFactory()
        self.owner, self.operator = owner_of(host), operator_of(host.desk)
        # Of a kind that one may do again with the same host: most paths go on after a first seat was accepted.
        kind = OfferKind.VOLUNTEERING
        self.offers = [make_offer(host, seats_count=1 + n % 2, kind=kind) for n in range(OFFERS)]
        self.people = [YouthFactory(desk=host.desk) for _n in range(PEOPLE)]

    def teardown(self):
        transaction.savepoint_rollback(self.sid)

    def attempt(self, verb, *args, **kwargs) -> None:
        """A refusal is an answer; anything else that goes wrong is a mistake of ours."""
        before = self.picture()
        try:
            verb(*args, **kwargs)
            return
        except ActionError:
            after = self.picture()
        assert after == before, "a refusal left something behind"

    def picture(self) -> tuple:
        return (
            list(Application.objects.order_by("pk").values_list("pk", "state", "seat_id", "expires_at")),
            ApplicationEvent.objects.count(),
            list(Placement.objects.order_by("pk").values_list("pk", "state")),
        )

    def on(self, who: int, what: int, verb, by, *args, **kwargs) -> None:
        row = Application.objects.filter(youth=self.people[who], offer=self.offers[what]).order_by("-pk").first()
        if row is not None:
            user = self.people[who].user if by == "youth" else getattr(self, by)
            self.attempt(verb, row, user, *args, **kwargs)

    @rule(who=person, what=offer_number, words=st.sampled_from(MOTIVATIONS), save=st.booleans())
    def writes(self, who, what, words, save):
        young = self.people[who]
        verb = applications.save_draft if save else applications.apply
        self.attempt(verb, young, Offer.objects.get(pk=self.offers[what].pk), words, young.user)

    @rule(who=person, what=offer_number)
    def desk_applies(self, who, what):
        self.attempt(applications.apply, self.people[who], self.offers[what], "A voce.", self.operator)

    @rule(
        who=person,
        what=offer_number,
        verb=st.sampled_from(PLAIN),
        by=st.sampled_from(["youth", "owner", "operator"]),
    )
    def does(self, who, what, verb, by):
        self.on(who, what, verb, by)

    @rule(
        who=person,
        what=offer_number,
        verb=st.sampled_from(WITH_A_REASON),
        by=st.sampled_from(["youth", "owner", "operator"]),
        reason=st.sampled_from(["", "Così."]),
    )
    def says_why(self, who, what, verb, by, reason):
        self.on(who, what, verb, by, reason)

    @rule(who=person, what=offer_number, verb=st.sampled_from(BY_THE_DESK))
    def desk_decides(self, who, what, verb):
        self.on(who, what, verb, "operator")

    @rule(who=person, what=offer_number)
    def desk_returns(self, who, what):
        self.on(who, what, applications_desk.return_to_draft, "operator", "Togli l'e-mail.")

    @rule(days=st.sampled_from([3, 8, 11, 16]))
    def time_passes(self, days):
        applications_guarantee.tend(timezone.now() + timedelta(days=days))

    @rule(what=offer_number)
    def offer_closes(self, what):
        offer = Offer.objects.get(pk=self.offers[what].pk)
        if offer.state != OfferState.CLOSED:
            Offer.objects.filter(pk=offer.pk).update(state=OfferState.CLOSED, closed_at=timezone.now())
            offer.refresh_from_db()
            applications_host.close_for_offer(offer, self.owner)

    @invariant()
    def the_rules_hold(self):
        rows = list(Application.objects.filter(youth__in=self.people).select_related("seat"))
        for row in rows:
            assert (row.seat_id is not None) == (row.state in SEATED_STATES)
            assert row.seat is None or row.seat.offer_id == row.offer_id
            assert (row.expires_at is not None) == (row.state == S.OFFERED)
            assert row.state not in (S.REJECTED, S.RESCINDED) or row.reason
            assert row.state in (S.DRAFT, S.WITHDRAWN) or row.motivation
            assert hasattr(row, "placement") or row.state not in (S.ACCEPTED, S.CANCELLED)
        for young in self.people:
            mine = [row for row in rows if row.youth_id == young.pk]
            assert sum(row.state in OPEN_STATES for row in mine) <= MAX_OPEN_APPLICATIONS
            days = sorted((row.start_date, row.end_date) for row in mine if row.state == S.ACCEPTED)
            assert all(one[1] < two[0] for one, two in pairwise(days)), "two places at once"
        for offer in Offer.objects.filter(pk__in=[offer.pk for offer in self.offers]):
            free = Seat.objects.filter(offer=offer).free().exists()
            waiting = any(row.offer_id == offer.pk and row.state == S.WAITLISTED for row in rows)
            if offer.state in (OfferState.PUBLISHED, OfferState.FULL):
                assert free == (offer.state == OfferState.PUBLISHED)
                assert not (free and waiting)
            if offer.state == OfferState.CLOSED:
                assert not any(row.offer_id == offer.pk and row.state in (S.SUBMITTED, S.WAITLISTED) for row in rows)

    @invariant()
    def the_log_tells_the_truth(self):
        where: dict[int, str] = {}
        for event in ApplicationEvent.objects.filter(application__youth__in=self.people).order_by("pk"):
            assert where.get(event.application_id, "") == event.from_state
            row = find(APPLICATION, event.from_state, event.to_state)
            assert not event.from_state or (row is not None and event.actor in row.actors)
            where[event.application_id] = event.to_state
        rows = Application.objects.filter(youth__in=self.people).values_list("pk", "state")
        assert where == dict(rows)


def test_no_path_leads_to_a_broken_state():
    run_state_machine_as_test(
        Sportello,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
