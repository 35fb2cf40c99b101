"""Who may open a CV, and what a file must be to become one."""

from pathlib import PurePath
from typing import BinaryIO, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from portal.media.uploads import check_content

from . import consents, permissions
from .enums import OPEN_STATES, ApplicationState
from .enums_people import ConsentPurpose
from .models import Application, AttachedCv, CurriculumVitae, YouthProfile

CV_EXTENSIONS = ("pdf", "docx", "odt")
CV_MAX_BYTES = 5 * 1024 * 1024
_READABLE = (*OPEN_STATES, ApplicationState.ACCEPTED)
"""A host opens it while it decides and after acceptance: not once the application is closed."""


def clean_cv(file: UploadedFile) -> UploadedFile:
    """Check an uploaded CV by name, size and content, and give it a plain name.

    Raises:
        ValidationError: `extension`, `size`, `empty` or `content`, with a sentence for who uploads.
    """
    name = PurePath((file.name or "").replace("\\", "/")).name
    extension = PurePath(name).suffix.lower().removeprefix(".")
    if extension not in CV_EXTENSIONS:
        raise ValidationError(_("Serve un file PDF, Word (.docx) o OpenDocument (.odt)."), code="extension")
    if not file.size:
        raise ValidationError(_("Il file è vuoto: scegline un altro."), code="empty")
    if file.size > CV_MAX_BYTES:
        raise ValidationError(_("Il file pesa troppo: al massimo 5 MB. Prova a salvarlo come PDF."), code="size")
    check_content(cast(BinaryIO, file), name)
    stem = get_valid_filename(PurePath(name).stem or "curriculum")[:80]
    file.name = f"{stem}.{extension}"
    return file


def current(youth: YouthProfile) -> CurriculumVitae | None:
    """Return the CV in use; None if there is none. One query."""
    return youth.curricula.filter(is_current=True).first()


def may_attach(youth: YouthProfile) -> bool:
    """Whether a young person's CV may be shown to hosts: a minor's only with the guardian's yes."""
    if not consents.is_minor(youth, timezone.localdate()):
        return True
    return consents.has_standing(youth, ConsentPurpose.CV)


def may_open(user, cv: CurriculumVitae) -> bool:
    """Whether somebody may open a CV by its address: its owner, and who reads an open application that carries it.

    The desk opens it from the page of the person, where it says what for: see `actions.cv.open_for_desk`.
    """
    if cv.youth.user_id == user.pk:
        return True
    # Of each of their hosts what they may read there: a tutor only what came to the offers that they follow.
    for membership in permissions.host_memberships_of(user):
        read = Application.objects.seen_by(membership).filter(state__in=_READABLE)
        if AttachedCv.objects.filter(cv=cv, application__in=read).exists():
            return may_attach(cv.youth)
    return False


def shown_to_host(application: Application) -> CurriculumVitae | None:
    """Return the CV that an application shows to its host now; None if none. One query, a minor's two."""
    if application.state not in _READABLE:
        return None
    attached = AttachedCv.objects.filter(application=application).select_related("cv__youth").first()
    if attached is None or not may_attach(attached.cv.youth):
        return None
    return attached.cv
