"""Dates in the admin are shown and read day first, in both languages: what is shown can always be sent back."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import translation
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


@pytest.mark.parametrize("language", ["it", "en"])
def test_what_the_admin_shows_it_reads_back(language):
    with translation.override(language):
        day, moment = date(2026, 3, 5), datetime(2026, 3, 5, 12, 30)  # noqa: DTZ001  as a widget gets it: local
        assert forms.DateField().clean(AdminDateInput().format_value(day)) == day
        shown = AdminDateTimeInput().format_value(moment)
        assert shown == "05/03/2026 12:30"
        assert forms.DateTimeField().clean(shown).replace(tzinfo=None) == moment
        assert forms.DateField().clean("2026-03-05") == day, "files and machines write ISO"
        assert forms.DateTimeField().clean("31/12/2026").day == 31
        with pytest.raises(forms.ValidationError):
            forms.DateField().clean("12/31/2026")


@pytest.mark.django_db
def test_every_admin_page_tells_the_picker_to_leave_what_is_typed(admin_client):
    assert "js/admin-dates" in admin_client.get("/admin/").content.decode()
