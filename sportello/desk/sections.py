"""What the page of a person or of a host shows beside its facts: lists of what belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.pages.words import day_words, moment_words

from .. import presentation
from ..enums import Actor, OfferState, ReportState
from ..enums_matching import ProposalState
from ..models import Application, Consent, GuardianLink, Host, Offer, OfferReport, Placement, Proposal, YouthProfile
from .kinds import WaitingKind

MOST = 50
"""Rows of one list on a page; beyond that the list of the desk with its filters is the place to look."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line: where it leads, what it says, and what happened to it."""

    title: str
    text: str = ""
    url: str = ""
    timeline: list[dict] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines, or what to say when there are none."""

    key: str
    title: str
    items: list[Item]
    empty: str


def _joined(*parts: object, by: str = ", ") -> str:
    return by.join(str(part) for part in parts if part)


def _application_items(rows: Iterable[Application], with_person: bool, desk_ids: list[int] | None) -> list[Item]:
    return [
        Item(
            title=(row.youth.user.get_full_name() or str(row.youth)) if with_person else row.offer.title,
            text=_joined(
                row.get_state_display(),
                row.offer.title if with_person else row.offer.host.organisation.name,
                _("Letta il %(day)s") % {"day": moment_words(row.read_at)} if row.read_at else "",
                by=". ",
            ),
            # Somebody may apply in another territory too: the page of that application is the other desk's.
            url=reverse("sportello_application:inspect", args=[row.pk])
            if desk_ids is None or row.desk_id in desk_ids
            else "",
            timeline=presentation.timeline(row, "desk"),
        )
        for row in rows
    ]


def applications_of_person(youth: YouthProfile, desk_ids: list[int] | None) -> Section:
    """Everything they have applied to, with what happened."""
    rows = Application.objects.filter(youth=youth).for_desk_list().with_events()[:MOST]
    return Section(
        "candidature", _("Candidature"), _application_items(rows, False, desk_ids), _("Nessuna candidatura.")
    )


def proposals_of_person(youth: YouthProfile) -> Section:
    """What the desk has proposed, and the answers; one that waits leads to where it is taken back."""
    rows = Proposal.objects.filter(youth=youth).select_related("offer", "proposed_by").order_by("-created_at", "-pk")
    items = []
    for row in rows[:MOST]:
        waits = row.state == ProposalState.SENT
        text = _joined(
            row.get_state_display(),
            _("proposta il %(day)s") % {"day": day_words(timezone.localdate(row.created_at), weekday=False)},
            row.proposed_by,
            _("apri per ritirarla") if waits else "",
        )
        url = reverse("sportello_youth:take_back", args=[row.pk]) if waits else ""
        items.append(Item(row.offer.title, text, url))
    return Section("proposte", _("Proposte dello Sportello"), items, _("Nessuna proposta."))


def placements_of_person(youth: YouthProfile) -> Section:
    """The experiences accepted."""
    rows = Placement.objects.filter(youth=youth).select_related("application__offer").order_by("-start_date", "-pk")
    items = [
        Item(
            row.application.offer.title,
            f"{row.get_state_display()}, {presentation.period_words(row.start_date, row.end_date)}",
            reverse("sportello_application:inspect", args=[row.application_id]),
        )
        for row in rows[:MOST]
    ]
    return Section("percorsi", _("Percorsi"), items, _("Nessun percorso."))


def consents_of_person(youth: YouthProfile) -> Section:
    """What has been consented to or refused, by whom and when; also what was taken back."""
    rows = (
        Consent.objects.filter(youth=youth)
        .with_outdated()
        .select_related("text", "given_by", "application__offer")
        .order_by("-pk")[:MOST]
    )
    items = []
    for row in rows:
        moments = (
            (row.granted_at, _("dato il %(day)s")),
            (row.refused_at, _("negato il %(day)s")),
            (row.revoked_at, _("revocato il %(day)s")),
        )
        said = [words % {"day": moment_words(moment)} for moment, words in moments if moment]
        who = _joined(row.get_given_as_display(), row.given_by, by=" · ")
        words = _("Testo numero %(n)s.") % {"n": row.text.version}
        again = _("Un testo più nuovo chiede di rispondere ancora.") if row.is_standing and row.outdated else ""
        title = row.application.offer.title if row.application else ""
        text = _joined(f"{who}: {', '.join(said)}.", words, again, by=" ")
        items.append(Item(_joined(row.get_purpose_display(), title, by=": "), text))
    return Section("consensi", _("Consensi"), items, _("Nessun consenso chiesto."))


def guardians_of_person(youth: YouthProfile) -> Section:
    """Who answers for a minor."""
    rows = GuardianLink.objects.filter(youth=youth).select_related("guardian__user").order_by("-pk")
    items = []
    for row in rows:
        state = _("ha confermato") if row.is_confirmed else _("non ha ancora confermato")
        if row.ended_at:
            state = _("non più")
        relation = row.get_relation_display() if row.relation else ""
        asked = _("invito dello Sportello") if row.invited_as == Actor.DESK else ""
        items.append(Item(str(row.guardian), _joined(relation, row.guardian.address, state, asked)))
    return Section("tutori", _("Chi ne ha la responsabilità"), items, _("Nessuno: serve solo per i minori."))


def corrections_of_person(youth: YouthProfile) -> Section:
    """When the desk corrected the birth date, from what to what, and why."""
    rows = youth.birth_date_corrections.select_related("by").order_by("-pk")[:MOST]
    items = [
        Item(
            _("Da %(before)s a %(after)s")
            % {
                "before": day_words(row.before, weekday=False),
                "after": day_words(row.after, weekday=False),
            },
            f"{row.by}, {moment_words(row.at)}: {row.reason}",
        )
        for row in rows
    ]
    return Section("data-di-nascita", _("Data di nascita corretta"), items, _("Mai."))


def members_of_host(host: Host) -> Section:
    """Who acts for it, and who did."""
    rows = host.memberships.select_related("user").order_by("-is_active", "pk")
    items = [
        Item(
            row.user.get_full_name() or row.user.email,
            ", ".join(
                part
                for part in (
                    row.get_role_display(),
                    row.user.email,
                    "" if row.is_active else pgettext("member", "non più"),
                )
                if part
            ),
        )
        for row in rows[:MOST]
    ]
    return Section("persone", _("Persone"), items, _("Nessuna persona."))


def offers_of_host(host: Host) -> Section:
    """Its offers, what waits for moderation first."""
    rows = Offer.objects.filter(host=host).for_desk_list()[:MOST]
    items = [
        Item(
            row.title,
            ". ".join(
                (
                    row.get_state_display(),
                    # Full says it already.
                    *([presentation.seats_left(row).capitalize()] if row.state != OfferState.FULL else []),
                    ngettext("%(n)s candidatura aperta", "%(n)s candidature aperte", row.open_count)
                    % {"n": row.open_count},
                )
            ),
            reverse("sportello_offer:inspect", args=[row.pk]),
        )
        for row in rows
    ]
    return Section("offerte", _("Offerte"), items, _("Nessuna offerta."))


def applications_of_host(host: Host, desk_ids: list[int] | None) -> Section:
    """What it has received, longest untouched on top, with what happened."""
    rows = Application.objects.filter(offer__host=host).for_desk_list().with_events()[:MOST]
    return Section("candidature", _("Candidature"), _application_items(rows, True, desk_ids), _("Nessuna candidatura."))


def reports_of_offer(offer: Offer) -> Section:
    """What readers have said is wrong with it, and what was done; who said it is not shown beside it."""
    rows = OfferReport.objects.filter(offer=offer).order_by("-created_at", "-pk")[:MOST]
    to_close = f"{reverse('sportello_inbox:index')}?tipo={WaitingKind.REPORT}"
    items = []
    for row in rows:
        is_open = row.state == ReportState.OPEN
        done = _("Da guardare: si chiude da «In arrivo».") if is_open else row.outcome
        text = _joined(f"{moment_words(row.created_at)}.", row.text, done, by=" ")
        items.append(Item(str(row.get_reason_display()), text, to_close if is_open else ""))
    return Section("segnalazioni", _("Segnalazioni"), items, _("Nessuna segnalazione."))
