"""The desk asks a host to move: an e-mail, once a day at most, written down in the log of what it is about."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry as log_registry

from .. import permissions, tasks
from ..application_enums import TO_ANSWER_STATES
from ..enums import Actor, OfferState
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import Application, Offer
from .common import after_commit, write_log

ONCE_IN = timedelta(hours=20)
"""Somebody who reminds every morning does not have to wait for the minute of yesterday."""


def _refuse_if_just_done(thing, action: str) -> None:
    entries = log_registry.get_logs_for_instance(thing).filter(action=f"sportello.{action}")
    last = entries.order_by("-timestamp").values_list("timestamp", flat=True).first()
    if last is not None and last > timezone.now() - ONCE_IN:
        raise GuardRefused(_("Un sollecito è già partito da meno di un giorno."), "just_reminded")


def remind_host(application: Application, by) -> Application:
    """Ask a host to answer an application.

    Raises:
        NotPermitted: `by` is not of the application's desk.
        WrongState: it does not wait for the host.
        GuardRefused: `just_reminded`.
    """
    if Actor.DESK not in permissions.actors_on_application(by, application):
        raise NotPermitted
    with transaction.atomic():
        application = Application.objects.select_for_update().get(pk=application.pk)
        if application.state not in TO_ANSWER_STATES:
            raise WrongState(_("La realtà ha già risposto: non c'è nulla da sollecitare."))
        _refuse_if_just_done(application, "application_reminded")
        write_log(application, "application_reminded", by)
        after_commit(tasks.notify_about_application, application.pk, "desk_reminds_host")
    return application


def remind_to_reconfirm(offer: Offer, by) -> Offer:
    """Ask a host to say again that an offer still stands.

    Raises:
        NotPermitted: `by` is not of the offer's desk.
        WrongState: it does not wait for that.
        GuardRefused: `just_reminded`.
    """
    if Actor.DESK not in permissions.actors_on_offer(by, offer):
        raise NotPermitted
    with transaction.atomic():
        offer = Offer.objects.select_for_update().get(pk=offer.pk)
        if offer.state != OfferState.STALE:
            raise WrongState(_("Questa offerta non aspetta una riconferma."))
        _refuse_if_just_done(offer, "offer_reminded")
        write_log(offer, "offer_reminded", by)
        after_commit(tasks.notify_about_offer, offer.pk, "desk_reminds_to_reconfirm")
    return offer
