"""Columns of our lists in the admin."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageTitleColumn

from bandi.states import has_hour


class DayColumn(Column):
    """A day, and the hour of a moment that has one, as an office writes it: «how long ago» says too little here."""

    def get_value(self, instance):
        """The day in figures, in Europe/Rome."""
        value = super().get_value(instance)
        if not isinstance(value, datetime):
            return date_format(value, "d/m/Y") if value else ""
        moment = timezone.localtime(value)
        return date_format(moment, "d/m/Y H:i") if has_hour(value) else date_format(moment, "d/m/Y")


class BriefTitleColumn(PageTitleColumn):
    """The title that leads to the form, without the menu of actions.

    wagtail-localize asks the database twice for each row's menu: in a list of fifty pages, a hundred queries. The
    actions are in the form, and for several pages at once below the list.
    """

    cell_template_name = "wagtailadmin/home/page_title_cell.html"
