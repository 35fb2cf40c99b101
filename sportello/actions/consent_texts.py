"""The words of consents: a new version from today on; none is ever changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, tasks
from ..enums import Actor
from ..enums_people import GIVEN_BY, ConsentPurpose
from ..errors import GuardRefused, NotPermitted
from ..models import Consent, ConsentText, GuardianLink, YouthProfile
from .common import after_commit, write_log

WORDS = ("title", "title_en", "body", "body_en")


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a new version concerns.

    Attributes:
        standing: consents of this purpose that count today.
        to_write_to: accounts that would be asked to answer again.
    """

    standing: int
    to_write_to: tuple[int, ...]


def reach(purpose: str) -> Reach:
    """Return whom a new version of a purpose's words concerns. At most three queries."""
    rows = Consent.objects.counting().filter(purpose=purpose)
    youth_ids = list(rows.order_by("youth_id").values_list("youth_id", flat=True))
    if GIVEN_BY[purpose] == Actor.GUARDIAN:
        links = GuardianLink.objects.standing().filter(youth_id__in=youth_ids)
        users = links.exclude(guardian__user=None).values_list("guardian__user_id", flat=True)
    else:
        users = YouthProfile.objects.filter(pk__in=youth_ids).values_list("user_id", flat=True)
    return Reach(len(youth_ids), tuple(sorted(set(users))))


def write_version(purpose: str, words: Mapping, asks_again: bool, by) -> ConsentText:
    """Write the next version of a purpose's words, in use from today on.

    Args:
        words: `title`, `title_en`, `body`, `body_en`.
        asks_again: the change is one of substance: who has said yes is written to and asked anew, and until then
            their yes counts for nothing. Otherwise what was given stands with the words it was given to.

    Raises:
        NotPermitted: `by` supervises no desk.
        GuardRefused: `purpose`, `words` (one is empty) or `same` (nothing has changed).
    """
    if not permissions.supervises(by):
        raise NotPermitted
    if purpose not in ConsentPurpose.values:
        raise GuardRefused(_("Questo consenso non esiste."), "purpose")
    values = {name: str(words.get(name) or "").replace("\r\n", "\n").strip() for name in WORDS}
    if not all(values.values()):
        raise GuardRefused(_("Servono domanda e spiegazione, in italiano e in inglese."), "words")
    with transaction.atomic():
        # The first version of all is the lock: two supervisors write one after the other.
        ConsentText.objects.select_for_update().filter(purpose=purpose).order_by("version").first()
        latest = ConsentText.objects.filter(purpose=purpose).latest("version")
        if all(getattr(latest, name) == value for name, value in values.items()):
            raise GuardRefused(_("Non è cambiato niente: il testo è già questo."), "same")
        concerned = reach(purpose).to_write_to if asks_again else ()
        text = ConsentText.objects.create(
            purpose=purpose,
            version=latest.version + 1,
            valid_from=timezone.localdate(),
            asks_again=asks_again,
            written_by=by,
            **values,
        )
        if asks_again and purpose == ConsentPurpose.MATCHING:
            # What the matching reads of each person: it starts again from nobody.
            YouthProfile.objects.exclude(matching_consent_at=None).update(matching_consent_at=None)
        write_log(text, "consent_text_written", by)
        for user_id in concerned:
            after_commit(tasks.notify_about_account, user_id, "consent_asked_again")
    return text
