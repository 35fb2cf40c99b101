"""«Il filo del senso»: where a page stands between the vision and the actions of the plan, in one line."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from portal.pages.querysets import public

from .models import Axis, Contribution, ContributionsMixin, PlanPage
from .models.node_link import NODE_FIELDS
from .querysets import LONG_TEXTS


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the line: a link, with the words that only readers of the page aloud need."""

    label: str
    title: str
    url: str
    in_italian: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """One line: from the vision down to the node, and how the page helps to reach it."""

    steps: tuple[Step, ...]
    note: str = ""


def step_label(kind: str, code: str) -> str:
    """«Asse A1», «Obiettivo A1.2», «Azione A1.2.3»."""
    words = {
        "axis": gettext("Asse %(code)s"),
        "objective": gettext("Obiettivo %(code)s"),
        "action": gettext("Azione %(code)s"),
    }
    return words[kind] % {"code": code}


def sights(request: HttpRequest, page: Page) -> list[Sight]:
    """The lines of a page, by the code of the node.

    One query when the page contributes to nothing or its type never does, two in the source language, three in another.
    Plans and visions that are not live and public do not show.
    """
    if not isinstance(page, ContributionsMixin) or page.pk is None:
        return []
    found = _contributions(page)
    if not found:
        return []
    plans, visions = _plans(found)
    axes = _translated_axes(plans.values())
    lines = []
    for contribution in found:
        plan = plans.get(contribution.node.plan_id)
        if plan is None:
            continue
        url = plan.get_url(request) or ""
        steps = [_first_step(visions.get(plan.pk), plan, request)]
        steps += [_step(node, url, axes.get((plan.pk, node.code))) for node in path_to(contribution.node)]
        lines.append(Sight(tuple(steps), contribution.note))
    return lines


def path_to(node) -> list:
    """The axis, objective and action that lead to a node, itself the last."""
    kind = type(node)._meta.model_name
    if kind == "action":
        return [node.objective.axis, node.objective, node]
    return [node.axis, node] if kind == "objective" else [node]


def _contributions(page: Page) -> list[Contribution]:
    """What the page contributes to; a translation follows its source, with its own note where it has one."""
    rows = Contribution.objects.filter(page__translation_key=page.translation_key).select_related(
        "axis", "objective__axis", "action__objective__axis"
    )
    chosen: dict = {}
    for row in sorted(rows, key=lambda row: row.page_id == page.pk):
        chosen[tuple(getattr(row, f"{name}_id") for name in NODE_FIELDS)] = row
    return sorted(chosen.values(), key=lambda row: (row.node.plan_id, row.node.code))


def _plans(found: Iterable[Contribution]) -> tuple[dict[int, PlanPage], dict[int, Page]]:
    """For each plan in the source language the one to show, and the vision that each of these realises."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    ids = {row.node.plan_id for row in found}
    keys = PlanPage.objects.filter(pk__in=ids).values("translation_key")
    plans = (
        public(PlanPage.objects.live().filter(translation_key__in=keys))
        .annotate(vision_readable=Exists(public(Page.objects.live().filter(pk=OuterRef("vision_id")))))
        .select_related("vision", "locale")
        .defer(*LONG_TEXTS, *(f"vision__{name}" for name in (*LONG_TEXTS, "values")))
        .order_by("pk")
    )
    read = list(plans)
    best: dict = {}
    for plan in read:
        if plan.translation_key not in best or plan.locale.language_code == language:
            best[plan.translation_key] = plan
    visions = {plan.pk: plan.vision for plan in read if plan.vision_readable}
    return {plan.pk: best[plan.translation_key] for plan in read if plan.pk in ids}, visions


def _translated_axes(plans: Iterable[PlanPage]) -> dict[tuple[int, str], Axis]:
    ids = [plan.pk for plan in plans if plan.locale.language_code != settings.LANGUAGE_CODE]
    if not ids:
        return {}
    return {(axis.plan_id, axis.code): axis for axis in Axis.objects.filter(plan_id__in=ids)}


def _first_step(vision: Page | None, plan: PlanPage, request: HttpRequest) -> Step:
    """Where the line begins: at the vision, or at the plan when it realises none that can be read."""
    if vision is not None:
        return Step(gettext("Visione"), vision.title, vision.get_url(request) or "")
    return Step(gettext("Piano"), plan.title, plan.get_url(request) or "")


def _step(node, plan_url: str, translated: Axis | None) -> Step:
    kind = type(node)._meta.model_name
    title = translated.title if translated else getattr(node, "label", node.title)
    return Step(step_label(kind, node.code), title, f"{plan_url}{node.code}/", getattr(node, "is_untranslated", False))
