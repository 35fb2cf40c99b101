"""Taking a filtered list out of the portal: the file, and the record of who took what."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ..errors import GuardRefused
from ..models import Desk, ExportRecord
from .spreadsheet import XLSX, xlsx

MAX_ROWS = 5000
# What is in an address of a list without narrowing it.
_NOT_FILTERS = {"p", "scegli", "ordering", "export", "_w_filter_fragment"}

Column = tuple[str | Promise, Callable[[Any], object]]


@dataclass(frozen=True, slots=True)
class List:
    """A list that may be exported.

    Attributes:
        key: its name in the record and in the file's.
        columns: what each column is called and holds.
    """

    key: str
    label: str | Promise
    columns: Sequence[Column]


def filters_of(params: QueryDict) -> dict[str, str]:
    """The filters of an address, for the record."""
    return {
        name: ", ".join(value for value in params.getlist(name) if value)[:200]
        for name in params
        if name not in _NOT_FILTERS and any(params.getlist(name))
    }


def export(what: List, rows: Sequence | QuerySet, params: QueryDict, user, desk_ids: list[int] | None) -> HttpResponse:
    """Write down an export and return its file.

    Args:
        rows: already filtered, of the desks that the person may read; each has a `desk_id`.
        desk_ids: the desks that were looked at; those without rows get a record of none.

    Raises:
        GuardRefused: `too_many`, more rows than anybody needs at once.
    """
    rows = list(rows[: MAX_ROWS + 1])
    if len(rows) > MAX_ROWS:
        raise GuardRefused(
            _("Sono più di %(most)s righe: restringi con i filtri, poi esporta.") % {"most": MAX_ROWS},
            "too_many",
        )
    content = xlsx(
        str(what.label),
        [str(label) for label, _read in what.columns],
        ([read(row) for _label, read in what.columns] for row in rows),
    )
    counted = Counter(row.desk_id for row in rows)
    wanted = set(counted) | set(desk_ids if desk_ids is not None else ())
    if not wanted:
        wanted = set(Desk.objects.values_list("pk", flat=True))
    filters = filters_of(params)
    with transaction.atomic():
        ExportRecord.objects.bulk_create(
            [
                ExportRecord(desk_id=desk_id, user=user, what=what.key, filters=filters, rows=counted[desk_id])
                for desk_id in sorted(wanted)
            ]
        )
    name = f"{what.key}-{timezone.localdate().isoformat()}.xlsx"
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
