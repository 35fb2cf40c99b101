"""What contributes to a node of a plan, grouped by type: one query, whatever the number of pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from .models import Contribution
from .plan_reading import Node, Tree

SHOWN_PER_TYPE = 10
PAGE_SIZE = 50


@dataclass(slots=True)
class Contributor:
    """A page that contributes, and to which nodes at or below the one shown."""

    page: Page
    url: str
    in_italian: bool
    nodes: list[tuple[Node, str]] = field(default_factory=list)
    """Each node with the note of the contribution."""


@dataclass(slots=True)
class ContributorGroup:
    """All contributors of one type."""

    key: str
    name: str
    rows: list[Contributor]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.rows)

    @property
    def first(self) -> list[Contributor]:
        """Those shown before the reader asks for all."""
        return self.rows[:SHOWN_PER_TYPE]

    @property
    def has_more(self) -> bool:
        """Whether some are not shown."""
        return self.count > SHOWN_PER_TYPE

    def page(self, number: str | None):
        """One page of the whole group; the nearest when the number makes no sense."""
        return Paginator(self.rows, PAGE_SIZE).get_page(number)


def contributions_below(node: Node):
    """Contributions to a node or to anything below it."""
    rows = Contribution.objects.all()
    below = {"axis": rows.under_axis, "objective": rows.under_objective, "action": rows.under_action}
    return below[node.kind](node.pk)


def contributors(tree: Tree, node: Node, request: HttpRequest) -> list[ContributorGroup]:
    """Pages that contribute to a node, by type: in the reader's language where translated, never private."""
    rows = (
        contributions_below(node)
        .readable()
        .select_related("page__content_type", "page__locale")
        .only(
            "axis_id", "objective_id", "action_id", "note", "page__title", "page__url_path", "page__slug",
            "page__translation_key", "page__content_type", "page__locale", "page__path", "page__depth",
        )
        .order_by("page__title", "page_id", "pk")
    )  # fmt: skip
    nodes = {(item.kind, item.pk): item for item in node.walk()}
    return _grouped(rows, nodes, request)


def _grouped(rows: Iterable[Contribution], nodes: dict, request: HttpRequest) -> list[ContributorGroup]:
    language = (get_language() or "").split("-")[0]
    found: dict = {}
    for row in rows:
        key = row.page.translation_key
        if key not in found or row.page.locale.language_code == language:
            known = found.get(key, {})
            found[key] = {"page": row.page, "nodes": known.get("nodes", {})}
        kind, pk = next(
            (kind, pk)
            for kind, pk in (("action", row.action_id), ("objective", row.objective_id), ("axis", row.axis_id))
            if pk is not None
        )
        is_own_language = row.page.locale.language_code == language
        if (kind, pk) not in found[key]["nodes"] or is_own_language:
            found[key]["nodes"][kind, pk] = (nodes[kind, pk], row.note)
    groups: dict[str, ContributorGroup] = {}
    for item in sorted(found.values(), key=lambda item: (item["page"].title.lower(), item["page"].pk)):
        page = item["page"]
        contributor = Contributor(
            page=page,
            url=page.get_url(request) or "",
            in_italian=page.locale.language_code != language,
            nodes=sorted(item["nodes"].values(), key=lambda pair: pair[0].code),
        )
        model = page.content_type.model_class()
        group = groups.setdefault(
            page.content_type.model,
            ContributorGroup(page.content_type.model, str(model._meta.verbose_name_plural).capitalize(), []),
        )
        group.rows.append(contributor)
    return sorted(groups.values(), key=lambda group: group.name)
