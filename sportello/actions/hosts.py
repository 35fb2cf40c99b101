"""Hosts: registering, being verified or suspended, and who acts for them."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.registry.enums import OrganisationKind
from portal.registry.models import Municipality, Organisation

from .. import permissions, tasks
from ..enums import Actor, HostRole, HostState
from ..errors import GuardRefused
from ..models import Desk, Host, HostMembership
from ..pacts import standing_of, text_in_force
from ..transitions import HOST_TABLE
from ..validators import clean_fiscal_code
from .common import after_commit, check_transition, require_actor, write_log
from .locks import lock_account
from .parts import require_no_other_part


def register_host(
    *,
    user,
    name: str,
    kind: str,
    fiscal_code: str,
    municipality: Municipality,
    contact_name: str,
    description: str = "",
    url: str = "",
    phone: str = "",
    permanent_staff: int | None = None,
    is_example: bool = False,
) -> Host:
    """Register an organisation that wants to offer experiences; whoever does it becomes its owner.

    Raises:
        ValidationError: the fiscal code has not the form of one.
        GuardRefused: `already_registered` (the code is known), `already_member` (the person acts for a host),
            `young` or `desk` (the account has another part in the Sportello), `no_desk` (no desk has opened yet).
    """
    fiscal_code = clean_fiscal_code(fiscal_code)
    desk = Desk.objects.for_municipality(municipality)
    if desk is None:
        raise GuardRefused(_("Non c'è ancora uno Sportello aperto: torna a trovarci."), "no_desk")
    already = GuardRefused(
        _(
            "Questa partita IVA o codice fiscale è già registrato. Se è la tua organizzazione, scrivi allo "
            "Sportello (%(email)s): ti aiutiamo a entrare."
        )
        % {"email": desk.email},
        "already_registered",
    )
    try:
        with transaction.atomic():
            # The person's own row is the lock: a double click registers once.
            account = lock_account(user)
            if HostMembership.objects.active().filter(user=user).exists():
                raise GuardRefused(_("Hai già registrato la tua realtà."), "already_member")
            require_no_other_part(account)
            if Host.objects.filter(fiscal_code=fiscal_code).exists():
                raise already
            organisation = _new_organisation(
                name,
                kind=kind or OrganisationKind.BUSINESS,
                description=description,
                url=url,
                municipality=municipality,
                is_example=is_example,
            )
            host = Host.objects.create(
                organisation=organisation,
                desk=desk,
                fiscal_code=fiscal_code,
                contact_name=contact_name,
                phone=phone,
                permanent_staff=permanent_staff,
            )
            HostMembership.objects.create(
                host=host, user=user, role=HostRole.OWNER, language=(get_language() or "it").split("-")[0]
            )
            write_log(host, "host_registered", user)
            after_commit(tasks.notify_about_host, host.pk, "host_registered")
            after_commit(tasks.notify_about_host, host.pk, "host_to_verify")
    except IntegrityError as error:
        # Somebody else registered the same code at the same moment: the constraint has the last word.
        if Host.objects.filter(fiscal_code=fiscal_code).exists():
            raise already from error
        raise
    return host


def _new_organisation(name: str, **values) -> Organisation:
    while True:
        slug = _free_slug(name)
        try:
            with transaction.atomic():
                return Organisation.objects.create(name=name, slug=slug, **values)
        except IntegrityError:
            # Another one of the same name at the same moment: the next number is ours.
            if not Organisation.objects.filter(slug=slug).exists():
                raise


def _free_slug(name: str) -> str:
    base = slugify(name)[:140] or "organizzazione"
    slug, n = base, 2
    while Organisation.objects.filter(slug=slug).exists():
        slug, n = f"{base}-{n}", n + 1
    return slug


def verify_host(host: Host, by) -> Host:
    """The desk has checked that the host is who it says; also lifts a suspension.

    Who comes back from a suspension with a signature that still stands is signed again at once.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        ValidationError: the fiscal code has not the form of one.
    """
    actors = permissions.actors_on_host(by, host)
    require_actor(HOST_TABLE, HostState.VERIFIED, actors - {Actor.HOST})
    with transaction.atomic():
        host = Host.objects.select_for_update(of=("self",)).select_related("desk", "pact_signature").get(pk=host.pk)
        target = HostState.VERIFIED
        if host.state == HostState.SUSPENDED and standing_of(host, text_in_force(host.desk)).valid:
            target = HostState.SIGNED
        check_transition(HOST_TABLE, host, target, actors - {Actor.HOST})
        clean_fiscal_code(host.fiscal_code)
        host.state, host.state_reason = target, ""
        host.verified_at, host.verified_by = timezone.now(), by
        host.save(update_fields=["state", "state_reason", "verified_at", "verified_by"])
        write_log(host, "host_verified", by)
        after_commit(tasks.notify_about_host, host.pk, "host_back" if target == HostState.SIGNED else "host_verified")
    return host


def suspend_host(host: Host, by, reason: str) -> Host:
    """The desk stops a host: its offers leave the public list at once, and come back when it is verified again.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing.
    """
    actors = permissions.actors_on_host(by, host)
    require_actor(HOST_TABLE, HostState.SUSPENDED, actors)
    reason = require_reason(reason)
    with transaction.atomic():
        host = Host.objects.select_for_update().get(pk=host.pk)
        check_transition(HOST_TABLE, host, HostState.SUSPENDED, actors)
        host.state, host.state_reason = HostState.SUSPENDED, reason
        host.save(update_fields=["state", "state_reason"])
        write_log(host, "host_suspended", by, reason=reason)
        after_commit(tasks.notify_about_host, host.pk, "host_suspended")
    return host


def require_reason(reason: str) -> str:
    """Return a reason without the blanks around it.

    Raises:
        GuardRefused: there is none.
    """
    reason = (reason or "").strip()
    if not reason:
        raise GuardRefused(_("Scrivi il motivo: chi lo riceve deve poterlo capire."), "reason")
    return reason
