"""Invented offers of the demo's own business in the states that no other example shows."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from .actions import applications, applications_guarantee, applications_host, offer_life, offers
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
MOTIVATION = "Mi piace lavorare il legno, e i giocattoli fatti a mano."


def enrich(
    host: Host, owner, operator, today: date, seeker: YouthProfile | None = None, others: Iterable[YouthProfile] = ()
) -> None:
    """Make what is missing, by the same steps as a person: written, sent, published, and what came of it.

    Args:
        seeker: who had applied to some of them: each application ended in a way that no other example shows.
        others: who had applied to the offer that is closed, and was answered.
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
        _apply(offer, state, owner, seeker, others)
        _bring_to(offer, state, owner, operator, words)


def _apply(offer: Offer, state: str, owner, seeker: YouthProfile | None, others: Iterable[YouthProfile]) -> None:
    """What had come to an offer before it got into its state: a no, an answer that never came, a change of mind."""
    if state == OfferState.CLOSED:
        for youth in others:
            row = applications.apply(youth, offer, MOTIVATION, youth.user)
            applications_host.reject(row, owner, "Il mercatino è stato rimandato.", share=True)
    if seeker is None or state not in (OfferState.CLOSED, OfferState.STALE, OfferState.SUSPENDED):
        return
    row = applications.apply(seeker, offer, MOTIVATION, seeker.user)
    if state == OfferState.CLOSED:
        applications_host.reject(row, owner, "Abbiamo già tre persone per il banco: il motivo resta fra noi.")
    elif state == OfferState.STALE:
        applications_guarantee.expire(row, timezone.now() + timedelta(days=16))
    else:
        applications.withdraw(row, seeker.user)


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
