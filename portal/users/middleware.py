"""Staff enter the admin with a second factor, where `STAFF_SECOND_FACTOR` says so."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .roles import is_staff_member


class StaffSecondFactorMiddleware:
    """Send whoever may enter the admin but has no second factor to the page that sets it up.

    Signing in asks for the factor as soon as one is active (django-allauth), so here it is enough that there is one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR and self._is_missing(request):
            messages.warning(
                request,
                _("Per lavorare qui serve un secondo passaggio oltre alla password: lo imposti ora, una volta sola."),
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    @staticmethod
    def _is_missing(request: HttpRequest) -> bool:
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return False
        return is_staff_member(request.user) and not is_mfa_enabled(request.user)
