"""What young people and hosts write about an application: motivation, answers, times to meet, messages."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actions.applications_messages import MAX_LENGTH
from ..answers import Answer
from ..application_enums import MAX_INTERVIEW_TIMES
from ..models import Offer
from .fields import DateInput

_REASON_REQUIRED = _("Scrivi il motivo: chi lo riceve deve poterlo capire.")


class ApplyForm(forms.Form):
    """A candidature: why it interests them. A draft may be saved empty, nothing is sent empty."""

    motivation = forms.CharField(
        label=_("Perché ti interessa?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "Con parole tue, cinque o sei righe bastano. Se non sai da dove cominciare:"
            "<ul><li>che cosa ti ha fatto dire «questa sì»?</li>"
            "<li>che cosa hai già provato a fare, anche da solo o da sola, anche per gioco?</li>"
            "<li>che cosa vorresti saper fare alla fine?</li></ul>"
        ),
        error_messages={"required": _("Scrivi perché ti interessa: bastano poche righe.")},
    )
    include_cv = forms.BooleanField(label=_("Allega il mio curriculum"), required=False)

    def __init__(self, *args, saving: bool = False, cv_name: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if cv_name:
            self.fields["include_cv"].help_text = _("%(name)s. Lo apre solo chi riceve questa candidatura.") % {
                "name": cv_name
            }
        else:
            del self.fields["include_cv"]
        if saving:
            self.fields["motivation"].required = False


class MessageForm(forms.Form):
    """A message inside an application."""

    text = forms.CharField(
        label=_("Il tuo messaggio"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Lo leggono le persone coinvolte e, se serve, lo Sportello. Non scrivere telefono o indirizzo."),
        error_messages={"required": _("Scrivi un messaggio prima di inviarlo.")},
    )


class AnswerForm(forms.Form):
    """What a host says with an answer: a pre-written text that can be changed."""

    message = forms.CharField(
        label=_("La tua risposta"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("È già scritto: cambialo come vuoi prima di inviarlo."),
    )

    def __init__(self, data=None, *, answers: list[Answer], chosen: str = "", **kwargs):
        start = next((answer for answer in answers if answer.key == chosen), answers[0] if answers else None)
        initial = {"message": start.text if start else "", **kwargs.pop("initial", {})}
        super().__init__(data, initial=initial, **kwargs)


class RefusalForm(AnswerForm):
    """A no: the words for the young person, and the reason, which they read only if the host likes."""

    reason = forms.CharField(
        label=_("Il motivo"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Serve a te e allo Sportello per capire. Resta fra voi, a meno che tu scelga di mostrarlo."),
        error_messages={"required": _REASON_REQUIRED},
    )
    share = forms.BooleanField(
        label=_("Mostra il motivo anche a chi si è candidato"),
        required=False,
        help_text=_("Un motivo sincero e gentile aiuta a riprovare."),
    )


class SeatForm(AnswerForm):
    """From when to when the seat is offered, and a word with it."""

    field_order = ["start_date", "end_date", "message"]
    start_date = forms.DateField(label=_("Dal"), widget=DateInput())
    end_date = forms.DateField(label=_("Al"), widget=DateInput())

    def __init__(self, *args, offer: Offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer = offer

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and start < timezone.localdate():
            self.add_error("start_date", _("Il primo giorno è già passato: scegline uno più avanti."))
        elif start and start < self.offer.start_date:
            self.add_error("start_date", _("Il periodo dell'offerta comincia più tardi."))
        if end and end > self.offer.end_date:
            self.add_error("end_date", _("Il periodo dell'offerta finisce prima."))
        if start and end and end < start:
            self.add_error("end_date", _("La fine viene prima dell'inizio: controlla le due date."))
        return cleaned


class MomentInput(forms.DateTimeInput):
    """Day and hour, in the browser's own control."""

    input_type = "datetime-local"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


MINUTES = ((15, _("un quarto d'ora")), (30, _("mezz'ora")), (45, _("tre quarti d'ora")), (60, _("un'ora")))


class InterviewForm(forms.Form):
    """Some times at which to meet, how long and where."""

    minutes = forms.TypedChoiceField(label=_("Quanto dura"), choices=MINUTES, coerce=int, initial=30)
    place = forms.CharField(
        label=_("Dove"),
        max_length=200,
        help_text=_("L'indirizzo, oppure il link della videochiamata."),
        error_messages={"required": _("Scrivi dove vi incontrate: un indirizzo, o il link della videochiamata.")},
    )

    def __init__(self, *args, room: int = MAX_INTERVIEW_TIMES, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = [f"time_{number}" for number in range(1, room + 1)]
        for number, name in enumerate(self.names, start=1):
            self.fields[name] = forms.DateTimeField(
                label=_("Momento %(number)s") % {"number": number},
                required=number == 1,
                widget=MomentInput(),
                error_messages={
                    "required": _("Proponi almeno un momento."),
                    "invalid": _("Scrivi giorno e ora, per esempio 03/03/2027 15:30."),
                },
            )
        self.order_fields([*self.names, "minutes", "place"])

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        seen = set()
        for name in self.names:
            moment = cleaned.get(name)
            if moment is None:
                continue
            if moment <= timezone.now():
                self.add_error(name, ValidationError(_("È già passato: scegline uno più avanti.")))
            elif moment in seen:
                self.add_error(name, ValidationError(_("È lo stesso di prima: cambialo o lascialo vuoto.")))
            seen.add(moment)
        return cleaned

    def times(self) -> list:
        """The times that were filled in."""
        return [self.cleaned_data[name] for name in self.names if self.cleaned_data.get(name)]


class CallOffForm(forms.Form):
    """A word for the other side when a meeting is called off."""

    reason = forms.CharField(
        label=_("Due parole per l'altra persona"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Per esempio perché, e quando potresti."),
    )
