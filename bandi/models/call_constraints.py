"""What the database itself refuses in a call: amounts and dates in the wrong order, unknown kinds."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import CallKind, CallSource

CALL_CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(minimum_grant__isnull=True)
        | Q(maximum_grant__isnull=True)
        | Q(minimum_grant__lte=F("maximum_grant")),
        name="call_minimum_within_maximum",
        violation_error_message=_("Il contributo minimo supera il massimo."),
    ),
    models.CheckConstraint(
        condition=Q(maximum_grant__isnull=True)
        | Q(total_amount__isnull=True)
        | Q(maximum_grant__lte=F("total_amount")),
        name="call_maximum_within_total",
        violation_error_message=_("Il contributo massimo supera le risorse in tutto."),
    ),
    models.CheckConstraint(
        condition=Q(minimum_grant__isnull=True)
        | Q(total_amount__isnull=True)
        | Q(minimum_grant__lte=F("total_amount")),
        name="call_minimum_within_total",
        violation_error_message=_("Il contributo minimo supera le risorse in tutto."),
    ),
    models.CheckConstraint(
        condition=(Q(total_amount__isnull=True) | Q(total_amount__gte=0))
        & (Q(minimum_grant__isnull=True) | Q(minimum_grant__gte=0))
        & (Q(maximum_grant__isnull=True) | Q(maximum_grant__gte=0)),
        name="call_amounts_not_negative",
        violation_error_message=_("Gli importi non possono essere negativi."),
    ),
    models.CheckConstraint(
        condition=Q(opening__isnull=True) | Q(deadline__isnull=True) | Q(opening__lt=F("deadline")),
        name="call_opens_before_deadline",
        violation_error_message=_("La scadenza viene dopo l'apertura."),
    ),
    models.CheckConstraint(
        condition=Q(co_funding_share__isnull=True) | (Q(co_funding_share__gte=0) & Q(co_funding_share__lte=100)),
        name="call_co_funding_share_is_percentage",
        violation_error_message=_("Il cofinanziamento è una percentuale da 0 a 100."),
    ),
    models.CheckConstraint(condition=Q(kind__in=CallKind.values), name="call_kind_known"),
    models.CheckConstraint(condition=Q(source__in=CallSource.values), name="call_source_known"),
    models.CheckConstraint(
        condition=Q(opening__isnull=True)
        | Q(questions_deadline__isnull=True)
        | Q(opening__lte=F("questions_deadline")),
        name="call_questions_end_after_opening",
        violation_error_message=_("Le domande non possono finire prima dell'apertura."),
    ),
]
