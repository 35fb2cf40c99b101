"""The plan in the admin: objectives, actions, indicators and reports, each with the columns and filters that matter."""

import django_filters
from django.contrib import messages
from django.db.models import RestrictedError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet, SnippetViewSetGroup

from .contribution_forms import NodeOptionsPanel
from .models import Action, Indicator, Objective, PlanPage, PlanReport
from .plan_enums import ActionStatus
from .plan_forms import ActionForm, IndicatorForm, ObjectiveForm
from .plan_reading import judged_on, last_news
from .rollup import is_late


class NodeDeleteView(DeleteView):
    """Deletes a node that nothing hangs on; says what to do when something does."""

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except RestrictedError:
            messages.error(
                request, gettext("«%(node)s» contiene azioni: spostale o cancellale prima.") % {"node": self.object}
            )
            return redirect(self.index_url_name)


def source_plans(request):
    """The plans that objectives and actions hang on."""
    return PlanPage.objects.filter(locale__language_code="it").order_by("title", "pk")


class ObjectiveFilterSet(WagtailFilterSet):
    """Objectives by plan."""

    plan = django_filters.ModelChoiceFilter(queryset=source_plans, label=_("Piano"))

    class Meta:
        model = Objective
        fields = ["plan", "is_example"]


class ObjectiveViewSet(SnippetViewSet):
    """Objectives of the plans."""

    model = Objective
    icon = "crosshairs"
    menu_label = _("Obiettivi")
    list_display = ["code", "title", "axis", "weight", "is_example"]
    filterset_class = ObjectiveFilterSet
    search_backend_name = None  # by parts of words, in the database: the index finds whole words only
    search_fields = ["code", "title", "title_en"]
    delete_view_class = NodeDeleteView
    edit_handler = ObjectList(
        [
            FieldPanel("axis"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("weight")]),
            FieldPanel("title"),
            FieldPanel("title_en"),
            FieldPanel("description"),
            FieldPanel("description_en"),
            FieldPanel("expected_result"),
            FieldPanel("expected_result_en"),
            FieldPanel("is_example"),
        ],
        base_form_class=ObjectiveForm,
    )

    def get_queryset(self, request):
        """In the order of the codes, with the axis that is a column."""
        return Objective.objects.select_related("axis", "plan").order_by("plan__title", "order_key", "pk")


class ActionFilterSet(WagtailFilterSet):
    """Actions by plan, objective, state, who answers for them, and those past their end."""

    plan = django_filters.ModelChoiceFilter(queryset=source_plans, label=_("Piano"))
    status = django_filters.MultipleChoiceFilter(
        choices=ActionStatus.choices, label=pgettext_lazy("action status", "Stato")
    )
    late = django_filters.BooleanFilter(method="filter_late", label=_("In ritardo"))
    no_data = django_filters.BooleanFilter(field_name="progress", lookup_expr="isnull", label=_("Senza dati"))

    class Meta:
        model = Action
        fields = ["plan", "status", "late", "no_data", "responsible", "is_example"]

    def filter_late(self, queryset, name, value):
        """Past their end today, or not."""
        late = queryset.model.objects.late(timezone.localdate()).values("pk")
        return queryset.filter(pk__in=late) if value else queryset.exclude(pk__in=late)


class HistoryPanel(Panel):
    """Every change of state of the action, to read: when, who, from what to what."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/progetti/action_history.html"

        def is_shown(self):
            return self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            return {
                **super().get_context_data(parent_context),
                "changes": self.instance.changes.select_related("by").all(),
            }


def late_words(action: Action) -> str:
    """«sì» for an action past its end, by the day that its plan is judged by."""
    return gettext("sì") if is_late(action.status, action.end, judged_on(action.plan)) else ""


def progress_words(action: Action) -> str:
    """«40 %», or a dash without data."""
    return "–" if action.progress is None else f"{action.progress}\N{NO-BREAK SPACE}%"


class ActionViewSet(SnippetViewSet):
    """Actions of the plans: what is to be done, by whom, how far it is."""

    model = Action
    icon = "tasks"
    menu_label = _("Azioni")
    list_display = [
        "code",
        "title",
        Column("status", label=pgettext_lazy("action status", "Stato"), accessor="get_status_display"),
        Column("progress", label=_("Avanzamento"), accessor=progress_words),
        Column("late", label=_("In ritardo"), accessor=late_words),
        Column("news", label=_("Ultima notizia"), accessor=last_news),
    ]
    list_per_page = 50
    filterset_class = ActionFilterSet
    search_backend_name = None  # by parts of words, in the database: the index finds whole words only
    search_fields = ["code", "title", "title_en"]
    delete_view_class = NodeDeleteView
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("status"), FieldPanel("progress")]),
                            FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                        ],
                        heading=_("A che punto è"),
                    ),
                    InlinePanel("updates", heading=_("Aggiornamenti"), label=_("Aggiornamento")),
                    HistoryPanel(heading=_("Ogni cambiamento")),
                ],
                heading=_("Stato"),
            ),
            ObjectList(
                [
                    FieldPanel("objective"),
                    FieldRowPanel([FieldPanel("code"), FieldPanel("weight")]),
                    FieldPanel("title"),
                    FieldPanel("title_en"),
                    FieldPanel("description"),
                    FieldPanel("description_en"),
                    FieldPanel("is_example"),
                ],
                heading=_("Che cosa"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("responsible"), FieldPanel("responsible_body")]),
                    FieldRowPanel([FieldPanel("resources_amount"), FieldPanel("resources_source")]),
                ],
                heading=_("Chi e con che cosa"),
            ),
        ],
        base_form_class=ActionForm,
    )

    def get_queryset(self, request):
        """In the order of the codes, with what the columns show."""
        return Action.objects.for_admin().order_by("plan__title", "order_key", "pk")


class IndicatorViewSet(SnippetViewSet):
    """Indicators of plans and projects, with their measurements."""

    model = Indicator
    icon = "history"
    menu_label = _("Indicatori")
    list_display = [
        "code",
        "title",
        "territory",
        Column("state", label=pgettext_lazy("indicator state", "Stato"), accessor="state.label"),
        Column("latest", label=_("Ultima misura"), accessor="latest"),
    ]
    list_filter = ["project", "territory", "is_example"]
    search_backend_name = None  # by parts of words, in the database: the index finds whole words only
    search_fields = ["code", "title", "title_en"]
    edit_handler = ObjectList(
        [
            NodeOptionsPanel(),
            MultiFieldPanel(
                [
                    FieldPanel("node_code"),
                    FieldRowPanel([FieldPanel("project"), FieldPanel("territory")]),
                ],
                heading=_("Che cosa misura"),
            ),
            FieldRowPanel([FieldPanel("code"), FieldPanel("frequency")]),
            FieldPanel("title"),
            FieldPanel("title_en"),
            FieldPanel("definition"),
            FieldPanel("definition_en"),
            FieldRowPanel([FieldPanel("unit"), FieldPanel("unit_en")]),
            FieldPanel("direction"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("baseline"), FieldPanel("baseline_year")]),
                    FieldRowPanel([FieldPanel("target"), FieldPanel("target_year")]),
                ],
                heading=_("Partenza e obiettivo"),
            ),
            InlinePanel("measurements", heading=_("Misure"), label=_("Misura")),
            FieldPanel("source"),
            FieldPanel("method"),
            FieldPanel("is_example"),
        ],
        base_form_class=IndicatorForm,
    )

    def get_queryset(self, request):
        """By code and territory, with the measurements that tell the state."""
        return Indicator.objects.with_series()


class PlanReportViewSet(SnippetViewSet):
    """Half-yearly reports: the narrative; the numbers come from the plan."""

    model = PlanReport
    icon = "doc-full"
    menu_label = _("Rapporti semestrali")
    list_display = ["plan", "year", "half", "is_public"]
    list_filter = ["plan", "is_public"]

    def get_queryset(self, request):
        """Newest first, with the plan that is a column."""
        return PlanReport.objects.select_related("plan").order_by("-year", "-half", "pk")


class TreeMenuItem(MenuItem):
    """Shown to who may change actions, as the page behind it asks."""

    def is_shown(self, request):
        return request.user.has_perm("progetti.change_action")


class PlanViewSetGroup(SnippetViewSetGroup):
    """«Piano» in the menu of the admin."""

    items = (ActionViewSet, ObjectiveViewSet, IndicatorViewSet, PlanReportViewSet)
    menu_label = pgettext_lazy("menu", "Piano")
    menu_icon = "tasks"
    menu_name = "plan"
    menu_order = 210

    def get_submenu_items(self):
        """The whole tree first, then the lists of its parts."""
        tree = TreeMenuItem(_("Albero, importa, esporta"), reverse("plan_admin_index"), icon_name="list-ul", order=0)
        return [tree, *super().get_submenu_items()]
