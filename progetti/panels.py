"""How the editing forms of pages are laid out: the same tabs, in the same order, for every type."""

from collections.abc import Sequence

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.models import Page

from portal.pages.mixins import ClassificationMixin

AIMS_PANEL = FieldPanel("aims", widget=CheckboxSelectMultiple)


def page_tabs(
    content: Sequence[Panel],
    *,
    details: Sequence[Panel] = (),
    people: Sequence[Panel] = (),
    more: Sequence[Panel] = (),
    classification: Sequence[Panel] = tuple(ClassificationMixin.classification_panels),
) -> TabbedInterface:
    """The editing form of a page in tabs; a tab without panels is left out.

    Args:
        content: what the reader reads first.
        details: dates, amounts and whatever else is a fact.
        people: who is involved and who to ask.
        more: attachments, related pages, review.
        classification: topics, territories, organisation in charge.
    """
    tabs = [
        (pgettext_lazy("editing tab", "Contenuto"), content),
        (pgettext_lazy("editing tab", "Dati"), details),
        (pgettext_lazy("editing tab", "Chi"), people),
        (_("Argomenti e territori"), classification),
        (_("Allegati e revisione"), more),
        (_("Indirizzo e ricerca"), Page.promote_panels),
        (_("Pubblicazione"), Page.settings_panels),
    ]
    return TabbedInterface([ObjectList(list(panels), heading=heading) for heading, panels in tabs if panels])
