"""django-allauth, as this portal uses it: e-mails go through the portal's own mail, in the reader's language."""

from datetime import datetime

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from portal.ops.mail import enqueue_email


def localised_path(path: str) -> str:
    """A path written in the settings (Italian, without prefix) in the language of the current page."""
    language = get_language() or settings.LANGUAGE_CODE
    with override(settings.LANGUAGE_CODE):
        return translate_url(path, language)


# What allauth puts into the context of its e-mails and ours show; the request and model instances stay out.
_SHOWN = ("activate_url", "code", "deleted_email", "from_email", "password_reset_url", "signup_url", "to_email")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in with an e-mail address; words and e-mails are ours."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Questo account è stato disattivato."),
        "duplicate_email": _("Usi già questo indirizzo."),
        "email_password_mismatch": _("L'indirizzo o la password non sono giusti. Riprova, o entra con un codice."),
        "enter_current_password": _("La password attuale non è giusta."),
        "incorrect_code": _("Il codice non è giusto. Controlla e riprova."),
        "incorrect_password": _("La password non è giusta."),
        "rate_limited": _("Hai fatto troppe richieste in poco tempo: aspetta un momento e riprova."),
        "too_many_login_attempts": _("Troppi tentativi non riusciti: aspetta qualche minuto e riprova."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Queue the e-mail that allauth calls `account/email/<name>`: here it is `emails/users/<name>`."""
        values = {key: context[key] for key in _SHOWN if key in context}
        values["email"] = email
        values["first_name"] = getattr(context.get("user"), "first_name", "")
        values["code_minutes"] = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
        values["link_days"] = settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS
        values["reset_hours"] = settings.PASSWORD_RESET_TIMEOUT // 3600
        if "provider" in context:
            values["provider_name"] = context["provider"].name
        if isinstance(context.get("timestamp"), datetime):
            values["happened_at"] = context["timestamp"]
        name = template_prefix.rsplit("/", 1)[-1]
        enqueue_email(f"users/{name}", email, values, (get_language() or settings.LANGUAGE_CODE).split("-")[0])

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation) -> str:
        """The link of the confirmation; it keeps where the reader was going, for whoever opens it on another device."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        return passthrough_next_redirect_url(request, url, REDIRECT_FIELD_NAME)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The reserved area, in the language of the page on which one signed in."""
        return localised_path(super().get_login_redirect_url(request))

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The home page, in the same language."""
        return localised_path(super().get_logout_redirect_url(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a change of password: the page of the account, where the message shows."""
        return reverse("account_index")


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through SPID, CIE or another OpenID Connect provider; words and e-mails are ours."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _(
            "Con questo indirizzo esiste già un account: entra con quello, poi collega %s dalla pagina del tuo account."
        ),
        "no_password": _("Prima scegli una password: altrimenti non potresti più entrare."),
        "no_verified_email": _("Prima conferma il tuo indirizzo e-mail."),
    }

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount) -> str:
        """After connecting: the page of the account, where the message shows."""
        return reverse("account_index")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: the authenticator app shows whose codes they are."""

    def get_totp_issuer(self) -> str:
        """The portal, as its redazione calls it."""
        return str(settings.WAGTAIL_SITE_NAME)
