"""Every state, every actor, every verb, at the door of the actions: exactly what the table allows happens."""

import pytest
from django.db import transaction
from django.urls import reverse

from sportello.enums import Actor, ApplicationState
from sportello.errors import ActionError
from sportello.models import Application, ApplicationEvent
from sportello.transitions import APPLICATION
from tests.factories.sportello import bare_application, owner_of
from tests.helpers.strict import StrictClient
from tests.sportello.verbs import EXPIRE, VERBS, Verb, cast_of, take_every_seat, with_guardian

pytestmark = pytest.mark.django_db
S = ApplicationState


def attempt(verb: Verb, application: Application, by) -> tuple[bool, str, int]:
    """Try a verb and undo it; return whether it worked, the state it left and how many events."""
    events = ApplicationEvent.objects.filter(application=application)
    sid = transaction.savepoint()
    try:
        try:
            verb.act(Application.objects.select_related("youth__user", "offer__host").get(pk=application.pk), by)
            done = True
        except ActionError:
            done = False
        return done, Application.objects.get(pk=application.pk).state, events.count()
    finally:
        transaction.savepoint_rollback(sid)


@pytest.mark.parametrize("state", S.values)
def test_the_table_is_what_happens(state):
    application = with_guardian(bare_application(state))
    for actor, user in cast_of(application).items():
        for verb in (*VERBS, *([EXPIRE] if actor == Actor.SYSTEM else [])):
            done, left, events = attempt(verb, application, user)
            expected = verb.is_allowed(state, actor)
            case = f"{state} -> {verb.target} ({verb.name}) by {actor}"
            assert done == expected, f"{case}: {'happened' if done else 'refused'}"
            assert left == (verb.target if expected else state), case
            assert events == int(expected), case


def test_the_verbs_lead_everywhere_the_table_does():
    # The desk's first reading is the system's choice: tried elsewhere.
    elsewhere = {(S.DRAFT, S.IN_REVIEW)}
    superseded = {(row.source, row.target) for row in APPLICATION if row.target == S.SUPERSEDED}
    walked = {
        (row.source, row.target)
        for row in APPLICATION
        for verb in (*VERBS, EXPIRE)
        if verb.target == row.target and row.source in verb.sources
    }
    assert {(row.source, row.target) for row in APPLICATION} - walked == elsewhere | superseded


def test_each_change_leaves_one_event_and_a_refusal_none():
    application = bare_application(S.SUBMITTED)
    owner = owner_of(application.offer.host)
    shortlist = next(verb for verb in VERBS if verb.name == "shortlist")
    shortlist.act(application, owner)
    event = ApplicationEvent.objects.get(application=application)
    assert (event.from_state, event.to_state, event.actor, event.user) == (
        S.SUBMITTED,
        S.SHORTLISTED,
        Actor.HOST,
        owner,
    )
    with pytest.raises(ActionError):
        shortlist.act(application, owner)
    assert ApplicationEvent.objects.filter(application=application).count() == 1


DOORS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (Actor.YOUTH, "apply", "area:youth_apply", {"motivation": "Sì."}),
    (Actor.YOUTH, "discard", "area:youth_application_discard", {}),
    (Actor.YOUTH, "withdraw", "area:youth_application_withdraw", {}),
    (Actor.YOUTH, "accept", "area:youth_application_accept", {}),
    (Actor.YOUTH, "decline", "area:youth_application_decline", {}),
    (Actor.HOST, "shortlist", "area:host_application_shortlist", {"message": "Ciao."}),
    (Actor.HOST, "waitlist", "area:host_application_waitlist", {"message": "Ciao."}),
    (Actor.HOST, "offer", "area:host_application_offer", {"message": "Ciao."}),
    (Actor.HOST, "reject", "area:host_application_reject", {"message": "Ciao.", "reason": "Altro."}),
    (Actor.HOST, "rescind", "area:host_application_rescind", {"message": "Ciao.", "reason": "Altro."}),
    (Actor.DESK, "pass", "sportello_application:pass", {}),
    (Actor.DESK, "return", "sportello_application:return", {"reason": "Togli il telefono."}),
    (Actor.DESK, "offer", "sportello_application:offer", {}),
    (Actor.DESK, "withdraw", "sportello_application:withdraw", {"reason": "Me l'ha chiesto."}),
    (Actor.DESK, "cancel", "sportello_application:cancel", {"reason": "L'impresa chiude."}),
    (Actor.DESK, "reopen", "sportello_application:reopen", {"reason": "Proviamo ancora."}),
)
"""Who, which verb, at which address of the reserved area or of the admin, with what filled in."""


@pytest.mark.parametrize("state", S.values)
def test_every_page_does_what_the_table_allows(state):
    application = with_guardian(bare_application(state))
    offer = application.offer
    days = {"start_date": offer.start_date, "end_date": offer.end_date}
    clients = {}
    for actor, user in cast_of(application).items():
        if actor in (Actor.YOUTH, Actor.HOST, Actor.DESK):
            clients[actor] = StrictClient()
            clients[actor].force_login(user)
    for actor, name, address, data in DOORS:
        verb = next(verb for verb in VERBS if verb.name == name)
        sid = transaction.savepoint()
        if name == "waitlist":
            take_every_seat(offer)
        pk = offer.pk if name == "apply" else application.pk
        answer = clients[actor].post(reverse(address, args=[pk]), data | (days if name == "offer" else {}))
        case = f"{state} -> {verb.target} ({name}) at {address}"
        assert answer.status_code in (200, 302, 404), case
        # A draft withdrawn is a draft discarded, whichever button it was.
        expected = verb.is_allowed(state, actor)
        assert Application.objects.get(pk=application.pk).state == (verb.target if expected else state), case
        transaction.savepoint_rollback(sid)
