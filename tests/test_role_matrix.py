"""Every reserved address, tried by everybody: who may come in does, nobody else learns anything or changes anything.

The addresses are read from the URL patterns, so that a new one fails here until the table says who may open it.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from home.roles import ensure_roles
from portal.users.roles import AUTHORS
from sportello.actions.applications import save_draft
from sportello.actions.host_members import invite
from sportello.actions.support_notes import write_note
from sportello.enums import DeskRole, HostRole, OfferState
from sportello.models import (
    Application,
    ApplicationEvent,
    Consent,
    GuardianLink,
    Host,
    MatchRound,
    Offer,
    Proposal,
    RoundEvent,
    RoundPair,
    YouthProfile,
)
from tests.factories import bandi
from tests.factories import people as make_people
from tests.factories import sportello as make
from tests.factories.applications import make_interviews
from tests.factories.pacts import make_request, make_signatory, make_version
from tests.factories.plan import make_plan, make_tree
from tests.factories.rounds import published_round
from tests.helpers.routes import reserved_routes
from tests.helpers.worlds import kept_for_the_module
from tests.role_table import MATRIX, ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

SECRET = "Zefferino Quaglia"
# Open to everybody in the demo, absent elsewhere: tests/portal/ops try both.
ELSEWHERE = {"demo_mailbox", "demo_letter", "demo_letter_html"}

# Only answers to a form, so nobody opens them: the host whose thing it is may post.
HOST_ANSWERS = {"area:host_application_read", "area:host_offer_duplicate"}

ROUTES = reserved_routes()


def make_world() -> SimpleNamespace:
    """Two desks, each with its people; everything of the first one carries a name that nobody else may read."""
    desk, other_desk = make.DeskFactory(), make.DeskFactory()
    host = make.HostFactory(desk=desk, contact_name=SECRET)
    other_host = make.HostFactory(desk=other_desk)
    offer = make.make_offer(host=host)
    youth = make.YouthFactory(desk=desk, user__first_name="Zefferino", user__last_name="Quaglia")
    other_youth = make.YouthFactory(desk=other_desk)
    application = make.make_application(offer, youth)
    minors = make_people.make_world(host, SECRET)
    offered = make.make_offered(make.make_offer(host=host), youth)
    author = make.UserFactory(email="autrice@example.org")
    author.groups.add(ensure_roles()[AUTHORS])
    plan = make_plan(axes=2)
    make_plan(slug="altro-piano", title="Un altro piano")
    action = make_tree(plan, objectives=1, actions=1)[0]
    call = bandi.closed_call()
    outcome = bandi.outcome(call, name=SECRET, is_individual=True, is_public=False)
    invitation = invite(host, make.owner_of(host), "invitata@example.org", HostRole.TUTOR)
    signed = make_version()
    interest = bandi.interest(call, contact_name=SECRET, state="confirmed")
    users = {
        "guardian": minors.pop("guardian"),
        "newcomer": make.UserFactory(),
        "youth": youth.user,
        "other_youth": other_youth.user,
        "host": make.owner_of(host),
        "other_host": make.owner_of(other_host),
        "operator": make.make_operator(desk),
        "supervisor": make.make_operator(desk, DeskRole.SUPERVISOR),
        "auditor": make.make_operator(desk, DeskRole.AUDITOR),
        "other_operator": make.make_operator(other_desk),
        "author": author,
        "superuser": make.UserFactory(is_superuser=True, is_staff=True),
    }
    proposal = Proposal.objects.create(youth=youth, offer=offer, desk=desk, score=50)
    objects = {
        **minors,
        "cv": make_people.make_cv(youth, application),
        "step": SimpleNamespace(pk="quando"),
        "invited": make_people.make_invitation(youth)[0],
        "proposal": proposal,
        "offer": offer,
        "open_offer": make.make_offer(host=host),
        "draft": make.make_offer(host=host, state=OfferState.DRAFT),
        "in_review": make.make_offer(host=host, state=OfferState.IN_REVIEW),
        "application": application,
        **make_interviews(host, youth),
        "draft_application": save_draft(youth, make.make_offer(host=host), "Vorrei", youth.user),
        "offered": offered,
        "host": host,
        "signature": host.pact_signature,
        "desk": desk,
        "desk_member": desk.memberships.get(user=users["operator"]),
        "rule": make.any_rule(),
        "member": host.memberships.get(role="owner"),
        "invitation": invitation,
        "invitation_link": SimpleNamespace(pk=invitation.token),
        "registered_host": make.HostFactory(desk=desk, verified=False, contact_name=SECRET),
        "youth_profile": youth,
        "consent_purpose": SimpleNamespace(pk="applying"),
        "figures_key": SimpleNamespace(pk="settori"),
        "support_note": write_note(youth, users["operator"], "welcome", "Una nota"),
        "plan": plan,
        "call": call,
        "outcome": outcome,
        "interest": interest,
        "action": action,
        "objective": action.objective,
        "pact_version": make_version(days_ago=-5),
        "pact_signatory": make_signatory(signed, person_name=SECRET),
        "pact_request": make_request(signed, person_name=SECRET),
    }
    match_round = published_round(offer, youth, users["supervisor"])
    objects |= {
        "round": match_round,
        "round_offer": match_round.offers.get(),
        "round_pair": match_round.people.get().pairs.get(),
    }
    return SimpleNamespace(
        users=users, objects=objects, sessions={role: session_of(user) for role, user in users.items()}
    )


def session_of(user) -> str:
    """Sign the user in and return the key of the session."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def become(client, role: str, world: SimpleNamespace) -> None:
    """Let the client send the cookie of somebody with this role, or none."""
    client.cookies.clear()
    if role != "anonymous":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once: every test only tries doors, and what a test does is undone after it."""
    with kept_for_the_module(django_db_blocker):
        yield make_world()


def address_of(name: str, world: SimpleNamespace) -> str:
    """The address with the object it is about; what follows a colon in the table is the rest of the address."""
    thing, _colon, rest = MATRIX[name][1].partition(":")
    # The rest is words of the address, or with an @ another object.
    more = [world.objects[rest[1:]].pk if rest.startswith("@") else rest] if rest else []
    return reverse(name, args=[world.objects[thing].pk, *more] if thing else [])


def state_of_everything() -> list:
    return [
        list(model.objects.order_by("pk").values_list("pk", "state"))
        for model in (Host, Offer, Application, MatchRound)
    ] + [
        ApplicationEvent.objects.count(),
        list(Consent.objects.order_by("pk").values_list("pk", "revoked_at")),
        list(GuardianLink.objects.order_by("pk").values_list("pk", "key_digest", "confirmed_at", "ended_at")),
        YouthProfile.objects.count(),
        RoundEvent.objects.count(),
        RoundPair.objects.count(),
    ]


def is_refusal(response) -> bool:
    if response.status_code in {403, 404, 405}:
        return True
    # To the sign-in page, to one's own area, or back to the admin's first page with a message.
    return response.status_code == 302 and response["Location"].startswith(("/account/login/", "/area/", "/admin/"))


def test_every_reserved_address_is_in_the_table():
    known = set(MATRIX) | ELSEWHERE
    assert sorted(route.name for route in ROUTES if route.name not in known) == []
    assert sorted(set(MATRIX) - {route.name for route in ROUTES}) == []


def test_a_new_address_would_be_seen():
    assert len(ROUTES) >= 35
    assert {"area:home", "sportello_host:inspect"} <= {route.name for route in ROUTES}


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_who_may_open_it(name, world, client):
    allowed, _thing = MATRIX[name]
    address = address_of(name, world)
    before = state_of_everything()
    for role in sorted(ROLES):
        become(client, role, world)
        response = client.get(address)
        if role in allowed:
            assert response.status_code == 200, f"{role} should open {address}: {response.status_code}"
            assert "no-store" in response.headers["Cache-Control"] or "private" in response.headers["Cache-Control"]
            continue
        assert is_refusal(response), f"{role} opened {address}: {response.status_code}"
        assert SECRET not in response.content.decode(), f"{role} read a name at {address}"
    assert state_of_everything() == before, f"reading {address} changed something"


@pytest.mark.parametrize("name", sorted(name for name, (_roles, thing) in MATRIX.items() if thing))
def test_nobody_else_changes_anything(name, world, client):
    allowed, _thing = MATRIX[name]
    address = address_of(name, world)
    may_post = {"host"} if name in HOST_ANSWERS else allowed
    before = state_of_everything()
    for role in sorted(ROLES - may_post):
        become(client, role, world)
        response = client.post(address, {"reason": "Una prova", "motivation": "Una prova abbastanza lunga."})
        assert is_refusal(response), f"{role} posted to {address}: {response.status_code}"
        assert state_of_everything() == before, f"{role} changed something at {address}"


@pytest.mark.parametrize("address", ["/admin/", "/admin/reports/site-history/", "/admin/pages/search/?q=Zefferino"])
def test_wagtails_own_screens_name_nobody_of_another_desk(address, world, client):
    for role in ("other_operator", "author"):
        client.force_login(world.users[role])
        assert SECRET not in client.get(address).content.decode()


@pytest.mark.parametrize("role", ["newcomer", "youth", "host"])
def test_the_admin_is_closed_to_who_does_not_work_here(role, world, client):
    client.force_login(world.users[role])
    assert is_refusal(client.get("/admin/"))


@pytest.mark.parametrize(("role", "shown"), [("operator", False), ("author", True)])
def test_the_admins_menu_offers_only_what_opens(role, shown, world, client):
    client.force_login(world.users[role])
    page = client.get("/admin/").content.decode()
    for name in ("progetti:index", "notizie:index", "plan_admin_index"):
        assert (reverse(name) in page) is shown, name
    assert (reverse("sportello_host:index") in page) is not shown
