"""What the factories write straight into the tables is what the actions would have left."""

import pytest
from django.db.models import Model

from sportello.actions import desks, hosts, offers, pacts
from sportello.enums import DeskRole, HostState, OfferState
from sportello.models import DeskMembership, Host, Offer, PactSignature
from tests.factories import sportello as make

pytestmark = pytest.mark.django_db


def state_of(row: Model) -> dict:
    """The fields that a change of state is told by: of times and people, whether they are there."""
    row = type(row).objects.get(pk=row.pk)
    fields = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
    written = {"state", "state_reason", "sha256", "organisation_name", "fiscal_code", "signer_name", "role"}
    return {name: value if name in written else value is None for name, value in fields.items()}


def by_actions() -> tuple[Host, Offer]:
    host = make.HostFactory(verified=False)
    owner, operator = make.owner_of(host), make.UserFactory()
    desks.appoint(host.desk, operator)
    hosts.verify_host(host, operator)
    pacts.sign_pact(host, owner, make.pact_in_force().sha256, host.contact_name)
    offer = offers.save_offer(host, owner, make.offer_values(kind="short", minimum_age=16))
    offers.submit_offer(offer, owner)
    return host, offers.publish_offer(offer, operator)


def test_hosts_and_offers_are_as_the_actions_leave_them():
    host, offer = by_actions()
    made = make.HostFactory()
    made_offer = make.make_offer(made, kind="short", minimum_age=16)

    assert made.state == HostState.SIGNED
    assert made_offer.state == OfferState.PUBLISHED
    assert state_of(made) == state_of(host) | {"fiscal_code": made.fiscal_code}
    assert state_of(made_offer) == state_of(offer)
    signature, other = made.pact_signature, Host.objects.get(pk=host.pk).pact_signature
    assert state_of(signature) == state_of(other) | {
        "fiscal_code": made.fiscal_code,
        "organisation_name": made.organisation.name,
    }
    assert PactSignature.objects.get(host=made).signed_by == make.owner_of(made)


@pytest.mark.parametrize("role", DeskRole.values)
def test_who_works_at_a_desk_is_as_the_action_leaves_them(role):
    appointed, made = make.UserFactory(), make.make_operator(role=role)
    desks.appoint(make.DeskFactory(), appointed, role)
    assert set(made.groups.all()) == set(appointed.groups.all())
    assert {permission.pk for group in made.groups.all() for permission in group.permissions.all()}
    rows = [state_of(DeskMembership.objects.get(user=user)) for user in (appointed, made)]
    assert rows[0] == rows[1]
