"""What the desk is asked before it writes or reads a support note."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..desk.kinds import NotePurpose

_PURPOSES = [("", _("Scegli")), *NotePurpose.choices]
_NO_PURPOSE = {
    "required": _("Di' a che cosa ti serve: senza uno scopo le note non si aprono."),
    "invalid_choice": _("Scegli uno degli scopi dell'elenco."),
}


class ReadNotesForm(forms.Form):
    """Why somebody wants to read."""

    purpose = forms.ChoiceField(
        label=_("A che cosa ti serve leggerle"),
        choices=_PURPOSES,
        error_messages=_NO_PURPOSE,
        help_text=_("Resta scritto chi ha letto, quando e perché. Lo vede chi supervisiona lo Sportello."),
    )


class WriteNoteForm(forms.Form):
    """A note and what it is for."""

    purpose = forms.ChoiceField(label=_("A che cosa serve la nota"), choices=_PURPOSES, error_messages=_NO_PURPOSE)
    text = forms.CharField(
        label=_("La nota"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Solo ciò che serve ad accompagnare bene la persona: fatti, non giudizi. Niente diagnosi: scrivi che cosa "
            "aiuta. La realtà ospitante non la vede mai."
        ),
        error_messages={
            "required": _("Scrivi la nota."),
            "max_length": _("Al massimo %(limit_value)d caratteri: ne hai scritti %(show_value)d."),
        },
    )
