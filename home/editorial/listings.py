"""How projects, calls, events and news are listed in the admin: columns that say what matters, filters, order.

Each type has one table, used twice: in its own menu entry (all of them) and where one walks through the tree.
"""

import django_filters
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from bandi.enums import CallState
from bandi.models import CallPage
from home.enums import NewsKind
from home.filters import PAST, UPCOMING
from home.models import EventPage, NewsPage
from portal.registry.models import Territory
from progetti.models import DecisionPage, MeetingPage, PactPage, ProjectPage
from progetti.pact_enums import IN_FORCE_STATES, PactState

from .checker import AdviceSidePanel
from .columns import BriefTitleColumn, DayColumn
from .copying import PortalCopyForm
from .problems import PAGE_TYPES
from .readers import ReadersSidePanel
from .report import has_report

# Words are looked for in these fields, by parts of words: the search index finds whole words only.
_SEARCHED = ("draft_title", "title", "short_description")


class TerritoryListFilterSet(WagtailFilterSet):
    """What every list can be filtered by."""

    territories = django_filters.ModelChoiceFilter(
        label=_("Territorio"), queryset=Territory.objects.all(), empty_label=pgettext_lazy("territories", "Tutti")
    )
    live = django_filters.ChoiceFilter(
        label=_("Sul sito"), choices=[("true", _("Pubblicata")), ("false", _("Mai pubblicata o ritirata"))]
    )
    review = django_filters.ChoiceFilter(
        label=_("Revisione"),
        choices=[("due", _("Da fare")), ("planned", _("In programma")), ("none", _("Senza data"))],
        method="filter_review",
    )

    def filter_review(self, queryset, name, value):
        """Pages by the day of their next review."""
        today = timezone.localdate()
        if value == "due":
            return queryset.filter(next_review__lte=today)
        if value == "planned":
            return queryset.filter(next_review__gt=today)
        return queryset.filter(next_review__isnull=True)


class ProjectListFilterSet(TerritoryListFilterSet):
    """Projects by state."""

    class Meta:
        model = ProjectPage
        fields = ["status", "territories", "live"]


class CallListFilterSet(TerritoryListFilterSet):
    """Calls by the state that their dates and acts give them today."""

    state = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("call", "Stato"), choices=CallState.choices, field_name="state_now"
    )

    class Meta:
        model = CallPage
        fields = ["kind", "territories", "live"]


class EventListFilterSet(TerritoryListFilterSet):
    """Events ahead or past, by state."""

    when = django_filters.ChoiceFilter(
        label=pgettext_lazy("event", "Quando"),
        choices=[(UPCOMING, _("In programma")), (PAST, _("Già passati"))],
        method="filter_when",
    )

    class Meta:
        model = EventPage
        fields = ["state", "kind", "territories", "live"]

    def filter_when(self, queryset, name, value):
        """What is on today or later, or what was over before."""
        events = EventPage.objects.past() if value == PAST else EventPage.objects.upcoming()
        return queryset.filter(pk__in=events.order_by().values("pk"))


class MeetingListFilterSet(TerritoryListFilterSet):
    """Meetings by body."""

    class Meta:
        model = MeetingPage
        fields = ["meeting_of", "is_public", "live"]


class DecisionListFilterSet(TerritoryListFilterSet):
    """Decisions by body, outcome and how far they are carried out."""

    class Meta:
        model = DecisionPage
        fields = ["taken_by", "outcome", "carrying_out", "live"]


class PactListFilterSet(TerritoryListFilterSet):
    """Pacts by kind, by the state that their dates and texts give them today, and whether one can join."""

    state_now = django_filters.MultipleChoiceFilter(label=pgettext_lazy("pact", "Stato"), choices=PactState.choices)

    class Meta:
        model = PactPage
        fields = ["kind", "open_to_signatories", "territories", "live"]


class NewsListFilterSet(TerritoryListFilterSet):
    """News by kind and day."""

    kind = django_filters.ChoiceFilter(label=_("Tipo"), choices=NewsKind.choices)

    class Meta:
        model = NewsPage
        fields = ["kind", "territories", "live"]


def _call_state(page) -> str:
    """The state in words; a draft that has no dates yet is not «closed», as its page would say."""
    if page.opening is None and page.deadline_now is None and not page.until_funds_run_out:
        return _now("Senza date")
    return str(page.state.label)


def _territories(page) -> str:
    return ", ".join(territory.name for territory in page.territories.all())


_FIRST = [
    BulkActionsColumn("bulk_actions"),
    BriefTitleColumn("title", label=pgettext_lazy("list column", "Titolo"), sort_key="title", classname="title"),
]
_LAST = [
    Column("territories", label=_("Territori"), accessor=_territories),
    DayColumn("last_review", label=_("Ultima revisione"), sort_key="last_review"),
    DayColumn("next_review", label=_("Prossima revisione"), sort_key="next_review"),
    PageStatusColumn("status_tag", label=_("Sul sito"), sort_key="live"),
]

COLUMNS = {
    ProjectPage: [
        *_FIRST,
        StatusTagColumn(
            "status", label=pgettext_lazy("project", "Stato"), accessor="get_status_display", sort_key="status"
        ),
        DayColumn("expected_end", label=_("Fine prevista"), sort_key="expected_end"),
        *_LAST,
    ],
    CallPage: [
        *_FIRST,
        StatusTagColumn(
            "state_now",
            label=pgettext_lazy("call", "Stato"),
            accessor=_call_state,
            primary=lambda page: page.state in (CallState.OPEN, CallState.EXTENDED),
            sort_key="state_now",
        ),
        DayColumn("deadline_now", label=_("Scadenza"), sort_key="deadline_now"),
        *_LAST,
    ],
    EventPage: [
        *_FIRST,
        DayColumn("start", label=pgettext_lazy("event", "Inizio"), sort_key="start"),
        StatusTagColumn("state", label=pgettext_lazy("event", "Stato"), accessor="get_state_display", sort_key="state"),
        Column("where", label=_("Dove")),
        *_LAST,
    ],
    MeetingPage: [
        *_FIRST,
        Column("meeting_of", label=_("Organo"), accessor="meeting_of.title"),
        DayColumn("start", label=pgettext_lazy("meeting", "Quando"), sort_key="start"),
        *_LAST,
    ],
    DecisionPage: [
        *_FIRST,
        Column("taken_by", label=_("Organo"), accessor="taken_by.title"),
        DayColumn("date", label=pgettext_lazy("decision", "Presa il"), sort_key="date"),
        StatusTagColumn(
            "outcome", label=pgettext_lazy("decision", "Esito"), accessor="get_outcome_display", sort_key="outcome"
        ),
        Column("carrying_out", label=_("Attuazione"), accessor="get_carrying_out_display", sort_key="carrying_out"),
        DayColumn("due", label=_("Entro"), sort_key="due"),
        *_LAST,
    ],
    PactPage: [
        *_FIRST,
        Column("kind", label=pgettext_lazy("field", "Tipo"), accessor="get_kind_display", sort_key="kind"),
        StatusTagColumn(
            "state_now",
            label=pgettext_lazy("pact", "Stato"),
            accessor="state.label",
            primary=lambda page: page.state in IN_FORCE_STATES,
            sort_key="state_now",
        ),
        DayColumn("end", label=_("Scadenza"), sort_key="end"),
        Column("signature_count", label=pgettext_lazy("pacts", "Firme")),
        *_LAST,
    ],
    NewsPage: [
        *_FIRST,
        DayColumn("date", label=pgettext_lazy("news", "Giorno"), sort_key="date"),
        Column("kind", label=pgettext_lazy("field", "Tipo"), accessor="get_kind_display", sort_key="kind"),
        *_LAST,
    ],
}
# Where one walks through the tree, each row keeps Wagtail's menu of actions.
_TREE_TITLE = PageTitleColumn(
    "title", label=pgettext_lazy("list column", "Titolo"), sort_key="title", classname="title"
)


def _in_the_tree(columns: list[Column]) -> list[Column]:
    return [_TREE_TITLE if column.name == "title" else column for column in columns]


FILTERS = {
    ProjectPage: ProjectListFilterSet,
    CallPage: CallListFilterSet,
    EventPage: EventListFilterSet,
    NewsPage: NewsListFilterSet,
    MeetingPage: MeetingListFilterSet,
    DecisionPage: DecisionListFilterSet,
    PactPage: PactListFilterSet,
}
ORDERS = {
    ProjectPage: "title",
    CallPage: "-deadline_now",
    EventPage: "-start",
    NewsPage: "-date",
    MeetingPage: "-start",
    DecisionPage: "-date",
    PactPage: "end",
}


class TypeIndexView(IndexView):
    """All pages of one type: what the columns need is read for all rows at once."""

    results_template_name = "wagtailadmin/home/type_results.html"

    def annotate_queryset(self, pages):
        """Read states and territories with the rows."""
        if self.model is CallPage:
            pages = pages.with_state()
        if self.model is PactPage:
            pages = pages.with_state().with_signature_count()
        for name, model in (("meeting_of", MeetingPage), ("taken_by", DecisionPage)):
            if self.model is model:
                pages = pages.select_related(name)
        if self.model is EventPage:
            pages = pages.select_related("place_municipality")
        return super().annotate_queryset(pages.prefetch_related("territories"))

    def search_queryset(self, queryset):
        """Pages whose title or description has all the words, or parts of them."""
        for word in (self.search_query or "").split():
            found = Q()
            for name in _SEARCHED:
                found |= Q(**{f"{name}__icontains": word})
            queryset = queryset.filter(found)
        return queryset

    def order_queryset(self, queryset):
        """By the chosen column; what has no date comes last, and the primary key ends every order."""
        ordering = self.ordering if isinstance(self.ordering, str) else ""
        name = ordering.removeprefix("-")
        if not name or name == "ord" or name not in {column.sort_key for column in self.columns if column.sort_key}:
            return super().order_queryset(queryset)
        descending = ordering.startswith("-")
        by = F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True)
        return queryset.order_by(by, "pk")


class TypeExplorerView(TypeIndexView, ExplorableIndexView):
    """The pages of one type below the page that lists them."""

    results_template_name = ExplorableIndexView.results_template_name


class PageEditView(EditView):
    """Wagtail's editor with the advice on the content, and who reads the page, beside it."""

    def get_side_panels(self):
        """Add them where a person looks at the form; saving in the background asks for no panels."""
        panels = super().get_side_panels()
        if not self.expects_json_response and not self.hydrate_create_view:
            panels += [AdviceSidePanel(self.page, self.request), ReadersSidePanel(self.page, self.request)]
        return panels


class PageCopyView(CopyView):
    """Wagtail's copy with a free address suggested; what the copy starts with is in `copying`."""

    def get_form_class(self):
        """The form that suggests title and address."""
        return PortalCopyForm


def page_viewsets() -> list[PageViewSet]:
    """The views of each type of page: the editor with advice, and its columns where one walks through the tree."""
    viewsets = []
    for model in PAGE_TYPES:
        options: dict = {"model": model, "edit_view_class": PageEditView, "copy_view_class": PageCopyView}
        if model in COLUMNS:
            options |= {
                "index_view_class": TypeExplorerView,
                "list_display": _in_the_tree(COLUMNS[model]),
                "filterset_class": FILTERS[model],
            }
        viewsets.append(type(f"{model.__name__}ViewSet", (PageViewSet,), options)())
    return viewsets


class _EditorsMenuItem(MenuItem):
    """Shown to who edits pages: whoever only works at the desk has no use for it, and could not open it."""

    def is_shown(self, request):
        return has_report(request.user)


class _TypeListing(PageListingViewSet):
    index_view_class = TypeIndexView
    menu_item_class = _EditorsMenuItem
    add_to_admin_menu = True
    list_per_page = 50


def _listing(model, name: str, label, icon: str, order: int) -> PageListingViewSet:
    options = {
        "model": model,
        "icon": icon,
        "menu_label": label,
        "menu_order": order,
        "list_display": COLUMNS[model],
        "filterset_class": FILTERS[model],
        "ordering": ORDERS[model],
        "list_export": ["title", "live", "last_review", "next_review", "full_url"],
        "export_filename": name,
    }
    return type(f"{model.__name__}Listing", (_TypeListing,), options)(name, url_prefix=f"elenchi/{name}")


def listing_viewsets() -> list[PageListingViewSet]:
    """The menu entries «Progetti», «Bandi», «Eventi», «Notizie», right after the tree of pages."""
    return [
        _listing(ProjectPage, "progetti", _("Progetti"), "clipboard-list", 110),
        _listing(CallPage, "bandi", _("Bandi"), "tasks", 120),
        _listing(EventPage, "eventi", _("Eventi"), "calendar-alt", 130),
        _listing(NewsPage, "notizie", _("Notizie"), "doc-full", 140),
        _listing(MeetingPage, "sedute", _("Sedute"), "group", 144),
        _listing(DecisionPage, "decisioni", _("Decisioni"), "check", 148),
        _listing(PactPage, "patti", _("Patti"), "pick", 149),
    ]
