"""The CV: uploading, taking away, attaching to an application."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import cv as reads
from ..desk.access import note_desks_of
from ..desk.kinds import NotePurpose
from ..errors import GuardRefused, NotPermitted
from ..models import Application, AttachedCv, CurriculumVitae, CvAccess, YouthProfile
from .locks import lock_youth


def upload(youth: YouthProfile, file: UploadedFile, by) -> CurriculumVitae:
    """Keep a file that `sportello.cv.clean_cv` has checked, in place of the former one.

    Raises:
        NotPermitted: it is not `by`'s own.
    """
    _require_own(youth, by)
    with transaction.atomic():
        lock_youth(youth.pk)
        _retire(CurriculumVitae.objects.filter(youth=youth, is_current=True))
        return CurriculumVitae.objects.create(youth=youth, file=file, name=file.name or "", size=file.size or 0)


def remove(youth: YouthProfile, by) -> None:
    """Take every CV away, also from the applications that carry one: hosts can no longer open it."""
    _require_own(youth, by)
    with transaction.atomic():
        lock_youth(youth.pk)
        delete_all(youth)


def delete_all(youth: YouthProfile) -> None:
    """Delete the rows of a locked young person's CVs now, and the files once that is committed."""
    for row in CurriculumVitae.objects.filter(youth=youth):
        delete(row)


def attach(application: Application, by) -> AttachedCv | None:
    """Include the CV in use in an application that its young person is sending; nothing happens if there is none.

    To be called in the transaction that sends it.

    Raises:
        NotPermitted: it is not `by`'s own application.
        GuardRefused: `consent_cv`: a minor's guardian has not said yes to it.
    """
    _require_own(application.youth, by)
    current = reads.current(application.youth)
    if current is None:
        return None
    if not reads.may_attach(application.youth):
        raise GuardRefused(
            _("Per allegare il curriculum serve il sì di chi risponde per te: togli la spunta, oppure aspettalo."),
            "consent_cv",
        )
    attached, _created = AttachedCv.objects.update_or_create(application=application, defaults={"cv": current})
    return attached


def _require_own(youth: YouthProfile, by) -> None:
    if youth.user_id != by.pk:
        raise NotPermitted


def _retire(rows) -> None:
    """A former CV goes, unless an application carries it."""
    for row in rows:
        if row.attachments.exists():
            row.is_current = False
            row.save(update_fields=["is_current"])
        else:
            delete(row)


def delete(row: CurriculumVitae) -> None:
    """Delete a CV's row now, and its file once that is committed."""
    storage, path = row.file.storage, row.file.name or ""
    row.delete()
    transaction.on_commit(lambda: storage.delete(path), robust=True)


def open_for_desk(row: CurriculumVitae, by, purpose: str) -> CurriculumVitae:
    """Write down that somebody of the desk opens a CV, and what for; without that it does not open.

    Raises:
        NotPermitted: `by` does not work at the desk of its young person. Being a superuser is no reason.
        GuardRefused: `purpose` is none of the list.
    """
    if row.youth.desk_id not in note_desks_of(by):
        raise NotPermitted
    if purpose not in NotePurpose.values:
        raise GuardRefused(_("Di' a che cosa ti serve: senza uno scopo il curriculum non si apre."), "purpose")
    CvAccess.objects.create(cv=row, youth=row.youth, desk_id=row.youth.desk_id, user=by, purpose=purpose)
    return row
