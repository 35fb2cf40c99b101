"""How the text of a pact comes into force. Every door (admin, loading) comes through here."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.users.models import User

from ..models import PactPage, PactVersion


@transaction.atomic
def publish_version(
    pact: PactPage,
    *,
    title: str,
    text: str,
    in_force_from: date,
    by: User | None,
    what_changed: str = "",
    title_en: str = "",
    text_en: str = "",
) -> PactVersion:
    """Give a pact a new version of its text, with the next number.

    Args:
        pact: its page in Italian, the one that versions and signatories belong to.
        in_force_from: the first day in force. A day in the past is refused once anybody has signed the version before
            this one: they signed that one.
        by: who wrote it; None for a command.

    Raises:
        ValidationError: by field, with what to tell the person; nothing was changed.
    """
    # The row of the page stays locked until the end: two editors cannot both write the next number.
    Page.objects.select_for_update().get(pk=pact.pk)
    last = PactVersion.objects.filter(pact=pact).order_by("-number").first()
    check_first_day(in_force_from, last)
    version = PactVersion(
        pact=pact,
        number=last.number + 1 if last else 1,
        title=title,
        text=text,
        title_en=title_en,
        text_en=text_en,
        what_changed=what_changed,
        in_force_from=in_force_from,
        created_by=by,
    )
    version.full_clean(exclude=["sha256"])
    version.save()
    return version


def check_first_day(day: date, before: PactVersion | None) -> None:
    """Refuse a first day in force that would rewrite the past.

    Args:
        before: the version that the new one follows, if any.

    Raises:
        ValidationError: beside `in_force_from`.
    """
    if before is None:
        return
    if day <= before.in_force_from:
        message = _("La versione %(number)s entra in vigore il %(day)s: questa deve venire dopo.") % {
            "number": before.number,
            "day": f"{before.in_force_from:%d/%m/%Y}",
        }
    elif day < timezone.localdate() and is_referred_to(before):
        message = _("Qualcuno ha già firmato la versione di prima: la nuova può valere solo da oggi in poi.")
    else:
        return
    raise ValidationError({"in_force_from": message})


def is_referred_to(version: PactVersion) -> bool:
    """Whether anything hangs on a version: signatures, requests, and whatever other apps keep of who signed it."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: version}).exists()
        for relation in PactVersion._meta.related_objects
    )
