"""What a host says of itself, changed by its owner."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, tasks
from ..enums import Actor, HostState
from ..errors import GuardRefused, NotPermitted
from ..models import Host
from ..transitions import HOST_TABLE
from ..validators import clean_fiscal_code
from .common import after_commit, check_transition, write_log

LONGEST_PAUSE_DAYS = 365
_OF_ORGANISATION = ("description", "url")
_OF_HOST = ("contact_name", "phone", "permanent_staff", "about", "paused_until")


def update_host(host: Host, by, values: Mapping) -> Host:
    """Change what a host says of itself.

    Another fiscal code is another subject: the host goes back to the desk's verification, its signature of the pact
    no longer stands, and its offers are not visible until both are there again.

    Args:
        values: any of `fiscal_code`, `contact_name`, `phone`, `permanent_staff`, `about`, `paused_until`,
            `description`, `url`, `sectors` (rows), `logo` (a file from `sportello.logos`, or None to take it away).

    Raises:
        NotPermitted: `by` does not own the host.
        ValidationError: the fiscal code has not the form of one.
        GuardRefused: `fiscal_code` (known already, or the host is suspended), `paused_until` (not ahead, or too far).
    """
    if not permissions.owns_host(by, host):
        raise NotPermitted
    _check_pause(values.get("paused_until"))
    code = clean_fiscal_code(values["fiscal_code"]) if "fiscal_code" in values else host.fiscal_code
    try:
        with transaction.atomic():
            host = Host.objects.select_for_update().select_related("organisation").get(pk=host.pk)
            if code != host.fiscal_code:
                _change_code(host, code, by)
            for name in _OF_HOST:
                if name in values:
                    setattr(host, name, values[name])
            if "logo" in values:
                _change_logo(host, values["logo"])
            host.save()
            for name in _OF_ORGANISATION:
                if name in values:
                    setattr(host.organisation, name, values[name])
            host.organisation.save()
            if "sectors" in values:
                host.sectors.set(values["sectors"])
            write_log(host, "host_changed", by)
    except IntegrityError as error:
        raise _known() from error
    return host


def _known() -> GuardRefused:
    return GuardRefused(_("Questa partita IVA o codice fiscale è già di un'altra realtà registrata."), "fiscal_code")


def _check_pause(until: date | None) -> None:
    if until is None:
        return
    today = timezone.localdate()
    if until < today:
        raise GuardRefused(_("Questa data è già passata: per riaprire, lascia vuoto."), "paused_until")
    if until > today + timedelta(days=LONGEST_PAUSE_DAYS):
        raise GuardRefused(_("La pausa dura al massimo un anno."), "paused_until")


def _change_code(host: Host, code: str, by) -> None:
    """Give a locked host another fiscal code, and send it back to the desk."""
    if host.state == HostState.SUSPENDED:
        raise GuardRefused(
            _("La tua realtà è sospesa: per cambiare questo numero scrivi allo Sportello."), "fiscal_code"
        )
    if Host.objects.filter(fiscal_code=code).exclude(pk=host.pk).exists():
        raise _known()
    if host.state != HostState.REGISTERED:
        check_transition(HOST_TABLE, host, HostState.REGISTERED, frozenset({Actor.HOST}))
        host.state, host.verified_at, host.verified_by = HostState.REGISTERED, None, None
        write_log(host, "host_code_changed", by)
        after_commit(tasks.notify_about_host, host.pk, "host_to_verify_again")
    host.fiscal_code = code


def _change_logo(host: Host, logo) -> None:
    """Keep the new file, and drop the former one once the change is really there."""
    if host.logo.name:
        storage, path = host.logo.storage, host.logo.name
        transaction.on_commit(lambda: storage.delete(path), robust=True)
    if logo is None:
        host.logo = ""
    else:
        host.logo.save(logo.name, logo, save=False)
