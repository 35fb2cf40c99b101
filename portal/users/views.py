"""What django-allauth leaves out: the page of the account, and a new confirmation link for whoever lost the first."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import (
    handle_verification_email_rate_limit,
    send_verification_email_to_address,
)
from allauth.account.models import EmailAddress
from allauth.account.views import ConfirmEmailView as AllauthConfirmEmailView
from allauth.decorators import rate_limit
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, UpdateView

from .forms import NameForm, ResendConfirmationForm
from .models import User


class AccountView(LoginRequiredMixin, SuccessMessageMixin, UpdateView):
    """The page of the account: name, address, password, second factor, sessions."""

    form_class = NameForm
    template_name = "account/index.html"
    success_url = reverse_lazy("account_index")
    success_message = gettext_lazy("Nome aggiornato.")

    def get_object(self, queryset=None) -> User:
        """The reader, read again from the database: a refused change must not show in the header."""
        return User.objects.get(email=self.request.user.get_username())

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            second_factor=is_mfa_enabled(self.request.user),
            has_providers=bool(get_social_adapter().list_providers(self.request)),
            **kwargs,
        )


class EndSessionView(LoginRequiredMixin, View):
    """Sign one device out: one of the reader's own, other than this."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        session = get_object_or_404(UserSession, pk=pk, user=request.user)
        if session.is_current():
            return HttpResponseRedirect(reverse("account_logout"))
        session.end()
        messages.success(request, _("Fatto: quel dispositivo è uscito dal tuo account."))
        return HttpResponseRedirect(reverse("usersessions_list"))


class ConfirmEmailView(AllauthConfirmEmailView):
    """The page that the link of the confirmation opens: it asks, and confirms by POST only.

    A link that has expired, was used or lost a piece on the way gets the same page with the way to a new one, status
    410, whether opened or posted.
    """

    def get(self, *args, **kwargs) -> HttpResponse:
        response = super().get(*args, **kwargs)
        if self.object is None:
            response.status_code = 410
        return response

    def post(self, *args, **kwargs) -> HttpResponse:
        try:
            return super().post(*args, **kwargs)
        except Http404:
            self.object = None
            return self.render_to_response(self.get_context_data(), status=410)


@method_decorator(rate_limit(action="resend_confirmation"), name="dispatch")
class ResendConfirmationView(FormView):
    """Send a new confirmation link. The answer is the same whoever has an account: only the e-mail tells."""

    form_class = ResendConfirmationForm
    template_name = "account/resend_confirmation.html"

    def form_valid(self, form: ResendConfirmationForm) -> HttpResponse:
        _send_new_link(self.request, form.cleaned_data["email"].lower())
        messages.success(self.request, _("Se l'indirizzo aspetta una conferma, il nuovo link è in arrivo."))
        return HttpResponseRedirect(reverse("account_email_verification_sent"))


def _send_new_link(request: HttpRequest, email: str) -> None:
    """Write to the address what is true of it: a new link, that it has an account already, or that it has none."""
    address = EmailAddress.objects.filter(email=email).order_by("-verified", "pk").first()
    if address is None or not address.verified:
        send_verification_email_to_address(request, address or EmailAddress(email=email))
    elif handle_verification_email_rate_limit(request, email):
        get_adapter(request).send_account_already_exists_mail(email)
