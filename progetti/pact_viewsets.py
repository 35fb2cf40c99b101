"""Pacts in the admin beside their pages: texts, signatories, requests to join, each with the filters that matter."""

import django_filters
from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from portal.pages.words import day_words

from .actions.pacts import check_first_day, publish_version
from .models import PactPage, PactRequest, PactSignatory, PactVersion
from .pact_enums import RequestState, SignatoryRole
from .views import pact_admin


def source_pacts(request=None):
    """The pages that texts and signatures belong to: those in the main language."""
    return PactPage.objects.filter(locale__language_code="it").order_by("title", "pk")


class VersionForm(WagtailAdminModelForm):
    """A version of a text: free until its first day in force, then only its English may be written."""

    instance: PactVersion

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fixed = ("pact", "title", "text", "in_force_from", "what_changed") if self.instance.is_fixed else ()
        for name in fixed or (("pact",) if self.instance.pk else ()):
            self.fields.pop(name, None)
        if "pact" in self.fields:
            self.fields["pact"].queryset = source_pacts()

    def clean(self):
        cleaned = super().clean()
        day, pact = cleaned.get("in_force_from"), cleaned.get("pact") or self.instance.pact_id
        if day and pact:
            before = PactVersion.objects.filter(pact=pact).exclude(pk=self.instance.pk).order_by("-number").first()
            try:
                check_first_day(day, before)
            except ValidationError as error:
                self.add_error("in_force_from", error.message_dict["in_force_from"])
        return cleaned

    def save(self, commit=True):
        """A new version goes through the door that gives it its number; one that is there is saved as it is."""
        if self.instance.pk is None and commit:
            made = publish_version(by=self.for_user, **self.cleaned_data)
            self.instance = made
            return made
        return super().save(commit)


class VersionFilterSet(WagtailFilterSet):
    """Texts by pact."""

    pact = django_filters.ModelChoiceFilter(queryset=source_pacts, label=_("Patto"))

    class Meta:
        model = PactVersion
        fields = ["pact"]


class PactVersionViewSet(ModelViewSet):
    """The texts of pacts. One that has been in force keeps its words for ever."""

    model = PactVersion
    name = "progetti_pact_version"
    url_prefix = "patti/testi"
    icon = "doc-full"
    menu_label = pgettext_lazy("pacts", "Testi")
    copy_view_enabled = False
    index_view_class = pact_admin.VersionIndexView
    add_view_class = pact_admin.AddVersionView
    edit_view_class = pact_admin.EditVersionView
    delete_view_class = pact_admin.DeleteVersionView
    filterset_class = VersionFilterSet
    search_backend_name = None  # by parts of words, in the database: the index finds whole words only
    search_fields = ["title", "pact__title"]
    list_display = [
        "title",
        Column("pact", label=_("Patto"), accessor="pact.title"),
        Column("number", label=_("Versione")),
        # In words: Wagtail says how long ago a date was, which may be to come.
        Column(
            "in_force_from", label=_("In vigore dal"), accessor=lambda row: day_words(row.in_force_from, weekday=False)
        ),
        Column("is_fixed", label=pgettext_lazy("pact", "Stato"), accessor=pact_admin.fixed_words),
    ]
    edit_handler = ObjectList(
        [
            pact_admin.FixedTextPanel(),
            FieldPanel("pact"),
            FieldRowPanel([FieldPanel("title"), FieldPanel("in_force_from")]),
            FieldPanel("what_changed"),
            FieldPanel("text"),
            MultiFieldPanel([FieldPanel("title_en"), FieldPanel("text_en")], heading=_("In inglese")),
        ],
        base_form_class=VersionForm,
    )


class SignatoryFilterSet(WagtailFilterSet):
    """Signatures by pact, role and whether they count."""

    pact = django_filters.ModelChoiceFilter(queryset=source_pacts, label=_("Patto"), field_name="version__pact")
    role = django_filters.ChoiceFilter(choices=SignatoryRole.choices, label=_("Che cosa fa nel patto"))
    state = django_filters.ChoiceFilter(
        choices=[
            ("standing", pgettext_lazy("signature", "Verificata")),
            ("unverified", pgettext_lazy("signature", "Da verificare")),
            ("withdrawn", pgettext_lazy("signature", "Ritirata")),
        ],
        label=pgettext_lazy("signature", "Stato"),
        method="filter_state",
    )

    class Meta:
        model = PactSignatory
        fields = ["pact", "role", "state"]

    def filter_state(self, queryset, name, value):
        """Those that count, those nobody verified yet, those taken back."""
        if value == "withdrawn":
            return queryset.filter(withdrawn_on__isnull=False)
        return queryset.filter(withdrawn_on__isnull=True, verified_on__isnull=value == "unverified")


class SignatoryForm(WagtailAdminModelForm):
    """A signature entered or corrected by hand; who sets the day of the check is who checked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "version" in self.fields:
            texts = PactVersion.objects.begun().select_related("pact")
            self.fields["version"].queryset = texts.order_by("pact__title", "-number")

    def save(self, commit=True):
        if "verified_on" in self.changed_data:
            self.instance.verified_by = self.for_user if self.instance.verified_on else None
        return super().save(commit)


class PactSignatoryViewSet(ModelViewSet):
    """Who signed which text, with what commitment. A signature is withdrawn rather than deleted."""

    model = PactSignatory
    name = "progetti_pact_signatory"
    url_prefix = "patti/firme"
    icon = "group"
    menu_label = pgettext_lazy("pacts", "Firme")
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = pact_admin.SignatoryIndexView
    inspect_view_class = pact_admin.InspectSignatoryView
    inspect_template_name = "wagtailadmin/progetti/pact_inspect.html"
    filterset_class = SignatoryFilterSet
    search_backend_name = None
    search_fields = ["organisation__name", "organisation_name", "person_name", "version__title"]
    list_per_page = 50
    list_display = [
        TitleColumn(
            "title",
            label=pgettext_lazy("signature", "Chi"),
            accessor=pact_admin.full_name,
            get_url=pact_admin.signatory_url,
        ),
        Column("pact", label=_("Patto"), accessor="version"),
        Column("role", label=_("Che cosa fa nel patto"), accessor="get_role_display"),
        DateColumn("signed_on", label=_("Firmato il")),
        Column("state", label=pgettext_lazy("signature", "Stato"), accessor=pact_admin.signature_state),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("version"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("organisation"), FieldPanel("organisation_name")]),
                    FieldRowPanel([FieldPanel("person_name"), FieldPanel("consent")]),
                    FieldPanel("email"),
                ],
                heading=pgettext_lazy("signature", "Chi"),
            ),
            MultiFieldPanel(
                [FieldPanel("role"), FieldPanel("commitments"), FieldPanel("resources")], heading=_("L'impegno")
            ),
            MultiFieldPanel([FieldPanel("commitments_en"), FieldPanel("resources_en")], heading=_("In inglese")),
            FieldRowPanel([FieldPanel("signed_on"), FieldPanel("verified_on"), FieldPanel("is_example")]),
        ],
        base_form_class=SignatoryForm,
    )

    def get_urlpatterns(self):
        views = {"withdraw": pact_admin.WithdrawView, "restore": pact_admin.RestoreView}
        own = [path(f"{name}/<int:pk>/", view.as_view(), name=name) for name, view in views.items()]
        return [*super().get_urlpatterns(), *own]


class RequestFilterSet(WagtailFilterSet):
    """Requests by pact, state and role; those to verify when nothing is chosen."""

    pact = django_filters.ModelChoiceFilter(queryset=source_pacts, label=_("Patto"), field_name="version__pact")
    state = django_filters.ChoiceFilter(choices=RequestState.choices, label=pgettext_lazy("pact request", "Stato"))
    role = django_filters.ChoiceFilter(choices=SignatoryRole.choices, label=_("Che cosa fa nel patto"))

    class Meta:
        model = PactRequest
        fields = ["pact", "state", "role"]


class PactRequestViewSet(ModelViewSet):
    """Requests to join: a list and a page for each; they are decided, never edited."""

    model = PactRequest
    name = "progetti_pact_request"
    url_prefix = "patti/richieste"
    icon = "mail"
    menu_label = _("Richieste di adesione")
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_enabled = True
    index_view_class = pact_admin.RequestIndexView
    inspect_view_class = pact_admin.InspectRequestView
    inspect_template_name = "wagtailadmin/progetti/pact_inspect.html"
    filterset_class = RequestFilterSet
    search_backend_name = None
    search_fields = ["organisation_name", "person_name", "version__title"]
    list_per_page = 50
    list_display = [
        TitleColumn(
            "title",
            label=pgettext_lazy("signature", "Chi"),
            accessor=pact_admin.full_name,
            get_url=pact_admin.request_url,
        ),
        Column("pact", label=_("Patto"), accessor="version"),
        Column("state", label=pgettext_lazy("pact request", "Stato"), accessor="get_state_display"),
        DateColumn("created_at", label=_("Scritta")),
    ]

    def get_common_view_kwargs(self, **kwargs):
        nowhere = {f"{name}_url_name": None for name in ("add", "edit", "delete", "history", "usage")}
        return super().get_common_view_kwargs(**nowhere, **kwargs)

    def get_urlpatterns(self):
        views = {
            "accept": pact_admin.AcceptView,
            "refuse": pact_admin.RefuseView,
            "ask_again": pact_admin.AskAgainView,
        }
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            *(path(f"<int:pk>/{name}/", view.as_view(), name=name) for name, view in views.items()),
        ]

    def register_admin_url_finder(self):
        """There is no page for editing to be found."""


class PactViewSetGroup(ModelViewSetGroup):
    """«Firme dei patti» in the menu of the admin: what belongs to pacts and is not on their pages."""

    menu_label = _("Firme dei patti")
    menu_icon = "pick"
    menu_name = "pacts"
    menu_order = 220
    items = (PactRequestViewSet, PactSignatoryViewSet, PactVersionViewSet)
