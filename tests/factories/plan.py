"""A plan with its tree: as small as a test needs it, as large as a budget asks for."""

import datetime
from decimal import Decimal

from wagtail.models import Locale, Page, Site

from home.models import HomePage
from progetti.actions.plan import save_action
from progetti.models import (
    Action,
    Axis,
    Indicator,
    Measurement,
    Objective,
    PlanPage,
    ProjectIndexPage,
    ProjectPage,
    VisionPage,
)
from progetti.plan_enums import ActionStatus


def make_home() -> HomePage:
    """The home page of the default site, with the Italian locale; the one that is there if there is one."""
    home = HomePage.objects.filter(locale__language_code="it").first()
    if home is not None:
        return home
    locale, _created = Locale.objects.get_or_create(language_code="it")
    root = Page.objects.get(depth=1)
    home = root.add_child(
        instance=HomePage(
            title="Portale", slug="portale", short_description="Il portale", hero_statement="Insieme", locale=locale
        )
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", port=80, is_default_site=True, root_page=home)
    return home


def make_plan(axes: int = 1, *, slug: str = "piano", title: str = "Piano di prova", **fields) -> PlanPage:
    """A live plan with that many axes (A1, A2…), of the years 2018-2022 and under way unless told otherwise."""
    fields = {"from_year": 2018, "to_year": 2022, "status": "under_way", **fields}
    plan = PlanPage(title=title, slug=slug, short_description="Un piano", locale=make_home().locale, **fields)
    plan.axes = [Axis(code=f"A{number}", title=f"Asse {number}", sort_order=number) for number in range(1, axes + 1)]
    make_home().add_child(instance=plan)
    return plan


def make_vision() -> VisionPage:
    """A live vision."""
    vision = VisionPage(
        title="La visione", slug="visione", short_description="x", statement="x", from_year=2020, to_year=2035
    )
    vision.locale = make_home().locale
    return make_home().add_child(instance=vision)


def make_objective(axis: Axis, number: int = 1, **fields) -> Objective:
    """An objective of an axis."""
    code = f"{axis.code}.{number}"
    return Objective.objects.create(axis=axis, **{"code": code, "title": f"Obiettivo {code}", **fields})


def make_action(
    objective: Objective, number: int = 1, *, at: datetime.datetime | None = None, by=None, **fields
) -> Action:
    """An action of an objective, saved through the door that writes its history."""
    code = f"{objective.code}.{number}"
    action = Action(objective=objective, **{"code": code, "title": f"Azione {code}", **fields})
    action.full_clean()
    save_action(action, by=by, at=at)
    return action


def make_tree(plan: PlanPage, *, objectives: int, actions: int) -> list[Action]:
    """Objectives and actions under every axis of a plan, without history: for tests on size."""
    made = []
    for axis in plan.axes.all():
        for number in range(1, objectives + 1):
            objective = make_objective(axis, number)
            made += [
                Action(
                    objective=objective,
                    plan_id=plan.pk,
                    code=f"{objective.code}.{index}",
                    order_key=f"{objective.code}.{index:03d}",
                    title=f"Azione {objective.code}.{index}",
                    status=ActionStatus.UNDER_WAY,
                    progress=index * 10 % 100,
                )
                for index in range(1, actions + 1)
            ]
    return Action.objects.bulk_create(made)


def make_project(
    title: str = "Un progetto", *, live: bool = True, locale: Locale | None = None, **fields
) -> ProjectPage:
    """A project in the list of projects."""
    index = ProjectIndexPage.objects.child_of(make_home()).first()
    if index is None:
        index = make_home().add_child(
            instance=ProjectIndexPage(
                title="Progetti", slug="progetti", short_description="Tutti i progetti", locale=make_home().locale
            )
        )
    page = ProjectPage(
        title=title, short_description="Un progetto", live=live, locale=locale or make_home().locale, **fields
    )
    return index.add_child(instance=page)


def make_indicator(*, values: dict[str, str] | None = None, **fields) -> Indicator:
    """An indicator with its measurements, period to value; with baseline 0 and target 100 unless told otherwise."""
    fields = {
        "code": "I1",
        "title": "Indicatore",
        "unit": "%",
        "baseline": Decimal(0),
        "target": Decimal(100),
        **fields,
    }
    indicator = Indicator.objects.create(**fields)
    for period, value in (values or {}).items():
        Measurement.objects.create(indicator=indicator, period=period, value=Decimal(value))
    return indicator
