"""The entries of the reserved menu that depend on who the reader is, beyond their side."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import consents

Entry = tuple[str, str, bool]
"""Title, address, and whether pages below it belong to it."""


def people_entries(request: HttpRequest) -> list[Entry]:
    """A minor's guardians, and a guardian's young people. It asks the database nothing."""
    entries: list[Entry] = []
    youth = getattr(request, "youth", None)
    if youth is not None and consents.is_minor(youth, timezone.localdate()):
        entries.append((_("Genitori e tutori"), reverse("area:youth_guardians"), True))
    if getattr(request, "is_guardian", False):
        entries.append((_("Per chi rispondi"), reverse("area:guardian_home"), True))
    if youth is not None or getattr(request, "is_guardian", False) or hasattr(request, "host_organisation"):
        entries.append((_("I tuoi dati"), reverse("area:own_data"), True))
    return entries
