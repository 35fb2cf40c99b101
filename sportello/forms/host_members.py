"""What the people of a host are asked about each other: who is invited, with which role, who follows what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import HostRole, OfferState
from ..models import Host, HostMembership, Offer

WHAT_ROLES_DO = {
    HostRole.OWNER: _("Titolare: tutto, anche le persone, i dati della realtà e la firma del patto"),
    HostRole.RECRUITER: _("Selezione: scrive le offerte e risponde alle candidature"),
    HostRole.TUTOR: _("Tutor: vede candidature e percorsi delle offerte che segue, senza rispondere"),
}


def role_field() -> forms.ChoiceField:
    """The role, with what each may do in its own line."""
    return forms.ChoiceField(
        label=_("Che cosa può fare?"),
        choices=list(WHAT_ROLES_DO.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli che cosa farà questa persona.")},
    )


class InviteForm(forms.Form):
    """Ask somebody to act for the host."""

    email = forms.EmailField(
        label=_("Indirizzo e-mail"),
        max_length=254,
        help_text=_("Le mandiamo un invito che vale quattordici giorni. Sceglie lei se accettare."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Questo indirizzo non è scritto bene: controllalo.")},
    )
    role = role_field()


class MemberForm(forms.Form):
    """Another role, and the offers that a tutor follows."""

    role = role_field()
    offers = forms.ModelMultipleChoiceField(
        label=_("Offerte che segue"),
        queryset=Offer.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Conta solo per i tutor."),
    )

    def __init__(self, *args, host: Host, member: HostMembership, **kwargs):
        initial = {"role": member.role, "offers": [offer.pk for offer in member.offers.all()]}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        offers = Offer.objects.filter(host=host).exclude(state=OfferState.CLOSED).order_by("title", "pk")
        self.fields["offers"].queryset = offers  # type: ignore[attr-defined]  # a model choice field
        if not offers.exists():
            del self.fields["offers"]
