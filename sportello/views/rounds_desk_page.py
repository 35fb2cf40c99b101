"""What the pages of a round in the Wagtail admin share: whose round it is, and forms on a page of their own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import permissions
from ..errors import ActionError
from ..models import MatchRound
from .desk import DeskOnlyMixin


class RoundPage(DeskOnlyMixin, WagtailAdminTemplateMixin, View):
    """A page about one round of the reader's desks."""

    page_title: str | Promise = ""
    header_icon = "order"

    def find(self, pk: int) -> MatchRound:
        """Return the round, or 404 to whom it does not concern."""
        rows = MatchRound.objects.of_desks(permissions.desks_of(self.request.user)).for_desk_page()
        self.round = get_object_or_404(rows, pk=pk)
        return self.round

    def page(self, **context):
        """Draw the page."""
        return self.render_to_response(self.get_context_data(**context))

    def get_page_subtitle(self):
        return str(getattr(self, "round", ""))

    def get_breadcrumbs_items(self):
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("sportello_round:index"), "label": _("Tornate")},
        ]
        if hasattr(self, "round"):
            items.append({"url": self.back(), "label": str(self.round)})
        return [*items, {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}]

    def back(self) -> str:
        """The round's own page."""
        return reverse("sportello_round:inspect", args=[self.round.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"round": getattr(self, "round", None)}


class FormPage(RoundPage):
    """A form on a page of its own."""

    template_name = "wagtailadmin/sportello/action.html"
    text: str | Promise = ""
    submit_label: str | Promise = gettext_lazy("Salva")

    def form_page(self, form, back: str):
        """Draw the form; errors stand beside its fields and nothing typed is lost."""
        return self.page(form=form, text=self.text, submit_label=self.submit_label, danger=False, back_url=back)

    def refused(self, form, error: ActionError, back: str):
        """Say at the right field why an action refused."""
        form.add_error(error.code if error.code in form.fields else None, str(error))
        if error.code not in form.fields:
            messages.error(self.request, str(error))
        return self.form_page(form, back)
