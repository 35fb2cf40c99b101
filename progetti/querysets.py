"""How projects, plans, bodies and pacts are read."""

from datetime import date

from django.db.models import Q
from wagtail.models import PageManager

from portal.pages.querysets import ListingQuerySet, ReadAlongQuerySet

from .enums import ProjectStatus

# Long texts that no list shows.
LONG_TEXTS = ("body", "attachments", "easy_read", "related_pages")


class ProjectQuerySet(ListingQuerySet):
    """Reads projects."""

    def for_cards(self) -> "ProjectQuerySet":
        """Live, public projects for the project list and the home page, without their long texts."""
        return super().for_cards().defer(*LONG_TEXTS, "how_to_take_part", "update_notes")

    def late(self, today: date) -> "ProjectQuerySet":
        """Projects past their expected end on that day that nobody has closed or suspended."""
        return self.filter(expected_end__lt=today, end__isnull=True).exclude(
            status__in=(ProjectStatus.DONE, ProjectStatus.SUSPENDED)
        )

    def with_partner(self, organisation) -> "ProjectQuerySet":
        """Projects that an organisation leads or takes part in."""
        return self.filter(Q(lead=organisation) | Q(partners__organisation=organisation)).distinct()


class BodyQuerySet(ListingQuerySet):
    """Reads the bodies of the governance."""

    def for_cards(self) -> "BodyQuerySet":
        """Live, public bodies for the governance page, without their long texts."""
        return super().for_cards().defer(*LONG_TEXTS, "update_notes", "rules")


ProjectManager = PageManager.from_queryset(ProjectQuerySet)
BodyManager = PageManager.from_queryset(BodyQuerySet)


PlanPageManager = PageManager.from_queryset(ReadAlongQuerySet)


class PlanManager(PlanPageManager):  # type: ignore[valid-type,misc]  # made at run time by from_queryset
    """Plans, read with all that their page names: a plan opens with one query instead of five."""

    def get_queryset(self):
        return super().get_queryset().select_related("vision", "organisation", "image", "full_document", "approved_by")
