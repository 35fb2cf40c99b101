"""Blocks of the page of a call."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DecimalBlock, StructBlock


class CriterionBlock(StructBlock):
    """By what applications are judged, with the most points that it can give."""

    title = CharBlock(label=_("criterio"), max_length=255)
    points = DecimalBlock(
        label=_("punti, al massimo"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        help_text=_("Vuoto se il bando non ne dà."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Criterio")
