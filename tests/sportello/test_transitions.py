"""Every state, every actor, every verb: exactly what the table allows happens, and nothing else leaves a trace."""

import pytest
from django.db import transaction
from django.utils import timezone

from sportello.actions import applications, hosts, offers
from sportello.enums import Actor, ApplicationState, HostState, OfferState
from sportello.errors import ActionError
from sportello.models import ApplicationEvent, Host, Offer
from sportello.transitions import APPLICATION, HOST_TABLE, OFFER, find
from tests.factories.people import consent_to, guardian_of, make_minor
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    bare_application,
    make_offer,
    operator_of,
    owner_of,
)

S = ApplicationState

APPLICATION_VERBS = {
    S.SHORTLISTED: applications.shortlist,
    S.OFFERED: applications.offer_seat,
    S.REJECTED: lambda application, by: applications.reject(application, by, "Cerchiamo altro."),
    S.RESCINDED: lambda application, by: applications.rescind(application, by, "Chiudiamo."),
    S.WITHDRAWN: applications.withdraw,
    S.DECLINED: applications.decline,
    S.ACCEPTED: applications.accept,
    S.CANCELLED: applications.cancel,
}


def allowed(table, source, target, actor) -> bool:
    row = find(table, source, target)
    return row is not None and actor in row.actors


def attempt(verb, thing, by) -> tuple[bool, str]:
    """Try a verb and undo it; return whether it worked and the state it left."""
    sid = transaction.savepoint()
    try:
        verb(thing, by)
        type(thing).objects.get(pk=thing.pk)
        return True, type(thing).objects.get(pk=thing.pk).state
    except ActionError:
        return False, type(thing).objects.get(pk=thing.pk).state
    finally:
        transaction.savepoint_rollback(sid)


@pytest.mark.django_db
@pytest.mark.parametrize("state", S.values)
def test_application_table_is_what_happens(state):
    application = bare_application(state)
    make_minor(application.youth)
    consent_to(application)
    people = {
        Actor.YOUTH: application.youth.user,
        Actor.GUARDIAN: guardian_of(application.youth),
        Actor.HOST: owner_of(application.offer.host),
        Actor.DESK: operator_of(application.desk),
        "stranger": UserFactory(),
        "other host": owner_of(HostFactory()),
        "other desk": operator_of(HostFactory().desk),
    }
    for actor, user in people.items():
        for target, verb in APPLICATION_VERBS.items():
            done, left = attempt(verb, application, user)
            expected = allowed(APPLICATION, state, target, actor)
            assert done == expected, f"{state} -> {target} by {actor}: {'happened' if done else 'refused'}"
            assert left == (target if expected else state)


@pytest.mark.django_db
@pytest.mark.parametrize("state", S.values)
def test_only_offered_seats_run_out_of_time(state):
    application = bare_application(state)
    if state == S.OFFERED:
        type(application).objects.filter(pk=application.pk).update(expires_at=timezone.now())
    later = timezone.now()
    done, left = attempt(lambda thing, by: applications.expire(thing, later), application, None)
    # Unanswered applications are closed by the answer guarantee, which has a door of its own.
    assert done == allowed(APPLICATION, state, S.EXPIRED, Actor.SYSTEM)
    assert left == (S.EXPIRED if done else state)


OFFER_VERBS = {
    OfferState.IN_REVIEW: offers.submit_offer,
    OfferState.RETURNED: lambda offer, by: offers.return_offer(offer, by, "Manca l'orario."),
    OfferState.PAUSED: offers.pause_offer,
    OfferState.PUBLISHED: offers.publish_offer,
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", OfferState.values)
def test_offer_table_is_what_happens(state):
    offer = make_offer()
    Offer.objects.filter(pk=offer.pk).update(state=state, state_reason="motivo", closed_at=timezone.now())
    offer.refresh_from_db()
    people = {
        Actor.HOST: owner_of(offer.host),
        Actor.DESK: operator_of(offer.desk),
        "stranger": UserFactory(),
        "other desk": operator_of(HostFactory().desk),
    }
    for actor, user in people.items():
        for target, verb in OFFER_VERBS.items():
            done, left = attempt(verb, offer, user)
            expected = allowed(OFFER, state, target, actor)
            assert done == expected, f"{state} -> {target} by {actor}"
            assert left == (target if expected else state)


HOST_VERBS = {
    HostState.VERIFIED: hosts.verify_host,
    HostState.SUSPENDED: lambda host, by: hosts.suspend_host(host, by, "Non risponde."),
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", HostState.values)
def test_host_table_is_what_happens(state):
    host = HostFactory()
    Host.objects.filter(pk=host.pk).update(state=state, state_reason="motivo")
    host.refresh_from_db()
    people = {
        Actor.HOST: owner_of(host),
        Actor.DESK: operator_of(host.desk),
        "stranger": UserFactory(),
        "other desk": operator_of(HostFactory().desk),
    }
    for actor, user in people.items():
        for target, verb in HOST_VERBS.items():
            done, left = attempt(verb, host, user)
            expected = allowed(HOST_TABLE, state, target, actor)
            assert done == expected, f"{state} -> {target} by {actor}"
            assert left == (target if expected else state)


@pytest.mark.django_db
def test_each_change_leaves_one_event_and_a_refusal_none():
    application = bare_application(S.SUBMITTED)
    owner = owner_of(application.offer.host)
    applications.shortlist(application, owner)
    event = ApplicationEvent.objects.get(application=application)
    assert (event.from_state, event.to_state, event.actor, event.user) == (
        S.SUBMITTED,
        S.SHORTLISTED,
        Actor.HOST,
        owner,
    )
    with pytest.raises(ActionError):
        applications.shortlist(application, owner)
    assert ApplicationEvent.objects.filter(application=application).count() == 1


@pytest.mark.parametrize("table", [APPLICATION, OFFER, HOST_TABLE])
def test_tables_name_known_states_once(table):
    states = {APPLICATION: set(S.values), OFFER: set(OfferState.values), HOST_TABLE: set(HostState.values)}[table]
    pairs = [(row.source, row.target) for row in table]
    assert len(pairs) == len(set(pairs))
    assert {state for pair in pairs for state in pair} <= states
    assert all(row.actors <= set(Actor.values) and row.actors for row in table)
