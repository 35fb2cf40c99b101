"""Which texts of pacts are in force, for whoever asks for them from outside."""

from collections.abc import Collection
from datetime import date

from .enums import PactKind
from .models import PactPage, PactVersion


def corresponsabilita_in_force(
    on: date | None = None, *, territory_ids: Collection[int] | None = None
) -> PactVersion | None:
    """The Patto di corresponsabilità in force, with its page; None while no published pact of that kind has a text.

    Args:
        on: a day, today if None.
        territory_ids: prefer a pact of these territories; without one, a pact that names no territory at all.

    Returns:
        Where several pacts qualify, the text that came into force last.
    """
    texts = PactVersion.objects.of_kind(PactKind.CORRESPONSABILITA).in_force(on).select_related("pact")
    newest = texts.order_by("-in_force_from", "-pk")
    if territory_ids is None:
        return newest.first()
    own = newest.filter(pact__in=_pages_of(territory_ids)).first()
    return own or newest.filter(pact__territories=None).first()


def _pages_of(territory_ids: Collection[int]):
    return PactPage.objects.filter(territories__in=list(territory_ids)).values("pk")
