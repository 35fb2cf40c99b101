"""How somebody follows a project by e-mail: asks, confirms by the link, stops. Every door comes through here."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import following_letters as letters
from ..errors import ActionRefused
from ..models import ProjectFollower, ProjectPage

# An address that nobody confirms is forgotten after so long.
FORGET_AFTER = timedelta(days=7)


def source_of(project: ProjectPage) -> ProjectPage:
    """The page of a project in the source language, on which its followers hang; itself where there is none."""
    pages = ProjectPage.objects.filter(translation_key=project.translation_key)
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE).first() or project


@transaction.atomic
def ask_to_follow(project: ProjectPage, email: str, language: str) -> ProjectFollower:
    """Keep an address and send it the link that confirms it; one that follows already is told so, by e-mail only.

    Args:
        project: its page, in any language.
        language: in which the reader wants to be written to.
    """
    # The project stays locked until the end: a double click waits here and finds the first row.
    source = ProjectPage.objects.select_for_update(of=("self",)).get(pk=source_of(project).pk)
    found = ProjectFollower.objects.filter(project=source, email__iexact=email).first()
    if found is not None and found.confirmed_at is not None:
        letters.send_already_following(found)
        return found
    follower = found or ProjectFollower(project=source, email=email)
    follower.language = language
    follower.asked_at = timezone.now()
    follower.full_clean()
    follower.save()
    letters.send_confirmation(follower)
    return follower


@transaction.atomic
def confirm_following(follower: ProjectFollower) -> ProjectFollower:
    """The reader confirms the address: from now on they are told. Doing it again changes nothing.

    Raises:
        ActionRefused: the address has been forgotten in the meantime.
    """
    found = ProjectFollower.objects.select_for_update(of=("self",)).filter(pk=follower.pk).first()
    if found is None:
        raise ActionRefused(_("È passato troppo tempo e abbiamo cancellato l'indirizzo: chiedi di nuovo."), "gone")
    if found.confirmed_at is None:
        found.confirmed_at = found.told_until = timezone.now()
        found.save(update_fields=["confirmed_at", "told_until"])
    return found


def stop_following(follower: ProjectFollower) -> None:
    """Delete the address. Doing it again changes nothing."""
    ProjectFollower.objects.filter(pk=follower.pk).delete()


def forget_unconfirmed(now: datetime | None = None) -> int:
    """Delete the addresses that nobody confirmed in time; how many."""
    moment = now or timezone.now()
    deleted, _details = ProjectFollower.objects.never_confirmed(moment - FORGET_AFTER).delete()
    return deleted
