"""What happens to a call after its publication: extension, early closing, suspension, resumption, revocation."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin

from ..enums import ACTS_ON_DEADLINE, CallActKind
from ..states import ActFacts, whole_day

DEADLINE_KINDS = [kind.value for kind in ACTS_ON_DEADLINE]


class CallAct(TranslatableMixin, Orderable):
    """An act on a call, in force from the first moment of its day in Italy."""

    page = ParentalKey("bandi.CallPage", on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(_("atto"), max_length=20, choices=CallActKind)
    date = models.DateField(_("in vigore dal"), help_text=_("Il giorno in cui l'atto comincia a valere."))
    reason = models.TextField(_("motivo"), help_text=_("Lo leggono tutti: in una o due frasi."))
    new_deadline = models.DateTimeField(
        _("nuova scadenza"),
        null=True,
        blank=True,
        help_text=_("Solo per proroga e chiusura anticipata. Senza ora vale fino alla fine del giorno."),
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("date"), FieldPanel("new_deadline")]),
        FieldPanel("reason"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("atto sul bando")
        verbose_name_plural = _("atti sul bando")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind__in=DEADLINE_KINDS, new_deadline__isnull=False)
                    | (~Q(kind__in=DEADLINE_KINDS) & Q(new_deadline__isnull=True))
                ),
                name="call_act_deadline_only_where_it_changes",
                violation_error_message=_(
                    "Indica la nuova scadenza per una proroga o una chiusura anticipata, e solo per queste."
                ),
            ),
            models.CheckConstraint(condition=Q(kind__in=CallActKind.values), name="call_act_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.date})"

    def clean(self):
        super().clean()
        if self.kind in ACTS_ON_DEADLINE:
            if self.new_deadline is None:
                raise ValidationError({"new_deadline": _("Indica la nuova scadenza.")})
            self.new_deadline = whole_day(self.new_deadline)
        elif self.kind and self.new_deadline is not None:
            message = _("Questo atto non cambia la scadenza: lascia vuoto questo campo.")
            raise ValidationError({"new_deadline": message})

    @property
    def facts(self) -> ActFacts:
        """What bandi.states needs to know of the act."""
        return ActFacts(kind=self.kind, day=self.date, new_deadline=self.new_deadline)
