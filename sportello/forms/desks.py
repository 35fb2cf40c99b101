"""What supervisors and superusers are asked about a desk and who works there."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.registry.models import Territory

from ..enums import DeskRole
from ..models import Desk


class DeskForm(forms.Form):
    """What people read about a desk; its territory for superusers."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Nome"), max_length=120)
    territory = forms.ModelChoiceField(
        label=_("Territorio"),
        queryset=Territory.objects.order_by("name", "pk"),
        help_text=_("Lo Sportello segue i comuni del territorio. I comuni si scelgono nella pagina del territorio."),
    )
    email = forms.EmailField(label=_("E-mail"), help_text=_("Qui arrivano le risposte alle e-mail del portale."))
    phone = forms.CharField(label=_("Telefono"), max_length=40, required=False)
    opening_hours = forms.CharField(
        label=_("Quando risponde"),
        max_length=160,
        required=False,
        help_text=_("Per esempio: martedì e giovedì, ore 15-18."),
    )

    def __init__(self, *args, desk: Desk | None, may_move: bool, **kwargs):
        names = ("name", "territory", "email", "phone", "opening_hours")
        initial = {name: getattr(desk, name) for name in names} if desk else {}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        if not may_move:
            del self.fields["territory"]


class AppointForm(forms.Form):
    """Somebody begins to work at the desk."""

    email = forms.EmailField(
        label=_("E-mail dell'account"), help_text=_("La persona crea prima il suo account, con questo indirizzo.")
    )
    role = forms.ChoiceField(
        label=_("Che cosa può fare?"),
        choices=[
            (DeskRole.OPERATOR, _("Operatore: verifica, controlla, accompagna")),
            (DeskRole.SUPERVISOR, _("Supervisore: anche persone, regole e registri")),
            (DeskRole.AUDITOR, _("Revisore: guarda numeri e registri, senza agire")),
        ],
        widget=forms.RadioSelect,
    )
