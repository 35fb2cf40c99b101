"""The desks in the admin: which one serves which municipality, and who works there."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import permissions
from ..actions import desks as actions
from ..errors import ActionError, NotPermitted
from ..forms.desk import ConfirmForm
from ..forms.desks import AppointForm, DeskForm
from ..forms.fields import municipalities_named
from ..models import Desk, DeskMembership
from .desk_page import DeskPageView

_TRAIL = ("sportello_desks:index", gettext_lazy("Sportelli"))


class DesksView(DeskPageView):
    """One's own desks; which one a municipality belongs to."""

    template_name = "wagtailadmin/sportello/desks.html"
    page_title = gettext_lazy("Sportelli")
    header_icon = "group"

    def get_context_data(self, **kwargs):
        words = self.request.GET.get("comune", "").strip()
        found = [
            {"municipality": row, "desk": Desk.objects.for_municipality(row)} for row in municipalities_named(words)
        ]
        return super().get_context_data(**kwargs) | {
            "desks": Desk.objects.of_desks(self.allowed).for_list(),
            "words": words,
            "found": found,
            "may_open": self.request.user.is_superuser,
        }


class _OneDeskView(DeskPageView):
    """A screen about one desk of one's own."""

    trail = (_TRAIL,)
    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        self.desk: Desk | None = None
        return super().dispatch(request, *args, **kwargs)

    def find(self, pk: int) -> Desk:
        rows = Desk.objects.of_desks(self.allowed).select_related("territory")
        self.desk = get_object_or_404(rows, pk=pk)
        return self.desk

    def require_supervisor(self, pk: int) -> Desk:
        desk = self.find(pk)
        if not permissions.supervises(self.request.user, desk.pk):
            raise Http404
        return desk

    def get_page_subtitle(self):
        return str(self.desk) if self.desk else ""

    def back(self) -> str:
        return reverse("sportello_desks:desk", args=[self.desk.pk]) if self.desk else reverse("sportello_desks:index")


class DeskView(_OneDeskView):
    """Contacts, people, municipalities; and municipalities that another desk takes."""

    template_name = "wagtailadmin/sportello/desk.html"
    page_title = gettext_lazy("Sportello")

    def get(self, request, pk):
        desk = self.find(pk)
        municipalities = list(desk.territory.municipalities.order_by("name", "pk"))
        shared = (
            Desk.objects.exclude(pk=desk.pk)
            .filter(territory__municipalities__in=municipalities)
            .values_list("name", "territory__municipalities__name")
        )
        names = {row.name for row in municipalities}
        memberships = desk.memberships.select_related("user").order_by("-is_active", "role", "user__email", "pk")
        context = {
            "desk": desk,
            "municipalities": municipalities,
            "shared": sorted({f"{place} ({name})" for name, place in shared if place in names}),
            "is_first": Desk.objects.order_by("pk").values_list("pk", flat=True).first() == desk.pk,
            "working": [row for row in memberships if row.is_active],
            "former": [row for row in memberships if not row.is_active],
            "supervises": permissions.supervises(request.user, desk.pk),
        }
        return self.render_to_response(self.get_context_data(**context))


class DeskFormView(_OneDeskView):
    """Open a desk, or change one."""

    template_name = "wagtailadmin/sportello/desk_form.html"
    page_title = gettext_lazy("Dati dello Sportello")

    def prepare(self, request, pk: int | None) -> None:
        if pk is None and not request.user.is_superuser:
            raise Http404
        desk = self.require_supervisor(pk) if pk is not None else None
        data = request.POST if request.method == "POST" else None
        self.form = DeskForm(data, desk=desk, may_move=request.user.is_superuser)

    def get(self, request, pk=None):
        self.prepare(request, pk)
        return self.page()

    def post(self, request, pk=None):
        self.prepare(request, pk)
        if not self.form.is_valid():
            return self.page()
        try:
            desk = actions.save_desk(self.form.cleaned_data, request.user, self.desk)
        except NotPermitted as error:
            raise Http404 from error
        except ActionError as error:
            self.form.add_error(error.code if error.code in self.form.fields else None, str(error))
            return self.page()
        messages.success(request, _("Dati salvati."))
        return redirect("sportello_desks:desk", desk.pk)

    def page(self):
        context = {"form": self.form, "submit_label": _("Salva"), "danger": False, "text": "", "back_url": self.back()}
        return self.render_to_response(self.get_context_data(**context))


class AppointView(_OneDeskView):
    """Somebody begins to work here."""

    template_name = "wagtailadmin/sportello/desk_form.html"
    page_title = gettext_lazy("Aggiungi una persona")

    def get(self, request, pk):
        self.require_supervisor(pk)
        return self.page(AppointForm())

    def post(self, request, pk):
        desk = self.require_supervisor(pk)
        form = AppointForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        try:
            actions.appoint_by_email(desk, request.user, **form.cleaned_data)
        except ActionError as error:
            form.add_error("role" if error.code == "role" else "email", str(error))
            return self.page(form)
        messages.success(request, _("Da adesso lavora a questo Sportello."))
        return redirect(self.back())

    def page(self, form):
        text = _("Vedrà le realtà, le offerte e le persone di questo Sportello, e di nessun altro.")
        context = {"form": form, "submit_label": _("Aggiungi"), "danger": False, "text": text, "back_url": self.back()}
        return self.render_to_response(self.get_context_data(**context))


class EndDeskMembershipView(_OneDeskView):
    """Somebody no longer works here."""

    template_name = "wagtailadmin/sportello/desk_form.html"
    page_title = gettext_lazy("Togli una persona")

    def membership(self, pk: int) -> DeskMembership:
        row = get_object_or_404(DeskMembership.objects.select_related("user", "desk").filter(is_active=True), pk=pk)
        self.require_supervisor(row.desk_id)
        return row

    def get(self, request, pk):
        row = self.membership(pk)
        context = {
            "form": ConfirmForm(),
            "submit_label": _("Togli"),
            "danger": True,
            "text": _("%(who)s (%(role)s) da subito non vede più nulla di questo Sportello.")
            % {"who": row.user, "role": row.get_role_display()},
            "back_url": self.back(),
        }
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request, pk):
        row = self.membership(pk)
        try:
            actions.end_desk_membership(row, request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Fatto: non lavora più a questo Sportello."))
        return redirect(self.back())
