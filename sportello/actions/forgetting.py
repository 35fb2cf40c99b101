"""Taking the words of people out of what stays: of applications, rounds, logs. Facts and days stay, nobody's.

The map of what is kept about people, and what becomes of it, is `sportello.personal_data`; a test compares the two.
"""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models.functions import Cast

from ..enums_rounds import RoundState
from ..models import (
    Application,
    ApplicationEvent,
    ApplicationMessage,
    AttachedCv,
    CurriculumVitae,
    CvAccess,
    ExportRecord,
    HostInvitation,
    InterviewSlot,
    MatchRound,
    OfferReport,
    RoundBand,
    RoundEvent,
    RoundPair,
    RoundPerson,
    YouthProfile,
)
from . import cv

FORGOTTEN = "—"
"""Where the database wants a reason and the words of it have gone."""

_NOT_RUN = (RoundState.DRAFT, RoundState.OPEN, RoundState.BANDS, RoundState.READY)


@transaction.atomic
def forget_words(rows) -> int:
    """Take the written words out of applications that are closed; return how many. Facts and days stay.

    Messages, times and places of meetings and CVs that only these applications carried go as a whole.
    """
    # Locked as they are found: what the desk opens again at this moment keeps its words.
    ids = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))
    ApplicationMessage.objects.filter(application_id__in=ids).delete()
    InterviewSlot.objects.filter(application_id__in=ids).delete()
    AttachedCv.objects.filter(application_id__in=ids).delete()
    orphans = CurriculumVitae.objects.filter(is_current=False, attachments=None, youth__applications__in=ids)
    for row in orphans.distinct():
        cv.delete(row)
    # Past the log's own guard, which the database repeats: words may only become empty, see `append_only`.
    events: models.QuerySet[ApplicationEvent] = models.QuerySet(ApplicationEvent).filter(application_id__in=ids)
    events.exclude(reason="", message="").update(reason="", message="")
    reasoned = Application.objects.filter(pk__in=ids).exclude(reason="")
    reasoned.update(reason=FORGOTTEN)
    return Application.objects.filter(pk__in=ids).update(
        motivation="", shared={}, breakdown={}, message="", review_causes=[]
    )


def forget_in_rounds(people: Iterable[RoundPerson]) -> int:
    """Take people's words out of rounds; return how many lists.

    Before the run they leave the round. After it their list, their bands and the result stay under the pseudonym, so
    that whoever checks the run finds the same fingerprint; what they wrote and what was written about them goes.
    """
    count = 0
    for person in people:
        MatchRound.objects.select_for_update().get(pk=person.round_id)
        events: models.QuerySet[RoundEvent] = models.QuerySet(RoundEvent).filter(
            round_id=person.round_id, reason__contains=person.pseudonym
        )
        events.update(reason=FORGOTTEN)
        if person.round.state in _NOT_RUN:
            RoundPair.objects.filter(person=person).delete()
            person.delete()
        else:
            RoundPair.objects.filter(person=person).update(reason=FORGOTTEN)
            RoundBand.objects.filter(person=person).exclude(reason="").update(reason=FORGOTTEN)
            RoundPerson.objects.filter(pk=person.pk).update(motivation="", shared={})
        count += 1
    return count


def forget_youth(profile: YouthProfile) -> None:
    """Take out what the desk and the engine hold about a locked young person, applications apart."""
    forget_in_rounds(RoundPerson.objects.filter(youth=profile).select_related("round").order_by("round_id", "pk"))
    profile.proposals.all().delete()
    profile.support_notes.all().delete()
    profile.birth_date_corrections.all().delete()
    # Past the log's own guard, which the database repeats: a key may only become NULL.
    models.QuerySet(CvAccess).filter(youth=profile).update(youth=None)


def forget_searches(words: Iterable[str]) -> int:
    """Empty what was searched for in recorded exports, where it names somebody; return how many records."""
    named = models.Q()
    for word in {word.strip() for word in words if len(word.strip()) > 1}:
        named |= models.Q(text__icontains=word)
    if not named:
        return 0
    # Past the log's own guard, which the database repeats: filters may only become empty.
    rows = models.QuerySet(ExportRecord).annotate(text=Cast("filters", models.TextField())).filter(named)
    ids = list(rows.values_list("pk", flat=True))
    return models.QuerySet(ExportRecord).filter(pk__in=ids).update(filters={})


def forget_reports(rows) -> int:
    """Take reporters and words out of closed reports; of open ones only who reports. Return how many."""
    with transaction.atomic():
        ids = list(rows.values_list("pk", flat=True))
        mine = OfferReport.objects.filter(pk__in=ids)
        mine.filter(closed_at__isnull=False).exclude(text="").update(text=FORGOTTEN)
        return mine.update(reporter=None)


def forget_invitations(user, address: str) -> None:
    """Put another address in the place of somebody's in the invitations to act for a host."""
    rows = HostInvitation.objects.filter(models.Q(accepted_by=user) | models.Q(email__iexact=user.email))
    for row in rows.exclude(email=address):
        row.email = address
        row.save(update_fields=["email"])
