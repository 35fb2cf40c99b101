"""A plan in a few numbers."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from .plan_enums import ActionStatus
from .plan_reading import Tree


@dataclass(frozen=True, slots=True)
class Summary:
    """How many actions there are, by state, late and silent."""

    total: int
    done: int
    under_way: int
    to_start: int
    suspended: int
    cancelled: int
    late: int
    stale: int
    without_data: int
    has_examples: bool

    @property
    def figures(self) -> list[dict[str, object]]:
        """Number and words, without those that are 0."""
        pairs = [
            (self.done, ngettext("conclusa", "concluse", self.done)),
            (self.under_way, gettext("in corso")),
            (self.to_start, gettext("da avviare")),
            (self.suspended, ngettext("sospesa", "sospese", self.suspended)),
            (self.cancelled, ngettext("annullata", "annullate", self.cancelled)),
            (self.late, gettext("in ritardo")),
            (self.stale, gettext("senza notizie")),
        ]
        return [{"number": number, "words": words} for number, words in pairs if number]


def summary(tree: Tree) -> Summary:
    """Count the actions of a plan."""
    nodes = tree.actions
    by_status = dict.fromkeys(ActionStatus.values, 0)
    for node in nodes:
        by_status[node.action.status] += 1  # type: ignore[union-attr]  # every node of this list has its action
    return Summary(
        total=len(nodes),
        late=sum(node.late for node in nodes),
        stale=sum(node.stale for node in nodes),
        without_data=sum(node.progress is not None and node.progress.value is None for node in nodes),
        has_examples=any(node.is_example for node in tree.walk()),
        **by_status,
    )
