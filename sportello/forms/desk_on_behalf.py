"""What the desk is asked when it does something on somebody's behalf."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WhyForm(forms.Form):
    """Why, if there is something to say: it stays in the log."""

    reason = forms.CharField(
        label=_("Che cosa è successo"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Per esempio: «ha telefonato, ha trovato altro». Resta nella storia della candidatura."),
    )


class ApplyForThemForm(forms.Form):
    """Which offer, and why it interests the person, in their words."""

    offer = forms.ChoiceField(
        label=_("L'offerta"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Scegli un'offerta."),
            "invalid_choice": _("Questa offerta non è più tra quelle possibili: scegline un'altra."),
        },
    )
    motivation = forms.CharField(
        label=_("Perché le interessa, con parole sue"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("La legge la realtà. Scrivila insieme, o sotto dettatura: non al suo posto."),
        error_messages={"required": _("Scrivi perché interessa: bastano poche righe.")},
    )

    def __init__(self, *args, offers: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offer"].choices = offers  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """For which days; empty means the earliest possible."""

    start = forms.DateField(
        label=_("Primo giorno"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Scrivi un giorno, per esempio 2027-03-15.")},
    )
    end = forms.DateField(
        label=_("Ultimo giorno"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Lascia vuoti i due giorni per offrire i primi possibili."),
        error_messages={"invalid": _("Scrivi un giorno, per esempio 2027-03-15.")},
    )
