"""The forms of sign-up, sign-in and account: django-allauth's, with labels and help as a person would write them."""

from datetime import date
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .ages import OLDEST, age_today, may_have_account
from .models import User

Text = Any  # a string, or one that is translated when it is shown

PASSWORD_HELP = _("Almeno 10 caratteri: vanno bene anche tre o quattro parole che ricordi solo tu.")


BIRTH_DATE_KEY = "signup_birth_date"
"""Where the session keeps the date until the profile of a young person takes it: nobody types it twice."""

TOO_YOUNG = _(
    "Ci si può registrare dai 14 anni: ti aspettiamo. Non abbiamo salvato niente di quello che hai scritto. "
    "Intanto puoi guardare le esperienze senza account, oppure venire allo Sportello con un genitore."
)

PRIVACY_REQUIRED = _("Per creare l'account serve questa conferma.")


class PlainFields:
    """Replaces labels and help texts, and drops placeholders: they vanish while one types."""

    labels: dict[str, Text] = {}
    help_texts: dict[str, Text] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.help_texts.get(name, "")
            field.label = self.labels.get(name, field.label)
            if name == "code":
                # Codes are typed from another screen: no capitals, no suggestions, the keyboard that fits.
                field.widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})


class NewcomerFields(PlainFields):
    """What everybody who signs up is asked, by whichever door they come in."""

    labels = {
        "first_name": _("Nome"),
        "last_name": _("Cognome"),
        "email": _("Indirizzo e-mail"),
        "password1": _("Scegli una password"),
        "password2": _("Ripeti la password"),
        "birth_date": _("Data di nascita"),
        "privacy": _("Ho letto l'informativa sulla privacy"),
    }
    help_texts = {
        "birth_date": _(
            "Serve a sapere se hai almeno 14 anni, e non resta nell'account. Se ne hai meno di 18 e cerchi "
            "un'esperienza, dopo il profilo ti chiediamo l'e-mail di un genitore o tutore: ci si candida con il suo sì."
        ),
        "email": _("Ti mandiamo un messaggio per confermarlo."),
        "password1": PASSWORD_HELP,
    }

    def clean_birth_date(self) -> date:
        """Refuse who is too young, before anything is written: no account, no e-mail, no trace in the session."""
        birth_date: date = self.cleaned_data["birth_date"]  # type: ignore[attr-defined]  # set by Django's form
        if not 0 <= age_today(birth_date) <= OLDEST:
            raise forms.ValidationError(_("Questa data non può essere giusta: controlla l'anno."), "impossible")
        if not may_have_account(birth_date):
            raise forms.ValidationError(TOO_YOUNG, "too_young")
        return birth_date

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Keep when the person said to have read the privacy notice."""
        user.privacy_read_at = timezone.now()
        user.save(update_fields=["privacy_read_at"])
        birth_date = self.cleaned_data["birth_date"]  # type: ignore[attr-defined]  # set by Django's form
        request.session[BIRTH_DATE_KEY] = birth_date.isoformat()


def _birth_date_field() -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Scrivi la tua data di nascita."),
            "invalid": _("Scrivi la data come giorno/mese/anno, per esempio 15/03/2008."),
        },
    )


class SignupForm(NewcomerFields, account.SignupForm):
    """Name, address, password, and the privacy notice."""

    first_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    birth_date = _birth_date_field()
    privacy = forms.BooleanField(error_messages={"required": PRIVACY_REQUIRED})

    field_order = ["birth_date", "first_name", "last_name", "email", "password1", "password2", "privacy"]


class SocialSignupForm(NewcomerFields, social.SignupForm):
    """The same for whoever comes in through SPID or CIE: what the provider said is there already."""

    first_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    birth_date = _birth_date_field()
    privacy = forms.BooleanField(error_messages={"required": PRIVACY_REQUIRED})

    field_order = ["birth_date", "first_name", "last_name", "email", "privacy"]


class LoginForm(PlainFields, account.LoginForm):
    labels = {
        "login": _("Indirizzo e-mail"),
        "password": _("Password"),
        "remember": _("Ricordami su questo dispositivo"),
    }


class ResendConfirmationForm(forms.Form):
    """Ask for a new link to confirm one's address."""

    email = forms.EmailField(
        label=_("Indirizzo e-mail"),
        max_length=254,
        help_text=_("Quello con cui hai creato l'account."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class RequestLoginCodeForm(PlainFields, account.RequestLoginCodeForm):
    labels = {"email": _("Indirizzo e-mail")}


class ConfirmLoginCodeForm(PlainFields, account.ConfirmLoginCodeForm):
    labels = {"code": _("Codice ricevuto")}


class ReauthenticateForm(PlainFields, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class ResetPasswordForm(PlainFields, account.ResetPasswordForm):
    labels = {"email": _("Indirizzo e-mail")}


class ResetPasswordKeyForm(PlainFields, account.ResetPasswordKeyForm):
    labels = {"password1": _("Nuova password"), "password2": _("Ripeti la nuova password")}
    help_texts = {"password1": PASSWORD_HELP}


class ChangePasswordForm(PlainFields, account.ChangePasswordForm):
    labels = {
        "oldpassword": _("Password attuale"),
        "password1": _("Nuova password"),
        "password2": _("Ripeti la nuova password"),
    }
    help_texts = {"password1": PASSWORD_HELP}


class SetPasswordForm(PlainFields, account.SetPasswordForm):
    labels = {"password1": _("Nuova password"), "password2": _("Ripeti la nuova password")}
    help_texts = {"password1": PASSWORD_HELP}


class AddEmailForm(PlainFields, account.AddEmailForm):
    labels = {"email": _("Nuovo indirizzo e-mail")}
    help_texts = {"email": _("Ti mandiamo un messaggio per confermarlo; fino ad allora resta quello di prima.")}


class AuthenticateForm(PlainFields, mfa.AuthenticateForm):
    labels = {"code": _("Codice")}
    help_texts = {"code": _("Le sei cifre che mostra la tua app, oppure uno dei codici di riserva.")}


class MfaReauthenticateForm(PlainFields, mfa.ReauthenticateForm):
    labels = AuthenticateForm.labels
    help_texts = AuthenticateForm.help_texts


class ActivateTOTPForm(PlainFields, totp.ActivateTOTPForm):
    labels = {"code": _("Codice mostrato dall'app")}
    help_texts = {"code": _("Sei cifre, che cambiano ogni trenta secondi.")}


class AddPasskeyForm(PlainFields, webauthn.AddWebAuthnForm):
    """A name to tell passkeys apart, and whether it signs in by itself: it does, unless it is a plain security key."""

    labels = {"name": _("Come la chiami"), "passwordless": _("Entro con questa, senza password")}
    help_texts = {
        "name": _("Per riconoscerla, se ne hai più d'una: per esempio «Telefono» o «Computer di casa»."),
        "passwordless": _("Togli la spunta solo se usi una chiavetta di sicurezza, insieme alla password."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["name"] = _("Il mio dispositivo")
        self.initial["passwordless"] = True


class EditPasskeyForm(PlainFields, webauthn.EditWebAuthnForm):
    labels = AddPasskeyForm.labels


class NameForm(forms.ModelForm):
    """How the person wants to be called."""

    class Meta:
        model = User
        fields = ["first_name", "last_name"]
        labels = {"first_name": _("Nome"), "last_name": _("Cognome")}
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
