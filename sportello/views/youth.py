"""The young person's profile and the offers that suit them."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from .. import permissions, presentation, scoring
from ..actions.youth import is_too_young, save_profile
from ..errors import ActionError
from ..forms.youth import ProfileForm
from ..models import Desk
from .common import area_page, noindex, youth_of, youth_only

LIST_SIZE = 20
IMPOSSIBLE_SHOWN = 10


class ProfileView(LoginRequiredMixin, View):
    """Tell who you are; save and go on later as often as you like."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if permissions.works_at_desk(request.user):
            # Who decides at the desk takes no side in front of it.
            raise Http404
        self.profile = permissions.profile_of(request.user)
        if self.profile is not None:
            request.youth = self.profile  # the menu reads it
        elif permissions.host_of(request.user) is not None:
            messages.info(request, _("Con questo account segui già una realtà che ospita: per cercare usane un altro."))
            return noindex(redirect("area:home"))
        return noindex(super().dispatch(request, *args, **kwargs))

    def get(self, request):
        return self._page(ProfileForm(profile=self.profile, user=request.user))

    def post(self, request):
        form = ProfileForm(request.POST, profile=self.profile, user=request.user)
        is_valid = form.is_valid()
        birth_date = form.cleaned_data.get("birth_date")
        if birth_date and is_too_young(birth_date):
            # Whatever else was written, nothing of it is kept.
            return area_page(request, "too_young", {"desk": Desk.objects.order_by("pk").first()})
        if not is_valid:
            return self._page(form)
        try:
            self.profile = save_profile(request.user, form.values())
        except ActionError as error:
            form.add_error(None, str(error))
            return self._page(form)
        if self.profile.is_complete:
            messages.success(request, _("Il profilo è completo: ecco le esperienze adatte a te."))
            return redirect("area:youth_offers")
        messages.success(request, _("Salvato. Puoi continuare quando vuoi: qui sotto vedi che cosa manca."))
        return redirect("area:youth_profile")

    def _page(self, form: ProfileForm) -> HttpResponse:
        items = self.profile.completeness() if self.profile else []
        done = sum(item.done for item in items)
        context = {
            "form": form,
            "profile": self.profile,
            "missing": [item.label for item in items if not item.done],
            "percent": round(100 * done / len(items)) if items else 0,
        }
        return area_page(self.request, "youth_profile", context)


@youth_only
def offers(request: HttpRequest) -> HttpResponse:
    """Offers that suit the person, best first, each with its reasons; and why the others do not."""
    profile = youth_of(request)
    found = scoring.suggestions(profile, timezone.localdate(), LIST_SIZE, IMPOSSIBLE_SHOWN)
    rows = [
        {
            "offer": row.offer,
            "kicker": presentation.offer_kicker(row.offer),
            "meta": presentation.offer_meta(row.offer),
            "score": row.score,
            "factors": row.factors,
            "penalty": row.penalty,
            "application": row.offer.applied,
        }
        for row in found.possible
    ]
    context = {
        "profile": profile,
        "missing": [item.label for item in profile.missing],
        "rows": rows,
        "more": found.more,
        "impossible": [
            {"offer": row.offer, "kicker": presentation.offer_kicker(row.offer), "reason": row.reason}
            for row in found.impossible
        ],
    }
    return area_page(request, "youth_offers", context)
