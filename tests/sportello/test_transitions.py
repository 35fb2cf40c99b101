"""Every state, every actor, every verb: exactly what the table allows happens, and nothing else leaves a trace."""

import pytest
from django.db import transaction
from django.utils import timezone

from progetti.actions.pacts import publish_version
from sportello.actions import host_data, hosts, pacts
from sportello.enums import Actor, ApplicationState, HostState, OfferState
from sportello.errors import ActionError
from sportello.models import Host
from sportello.transitions import APPLICATION, HOST_TABLE, OFFER, find
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    operator_of,
    owner_of,
    pact_in_force,
    vat_number,
)

S = ApplicationState


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


HOST_VERBS = {
    HostState.VERIFIED: hosts.verify_host,
    HostState.SUSPENDED: lambda host, by: hosts.suspend_host(host, by, "Non risponde."),
    HostState.SIGNED: lambda host, by: pacts.sign_pact(host, by, pact_in_force().sha256, "Piera Fantini"),
    HostState.REGISTERED: lambda host, by: host_data.update_host(host, by, {"fiscal_code": vat_number(9999)}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", HostState.values)
def test_host_table_is_what_happens(state):
    # It has signed the text before the one in force: there is something to sign, and the signature stands.
    host = HostFactory()
    publish_version(
        pact_in_force().pact, title="Nuovo", text="<p>Nuovo.</p>", in_force_from=timezone.localdate(), by=None
    )
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
            if state == target == HostState.REGISTERED:
                # Another code before anybody verified it is no change of state.
                expected = actor == Actor.HOST
            if state == HostState.SUSPENDED and target == HostState.SIGNED:
                # The desk does not sign: it verifies again, and a signature that stands comes back with it.
                expected = False
            assert done == expected, f"{state} -> {target} by {actor}"
            back_to_signed = state == HostState.SUSPENDED and target == HostState.VERIFIED
            assert left == ((HostState.SIGNED if back_to_signed else target) if expected else state)


@pytest.mark.parametrize("table", [APPLICATION, OFFER, HOST_TABLE])
def test_tables_name_known_states_once(table):
    states = {APPLICATION: set(S.values), OFFER: set(OfferState.values), HOST_TABLE: set(HostState.values)}[table]
    pairs = [(row.source, row.target) for row in table]
    assert len(pairs) == len(set(pairs))
    assert {state for pair in pairs for state in pair} <= states
    assert all(row.actors <= set(Actor.values) and row.actors for row in table)
