"""The outcomes of a call in the admin: the list, one row, import and export, letting out what waits."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from portal.pages.csv_files import csv_response
from progetti.plan_import import ImportResult
from progetti.views.csv_import import import_csv

from ..actions.outcomes import delete_outcome, publish_outcomes, save_outcomes
from ..models import CallOutcome, CallPage
from ..outcome_forms import outcome_panels
from ..outcomes_csv import column_words, redazione_csv
from ..outcomes_import import import_outcomes
from ..permissions import may_publish, may_write
from ..presentation import totals_words
from ..reading import source_of


def call_to_write(request: HttpRequest, pk: int) -> CallPage:
    """The call in the source language, whichever of its pages is named; for who may edit it.

    Raises:
        PermissionDenied: the person may not edit the call.
    """
    call = source_of(get_object_or_404(CallPage.objects.select_related("locale"), pk=pk))
    if not may_write(request.user, call):
        raise PermissionDenied
    return call


@require_GET
def outcomes(request: HttpRequest, pk: int) -> HttpResponse:
    """All outcomes of a call, and what can be done with them."""
    call = call_to_write(request, pk)
    rows = list(CallOutcome.objects.of_call(call).select_related("project"))
    publishes = may_publish(request.user, call)
    for row in rows:
        row.may_change = publishes or not row.is_public  # type: ignore[attr-defined]  # the template asks
    context = {
        "call": call,
        "outcomes": rows,
        "summary": totals_words(rows) if rows else "",
        "waiting": sum(not row.is_public for row in rows),
        "may_publish": publishes,
    }
    return render(request, "wagtailadmin/bandi/outcomes.html", context)


def outcome_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new outcome."""
    call = call_to_write(request, pk)
    return _form(request, call, CallOutcome(call=call))


def outcome_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """An outcome to correct."""
    call, outcome = _outcome_to_write(request, pk)
    return _form(request, call, outcome)


def _outcome_to_write(request: HttpRequest, pk: int) -> tuple[CallPage, CallOutcome]:
    """An outcome that the person may change, with its call.

    Raises:
        PermissionDenied: the person may not edit the call, or the outcome is public and the person may not publish.
    """
    outcome = get_object_or_404(CallOutcome.objects.select_related("organisation"), pk=pk)
    call = call_to_write(request, outcome.call_id)
    if outcome.is_public and not may_publish(request.user, call):
        raise PermissionDenied
    return call, outcome


def _form(request: HttpRequest, call: CallPage, outcome: CallOutcome) -> HttpResponse:
    is_new, panels = outcome.pk is None, outcome_panels()
    form = panels.get_form_class()(request.POST or None, instance=outcome, for_user=request.user)
    if request.method == "POST" and form.is_valid():
        save_outcomes(call, [form.save(commit=False)], by=request.user)
        messages.success(request, gettext("Esito salvato."))
        again = "add_another" in request.POST
        return redirect("call_outcome_add" if again else "call_outcomes_admin", call.pk)
    bound = panels.get_bound_panel(instance=outcome, request=request, form=form)
    context = {"call": call, "is_new": is_new, "form": form, "panels": bound, "media": bound.media + form.media}
    return render(request, "wagtailadmin/bandi/outcome_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an outcome away, after asking."""
    call, outcome = _outcome_to_write(request, pk)
    if request.method == "POST":
        delete_outcome(outcome, by=request.user)
        messages.success(request, gettext("Esito cancellato."))
        return redirect("call_outcomes_admin", call.pk)
    question = gettext("Cancelli l'esito di «%(name)s»? Non si può recuperare.") % {"name": outcome.full_name}
    return _ask(request, call, question, gettext("Sì, cancella"))


@require_http_methods(["GET", "HEAD", "POST"])
def outcomes_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let out the outcomes that wait, after asking."""
    call = call_to_write(request, pk)
    if not may_publish(request.user, call):
        raise PermissionDenied
    if request.method == "POST":
        count = publish_outcomes(call, by=request.user)
        words = ngettext("Pubblicato %(count)s esito.", "Pubblicati %(count)s esiti.", count)
        messages.success(request, words % {"count": count})
        return redirect("call_outcomes_admin", call.pk)
    question = gettext("Gli esiti che aspettano escono subito nella pagina del bando. I nomi delle persone no.")
    return _ask(request, call, question, gettext("Sì, pubblica"))


def _ask(request: HttpRequest, call: CallPage, question: str, yes: str) -> HttpResponse:
    context = {"call": call, "question": question, "yes": yes}
    context["back_url"] = reverse("call_outcomes_admin", args=[call.pk])
    return render(request, "wagtailadmin/bandi/ask.html", context)


@require_GET
def outcomes_export(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the redazione knows of the outcomes, in the columns that the import reads."""
    call = call_to_write(request, pk)
    return csv_response(redazione_csv(CallOutcome.objects.of_call(call)), f"{call.slug}-esiti-redazione.csv")


def outcomes_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Import outcomes: first a trial, then for good."""
    call = call_to_write(request, pk)

    def run(text: str, commit: bool) -> ImportResult:
        return import_outcomes(call, text, by=request.user, commit=commit)

    return import_csv(
        request,
        run,
        back_url=reverse("call_outcomes_admin", args=[call.pk]),
        back_label=gettext("Torna agli esiti"),
        subtitle=call.title,
        row_label=gettext("Beneficiario"),
        columns=column_words(),
    )
