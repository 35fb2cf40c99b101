"""A desk changes what the factors of the score weigh."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ..desk.access import supervised_desks_of
from ..errors import GuardRefused, NotPermitted
from ..models import Desk, MatchWeights


def adopt(desk: Desk, youth: Mapping[str, int], host: Mapping[str, int], note: str, by) -> MatchWeights:
    """Write a new version of a desk's weights; lists, scores and rounds made from now on use it.

    Raises:
        NotPermitted: `by` is no supervisor of the desk.
        GuardRefused: `weights` (a side does not add up to 100), `note` (nobody says why).
    """
    desk_ids = supervised_desks_of(by)
    if desk_ids is not None and desk.pk not in desk_ids:
        raise NotPermitted
    if not note.strip():
        raise GuardRefused(_("Scrivi perché: chi leggerà un punteggio tra un anno lo vorrà sapere."), "note")
    with transaction.atomic():
        Desk.objects.select_for_update().get(pk=desk.pk)
        last = MatchWeights.objects.filter(desk=desk).aggregate(last=Max("number"))["last"] or 0
        row = MatchWeights(
            desk=desk, number=last + 1, youth=dict(youth), host=dict(host), note=note.strip(), created_by=by
        )
        try:
            row.save()
        except ValueError as error:
            raise GuardRefused(_("I pesi di ogni parte sommano a 100."), "weights") from error
    return row
