"""The life of an offer: every state, actor and verb at every door; what time does; places; copies."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from sportello import presentation
from sportello.actions import applications, applications_acceptance, offer_life, offers
from sportello.enums import Actor, ApplicationState, OfferState
from sportello.errors import ActionError, GuardRefused, NotPermitted, WrongState
from sportello.models import Offer
from sportello.transitions import OFFER, find
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_offered,
    operator_of,
    owner_of,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
O = OfferState  # noqa: E741  as in the transition table
WHY = "Manca l'orario."

# Verb -> (its function, the states it is for, the state it leads to, its door for hosts, its door for the desk).
VERBS = {
    "submit": (offers.submit_offer, (O.DRAFT, O.RETURNED), O.IN_REVIEW, "host_offer_submit", ""),
    "publish": (offers.publish_offer, (O.IN_REVIEW,), O.PUBLISHED, "", "publish"),
    "return": (lambda row, by: offers.return_offer(row, by, WHY), (O.IN_REVIEW,), O.RETURNED, "", "return"),
    "refuse": (lambda row, by: offers.refuse_offer(row, by, WHY), (O.IN_REVIEW,), O.REFUSED, "", "refuse"),
    "pause": (offers.pause_offer, (O.PUBLISHED,), O.PAUSED, "host_offer_pause", ""),
    "resume": (offers.resume_offer, (O.PAUSED,), O.PUBLISHED, "host_offer_resume", ""),
    "confirm": (offer_life.confirm_offer, (O.STALE,), O.PUBLISHED, "host_offer_confirm", ""),
    "suspend": (
        lambda row, by: offer_life.suspend_offer(row, by, WHY),
        (O.PUBLISHED, O.PAUSED, O.FULL, O.STALE),
        O.SUSPENDED,
        "",
        "suspend",
    ),
    "reinstate": (offer_life.reinstate_offer, (O.SUSPENDED,), O.PUBLISHED, "", "reinstate"),
    "close": (
        offer_life.close_offer,
        (O.PUBLISHED, O.PAUSED, O.FULL, O.STALE, O.SUSPENDED),
        O.CLOSED,
        "host_offer_close",
        "close",
    ),
}


def in_state(state: str) -> Offer:
    """An offer in any state, whatever way leads there."""
    offer = make_offer(kind="short", end_date=timezone.localdate() + timedelta(days=90))
    Offer.objects.filter(pk=offer.pk).update(state=state, state_reason="motivo", closed_at=timezone.now())
    offer.refresh_from_db()
    return offer


def expected(verb: str, state: str, actor: str) -> bool:
    _function, sources, target, *_doors = VERBS[verb]
    row = find(OFFER, state, target)
    return state in sources and row is not None and actor in row.actors


def people_of(offer: Offer) -> dict:
    return {
        Actor.HOST: owner_of(offer.host),
        Actor.DESK: operator_of(offer.desk),
        "stranger": UserFactory(),
        "young": YouthFactory(desk=offer.desk).user,
        "other host": owner_of(HostFactory(desk=offer.desk)),
        "other desk": operator_of(HostFactory().desk),
    }


def state_of(offer: Offer) -> str:
    return Offer.objects.values_list("state", flat=True).get(pk=offer.pk)


def test_each_verb_is_in_the_table_and_each_row_has_a_verb():
    by_verbs = {(source, target) for _f, sources, target, *_d in VERBS.values() for source in sources}
    by_system = {(O.PUBLISHED, O.FULL), (O.FULL, O.PUBLISHED), (O.PUBLISHED, O.STALE)}
    assert by_verbs | by_system == {(row.source, row.target) for row in OFFER}


@pytest.mark.parametrize("state", O.values)
def test_the_table_is_what_happens_in_the_actions(state):
    offer = in_state(state)
    for actor, user in people_of(offer).items():
        for verb, (function, _sources, target, *_doors) in VERBS.items():
            if verb == "confirm" and state in (O.PUBLISHED, O.FULL):
                continue  # It changes a date, not the state: see the next test but one.
            sid = transaction.savepoint()
            try:
                function(offer, user)
                done = True
            except ActionError:
                done = False
            assert done == expected(verb, state, actor), f"{verb} of {state} by {actor}"
            assert state_of(offer) == (target if done else state)
            transaction.savepoint_rollback(sid)


@pytest.mark.parametrize("state", O.values)
def test_the_table_is_what_happens_at_the_doors(state):
    offer = in_state(state)
    clients = {}
    for actor, user in people_of(offer).items():
        clients[actor] = StrictClient()
        clients[actor].force_login(user)
    clients["anonymous"] = StrictClient()
    for verb, (_function, _sources, target, host_door, desk_door) in VERBS.items():
        doors = {
            Actor.HOST: reverse(f"area:{host_door}", args=[offer.pk]) if host_door else "",
            Actor.DESK: reverse(f"sportello_offer:{desk_door}", args=[offer.pk]) if desk_door else "",
        }
        for side, url in doors.items():
            if not url:
                continue
            for actor, client in clients.items():
                sid = transaction.savepoint()
                client.post(url, {"reason": WHY})
                # A door belongs to one side: whoever comes in by it acts for that side.
                should = expected(verb, state, actor) and actor == side
                assert state_of(offer) == (target if should else state), f"{verb} of {state} by {actor} at {url}"
                transaction.savepoint_rollback(sid)


def test_reconfirming_keeps_a_published_offer_published():
    offer = make_offer()
    long_ago = timezone.now() - timedelta(days=85)
    Offer.objects.filter(pk=offer.pk).update(confirmed_at=long_ago, confirmation_asked_at=long_ago)
    with pytest.raises(NotPermitted):
        offer_life.confirm_offer(offer, operator_of(offer.desk))
    offer = offer_life.confirm_offer(offer, owner_of(offer.host))
    assert (offer.state, offer.confirmation_asked_at) == (O.PUBLISHED, None)
    assert offer.confirmed_at > long_ago + timedelta(days=80)


class TestTime:
    def test_asked_then_stale_then_back_with_one_click(self, client, mailoutbox, django_capture_on_commit_callbacks):
        today = timezone.localdate()
        offer = make_offer(end_date=today + timedelta(days=300))
        owner = owner_of(offer.host)
        start = timezone.now()

        def run(days: int):
            mailoutbox.clear()
            with django_capture_on_commit_callbacks(execute=True):
                first = offer_life.tend_offers(start + timedelta(days=days))
                again = offer_life.tend_offers(start + timedelta(days=days))
            assert again == offer_life.Tended(), "the second run has nothing to do"
            return first, [(row.to, row.body) for row in mailoutbox]

        assert run(82) == (offer_life.Tended(), [])
        done, letters = run(83)
        assert done == offer_life.Tended(asked=1)
        ((to, body),) = letters
        assert to == [owner.email]
        url = reverse("area:host_offer_confirm", args=[offer.pk])
        assert url in body
        assert run(89)[0] == offer_life.Tended()
        done, letters = run(90)
        assert done == offer_life.Tended(stale=1)
        assert url in letters[0][1]
        assert state_of(offer) == O.STALE
        assert client.get(offer.get_absolute_url()).status_code == 404
        # The link only opens a page that asks; the button does it.
        client.force_login(owner)
        assert "Sì, è ancora valida" in client.get(url).content.decode()
        assert state_of(offer) == O.STALE
        client.post(url)
        assert state_of(offer) == O.PUBLISHED
        assert run(82) == (offer_life.Tended(), [])

    def test_late_by_months_nobody_loses_their_week(self):
        offer = make_offer(end_date=timezone.localdate() + timedelta(days=600))
        now = timezone.now()
        assert offer_life.tend_offers(now + timedelta(days=200)) == offer_life.Tended(asked=1)
        assert offer_life.tend_offers(now + timedelta(days=206)) == offer_life.Tended()
        assert offer_life.tend_offers(now + timedelta(days=207)) == offer_life.Tended(stale=1)
        assert state_of(offer) == O.STALE

    def test_paused_and_full_offers_are_not_asked(self):
        far = timezone.localdate() + timedelta(days=600)
        paused = make_offer(end_date=far, duration_weeks=12)
        offers.pause_offer(paused, owner_of(paused.host))
        make_offered(make_offer(seats_count=1, end_date=far, duration_weeks=12))
        assert offer_life.tend_offers(timezone.now() + timedelta(days=200)) == offer_life.Tended()

    def test_what_is_over_is_closed_and_waiting_people_are_told(self):
        offer = make_offer()
        waiting, seated = make_application(offer), make_offered(offer)
        paused = make_offer(offer.host)
        offers.pause_offer(paused, owner_of(offer.host))
        draft = make_offer(offer.host, O.DRAFT)
        later = timezone.now() + timedelta(days=121)
        assert offer_life.tend_offers(later).closed == 2
        assert offer_life.tend_offers(later).closed == 0
        waiting.refresh_from_db()
        seated.refresh_from_db()
        assert (state_of(offer), state_of(paused), state_of(draft)) == (O.CLOSED, O.CLOSED, O.DRAFT)
        assert (waiting.state, seated.state) == (ApplicationState.REJECTED, ApplicationState.OFFERED)

    def test_the_command(self, capsys):
        make_offer()
        call_command("tend_offers")
        assert "0 hosts asked" in capsys.readouterr().out


class TestClosing:
    def test_the_page_says_what_happens_and_does_it(self, client):
        offer = make_offer()
        waiting, seated = make_application(offer), make_offered(offer)
        client.force_login(owner_of(offer.host))
        url = reverse("area:host_offer_close", args=[offer.pk])
        page = client.get(url).content.decode()
        assert "1 persona aspetta ancora una risposta" in page
        assert "1 posto già offerto o accettato resta valido" in page
        client.post(url)
        waiting.refresh_from_db()
        assert (state_of(offer), waiting.state) == (O.CLOSED, ApplicationState.REJECTED)
        # A promise is kept after the offer is closed.
        seated.refresh_from_db()
        assert applications_acceptance.accept(seated, seated.youth.user).application_id == seated.pk
        assert client.get(offer.get_absolute_url()).status_code == 404
        with pytest.raises(ActionError):
            make_application(offer)


class TestSeats:
    def test_added_and_taken_away_never_below_those_given(self, client):
        offer = make_offer(seats_count=2)
        owner = owner_of(offer.host)
        make_offered(offer)
        make_offered(offer)
        offer.refresh_from_db()
        assert offer.state == O.FULL
        client.force_login(owner)
        url = reverse("area:host_offer_seats", args=[offer.pk])
        for seats, words in (("1", "non puoi scendere sotto"), ("0", "almeno un posto"), ("51", "50"), ("x", "intero")):
            page = client.post(url, {"seats_count": seats})
            assert page.status_code == 200
            assert words in page.content.decode()
            assert f'value="{seats}"' in page.content.decode()
        assert offer.seats.count() == 2
        client.post(url, {"seats_count": "4"})
        offer.refresh_from_db()
        assert (offer.state, offer.seats_count, offer.seats.count()) == (O.PUBLISHED, 4, 4)
        offer = offer_life.change_seats(offer, owner, 2)
        assert (offer.state, offer.seats.count()) == (O.FULL, 2)

    def test_the_given_seat_stays_whatever_its_number(self):
        offer = make_offer(seats_count=3)
        first, second = make_offered(offer), make_offered(offer)
        applications.decline(first, first.youth.user)
        offer = offer_life.change_seats(offer, owner_of(offer.host), 1)
        assert list(offer.seats.values_list("pk", flat=True)) == [second.seat_id]
        offer = offer_life.change_seats(offer, operator_of(offer.desk), 2)
        assert list(offer.seats.values_list("n", flat=True)) == [1, 2]

    def test_the_rule_of_the_kind_holds_here_too(self):
        host = HostFactory(permanent_staff=3)
        offer = make_offer(host, seats_count=1)
        make_offered(offer)
        with pytest.raises(GuardRefused) as refused:
            offer_life.change_seats(offer, owner_of(host), 2)
        assert refused.value.code == "rules_pass"

    def test_not_by_others_nor_before_it_is_out(self):
        offer = make_offer()
        with pytest.raises(NotPermitted):
            offer_life.change_seats(offer, owner_of(HostFactory()), 5)
        with pytest.raises(WrongState):
            offer_life.change_seats(make_offer(offer.host, O.IN_REVIEW), owner_of(offer.host), 5)


class TestCopies:
    def test_a_copy_is_a_draft_whose_dates_are_asked_again(self, client):
        offer = make_offer(seats_count=3)
        make_offered(offer)
        client.force_login(owner_of(offer.host))
        response = client.post(reverse("area:host_offer_duplicate", args=[offer.pk]))
        copy = Offer.objects.latest("pk")
        assert response.url == reverse("area:host_offer_edit", args=[copy.pk])
        assert (copy.title, copy.state, copy.steps_left, copy.seats.count()) == (offer.title, O.DRAFT, "quando", 3)
        assert copy.published_at is None
        assert not copy.applications.exists()
        with pytest.raises(GuardRefused) as refused:
            offers.submit_offer(copy, owner_of(offer.host))
        assert refused.value.code == "complete"

    def test_a_draft_the_desk_has_seen_is_not_thrown_away(self, client):
        offer = make_offer(state=O.DRAFT)
        owner = owner_of(offer.host)
        client.force_login(owner)
        client.post(reverse("area:host_offer_delete", args=[offer.pk]))
        assert not Offer.objects.exists()
        seen = make_offer(offer.host, O.IN_REVIEW)
        seen = offers.return_offer(seen, operator_of(seen.desk), WHY)
        with pytest.raises(WrongState):
            offer_life.delete_draft(seen, owner)


class TestRules:
    def test_asked_when_it_is_sent_and_again_when_it_is_published(self):
        offer = make_offer(state=O.DRAFT, indemnity=None)
        owner, operator = owner_of(offer.host), operator_of(offer.desk)
        with pytest.raises(GuardRefused, match="300 euro"):
            offers.submit_offer(offer, owner)
        offer = offers.submit_offer(offers.save_offer(offer.host, owner, {"indemnity": 400}, offer), owner)
        # In the meantime the host has fewer people than it said.
        offer.host.permanent_staff = 2
        offer.host.save()
        with pytest.raises(GuardRefused) as refused:
            offers.publish_offer(offer, operator)
        assert (refused.value.code, state_of(offer)) == ("rules_pass", O.IN_REVIEW)


def test_the_database_refuses_the_same():
    offer = make_offer()
    for change in (
        "steps_left = 'quando'",
        "state = 'closed', closed_at = NULL",
        "state = 'suspended', state_reason = ''",
        "state = 'stale', published_at = NULL",
        "seats_count = 51",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE sportello_offer SET {change} WHERE id = %s", [offer.pk])


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2027, 2, 8), date(2027, 5, 11), "dall'8 febbraio all'11 maggio 2027"),
        (date(2027, 2, 1), date(2027, 5, 18), "dal 1º febbraio al 18 maggio 2027"),
        (date(2026, 12, 11), date(2027, 1, 8), "dall'11 dicembre 2026 all'8 gennaio 2027"),
    ],
)
def test_the_article_is_cut_before_eight_and_eleven(start, end, words):
    assert presentation.period_words(start, end) == words
