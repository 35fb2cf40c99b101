"""The desk's room in the Wagtail admin: hosts to verify, offers to moderate, applications, young people."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from portal.pages.words import day_words, moment_words

from . import presentation, scoring
from .actions import hosts as host_actions
from .actions import offers as offer_actions
from .enums import Actor, HostState, OfferState
from .forms.desk import ReasonForm
from .models import Application, Host, Offer, YouthProfile
from .transitions import HOST_TABLE, find
from .views.desk import DeskActionView, DeskIndexView, DeskInspectView
from .week import describe


class DeskViewSet(ModelViewSet):
    """A list and a page for each row; no form that writes."""

    index_view_class = DeskIndexView
    inspect_view_class = DeskInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 30
    inspect_template_name = "wagtailadmin/sportello/inspect.html"
    action_views: dict[str, type[DeskActionView]] = {}

    def get_common_view_kwargs(self, **kwargs):
        nowhere = {f"{name}_url_name": None for name in ("add", "edit", "delete", "history", "usage")}
        return super().get_common_view_kwargs(**nowhere, **kwargs)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            *(
                path(
                    f"<int:pk>/{name}/",
                    view.as_view(inspect_url_name=self.get_url_name("inspect"), header_icon=self.icon),
                    name=name,
                )
                for name, view in self.action_views.items()
            ),
        ]

    def register_admin_url_finder(self):
        """There is no page for editing to be found."""

    def get_permissions_to_register(self):
        """Membership of a desk decides, not a permission that could be ticked on a group."""
        return super().get_permissions_to_register().none()


def _title(label, accessor=None, inspect: str = "") -> TitleColumn:
    return TitleColumn(
        "title",
        label=label,
        accessor=accessor or str,
        get_url=lambda row: reverse(inspect, args=[row.pk]),
    )


class HostInspectView(DeskInspectView):
    def get_rows(self):
        return super().get_rows().select_related("organisation__municipality", "verified_by", "desk")

    def facts(self):
        host, organisation = self.object, self.object.organisation
        members = host.memberships.active().select_related("user").order_by("pk")
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
            (_("Persone"), ", ".join(f"{row.user.email} ({row.get_role_display()})" for row in members)),
            (_("Dipendenti a tempo indeterminato"), host.permanent_staff),
            (_("Registrata il"), moment_words(host.created_at)),
            (_("Verificata da"), str(host.verified_by) if host.verified_by else ""),
            (_("Esempio inventato"), _("sì") if organisation.is_example else ""),
        ]

    def actions(self):
        actions = []
        if _desk_may(self.object, HostState.VERIFIED):
            actions.append(_action(_("Verifica"), "sportello_host:verify", self.object))
        if _desk_may(self.object, HostState.SUSPENDED):
            actions.append(_action(_("Sospendi"), "sportello_host:suspend", self.object, danger=True))
        return actions

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"timeline": self.history()}


def _desk_may(host: Host, target: str) -> bool:
    row = find(HOST_TABLE, host.state, target)
    return row is not None and Actor.DESK in row.actors


def _action(label: str, url_name: str, thing, danger: bool = False) -> dict:
    return {"label": label, "url": reverse(url_name, args=[thing.pk]), "danger": danger}


class VerifyHostView(DeskActionView):
    model = Host
    page_title = gettext_lazy("Verifica la realtà")
    text = gettext_lazy(
        "Hai controllato che sia chi dice di essere? Da qui in poi le sue offerte si possono pubblicare."
    )
    submit_label = gettext_lazy("Sì, è verificata")
    done_message = gettext_lazy("Realtà verificata: l'abbiamo avvisata.")

    def act(self, thing, values):
        host_actions.verify_host(thing, self.request.user)


class SuspendHostView(DeskActionView):
    model = Host
    form_class = ReasonForm
    page_title = gettext_lazy("Sospendi la realtà")
    text = gettext_lazy("Le sue offerte spariscono subito dal portale. Il motivo le arriva per e-mail.")
    submit_label = gettext_lazy("Sospendi")
    done_message = gettext_lazy("Realtà sospesa.")
    danger = True

    def act(self, thing, values):
        host_actions.suspend_host(thing, self.request.user, values["reason"])


class HostViewSet(DeskViewSet):
    model = Host
    name = "sportello_host"
    url_prefix = "sportello/realta"
    icon = "home"
    menu_label = gettext_lazy("Realtà ospitanti")
    inspect_view_class = HostInspectView
    list_filter = ["state"]
    search_fields = ["organisation__name", "fiscal_code", "contact_name"]
    search_backend_name = None
    list_display = [
        _title(gettext_lazy("Realtà"), "organisation.name", "sportello_host:inspect"),
        Column("state", label=gettext_lazy("Stato"), accessor="get_state_display"),
        Column("municipality", label=gettext_lazy("Dove"), accessor="organisation.municipality"),
        DateColumn("created_at", label=gettext_lazy("Registrata")),
    ]
    action_views = {"verify": VerifyHostView, "suspend": SuspendHostView}


class OfferInspectView(DeskInspectView):
    def get_rows(self):
        return super().get_rows().for_detail().select_related("moderated_by")

    def facts(self):
        offer = self.object
        return [
            (_("Stato"), offer.get_state_display()),
            (_("Motivo"), offer.state_reason),
            (_("Realtà"), f"{offer.host.organisation.name} ({offer.host.get_state_display()})"),
            (_("In una frase"), offer.summary),
            (_("Che cosa si fa"), offer.tasks),
            (_("Che cosa si impara"), offer.learning),
            *((item["label"], _words(item)) for item in presentation.offer_facts(offer)[1:]),
            (_("Competenze e lingue utili"), ", ".join(skill.label for skill in offer.skills.all())),
            (_("Competenze che si imparano"), ", ".join(skill.label for skill in offer.goals.all())),
            (_("Candidature aperte"), offer.open_count),
            (_("Controllata da"), str(offer.moderated_by) if offer.moderated_by else ""),
        ]

    def actions(self):
        actions = []
        if self.object.state == OfferState.IN_REVIEW:
            actions.append(_action(_("Pubblica"), "sportello_offer:publish", self.object))
            actions.append(_action(_("Rimanda indietro"), "sportello_offer:return", self.object, danger=True))
        return actions

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"timeline": self.history()}


def _words(item: dict) -> str:
    if "entries" in item:
        return "; ".join(entry["title"] for entry in item["entries"])
    return str(item["value"] or "")


class PublishOfferView(DeskActionView):
    model = Offer
    page_title = gettext_lazy("Pubblica l'offerta")
    text = gettext_lazy("Da subito si legge sul portale e ci si può candidare.")
    submit_label = gettext_lazy("Pubblica")
    done_message = gettext_lazy("Offerta pubblicata: abbiamo avvisato chi l'ha scritta.")

    def act(self, thing, values):
        offer_actions.publish_offer(thing, self.request.user)


class ReturnOfferView(DeskActionView):
    model = Offer
    form_class = ReasonForm
    page_title = gettext_lazy("Rimanda indietro l'offerta")
    text = gettext_lazy("Chi l'ha scritta riceve il motivo per e-mail e può correggerla.")
    submit_label = gettext_lazy("Rimanda indietro")
    done_message = gettext_lazy("Offerta rimandata indietro.")

    def act(self, thing, values):
        offer_actions.return_offer(thing, self.request.user, values["reason"])


class OfferViewSet(DeskViewSet):
    model = Offer
    name = "sportello_offer"
    url_prefix = "sportello/offerte"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Offerte")
    inspect_view_class = OfferInspectView
    list_filter = ["state", "kind", "sector"]
    search_fields = ["title", "host__organisation__name"]
    search_backend_name = None
    list_display = [
        _title(gettext_lazy("Offerta"), None, "sportello_offer:inspect"),
        Column("host", label=gettext_lazy("Realtà"), accessor="host.organisation.name"),
        Column("state", label=gettext_lazy("Stato"), accessor="get_state_display"),
        Column("seats", label=gettext_lazy("Posti liberi"), accessor="seats_free"),
        DateColumn("submitted_at", label=gettext_lazy("Inviata")),
    ]
    action_views = {"publish": PublishOfferView, "return": ReturnOfferView}


class ApplicationInspectView(DeskInspectView):
    def get_rows(self):
        return super().get_rows().for_detail()

    def get_page_subtitle(self):
        return f"{self.object.youth}, {self.object.offer.title}"

    def facts(self):
        row = self.object
        return [
            (_("Stato"), row.get_state_display()),
            (_("Motivo"), row.reason),
            (_("Giovane"), f"{row.youth.user.get_full_name()} ({row.youth.user.email})"),
            (_("Offerta"), row.offer.title),
            (_("Realtà"), row.offer.host.organisation.name),
            (_("Motivazione"), row.motivation),
            (_("Punteggio all'invio"), row.score),
            (_("Letta dalla realtà il"), moment_words(row.read_at) if row.read_at else ""),
            (_("Posto tenuto fino a"), moment_words(row.expires_at) if row.expires_at else ""),
            (_("Percorso"), row.placement.get_state_display() if hasattr(row, "placement") else ""),
        ]

    def get_context_data(self, **kwargs):
        timeline = presentation.timeline(self.object, "desk")
        factors = scoring.from_json(self.object.breakdown, "host")
        return super().get_context_data(**kwargs) | {"timeline": timeline, "factors": factors}


class ApplicationViewSet(DeskViewSet):
    model = Application
    name = "sportello_application"
    url_prefix = "sportello/candidature"
    icon = "mail"
    menu_label = gettext_lazy("Candidature")
    inspect_view_class = ApplicationInspectView
    list_filter = ["state"]
    search_fields = ["youth__user__last_name", "youth__user__first_name", "offer__title"]
    search_backend_name = None
    list_display = [
        _title(gettext_lazy("Giovane"), "youth", "sportello_application:inspect"),
        Column("offer", label=gettext_lazy("Offerta"), accessor="offer.title"),
        Column("host", label=gettext_lazy("Realtà"), accessor="offer.host.organisation.name"),
        Column("state", label=gettext_lazy("Stato"), accessor="get_state_display"),
        DateColumn("updated_at", label=gettext_lazy("Ultimo cambiamento")),
    ]


def _labels(rows) -> str:
    return ", ".join(row.label for row in rows)


class YouthInspectView(DeskInspectView):
    def get_rows(self):
        return super().get_rows().with_lists()

    def facts(self):
        youth = self.object
        return [
            (_("Nome"), youth.user.get_full_name()),
            (_("E-mail"), youth.user.email),
            (_("Telefono"), youth.phone),
            (_("Data di nascita"), day_words(youth.birth_date, weekday=False)),
            (_("Comune in cui vive"), youth.home),
            (_("Che cosa fa"), youth.get_status_display() if youth.status else ""),
            (_("Percorso di studi"), youth.get_study_path_display() if youth.study_path else ""),
            (_("Studi in due parole"), youth.study_note),
            (_("Interessi"), _labels(youth.interests.all())),
            (_("Competenze e lingue"), _labels(youth.skills.all())),
            (_("Vuole imparare"), _labels(youth.goals.all())),
            (_("Quando può"), "; ".join(describe(youth.availability))),
            (_("Fin dove"), f"{youth.max_distance_km} km" if youth.max_distance_km else ""),
            (_("Come si sposta"), ", ".join(youth.travel_means_labels)),
            (_("Manca ancora"), ", ".join(str(item.label) for item in youth.missing)),
        ]

    def get_context_data(self, **kwargs):
        rows = Application.objects.filter(youth=self.object).for_desk_list()
        applications = [
            {
                "title": row.offer.title,
                "state": row.get_state_display(),
                "url": reverse("sportello_application:inspect", args=[row.pk]),
            }
            for row in rows
        ]
        return super().get_context_data(**kwargs) | {"applications": applications}


class YouthViewSet(DeskViewSet):
    model = YouthProfile
    name = "sportello_youth"
    url_prefix = "sportello/giovani"
    icon = "user"
    menu_label = gettext_lazy("Giovani")
    inspect_view_class = YouthInspectView
    search_fields = ["user__last_name", "user__first_name", "user__email"]
    search_backend_name = None
    list_display = [
        _title(gettext_lazy("Giovane"), None, "sportello_youth:inspect"),
        Column("home", label=gettext_lazy("Dove vive"), accessor="home"),
        Column("open_count", label=gettext_lazy("Candidature aperte"), accessor="open_count"),
        DateColumn("created_at", label=gettext_lazy("Dal")),
    ]


class SportelloViewSetGroup(ModelViewSetGroup):
    """«Sportello» in the menu of the admin."""

    menu_label = gettext_lazy("Sportello")
    menu_icon = "group"
    menu_order = 150
    items = (HostViewSet, OfferViewSet, ApplicationViewSet, YouthViewSet)
