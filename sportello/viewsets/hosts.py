"""The desk's hosts: to verify, to suspend."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View

from portal.pages.words import day_words, moment_words

from .. import permissions
from ..actions import hosts as host_actions
from ..desk import export_lists, sections
from ..enums import Actor, HostState
from ..forms.desk import ReasonForm
from ..models import Host, PactSignature
from ..permissions import desks_of
from ..reliability import reliability_of
from ..transitions import HOST_TABLE, find
from ..views.desk import DeskActionView, DeskInspectView, DeskOnlyMixin
from ..views.host_pact import pdf_response
from .columns import Column, DateColumn
from .common import DeskViewSet, action_link, title_column


class HostInspectView(DeskInspectView):
    def get_rows(self):
        return (
            super()
            .get_rows()
            .select_related("organisation__municipality", "verified_by", "desk", "pact_signature__version")
        )

    def facts(self):
        host, organisation = self.object, self.object.organisation
        answers = reliability_of(host)
        return [
            (_("Stato"), host.get_state_display()),
            (_("Motivo"), host.state_reason),
            (_("Tipo"), organisation.get_kind_display()),
            (_("Partita IVA o codice fiscale"), host.fiscal_code),
            (pgettext("municipality", "Comune"), organisation.municipality),
            (_("Descrizione"), organisation.description),
            (_("Sito web"), organisation.url),
            (_("Persona di riferimento"), host.contact_name),
            (_("Telefono"), host.phone),
            (_("Dipendenti a tempo indeterminato"), host.permanent_staff),
            (_("Come risponde"), answers.sentence if answers else _("Troppo poche risposte per dirlo.")),
            (_("Registrata il"), moment_words(host.created_at)),
            (_("In pausa fino al"), day_words(host.paused_until) if host.is_paused and host.paused_until else ""),
            (_("Patto di corresponsabilità"), _signed_words(host)),
            (_("Verificata da"), str(host.verified_by) if host.verified_by else ""),
            (_("Esempio inventato"), _("sì") if organisation.is_example else ""),
        ]

    def actions(self):
        actions = []
        if _desk_may(self.object, HostState.VERIFIED):
            actions.append(action_link(_("Verifica"), "sportello_host:verify", self.object))
        if _desk_may(self.object, HostState.SUSPENDED):
            actions.append(action_link(_("Sospendi"), "sportello_host:suspend", self.object, danger=True))
        if self.object.pact_signature:
            actions.append(
                action_link(_("Scarica il patto firmato"), "sportello_host:signed_pact", self.object.pact_signature)
            )
        return actions

    def sections(self):
        host = self.object
        return [
            sections.members_of_host(host),
            sections.offers_of_host(host),
            sections.applications_of_host(host, desks_of(self.request.user)),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"timeline": self.history()}


def _signed_words(host: Host) -> str:
    signature = host.pact_signature
    if signature is None:
        return _("non ancora firmato")
    return _("versione %(number)s, firma di %(who)s, %(when)s. Impronta del testo: %(hash)s") % {
        "number": signature.version.number,
        "who": signature.signer_name,
        "when": moment_words(signature.at),
        "hash": signature.sha256,
    }


class SignedPactView(DeskOnlyMixin, View):
    """The PDF of a host's signature, for its desk."""

    def get(self, request, pk):
        hosts = Host.objects.of_desks(permissions.desks_of(request.user))
        rows = PactSignature.objects.select_related("version__pact").filter(host__in=hosts)
        return pdf_response(get_object_or_404(rows, pk=pk))


def _desk_may(host: Host, target: str) -> bool:
    row = find(HOST_TABLE, host.state, target)
    return row is not None and Actor.DESK in row.actors


class VerifyHostView(DeskActionView):
    model = Host
    page_title = gettext_lazy("Verifica la realtà")
    text = gettext_lazy(
        "Hai controllato che sia chi dice di essere? Da qui in poi può firmare il patto, e dopo la firma le sue "
        "offerte si possono pubblicare."
    )
    submit_label = gettext_lazy("Sì, è verificata")
    done_message = gettext_lazy("Realtà verificata: l'abbiamo avvisata.")
    verb = staticmethod(host_actions.verify_host)


class SuspendHostView(DeskActionView):
    model = Host
    form_class = ReasonForm
    page_title = gettext_lazy("Sospendi la realtà")
    text = gettext_lazy("Le sue offerte spariscono subito dal portale. Il motivo le arriva per e-mail.")
    submit_label = gettext_lazy("Sospendi")
    done_message = gettext_lazy("Realtà sospesa.")
    danger = True
    verb = staticmethod(host_actions.suspend_host)


class HostViewSet(DeskViewSet):
    model = Host
    name = "sportello_host"
    url_prefix = "sportello/realta"
    icon = "home"
    menu_label = gettext_lazy("Realtà ospitanti")
    empty_text = gettext_lazy("Chi registra una realtà nel territorio dello Sportello compare qui, da verificare.")
    inspect_view_class = HostInspectView
    list_filter = ["state"]
    search_fields = ["organisation__name", "fiscal_code", "contact_name"]
    search_backend_name = None
    export_list = export_lists.HOSTS
    list_display = [
        title_column(gettext_lazy("Realtà"), "organisation.name", "sportello_host:inspect"),
        Column("state", label=gettext_lazy("Stato"), accessor="get_state_display"),
        Column("municipality", label=gettext_lazy("Dove"), accessor="organisation.municipality"),
        DateColumn("created_at", label=gettext_lazy("Registrata")),
    ]
    action_views = {"verify": VerifyHostView, "suspend": SuspendHostView}

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("patti/<int:pk>/", SignedPactView.as_view(), name="signed_pact"),
        ]
