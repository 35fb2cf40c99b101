"""Reports about offers: made by whoever reads one, looked into by its desk."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, tasks
from ..enums import Actor, OfferState, ReportReason, ReportState
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import Offer, OfferReport
from .common import after_commit, write_log
from .hosts import require_reason

REPORTABLE_STATES = (OfferState.PUBLISHED, OfferState.FULL)


def report_offer(offer: Offer, reason: str, text: str = "", by=None) -> OfferReport:
    """Tell the desk that something is wrong with an offer; nothing of the offer changes.

    Args:
        by: whoever reports, if signed in; nobody has to be.

    Raises:
        WrongState: the offer is not public.
        GuardRefused: `reason` is unknown, `text` is missing for «Altro», or `reported_already` by this person.
    """
    if reason not in ReportReason.values:
        raise GuardRefused(_("Scegli che cosa non va."), "reason")
    text = (text or "").strip()
    if reason == ReportReason.OTHER and not text:
        raise GuardRefused(_("Racconta in due righe che cosa non va."), "text")
    reporter = by if by is not None and by.is_authenticated else None
    try:
        with transaction.atomic():
            offer = Offer.objects.select_for_update().get(pk=offer.pk)
            if offer.state not in REPORTABLE_STATES:
                raise WrongState(_("Questa offerta non è più sul portale."))
            report = OfferReport.objects.create(
                offer=offer, desk_id=offer.desk_id, reason=reason, text=text, reporter=reporter
            )
            after_commit(tasks.notify_about_offer, offer.pk, "offer_reported")
    except IntegrityError as error:
        raise GuardRefused(_("L'hai già segnalata: lo Sportello la sta guardando."), "reported_already") from error
    return report


def close_report(report: OfferReport, by, *, upheld: bool, outcome: str) -> OfferReport:
    """The desk has looked into a report, and writes what it did. Suspending the offer is a step of its own.

    Raises:
        NotPermitted: `by` does not work at the desk of the offer.
        WrongState: somebody has already closed it.
        GuardRefused: `reason`, nothing is written.
    """
    if by is None or Actor.DESK not in permissions.actors_on_offer(by, report.offer):
        raise NotPermitted
    outcome = require_reason(outcome)
    with transaction.atomic():
        report = OfferReport.objects.select_for_update(of=("self",)).select_related("offer").get(pk=report.pk)
        if report.state != ReportState.OPEN:
            raise WrongState(_("Qualcuno ha già chiuso questa segnalazione."))
        report.state = ReportState.UPHELD if upheld else ReportState.DISMISSED
        report.outcome, report.closed_at, report.closed_by = outcome, timezone.now(), by
        report.save()
        write_log(report.offer, "report_closed", by, reason=outcome)
    return report
