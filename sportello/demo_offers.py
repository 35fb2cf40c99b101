"""Invented offers of the demo's own business in the states that no other example shows."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from .actions import applications, offer_life, offers
from .enums import RECONFIRM_AFTER_DAYS, RECONFIRM_NOTICE_DAYS, OfferState
from .models import Host, Offer, YouthProfile

# Title, state, what the desk wrote about it.
EXAMPLES = (
    ("Una mattina tra i trucioli", OfferState.DRAFT, ""),
    (
        "Garzone tuttofare per l'estate",
        OfferState.REFUSED,
        "Così com'è scritto è un lavoro: serve un contratto, non un'esperienza.",
    ),
    ("Incollare, stringere, aspettare", OfferState.PAUSED, ""),
    ("Il magazzino del legno, in ordine", OfferState.STALE, ""),
    ("Lucidare a mano", OfferState.SUSPENDED, "Una segnalazione parla di solventi: chiamaci, la guardiamo insieme."),
    ("Giocattoli per il mercatino", OfferState.CLOSED, ""),
)


def enrich(host: Host, owner, operator, today: date, people: Iterable[YouthProfile]) -> None:
    """Make what is missing, by the same steps as a person: written, sent, published, and what came of it.

    Args:
        people: who had applied to the offer that is closed, and was answered.
    """
    model = host.offers.filter(state__in=(OfferState.PUBLISHED, OfferState.FULL)).order_by("pk").first()
    if model is None:
        return
    for title, state, words in EXAMPLES:
        if Offer.objects.filter(host=host, title=title).exists():
            continue
        offer = offer_life.duplicate_offer(model, owner)
        first = {"title": title, "kind": "short", "summary": "Qualche settimana in bottega, un mestiere alla volta."}
        if state == OfferState.DRAFT:
            offers.save_offer(host, owner, first, offer, "che-cosa")
            continue
        when = {"start_date": today + timedelta(days=40), "end_date": today + timedelta(days=100), "duration_weeks": 4}
        rest = {"seats_count": 1, "indemnity": None, "hazards": "", "weekly_hours": 12, "minimum_age": 18}
        offer = offers.submit_offer(offers.save_offer(host, owner, first | when | rest, offer), owner)
        if state == OfferState.REFUSED:
            offers.refuse_offer(offer, operator, words)
            continue
        offer = offers.publish_offer(offer, operator)
        if state == OfferState.CLOSED:
            _answer(offer, owner, people)
        _bring_to(offer, state, owner, operator, words)


def _answer(offer: Offer, owner, people: Iterable[YouthProfile]) -> None:
    """A kind no to each: the host has then answered often enough for its page to say how it answers."""
    for youth in people:
        row = applications.apply(youth, offer, "Mi piace lavorare il legno, e i giocattoli fatti a mano.", youth.user)
        applications.reject(row, owner, "Il mercatino è stato rimandato.", share=True)


def _bring_to(offer: Offer, state: str, owner, operator, words: str) -> None:
    if state == OfferState.PAUSED:
        offers.pause_offer(offer, owner)
    elif state == OfferState.SUSPENDED:
        offer_life.suspend_offer(offer, operator, words)
    elif state == OfferState.CLOSED:
        offer_life.close_offer(offer, owner)
    elif state == OfferState.STALE:
        # Three months have gone by without a word.
        now = timezone.now()
        Offer.objects.filter(pk=offer.pk).update(
            confirmed_at=now - timedelta(days=RECONFIRM_AFTER_DAYS + 1),
            confirmation_asked_at=now - timedelta(days=RECONFIRM_NOTICE_DAYS + 1),
        )
        offer_life.tend_offers(now)
