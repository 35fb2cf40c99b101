"""The record of what has been taken out of the portal, for supervisors and auditors."""

from collections.abc import Callable
from functools import cache

from django.core.paginator import Paginator
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..desk.access import log_desks_of
from ..desk.export_lists import APPLICATIONS, BY_KEY, HOSTS, INBOX, OFFERS, YOUTH
from ..forms.desk_inbox import InboxFilterForm
from ..models import Application, ExportRecord, Host, Offer, Sector, YouthProfile
from .desk_page import DeskPageView

PER_PAGE = 50
_MODELS: dict[str, type[Model]] = {
    HOSTS.key: Host,
    OFFERS.key: Offer,
    APPLICATIONS.key: Application,
    YOUTH.key: YouthProfile,
}

_READ_BY_ALL = (Sector,)
"""What a number in an address may be turned into a name of: anything else may be a person, or another desk's."""


def _in_words(what: str, name: str, value: str, column_words: Callable[..., tuple[str, dict[str, str]]]) -> str:
    """One filter of an address as the list itself says it; what it no longer knows stays as it was written down."""
    if name == "q":
        return f"{_('Parole')}: {value}"
    label, words = _inbox_words(name) if what == INBOX.key else column_words(_MODELS.get(what), name)
    return f"{label}: {', '.join(str(words.get(one, one)) for one in value.split(', '))}"


def _inbox_words(name: str) -> tuple[str, dict[str, str]]:
    field = InboxFilterForm.base_fields.get(name)
    return (str(field.label), dict(getattr(field, "choices", ()))) if field else (name, {})


def _column_words(model: type[Model] | None, name: str) -> tuple[str, dict[str, str]]:
    """The name of a column and how its values are called: its choices, or the rows that everybody may read."""
    names = {field.name: field for field in model._meta.concrete_fields} if model else {}
    field = names.get(name)
    if field is None:
        return name, {}
    words = dict(field.flatchoices)
    if field.related_model in _READ_BY_ALL:
        words = {str(row.pk): str(row) for row in field.related_model._default_manager.all()}
    return str(field.verbose_name).capitalize(), words


class ExportsLogView(DeskPageView):
    """Who exported which list, when, with which filters, how many rows."""

    template_name = "wagtailadmin/sportello/exports_log.html"
    page_title = gettext_lazy("Registro delle esportazioni")
    header_icon = "download"

    def allowed_desks(self):
        return log_desks_of(self.request.user)

    def get_context_data(self, **kwargs):
        rows = ExportRecord.objects.select_related("user", "desk")
        if self.scope.ids is not None:
            rows = rows.filter(desk_id__in=self.scope.ids)
        # The same few columns come back line after line: what their values are called is read once.
        column_words = cache(_column_words)
        page = Paginator(rows.order_by("-at", "-pk"), PER_PAGE).get_page(self.request.GET.get("p"))
        lines = [
            {
                "record": record,
                "what": BY_KEY[record.what].label if record.what in BY_KEY else record.what,
                "filters": "; ".join(
                    _in_words(record.what, name, value, column_words) for name, value in sorted(record.filters.items())
                ),
            }
            for record in page.object_list
        ]
        return super().get_context_data(**kwargs) | {"page_obj": page, "lines": lines}
