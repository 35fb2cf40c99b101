"""Signing the Patto di corresponsabilità, and what happens when a new text comes into force."""

from datetime import date, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, tasks
from ..enums import Actor, HostState, PactReminderKind
from ..errors import GuardRefused
from ..models import Desk, Host, PactReminder, PactSignature
from ..pacts import LAST_DAYS, standing_of, text_in_force
from ..transitions import HOST_TABLE
from .common import after_commit, attempt, check_transition, happens, require_actor, write_log

_ALREADY = _("Questo testo è già firmato: non serve altro.")


def sign_pact(host: Host, by, sha256: str, signer_name: str) -> PactSignature:
    """An owner signs for the host the text of the pact that is in force.

    Args:
        sha256: the hash of the text that the person has read; another text in the meantime is not signed unread.
        signer_name: first and last name, as who signs writes them.

    Raises:
        NotPermitted: `by` does not own the host.
        WrongState: the desk has not verified it yet, or has suspended it.
        GuardRefused: `no_pact`, `text_changed`, `already_signed` or `signer_name`.
    """
    actors = frozenset({Actor.HOST}) if _owns(by, host) else frozenset()
    require_actor(HOST_TABLE, HostState.SIGNED, actors)
    signer_name = " ".join((signer_name or "").split())
    if not signer_name:
        raise GuardRefused(_("Scrivi il tuo nome e cognome: è la tua firma."), "signer_name")
    try:
        with transaction.atomic():
            host = Host.objects.select_for_update().get(pk=host.pk)
            check_transition(HOST_TABLE, host, HostState.SIGNED, actors)
            version = text_in_force(host.desk)
            if version is None:
                raise GuardRefused(_("Il testo del patto non è ancora in vigore: ti scriviamo quando c'è."), "no_pact")
            if version.sha256 != sha256:
                raise GuardRefused(
                    _("Nel frattempo è entrato in vigore un nuovo testo: leggilo e firma quello."), "text_changed"
                )
            if host.pact_signatures.filter(version=version, fiscal_code=host.fiscal_code).exists():
                raise GuardRefused(_ALREADY, "already_signed")
            signature = PactSignature.objects.create(
                host=host,
                version=version,
                sha256=version.sha256,
                organisation_name=host.organisation.name,
                fiscal_code=host.fiscal_code,
                signer_name=signer_name[:160],
                signed_by=by,
            )
            host.pact_signature, host.state = signature, HostState.SIGNED
            host.save(update_fields=["pact_signature", "state"])
            write_log(host, "host_signed", by)
            after_commit(tasks.keep_pact_pdf, signature.pk)
            after_commit(tasks.notify_about_host, host.pk, "host_signed")
    except IntegrityError as error:
        raise GuardRefused(_ALREADY, "already_signed") from error
    return signature


def _owns(user, host: Host) -> bool:
    return user is not None and permissions.owns_host(user, host)


def lapse_pact(host: Host, on: date) -> Host:
    """The month to sign a new text is over: the host is verified, no longer signed, until it signs.

    Raises:
        WrongState: it is not signed any more.
        GuardRefused: `pact_outdated`, its signature stands.
    """
    with transaction.atomic():
        host = Host.objects.select_for_update().get(pk=host.pk)
        check_transition(HOST_TABLE, host, HostState.VERIFIED, frozenset({Actor.SYSTEM}))
        if standing_of(host, text_in_force(host.desk, on), on).valid:
            raise GuardRefused(_("La firma è ancora valida."), "pact_outdated")
        host.state = HostState.VERIFIED
        host.save(update_fields=["state"])
        write_log(host, "host_pact_lapsed", None)
        after_commit(tasks.notify_about_host, host.pk, "host_pact_lapsed")
    return host


def follow_pacts(on: date | None = None) -> tuple[int, int]:
    """Tell hosts that a new text waits for them, and take what is overdue off the public list.

    Safe to run twice and late: each host is told once of each text, and once more in its last week.

    Returns:
        How many were told, and how many lapsed.
    """
    on = on or timezone.localdate()
    texts = {desk.pk: text_in_force(desk, on) for desk in Desk.objects.order_by("pk")}
    told = lapsed = 0
    hosts = Host.objects.filter(state=HostState.SIGNED).select_related("pact_signature").order_by("pk")
    for host in hosts.iterator(chunk_size=500):
        version = texts.get(host.desk_id)
        standing = standing_of(host, version, on)
        if not standing.valid:
            lapsed += happens(partial(lapse_pact, host, on), f"the pact of host {host.pk}")
        elif standing.to_renew and standing.renew_by is not None and version is not None:
            last_days = on >= standing.renew_by - timedelta(days=LAST_DAYS)
            kind = PactReminderKind.LAST_DAYS if last_days else PactReminderKind.NEW_TEXT
            told += attempt(partial(_remind, host, version, kind), f"the pact reminder of host {host.pk}", 0)
    return told, lapsed


def _remind(host: Host, version, kind: str) -> int:
    with transaction.atomic():
        _reminder, created = PactReminder.objects.get_or_create(host=host, version=version, kind=kind)
        if created:
            after_commit(tasks.notify_about_host, host.pk, f"host_pact_{kind}")
    return int(created)
