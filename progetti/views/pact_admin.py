"""Texts, signatures and requests of pacts in the admin: one row in words, and the question before it changes."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext
from django.views import View
from wagtail.admin.panels import Panel
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import registry as log_registry

from portal.pages.words import day_words, moment_words
from portal.users.models import User

from ..actions import pact_requests as acts
from ..errors import ActionRefused
from ..models import PactRequest, PactSignatory, PactVersion
from ..models.pact_signing import Party
from ..pact_enums import ALLOWED, RequestState
from ..pact_forms import AcceptForm, ConfirmForm, ReasonForm, WithdrawForm
from ..permissions import may_moderate_pacts


def full_name(row: Party) -> str:
    """Who it is, for the redazione: the organisation and the person."""
    return ", ".join(part for part in (row.organisation_label, row.person_name) if part)


def fixed_words(version: PactVersion) -> str:
    """Whether a text can still be corrected."""
    return gettext("non si cambia più") if version.is_fixed else gettext("non ancora in vigore")


def signature_state(row: PactSignatory) -> str:
    """Whether a signature counts."""
    if row.withdrawn_on:
        return pgettext("signature", "Ritirata")
    return pgettext("signature", "Verificata") if row.verified_on else pgettext("signature", "Da verificare")


def request_url(row: PactRequest) -> str:
    """The page of a request in the admin."""
    return reverse("progetti_pact_request:inspect", args=[row.pk])


def signatory_url(row: PactSignatory) -> str:
    """The page of a signature in the admin."""
    return reverse("progetti_pact_signatory:inspect", args=[row.pk])


class FixedTextPanel(Panel):
    """The text of a version that can no longer be changed, to read."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/progetti/pact_fixed_text.html"

        def is_shown(self):
            return self.instance.is_fixed

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "version": self.instance}


class AddVersionView(generic.CreateView):
    """A new version starts from the words of the last one."""

    def get_initial_form_instance(self):
        pact_id = self.request.GET.get("pact", "")
        last = None
        if pact_id.isdecimal():
            last = PactVersion.objects.filter(pact_id=int(pact_id)).order_by("-number").first()
        if last is not None:
            names = ("pact_id", "title", "text", "title_en", "text_en")
            return PactVersion(**{name: getattr(last, name) for name in names})
        return PactVersion(pact_id=int(pact_id)) if pact_id.isdecimal() else PactVersion()

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            # Somebody else was quicker: the next number or day is taken.
            form.add_error(None, error)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class EditVersionView(generic.EditView):
    """What may still be written of a version."""


class DeleteVersionView(generic.DeleteView):
    """Only a text that is still to come can go."""

    def dispatch(self, request, *args, **kwargs):
        version = get_object_or_404(PactVersion, pk=kwargs["pk"])
        if version.is_fixed and request.user.has_perm("progetti.delete_pactversion"):
            messages.error(
                request, gettext("Questo testo è stato in vigore: resta dov'è, anche se ne arriva uno nuovo.")
            )
            return redirect("progetti_pact_version:index")
        return super().dispatch(request, *args, **kwargs)


class _IndexView(generic.IndexView):
    """A list in the order in which its rows were read."""

    default_ordering = None

    def order_queryset(self, queryset):
        return queryset


class VersionIndexView(_IndexView):
    """Texts by pact, newest first."""

    def get_base_queryset(self):
        return PactVersion.objects.select_related("pact").defer("text", "text_en").order_by("pact__title", "-number")


class SignatoryIndexView(_IndexView):
    """Signatures, newest first."""

    def get_base_queryset(self):
        return PactSignatory.objects.select_related("organisation", "version").order_by("-signed_on", "-pk")


class RequestIndexView(_IndexView):
    """Requests, newest first; they are decided on their own page."""

    any_permission_required = ["change"]

    def get_base_queryset(self):
        return PactRequest.objects.select_related("version").order_by("-created_at", "-pk")

    def get_list_more_buttons(self, instance):
        return []


class _InspectView(generic.InspectView):
    """One row with everything about it, and what can be done."""

    def get_fields(self):
        return []

    def facts(self) -> list[tuple[str, object]]:
        raise NotImplementedError

    def actions(self) -> list[dict[str, object]]:
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        entries = log_registry.get_logs_for_instance(self.object).select_related("user").order_by("timestamp", "pk")
        return super().get_context_data(**kwargs) | {
            "facts": [(label, value) for label, value in self.facts() if value not in ("", None)],
            "actions": self.actions(),
            "timeline": [
                {"date": moment_words(row.timestamp), "title": row.message, "text": str(row.user) if row.user else ""}
                for row in entries
            ],
        }


class InspectRequestView(_InspectView):
    """A request to join, for who decides."""

    any_permission_required = ["change"]
    page_title = gettext_lazy("Richiesta di adesione")

    def get_object(self, queryset=None):
        rows = PactRequest.objects.select_related("version__pact", "decided_by", "signatory")
        return get_object_or_404(rows, pk=self.pk)

    def facts(self):
        found = self.object
        return [
            (pgettext("pact request", "Stato"), found.get_state_display()),
            (gettext("Patto"), f"{found.version.pact.title} ({found.version.number})"),
            (gettext("Nome dell'organizzazione"), found.organisation_name),
            (gettext("Nome e cognome"), found.person_name),
            (
                gettext("Nome pubblico"),
                gettext("sì, è d'accordo") if found.consent else gettext("no, si conta e non si nomina"),
            ),
            (gettext("E-mail"), found.email),
            (gettext("Che cosa fa nel patto"), found.get_role_display()),
            (gettext("Impegno"), found.commitments),
            (gettext("Che cosa mette a disposizione"), found.resources),
            (gettext("Scritta il"), moment_words(found.created_at)),
            (gettext("Confermata il"), moment_words(found.confirmed_at) if found.confirmed_at else ""),
            (gettext("Motivo"), found.reason),
        ]

    def actions(self):
        found = self.object
        may = ALLOWED[found.state]
        actions = []
        in_force = found.version.pact.version_in_force()
        is_current = in_force is not None and in_force.pk == found.version_id
        if RequestState.ACCEPTED in may and is_current:
            actions.append(_link(gettext("Verifica e aggiungi la firma"), "progetti_pact_request:accept", found))
        if in_force is not None and (found.state == RequestState.WAITING or (may and not is_current)):
            actions.append(_link(gettext("Chiedi di nuovo la conferma"), "progetti_pact_request:ask_again", found))
        if RequestState.REFUSED in may:
            actions.append(_link(gettext("Non accogliere"), "progetti_pact_request:refuse", found, danger=True))
        if found.signatory is not None:
            actions.append(_link(gettext("Apri la firma"), "progetti_pact_signatory:inspect", found.signatory))
        return actions


class InspectSignatoryView(_InspectView):
    """A signature, for the redazione."""

    any_permission_required = ["change"]
    page_title = gettext_lazy("Firma")

    def get_object(self, queryset=None):
        rows = PactSignatory.objects.select_related("version__pact", "organisation", "verified_by")
        return get_object_or_404(rows, pk=self.pk)

    def facts(self):
        row = self.object
        return [
            (pgettext("signature", "Stato"), signature_state(row)),
            (gettext("Patto"), f"{row.version.pact.title} ({row.version.number})"),
            (gettext("Nome dell'organizzazione"), row.organisation_label),
            (gettext("Nome e cognome"), row.person_name),
            (gettext("E-mail"), row.email),
            (gettext("Che cosa fa nel patto"), row.get_role_display()),
            (gettext("Impegno"), row.commitments),
            (gettext("Che cosa mette a disposizione"), row.resources),
            (gettext("Firmato il"), day_words(row.signed_on)),
            (gettext("Verificato il"), day_words(row.verified_on) if row.verified_on else ""),
            (gettext("Verificato da"), str(row.verified_by) if row.verified_by else ""),
            (gettext("Firma ritirata il"), day_words(row.withdrawn_on) if row.withdrawn_on else ""),
            (gettext("Motivo"), row.withdrawal_reason),
        ]

    def actions(self):
        row = self.object
        actions = [_link(gettext("Modifica"), "progetti_pact_signatory:edit", row)]
        if row.withdrawn_on is None:
            actions.append(_link(gettext("Ritira la firma"), "progetti_pact_signatory:withdraw", row, danger=True))
        else:
            actions.append(_link(gettext("Rimetti la firma"), "progetti_pact_signatory:restore", row))
        return actions


def _link(label: str, url_name: str, thing, danger: bool = False) -> dict[str, object]:
    return {"label": label, "url": reverse(url_name, args=[thing.pk]), "danger": danger}


class _QuestionView(WagtailAdminTemplateMixin, View):
    """Asks before something changes; POST does it. A refusal is said in words."""

    template_name = "wagtailadmin/progetti/pact_question.html"
    model: type[PactRequest] | type[PactSignatory]
    form_class: type[forms.Form] = ConfirmForm
    inspect_url_name = ""
    page_title: str | Promise = ""
    text: str | Promise = ""
    submit_label: str | Promise = ""
    done_message: str | Promise = ""
    danger = False

    def dispatch(self, request, *args, **kwargs):
        if not may_moderate_pacts(request.user):
            raise PermissionDenied
        self.object = get_object_or_404(self.model, pk=kwargs["pk"])
        self.form = self.form_class(request.POST if request.method == "POST" else None, initial=self.initial())
        return super().dispatch(request, *args, **kwargs)

    @property
    def by(self) -> User:
        """Who acts: somebody who moderates, as `dispatch` has seen to."""
        return cast(User, self.request.user)

    def initial(self) -> dict:
        return {}

    def act(self, thing, values: dict) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            self.act(self.object, self.form.cleaned_data)
        except ActionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, str(self.done_message))
        return redirect(self._back())

    def _back(self) -> str:
        return reverse(self.inspect_url_name, args=[self.object.pk])

    def get_page_subtitle(self):
        return full_name(self.object)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": self._back(), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "text": self.text,
            "submit_label": self.submit_label,
            "danger": self.danger,
            "back_url": self._back(),
        }


class AcceptView(_QuestionView):
    """Verify a confirmed request."""

    model, inspect_url_name, form_class = PactRequest, "progetti_pact_request:inspect", AcceptForm
    page_title = gettext_lazy("Verifica la firma")
    text = gettext_lazy("Hai controllato che sia chi dice di essere? La firma appare subito sulla pagina del patto.")
    submit_label = gettext_lazy("Sì, aggiungi la firma")
    done_message = gettext_lazy("Firma aggiunta: l'abbiamo scritto a chi l'ha chiesta.")

    def initial(self):
        return {"role": self.object.role}

    def act(self, thing, values):
        acts.accept_request(thing, by=self.by, role=values["role"], organisation=values["organisation"])


class RefuseView(_QuestionView):
    """Refuse a request, with the reason."""

    model, inspect_url_name, form_class = PactRequest, "progetti_pact_request:inspect", ReasonForm
    page_title = gettext_lazy("Non accogliere la richiesta")
    text = gettext_lazy("Chi l'ha scritta riceve il motivo per e-mail, se ha confermato il suo indirizzo.")
    submit_label = gettext_lazy("Non accogliere")
    done_message = gettext_lazy("Richiesta chiusa.")
    danger = True

    def act(self, thing, values):
        acts.refuse_request(thing, by=self.by, reason=values["reason"])


class AskAgainView(_QuestionView):
    """Send the link of confirmation again."""

    model, inspect_url_name = PactRequest, "progetti_pact_request:inspect"
    page_title = gettext_lazy("Chiedi di nuovo la conferma")
    text = gettext_lazy("Chi ha scritto riceve un nuovo link: rilegge il testo in vigore e conferma.")
    submit_label = gettext_lazy("Manda il link")
    done_message = gettext_lazy("Link mandato.")

    def act(self, thing, values):
        acts.ask_again(thing, by=self.by)


class WithdrawView(_QuestionView):
    """Withdraw somebody's signature, as they asked."""

    model, inspect_url_name, form_class = PactSignatory, "progetti_pact_signatory:inspect", WithdrawForm
    page_title = gettext_lazy("Ritira la firma")
    text = gettext_lazy(
        "La pagina smette subito di mostrarla. Chi aveva firmato riceve un'e-mail, se ne conosciamo l'indirizzo."
    )
    submit_label = gettext_lazy("Ritira la firma")
    done_message = gettext_lazy("Firma ritirata.")
    danger = True

    def act(self, thing, values):
        acts.withdraw_signature(thing, by=self.by, reason=values["reason"])


class RestoreView(_QuestionView):
    """Undo a withdrawal made by mistake."""

    model, inspect_url_name = PactSignatory, "progetti_pact_signatory:inspect"
    page_title = gettext_lazy("Rimetti la firma")
    text = gettext_lazy("La firma torna sulla pagina, come se non fosse mai stata ritirata.")
    submit_label = gettext_lazy("Rimetti la firma")
    done_message = gettext_lazy("Firma rimessa.")

    def act(self, thing, values):
        acts.restore_signature(thing, by=self.by)
