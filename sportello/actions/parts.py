"""One account, one part in the Sportello: a young person, somebody of a host, somebody of a desk.

Who looks into a candidature takes no side in it. Answering for a young person under age goes with any part.
"""

from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..errors import GuardRefused


def require_no_other_part(account) -> None:
    """Hold a locked account that is about to act for a host to that one part.

    Raises:
        GuardRefused: `young` or `desk`, the part that it has.
    """
    if permissions.works_at_desk(account):
        raise GuardRefused(_("Lavori allo Sportello: per agire per una realtà serve un altro account."), "desk")
    if permissions.profile_of(account) is not None:
        raise GuardRefused(
            _("Con questo account cerchi un'esperienza: per agire per una realtà usane un altro."), "young"
        )
