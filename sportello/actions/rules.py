"""Programme rules: a new one from a day on; none is ever changed."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..errors import GuardRefused, NotPermitted
from ..models import ProgrammeRule
from .common import write_log

WHAT_IT_SAYS = (
    "minimum_age", "maximum_age", "statuses", "minimum_days", "maximum_days", "daily_hours", "weekly_hours_by_age",
    "minors_in_the_evening", "indemnity", "headcount", "once_per_host", "documents", "signers",
)  # fmt: skip


def draw_rule(values: Mapping) -> ProgrammeRule:
    """Return a rule as it would be, not saved: for a preview. One that ends a series says nothing else."""
    kept = {name: value for name, value in values.items() if not (values.get("ends") and name in WHAT_IT_SAYS)}
    return ProgrammeRule(**kept)


def add_rule(values: Mapping, by) -> ProgrammeRule:
    """Write a rule that holds from a day on, until the next one of its kind and region begins.

    Args:
        values: fields of `ProgrammeRule` by name.

    Raises:
        NotPermitted: `by` supervises no desk.
        ValidationError: by field, what the rule cannot say.
        GuardRefused: `valid_from` (before today, or another rule begins on that day) or `ends` (no series to end).
    """
    if not permissions.supervises(by):
        raise NotPermitted
    rule = draw_rule(values)
    series = ProgrammeRule.objects.filter(kind=rule.kind, region=rule.region)
    if rule.valid_from < timezone.localdate():
        raise GuardRefused(_("Una regola vale da oggi in poi: il passato non si riscrive."), "valid_from")
    if rule.ends and not series.exists():
        raise GuardRefused(_("Questa regione non ha regole sue per questo tipo: non c'è nulla da finire."), "ends")
    try:
        rule.full_clean()
        with transaction.atomic():
            rule.save()
            write_log(rule, "rule_added", by)
    except (ValidationError, IntegrityError) as error:
        # Asked after the fact: between looking and writing somebody else may write one.
        if not series.filter(valid_from=rule.valid_from).exists():
            raise
        raise GuardRefused(
            _("C'è già una regola di questo tipo e di questa regione da quel giorno."), "valid_from"
        ) from error
    return rule


def withdraw_rule(rule: ProgrammeRule, by) -> None:
    """Take back a rule that has not begun.

    Raises:
        NotPermitted: `by` supervises no desk.
        GuardRefused: `begun`, it holds or held.
    """
    if not permissions.supervises(by):
        raise NotPermitted
    with transaction.atomic():
        rule = ProgrammeRule.objects.select_for_update().get(pk=rule.pk)
        if rule.has_begun:
            raise GuardRefused(_("Questa regola vale già: se ne scrive una nuova da un altro giorno."), "begun")
        write_log(rule, "rule_withdrawn", by)
        rule.delete()
