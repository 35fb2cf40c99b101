"""What can be done to several rows of the inbox at once: each row through its own action, and told one by one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import permissions
from ..actions import applications_desk, hosts, inbox, offers, reminders, reports
from ..errors import ActionError, WrongState
from ..forms.desk import ConfirmForm, ReasonForm
from .inbox import KINDS, locate, waiting_since
from .kinds import WaitingKind

MAX_ROWS = 100
K = WaitingKind
_EVERYTHING = frozenset(K.values)


def _in_a_week() -> date:
    return timezone.localdate() + timedelta(days=7)


class PutOffForm(forms.Form):
    """Until when."""

    until = forms.DateField(
        label=gettext_lazy("Fino a quando"),
        initial=_in_a_week,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "Torna in elenco quel giorno. Chi aspetta non se ne accorge: usalo se ci hai già parlato."
        ),
        error_messages={
            "required": gettext_lazy("Scrivi fino a quando rimandare."),
            "invalid": gettext_lazy("Scrivi un giorno, per esempio 2027-03-15."),
        },
    )

    def clean_until(self) -> date:
        """A day ahead, not too far."""
        until = self.cleaned_data["until"]
        if not 1 <= (until - timezone.localdate()).days <= 60:
            raise forms.ValidationError(_("Scegli un giorno tra domani e i prossimi due mesi."))
        return until


class OutcomeForm(ReasonForm):
    """What the desk has found out; it stays at the desk."""

    reason = forms.CharField(
        label=gettext_lazy("Che cosa hai visto e fatto"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Resta allo Sportello: serve a chi riapre la storia di questa offerta."),
        error_messages={"required": gettext_lazy("Scrivi in due parole che cosa hai visto e fatto.")},
    )


@dataclass(frozen=True, slots=True)
class BatchAction:
    """Something to do to rows of some kinds.

    Attributes:
        perform: called with (kind, thing, user, values of the form).
        form: what is asked first; None does it without a question.
        inverse: the action that undoes it, empty if nothing does.
    """

    key: str
    label: str | Promise
    done: str | Promise
    kinds: frozenset[str]
    # Which model the thing is comes from the kind: `Any`, for no type could say so.
    perform: Callable[[str, Any, Any, dict], object]
    form: type[forms.Form] | None = ConfirmForm
    question: str | Promise = ""
    inverse: str = ""
    offered: bool = True


def _still_waiting(kind: str, thing) -> datetime:
    since = waiting_since(kind, thing.pk)
    if since is None:
        raise WrongState(_("Nel frattempo è stata sistemata: non aspetta più."))
    return since


def _put_off(kind: str, thing, by, values: dict):
    _still_waiting(kind, thing)
    return inbox.put_off(kind, thing, by, values["until"])


def _remind(kind: str, thing, by, values: dict):
    return reminders.remind_to_reconfirm(thing, by) if kind == K.STALE else reminders.remind_host(thing, by)


BATCH: dict[str, BatchAction] = {
    item.key: item
    for item in (
        BatchAction(
            "take",
            gettext_lazy("Me ne occupo io"),
            gettext_lazy("te ne occupi tu"),
            _EVERYTHING,
            lambda kind, thing, by, values: inbox.take(kind, thing, by, _still_waiting(kind, thing)),
            form=None,
            inverse="release",
        ),
        BatchAction(
            "release",
            gettext_lazy("Non me ne occupo più"),
            gettext_lazy("è di nuovo di tutti"),
            _EVERYTHING,
            lambda kind, thing, by, values: inbox.release(kind, thing, by),
            form=None,
        ),
        BatchAction(
            "put_off",
            gettext_lazy("Rimanda"),
            gettext_lazy("rimandata"),
            _EVERYTHING,
            _put_off,
            form=PutOffForm,
            question=gettext_lazy(
                "Spariscono dall'elenco fino al giorno che scegli, per tutti quelli del tuo Sportello."
            ),
            inverse="bring_back",
        ),
        BatchAction(
            "bring_back",
            gettext_lazy("Riporta in elenco"),
            gettext_lazy("di nuovo in elenco"),
            _EVERYTHING,
            lambda kind, thing, by, values: inbox.bring_back(kind, thing, by),
            form=None,
        ),
        BatchAction(
            "remind",
            gettext_lazy("Sollecita la realtà"),
            gettext_lazy("sollecito inviato"),
            frozenset({K.UNANSWERED, K.STALE}),
            _remind,
            question=gettext_lazy("A ogni realtà arriva un'e-mail che chiede di rispondere. Al massimo una al giorno."),
        ),
        BatchAction(
            "publish",
            gettext_lazy("Pubblica"),
            gettext_lazy("pubblicata"),
            frozenset({K.MODERATE}),
            lambda kind, thing, by, values: offers.publish_offer(thing, by),
            question=gettext_lazy("Hai letto queste offerte? Da subito si vedono sul portale e ci si può candidare."),
            inverse="pause",
        ),
        BatchAction(
            "pause",
            gettext_lazy("Metti in pausa"),
            gettext_lazy("in pausa, non si vede più"),
            frozenset({K.MODERATE, K.STALE}),
            lambda kind, thing, by, values: offers.pause_offer(thing, by),
            form=None,
            inverse="resume",
            offered=False,
        ),
        BatchAction(
            "resume",
            gettext_lazy("Rimetti sul portale"),
            gettext_lazy("di nuovo sul portale"),
            frozenset({K.MODERATE, K.STALE}),
            lambda kind, thing, by, values: offers.resume_offer(thing, by),
            form=None,
            inverse="pause",
            offered=False,
        ),
        BatchAction(
            "return",
            gettext_lazy("Rimanda indietro con un motivo"),
            gettext_lazy("rimandata indietro"),
            frozenset({K.MODERATE}),
            lambda kind, thing, by, values: offers.return_offer(thing, by, values["reason"]),
            form=ReasonForm,
            question=gettext_lazy("Lo stesso motivo arriva per e-mail a chi ha scritto ognuna di queste offerte."),
        ),
        BatchAction(
            "pass",
            gettext_lazy("Lascia passare la candidatura"),
            gettext_lazy("arrivata alla realtà"),
            frozenset({K.REVIEW}),
            lambda kind, thing, by, values: applications_desk.pass_review(thing, by),
            question=gettext_lazy("Le hai lette? Da subito le realtà le ricevono."),
        ),
        BatchAction(
            "give_back",
            gettext_lazy("Rimanda la candidatura a chi l'ha scritta"),
            gettext_lazy("rimandata a chi l'ha scritta"),
            frozenset({K.REVIEW}),
            lambda kind, thing, by, values: applications_desk.return_to_draft(thing, by, values["reason"]),
            form=ReasonForm,
            question=gettext_lazy("Lo stesso motivo arriva a ognuna di queste persone. Ciò che hanno scritto resta."),
        ),
        BatchAction(
            "uphold",
            gettext_lazy("Chiudi la segnalazione: era fondata"),
            gettext_lazy("segnalazione chiusa"),
            frozenset({K.REPORT}),
            lambda kind, thing, by, values: reports.close_report(thing, by, upheld=True, outcome=values["reason"]),
            form=OutcomeForm,
            question=gettext_lazy(
                "L'offerta non cambia da sola: se serve, sospendila o rimandala indietro dalla sua scheda."
            ),
        ),
        BatchAction(
            "dismiss",
            gettext_lazy("Chiudi la segnalazione: non era fondata"),
            gettext_lazy("segnalazione chiusa"),
            frozenset({K.REPORT}),
            lambda kind, thing, by, values: reports.close_report(thing, by, upheld=False, outcome=values["reason"]),
            form=OutcomeForm,
            question=gettext_lazy("L'offerta resta com'è."),
        ),
        BatchAction(
            "verify",
            gettext_lazy("Verifica la realtà"),
            gettext_lazy("verificata"),
            frozenset({K.VERIFY}),
            lambda kind, thing, by, values: hosts.verify_host(thing, by),
            question=gettext_lazy(
                "Hai controllato che ognuna sia chi dice di essere? Da qui in poi le loro offerte possono uscire."
            ),
        ),
    )
}


def choices() -> list[tuple[str, str]]:
    """The actions offered in the inbox."""
    return [(item.key, str(item.label)) for item in BATCH.values() if item.offered]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row somebody has ticked; `thing` is None when it is not there or of another desk."""

    key: str
    kind: str
    thing: object | None

    @property
    def title(self) -> str:
        """How it is called in the result."""
        if self.thing is None:
            return _("Una riga che non c'è più")
        name = getattr(self.thing, "youth", None)
        if name is not None:
            return f"{name.user.get_full_name() or name}, {self.thing.offer.title}"  # type: ignore[attr-defined]
        return str(self.thing)


def chosen(keys: Iterable[str], user) -> list[Chosen]:
    """The rows of the keys that a form sent, each once, at most `MAX_ROWS`; what makes no sense is left out."""
    desk_ids = permissions.desks_of(user)
    rows = []
    for key in list(dict.fromkeys(keys))[:MAX_ROWS]:
        kind, _colon, pk = key.partition(":")
        # A bigint and no more: a longer number is not one of ours, and the database would refuse to compare it.
        if kind in KINDS and pk.isascii() and pk.isdigit() and len(pk) <= 18:
            rows.append(Chosen(key, kind, locate(kind, int(pk), desk_ids)))
    return rows


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    key: str
    title: str
    ok: bool
    text: str


def run(action: BatchAction, rows: Iterable[Chosen], user, values: dict) -> list[Outcome]:
    """Do an action to each row, one by one: what is refused does not stop the others."""
    return [_one(action, row, user, values) for row in rows]


def _one(action: BatchAction, row: Chosen, user, values: dict) -> Outcome:
    if row.thing is None:
        return Outcome(row.key, row.title, False, _("Non c'è, oppure è di un altro Sportello."))
    if row.kind not in action.kinds:
        return Outcome(
            row.key, row.title, False, _("A questa riga non si può fare «%(what)s».") % {"what": action.label}
        )
    try:
        action.perform(row.kind, row.thing, user, values)
    except ActionError as error:
        return Outcome(row.key, row.title, False, str(error))
    except ValidationError as error:
        return Outcome(row.key, row.title, False, " ".join(error.messages))
    return Outcome(row.key, row.title, True, str(action.done))
