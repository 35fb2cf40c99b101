"""Columns of our lists in the admin."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column

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
