"""One's own data: read, downloaded, deleted; and the e-mails that one wants."""

import io
import json
import zipfile
from contextlib import suppress
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.users.models import User

from .. import own_data as reads
from .. import permissions
from ..actions import own_data as actions
from ..errors import ActionError
from ..models import CurriculumVitae
from ..own_data_words import as_text, for_people, for_programs
from ..preference_topics import NoticeTopic
from ..retention import RULES
from .common import area_page, enter_as_host, reserved


class PreferencesForm(forms.Form):
    """Which courtesy e-mails to get."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Quali e-mail vuoi ricevere?"),
        choices=NoticeTopic,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Quelle che contano arrivano sempre: un posto offerto, una risposta, un consenso, i tuoi dati."
        ),
    )


class UnderstoodForm(forms.Form):
    """A deletion is asked for with open eyes."""

    understood = forms.BooleanField(
        label=gettext_lazy("Ho capito: cancellate il mio account e i miei dati"),
        error_messages={"required": gettext_lazy("Metti la spunta se vuoi davvero cancellare tutto.")},
    )


def _with_side(request: HttpRequest) -> None:
    """Give the page the menu of the reader's side."""
    profile = permissions.profile_of(request.user)
    if profile is not None:
        request.youth = profile  # type: ignore[attr-defined]  # the menu reads it
    elif permissions.host_of(request.user) is not None:
        enter_as_host(request, permissions.may_read)
    if permissions.is_guardian(request.user):
        request.is_guardian = True  # type: ignore[attr-defined]  # the menu reads it


@reserved
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, in words, and what one can do with it."""
    _with_side(request)
    deletion = actions.open_request(request.user)
    context = {
        "sections": [
            (title, [[(label, for_people(value)) for label, value in entry.items()] for entry in entries])
            for title, entries in reads.collect(request.user)
        ],
        "deletion": deletion,
        # What has come in between since it was asked: until it is settled nothing is deleted.
        "holds": actions.what_holds(request.user) if deletion else "",
    }
    return area_page(request, "own_data", context)


@reserved
def download(request: HttpRequest) -> HttpResponse:
    """The same as files in an archive: to read, for programs (JSON), and the CVs that were uploaded."""
    sections = reads.collect(request.user)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dati.txt", as_text(sections))
        archive.writestr("dati.json", json.dumps(dict(sections), ensure_ascii=False, indent=2, default=for_programs))
        for row in CurriculumVitae.objects.filter(youth__user=cast(User, request.user)).order_by("pk"):
            # A file that storage has lost does not cost the person everything else.
            with suppress(FileNotFoundError), row.file.open("rb") as file:
                archive.writestr(f"curriculum/{row.pk}-{row.name}", file.read())
    response = HttpResponse(content.getvalue(), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="i-miei-dati.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@reserved
def delete(request: HttpRequest) -> HttpResponse:
    """Ask for everything to be deleted, after reading what goes and what stays."""
    _with_side(request)
    form = UnderstoodForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_deletion(request.user)
        except ActionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Richiesta ricevuta. Hai qualche giorno per ripensarci: ti abbiamo scritto."))
            return redirect("area:own_data")
    context = {
        "form": form,
        "days": actions.UNDO_DAYS,
        "rules": RULES,
        "is_youth": hasattr(request, "youth"),
        "hosts": [str(row.host) for row in permissions.host_memberships_of(request.user)],
        "is_guardian": getattr(request, "is_guardian", False),
        "holds": "" if form.is_bound else actions.what_holds(request.user),
    }
    return area_page(request, "own_data_delete", context)


@require_POST
@reserved
def undo(request: HttpRequest) -> HttpResponse:
    """Change one's mind."""
    if actions.undo_deletion(request.user):
        messages.success(request, _("Va bene: non cancelliamo niente."))
    return redirect("area:own_data")


@reserved
def preferences(request: HttpRequest) -> HttpResponse:
    """Which e-mails to get."""
    _with_side(request)
    muted = set(cast(User, request.user).muted_topics.values_list("topic", flat=True))
    initial = {"topics": [value for value in NoticeTopic.values if value not in muted]}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = set(form.cleaned_data["topics"])
        actions.set_muted(request.user, [value for value in NoticeTopic.values if value not in wanted])
        messages.success(request, _("Salvato: da adesso ti scriviamo solo quello che hai scelto."))
        return redirect("area:own_data_preferences")
    return area_page(request, "own_data_preferences", {"form": form})
