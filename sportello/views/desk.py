"""What the desk's pages in the Wagtail admin share: a list, a page for one row, a question before something changes."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import registry as log_registry

from portal.pages.words import moment_words

from .. import permissions
from ..desk.access import scope_of
from ..desk.export import List, export
from ..desk.sections import Section
from ..errors import ActionError, GuardRefused
from ..forms.desk import ConfirmForm
from ..models import Application, Host, Offer, Proposal, YouthProfile


class DeskOnlyMixin(View):
    """For whoever else, the Sportello's part of the admin does not exist."""

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        if not permissions.works_at_desk(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class DeskIndexView(DeskOnlyMixin, IndexView):
    """A list of the desk's own rows, in the order of who waits longest."""

    any_permission_required = ["view"]
    default_ordering = None
    template_name = "wagtailadmin/sportello/list.html"
    export_list: List | None = None
    empty_text: str | Promise = ""

    def get_base_queryset(self):
        rows = self.model.objects.of_desks(scope_of(self.request).ids)
        return rows.for_desk_list()

    def order_queryset(self, queryset):
        return queryset

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "scope": scope_of(self.request),
            "may_export": self.export_list is not None,
            "empty_text": self.empty_text,
            "export_query": self.request.GET.urlencode(),
        }

    def post(self, request, *args, **kwargs):
        """Take the list, as the address filters it, out of the portal."""
        if self.export_list is None:
            raise Http404
        try:
            return export(self.export_list, self.get_queryset(), request.GET, request.user, scope_of(request).ids)
        except GuardRefused as error:
            messages.error(request, str(error))
            return redirect(request.get_full_path())

    def get_list_more_buttons(self, instance):
        return []


class DeskInspectView(DeskOnlyMixin, InspectView):
    """One row with everything about it, and what can be done."""

    any_permission_required = ["view"]
    page_title = gettext_lazy("Scheda")

    def get_object(self, queryset=None):
        if not permissions.works_at_desk(self.request.user):
            raise Http404
        return get_object_or_404(self.get_rows(), pk=self.pk)

    def get_rows(self):
        """The rows that may be seen, with what the page shows."""
        return self.model.objects.of_desks(permissions.desks_of(self.request.user))

    def get_fields(self):
        return []

    def facts(self) -> list[tuple[str, object]]:
        """Pairs of a label and what to say; empty ones are left out."""
        return []

    def actions(self) -> list[dict]:
        """What can be done now: label, address, and whether it is grave."""
        return []

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["facts"] = [(label, value) for label, value in self.facts() if value not in ("", None)]
        context["actions"] = self.actions()
        context["sections"] = self.sections()
        context["timeline"] = []
        context["factors"] = []
        return context

    def sections(self) -> list[Section]:
        """What else belongs to the row: lists of other rows."""
        return []

    def history(self) -> list[dict]:
        """What Wagtail's log says of this row, oldest first."""
        entries = log_registry.get_logs_for_instance(self.object).select_related("user").order_by("timestamp", "pk")
        return [
            {
                "date": moment_words(entry.timestamp),
                "title": entry.message,
                "text": " ".join(
                    part for part in (str(entry.user) if entry.user else "", entry.data.get("reason", "")) if part
                ),
            }
            for entry in entries
        ]


class DeskActionView(DeskOnlyMixin, WagtailAdminTemplateMixin, View):
    """Asks before something changes; POST does it. The wrong state or a refusal is said in words.

    ``verb`` is the action, a `staticmethod`: it gets the row, who asks, and by name what the form has.
    """

    template_name = "wagtailadmin/sportello/action.html"
    verb: Callable[..., object]
    model: type[Host] | type[Offer] | type[Application] | type[YouthProfile] | type[Proposal]
    form_class: type[forms.Form] = ConfirmForm
    inspect_url_name = ""
    page_title: str | Promise = ""
    text: str | Promise = ""
    submit_label: str | Promise = ""
    done_message: str | Promise = ""
    danger = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.form = self.form_class(request.POST if request.method == "POST" else None)

    def act(self, thing, values) -> None:
        """Call the action."""
        self.verb(thing, self.request.user, **values)

    def _object(self, pk: int):
        rows = self.model.objects.of_desks(permissions.desks_of(self.request.user))
        return get_object_or_404(rows, pk=pk)

    def get(self, request, pk):
        self.object = self._object(pk)
        return self.render_to_response(self.get_context_data())

    def post(self, request, pk):
        self.object = self._object(pk)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            self.act(self.object, self.form.cleaned_data)
        except ActionError as error:
            if self.form.fields:
                # What somebody has written stays before their eyes, with the reason above it.
                self.form.add_error(None, str(error))
                return self.render_to_response(self.get_context_data())
            messages.error(request, str(error))
        else:
            messages.success(request, str(self.done_message))
        return redirect(self._back())

    def _back(self) -> str:
        return reverse(self.inspect_url_name, args=[self.object.pk])

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": self._back(), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "form": self.form,
            "text": self.text,
            "submit_label": self.submit_label,
            "danger": self.danger,
            "back_url": self._back(),
        }
