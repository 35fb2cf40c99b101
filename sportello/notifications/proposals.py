"""What the Sportello writes about a match that it proposes."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.pages.words import day_words

from ..models import Proposal
from .common import YOUTH, Notice


def _proposal_sent(proposal: Proposal) -> Notice:
    return Notice(
        subject=_("Lo Sportello ha pensato a te per un'esperienza"),
        happened=_("Ti proponiamo «%(offer)s» presso %(host)s: corrisponde a quello che ci hai raccontato.")
        % {"offer": proposal.offer.title, "host": proposal.offer.host.organisation.name},
        quote=proposal.message,
        todo=_(
            "Guarda di che cosa si tratta e perché ti somiglia. Se ti interessa, candidati. Se non fa per te, dillo: "
            "va bene lo stesso."
        ),
        by_when=_("L'esperienza si può fare fino a %(end)s: i posti vanno man mano a chi si candida.")
        % {"end": day_words(proposal.offer.end_date)},
        path=reverse("area:youth_proposals"),
        label=_("Guarda la proposta"),
    )


PROPOSAL_NOTICES: dict[str, tuple[str, Callable[[Proposal], Notice]]] = {"proposal_sent": (YOUTH, _proposal_sent)}
