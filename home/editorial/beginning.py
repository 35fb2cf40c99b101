"""«Da dove cominciare»: on the first page of the admin while the portal is new, what to write and in which order."""

from dataclasses import dataclass

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Site

from bandi.models import CallIndexPage, CallPage
from home.models import HomePage
from portal.registry.models import Organisation, Territory
from progetti.models import (
    Action,
    BodyPage,
    GovernanceIndexPage,
    Objective,
    PlanPage,
    ProjectIndexPage,
    ProjectPage,
    VisionPage,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to write; `url` is where, empty when the person may not or the step before it is missing."""

    title: str
    text: str
    url: str
    done: bool


class BeginningPanel(Component):
    """The line of sight as a list of steps, from the vision to the calls; it goes away when each has been taken."""

    name = "beginning"
    template_name = "wagtailadmin/home/beginning_panel.html"
    # Before what is to be put right (150): on a new portal there is nothing to put right.
    order = 120

    def __init__(self, request):
        self.request = request
        self.steps = steps_of(request.user)

    def is_needed(self) -> bool:
        """Whether something of the line of sight is still missing."""
        return not all(step.done for step in self.steps)

    def get_context_data(self, parent_context):
        return {"steps": self.steps}


def _there() -> dict[str, bool]:
    """Which steps have been taken: one query. A draft counts, or somebody would write the same page again."""
    asked = {
        "territory": Exists(Territory.objects.all()),
        "organisation": Exists(Organisation.objects.all()),
        "vision": Exists(VisionPage.objects.all()),
        "plan": Exists(PlanPage.objects.all()),
        "objective": Exists(Objective.objects.all()),
        "action": Exists(Action.objects.all()),
        "body": Exists(BodyPage.objects.all()),
        "project": Exists(ProjectPage.objects.all()),
        "call": Exists(CallPage.objects.all()),
    }
    found = Site.objects.order_by("-is_default_site", "pk").values(**asked).first()
    return found or dict.fromkeys(asked, False)


def steps_of(user) -> list[Step]:
    """The steps in their order, for one person: at most five queries, fewer when all have been taken."""
    there = _there()
    pages = Places(user) if not all(there.values()) else None

    def page(model, below) -> str:
        return pages.add_url(model, below) if pages else ""

    def row(permission: str, name: str, wanted: bool = True) -> str:
        return reverse(name) if wanted and user.has_perm(permission) else ""

    return [
        Step(
            _("I territori"),
            _("Comuni, unioni e aree di cui parla il portale: le pagine vi rimandano, la mappa li disegna."),
            row("registry.add_territory", "wagtailsnippets_registry_territory:add"),
            there["territory"],
        ),
        Step(
            _("Le organizzazioni"),
            _("Chi lavora con voi: enti, scuole, cooperative. Servono nei progetti, nei bandi, negli incarichi."),
            row("registry.add_organisation", "wagtailsnippets_registry_organisation:add"),
            there["organisation"],
        ),
        Step(
            _("La visione"),
            _("Che cosa vuole diventare il territorio in dieci o vent'anni."),
            page(VisionPage, HomePage),
            there["vision"],
        ),
        Step(
            _("Il piano e i suoi assi"),
            _("La strada dei prossimi cinque anni. Gli assi si scrivono nella pagina del piano."),
            page(PlanPage, HomePage),
            there["plan"],
        ),
        Step(
            _("Gli obiettivi"),
            _("Che cosa vuole raggiungere ogni asse. Molti insieme si importano da un CSV."),
            row("progetti.add_objective", "wagtailsnippets_progetti_objective:add", there["plan"]),
            there["objective"],
        ),
        Step(
            _("Le azioni"),
            _("Chi fa che cosa, entro quando: da qui il portale calcola a che punto è il piano."),
            row("progetti.add_action", "wagtailsnippets_progetti_action:add", there["objective"]),
            there["action"],
        ),
        Step(
            _("Gli organi"),
            _("Chi decide. Poi vengono le sedute e il registro delle decisioni."),
            page(BodyPage, GovernanceIndexPage),
            there["body"],
        ),
        Step(
            _("Il primo progetto"),
            _("In «Contribuisce a» si dice quale punto del piano aiuta."),
            page(ProjectPage, ProjectIndexPage),
            there["project"],
        ),
        Step(
            _("Il primo bando"),
            _("Quando ci saranno gli esiti, dal bando si arriva ai progetti che ha finanziato."),
            page(CallPage, CallIndexPage),
            there["call"],
        ),
    ]


class Places:
    """Where a person may add pages, read once for all steps."""

    def __init__(self, user) -> None:
        self.user = user
        sections = Page.objects.type(HomePage, GovernanceIndexPage, ProjectIndexPage, CallIndexPage)
        self.by_model: dict = {}
        for page in sections.filter(locale__language_code="it").select_related("content_type").order_by("path"):
            self.by_model.setdefault(page.specific_class, page)

    def add_url(self, model, below) -> str:
        """The form of a new page of a type below the first section of another; empty when the person may not."""
        parent = self.by_model.get(below)
        if parent is None or not parent.permissions_for_user(self.user).can_add_subpage():
            return ""
        return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
