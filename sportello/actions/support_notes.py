"""Support notes: writing, reading, removing. Each leaves its line in the log of accesses, in the same transaction."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..desk.access import note_desks_of
from ..desk.kinds import NoteAccessKind, NotePurpose
from ..enums import DeskRole
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import SupportNote, SupportNoteAccess, YouthProfile
from ..permissions import memberships_of


def may_note(youth: YouthProfile, by) -> bool:
    """Whether somebody may write and read notes about a young person: only who works at their desk."""
    return youth.desk_id in note_desks_of(by)


def may_remove(note: SupportNote, by) -> bool:
    """Whether somebody may remove a note: who wrote it, and the supervisors of the desk."""
    if not may_note(note.youth, by) or note.removed_at is not None:
        return False
    return note.author_id == by.pk or (note.youth.desk_id, DeskRole.SUPERVISOR) in memberships_of(by)


def _check(youth: YouthProfile, by, purpose: str) -> None:
    if not may_note(youth, by):
        raise NotPermitted
    if purpose not in NotePurpose.values:
        raise GuardRefused(_("Di' a che cosa ti serve: senza uno scopo le note non si aprono."), "purpose")


def _log(notes, by, what: str, purpose: str) -> None:
    SupportNoteAccess.objects.bulk_create(
        [
            SupportNoteAccess(note=note, desk_id=note.youth.desk_id, user=by, what=what, purpose=purpose)
            for note in notes
        ]
    )


def write_note(youth: YouthProfile, by, purpose: str, text: str) -> SupportNote:
    """Write a note about a young person.

    Raises:
        NotPermitted: `by` does not work at the desk of the young person.
        GuardRefused: `purpose` is unknown or `text` is empty.
    """
    _check(youth, by, purpose)
    text = (text or "").strip()
    if not text:
        raise GuardRefused(_("Scrivi la nota."), "text")
    with transaction.atomic():
        note = SupportNote.objects.create(youth=youth, desk_id=youth.desk_id, author=by, purpose=purpose, text=text)
        _log([note], by, NoteAccessKind.WRITTEN, purpose)
    return note


def read_notes(youth: YouthProfile, by, purpose: str) -> list[SupportNote]:
    """Return the notes about a young person with their words, newest first. Each one read is written down.

    Raises:
        NotPermitted, GuardRefused: as for writing.
    """
    _check(youth, by, purpose)
    with transaction.atomic():
        rows = SupportNote.objects.filter(youth=youth, removed_at__isnull=True).select_related("author", "youth")
        notes = list(rows.order_by("-created_at", "-pk"))
        _log(notes, by, NoteAccessKind.READ, purpose)
    return notes


def remove_note(note: SupportNote, by) -> SupportNote:
    """Take the words of a note away for good; that it was there stays in the log.

    Raises:
        NotPermitted: `by` neither wrote it nor supervises the desk.
        WrongState: it has been removed already.
    """
    if not may_note(note.youth, by):
        raise NotPermitted
    with transaction.atomic():
        note = SupportNote.objects.select_for_update(of=("self",)).select_related("youth").get(pk=note.pk)
        if note.removed_at is not None:
            raise WrongState(_("Questa nota è già stata tolta."))
        if not may_remove(note, by):
            raise NotPermitted
        note.text, note.removed_at = "", timezone.now()
        note.save(update_fields=["text", "removed_at"])
        _log([note], by, NoteAccessKind.REMOVED, note.purpose)
    return note
