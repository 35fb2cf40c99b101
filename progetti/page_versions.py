"""The versions of a page that readers have been able to read, oldest first; drafts are none of them.

Wagtail keeps every revision of a page, published or not. Which ones were published is in its log. Two things are
minded beyond that:

- a revision may be written over after it was published (saving by itself does so): its day of creation is then later
  than that of publication, and what it holds now is a draft;
- while a view restriction covered the page, publishing showed the text only to some: of what was published before the
  restriction was lifted, only the version that it was lifted on is public.

Checked with Wagtail 8.0: `PublishRevisionAction` logs `wagtail.publish` with the revision, only when the page goes
live, so also when a scheduled revision does; `save_revision(overwrite_revision=…)` sets `created_at` anew.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from wagtail.models import Page, PageLogEntry, Revision


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of a page."""

    number: int
    revision_id: int
    published_at: datetime
    note: str
    """What its author wrote of the change; empty where the note is still that of the version before."""
    is_current: bool


def published_versions(page: Page) -> list[Version]:
    """The versions that were published, from the first to the current one, in two queries."""
    published = PageLogEntry.objects.filter(
        page_id=page.pk, action="wagtail.publish", revision_id=OuterRef("pk"), timestamp__gte=OuterRef("created_at")
    ).order_by("timestamp")
    rows = list(
        Revision.page_revisions.filter(object_id=str(page.pk))
        .annotate(
            published_at=Subquery(published.values("timestamp")[:1]),
            note=KeyTextTransform("update_notes", "content"),
        )
        .filter(published_at__isnull=False)
        .order_by("published_at", "pk")
        .values_list("pk", "published_at", "note")
    )
    opened = _opened_at(page)
    if opened is not None:
        before = [row for row in rows if row[1] <= opened]
        rows = rows[max(len(before) - 1, 0) :]
    versions, last_note = [], ""
    for number, (pk, published_at, written) in enumerate(rows, start=1):
        note = (written or "").strip()
        shown = note if note != last_note else ""
        versions.append(Version(number, pk, published_at, shown, pk == page.live_revision_id))
        last_note = note
    return versions


def contents_of(page: Page, *versions: Version) -> list[dict[str, Any]]:
    """What the versions say, as Wagtail keeps it, in one query."""
    found = Revision.page_revisions.filter(object_id=str(page.pk)).in_bulk(
        [version.revision_id for version in versions]
    )
    return [found[version.revision_id].content for version in versions]


def _opened_at(page: Page) -> datetime | None:
    """When the last view restriction of the page, or of one above it, was lifted; None if there never was any."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    lifted = PageLogEntry.objects.filter(
        action="wagtail.view_restriction.delete", page_id__in=Page.objects.filter(path__in=paths).values("pk")
    )
    return lifted.order_by("-timestamp").values_list("timestamp", flat=True).first()
