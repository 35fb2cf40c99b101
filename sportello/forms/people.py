"""Forms about who answers for a young person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums_people import GuardianRelation


class InviteGuardianForm(forms.Form):
    """The address of who answers for the young person."""

    email = forms.EmailField(
        label=_("L'indirizzo e-mail di chi risponde per te"),
        max_length=254,
        help_text=_("Di un genitore, di un tutore o di chi ti ha in affido. Gli mandiamo un link per rispondere."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class ConfirmGuardianForm(forms.Form):
    """What an adult declares when answering an invitation."""

    relation = forms.ChoiceField(
        label=_("Per questa persona sei"),
        choices=GuardianRelation,
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli che cosa sei per questa persona.")},
    )
    declaration = forms.BooleanField(
        label=_("Ho almeno 18 anni e ne ho la responsabilità: lo dichiaro sapendo che dichiarare il falso è un reato"),
        help_text=_("Lo Sportello può chiederti di mostrarlo, per esempio al primo incontro."),
        error_messages={"required": _("Serve questa dichiarazione: se non puoi farla, rispondi di no più sotto.")},
    )


class CancelPlacementForm(forms.Form):
    """Taking a consent back after the seat was accepted: it is said aloud."""

    cancel_placement = forms.BooleanField(
        label=_("Sì, annulla anche il percorso che si sta preparando"),
        error_messages={"required": _("Il percorso è in preparazione: per revocare conferma che va annullato.")},
    )
