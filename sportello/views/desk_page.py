"""What the desk's own screens share: who may come in, which desk they are about, the frame of the admin."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..desk.access import Scope, may, scope_of
from ..permissions import desks_of


class DeskPageView(WagtailAdminTemplateMixin, View):
    """A screen of the Sportello in the admin. For whoever may not open it, it does not exist."""

    # What leads back up: pairs of the name of an address and its words.
    trail: tuple[tuple[str, object], ...] = ()

    def allowed_desks(self) -> list[int] | None:
        """The desks whose rows this screen reads; None means all."""
        return desks_of(self.request.user)

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        allowed = self.allowed_desks()
        if not may(allowed):
            raise Http404
        self.allowed = allowed
        return super().dispatch(request, *args, **kwargs)

    @property
    def scope(self) -> Scope:
        """The desks this screen is about now."""
        return scope_of(self.request, self.allowed)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            *({"url": reverse(name), "label": label} for name, label in self.trail),
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"scope": self.scope}


class DeskChoiceView(View):
    """Somebody who works at several desks says which one the lists are about. Only their own eyes change."""

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        from ..desk.access import figures_desks_of

        desk_ids = figures_desks_of(request.user)
        if not may(desk_ids):
            raise Http404
        self.scope = Scope(request, desk_ids)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return redirect("sportello_inbox:index")

    def post(self, request):
        wanted = request.POST.get("desk", "")
        self.scope.choose(int(wanted) if wanted.isascii() and wanted.isdigit() else None)
        back = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
            back = reverse("wagtailadmin_home")
        return redirect(back)
