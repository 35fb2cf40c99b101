"""What makes the desk's own screens worth opening in the demo: something in each queue, and people who have waited.

All of it is invented and says so. Run again, it only adds what is missing.
"""

from datetime import timedelta

from django.utils import timezone

from portal.registry.enums import OrganisationKind
from portal.registry.models import Municipality

from .actions import desks, hosts, reports
from .actions.support_notes import write_note
from .application_enums import TO_ANSWER_STATES
from .desk.kinds import NotePurpose
from .enums import DeskRole, OfferState, ReportReason
from .models import Application, Desk, Host, Offer, OfferReport, SupportNote, YouthProfile

TO_VERIFY = "Ciclofficina Ruota Inventata"


def enrich(desk: Desk, operator, supervisor, owner, fiscal_code: str, municipality: Municipality) -> None:
    """Add what the desk's screens show.

    Args:
        owner: who registers the host that waits to be verified.
        fiscal_code: a made-up VAT number that no other invented host has.
    """
    desks.appoint(desk, supervisor, DeskRole.SUPERVISOR)
    _host_to_verify(owner, fiscal_code, municipality)
    offer = Offer.objects.filter(desk=desk, state=OfferState.PUBLISHED).order_by("-pk").first()
    if offer and not OfferReport.objects.filter(desk=desk).exists():
        reports.report_offer(offer, ReportReason.OVER, "Segnalazione inventata: non rispondono.")
    youth = YouthProfile.objects.filter(desk=desk, is_example=True).order_by("pk").first()
    if youth and not SupportNote.objects.filter(desk=desk).exists():
        write_note(
            youth,
            operator,
            NotePurpose.CONTACT,
            "Nota inventata: preferisce i messaggi scritti, e al mattino non può rispondere.",
        )
    _as_if_they_had_waited(desk)


def _host_to_verify(owner, fiscal_code: str, municipality: Municipality) -> None:
    if Host.objects.filter(fiscal_code=fiscal_code).exists():
        return
    host = hosts.register_host(
        user=owner,
        name=TO_VERIFY,
        kind=OrganisationKind.BUSINESS,
        fiscal_code=fiscal_code,
        municipality=municipality,
        contact_name=owner.get_full_name(),
        description="Ripara biciclette e insegna a ripararle. Realtà inventata.",
        permanent_staff=2,
        is_example=True,
    )
    Host.objects.filter(pk=host.pk).update(created_at=timezone.now() - timedelta(days=2))


def _as_if_they_had_waited(desk: Desk) -> None:
    """Spread what was made a minute ago over the last nine days: a list where all has waited «since today» says little.

    Fewer than ten days, so that the answer guarantee does not close anything the first time it runs.
    """
    now = timezone.now()
    fresh = Application.objects.filter(
        desk=desk, state__in=TO_ANSWER_STATES, waiting_from__range=(now - timedelta(hours=1), now)
    ).filter(interviews__isnull=True)
    for number, row in enumerate(fresh.order_by("pk")):
        since = now - timedelta(days=1 + number * 4 % 9, hours=number)
        Application.objects.filter(pk=row.pk).update(waiting_from=since, submitted_at=since)
    for offer in Offer.objects.filter(
        desk=desk, state=OfferState.IN_REVIEW, submitted_at__gte=now - timedelta(hours=1)
    ):
        Offer.objects.filter(pk=offer.pk).update(submitted_at=now - timedelta(days=3))
