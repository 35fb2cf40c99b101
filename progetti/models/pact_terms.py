"""From when to when a pact holds, whether it goes on, whether others may join; and the state that follows."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from portal.pages.words import day_words

from ..pact_enums import EXPIRING_WITHIN_DAYS, IN_FORCE_STATES, PactState

ENDS_BEFORE_START = _("Il patto non può finire prima di cominciare.")
STATE_TONES = {
    PactState.PREPARING: "neutral",
    PactState.IN_FORCE: "success",
    PactState.EXPIRING: "warning",
    PactState.EXPIRED: "neutral",
}


def state_on(today: date, *, has_text: bool, start: date | None, end: date | None) -> PactState:
    """Where a pact stands on a day. A pact without end never expires, one without a text in force is in preparation.

    Args:
        has_text: whether a version of its text is in force.
        start: the first day; None means as soon as there is a text.
        end: the last day, included.
    """
    if end is not None and end < today:
        return PactState.EXPIRED
    if not has_text or (start is not None and start > today):
        return PactState.PREPARING
    if end is not None and end <= today + timedelta(days=EXPIRING_WITHIN_DAYS):
        return PactState.EXPIRING
    return PactState.IN_FORCE


class PactTermsMixin(models.Model):
    """Duration and renewal of a pact, and whether it is open to new signatories."""

    start = models.DateField(pgettext_lazy("pact", "dal"), null=True, blank=True)
    end = models.DateField(
        pgettext_lazy("pact", "al"), null=True, blank=True, help_text=_("L'ultimo giorno. Vuoto se non ha scadenza.")
    )
    renewable = models.BooleanField(_("si può rinnovare"), default=False)
    renewal = models.CharField(
        _("come si rinnova"), max_length=255, blank=True, help_text=_("Chi lo decide, quando, per quanto tempo.")
    )
    open_to_signatories = models.BooleanField(
        _("aperto a nuovi sottoscrittori"),
        default=False,
        help_text=_("La pagina mostra il modulo per aderire finché il patto è in vigore."),
    )

    terms_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldRowPanel([FieldPanel("renewable"), FieldPanel("renewal")]),
                FieldPanel("open_to_signatories"),
            ],
            heading=_("Durata e adesioni"),
        )
    ]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": ENDS_BEFORE_START})

    @property
    def state(self) -> PactState:
        """Where the pact stands today; asks for its text unless the queryset has told the state already."""
        known = getattr(self, "state_now", None)
        if known is not None:
            return PactState(known)
        has_text = self.version_in_force() is not None  # type: ignore[attr-defined]  # given by the page
        return self.state_with(has_text)

    def state_with(self, has_text: bool) -> PactState:
        """Where the pact stands today, for who knows already whether it has a text in force."""
        return state_on(timezone.localdate(), has_text=has_text, start=self.start, end=self.end)

    @property
    def badge(self) -> dict[str, object]:
        """The state as `components/state.html` shows it."""
        return badge_of(self.state)

    @property
    def card_meta(self) -> list[dict[str, object]]:
        """The lines under a card: how many signed, until when; for pacts of `for_cards`."""
        lines: list[dict[str, object]] = []
        count = getattr(self, "signature_count", 0)
        if count:
            words = ngettext("%(count)s firma", "%(count)s firme", count) % {"count": count}
            lines.append({"icon": "it-user", "text": words})
        if self.end is not None:
            until = _now("fino al %(last)s") % {"last": day_words(self.end, weekday=False)}
            lines.append({"icon": "it-calendar", "text": until, "accent": self.state == PactState.EXPIRING})
        return lines

    def takes_signatures(self, state: PactState) -> bool:
        """Whether the page offers the form to join, in a state."""
        return self.open_to_signatories and state in IN_FORCE_STATES

    @property
    def duration_words(self) -> str:
        """«dal 1º marzo 2026 al 28 febbraio 2029», «senza scadenza»."""
        first = day_words(self.start, weekday=False) if self.start else ""
        last = day_words(self.end, weekday=False) if self.end else ""
        if first and last:
            return _now("dal %(first)s al %(last)s") % {"first": first, "last": last}
        if first:
            return _now("dal %(first)s, senza scadenza") % {"first": first}
        return _now("fino al %(last)s") % {"last": last} if last else _now("senza scadenza")

    @property
    def renewal_words(self) -> str:
        """How the pact goes on after its end; empty for one that never ends."""
        if self.end is None:
            return ""
        return self.renewal or (_now("si può rinnovare") if self.renewable else _now("non è previsto"))


def badge_of(state: PactState) -> dict[str, object]:
    """A state as `components/state.html` shows it."""
    return {"label": state.label, "tone": STATE_TONES[state]}
