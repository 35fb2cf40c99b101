"""What the desk is asked on the page of a young person, and a supervisor about the words of consents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..desk.kinds import NotePurpose


class InviteForThemForm(forms.Form):
    """Who answers for a minor, when the minor has asked the desk to write."""

    email = forms.EmailField(
        label=_("L'indirizzo e-mail di chi risponde per questa persona"),
        max_length=254,
        help_text=_("Un genitore, un tutore o chi l'ha in affido. Riceve un link che vale 14 giorni."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    agreed = forms.BooleanField(
        label=_("Me lo ha chiesto la persona, e le ho detto che cosa succede"),
        error_messages={"required": _("Parlane prima con la persona: poi metti la spunta.")},
    )


class BirthDateForm(forms.Form):
    """The right date, and how the desk knows."""

    birth_date = forms.DateField(
        label=_("La data giusta"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Scrivi la data giusta."),
            "invalid": _("Scrivi un giorno, per esempio 2009-03-15."),
        },
    )
    reason = forms.CharField(
        label=_("Perché la correggi"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Per esempio: «ho visto la carta d'identità allo Sportello». Lo legge anche la persona."),
        error_messages={"required": _("Scrivi come sai che questa è la data giusta.")},
    )


class OpenCvForm(forms.Form):
    """Why somebody of the desk opens a CV."""

    purpose = forms.ChoiceField(
        label=_("A che cosa ti serve aprirlo"),
        choices=[("", _("Scegli")), *NotePurpose.choices],
        error_messages={
            "required": _("Di' a che cosa ti serve: senza uno scopo il curriculum non si apre."),
            "invalid_choice": _("Scegli uno degli scopi dell'elenco."),
        },
        help_text=_("Resta scritto chi l'ha aperto, quando e perché. Lo vede chi supervisiona, e la persona stessa."),
    )


class ConsentTextForm(forms.Form):
    """The words of the next version, and whether they change what people said yes to."""

    title = forms.CharField(label=_("La domanda"), max_length=160)
    body = forms.CharField(
        label=_("La spiegazione"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("Una riga vuota comincia un nuovo capoverso."),
    )
    title_en = forms.CharField(label=_("La domanda in inglese"), max_length=160)
    body_en = forms.CharField(
        label=_("La spiegazione in inglese"), max_length=4000, widget=forms.Textarea(attrs={"rows": 9})
    )
    asks_again = forms.ChoiceField(
        label=_("Che cosa cambia"),
        choices=[
            ("no", _("Solo le parole: chi ha già detto di sì non deve rispondere di nuovo")),
            ("yes", _("La sostanza: chi ha già detto di sì deve leggere e rispondere di nuovo")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli se cambia la sostanza o solo le parole.")},
    )
