"""How long data are kept, as a table, and what is done then: run by `apply_retention`, twice or late alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from . import tasks
from .actions import forgetting, own_data
from .actions.common import after_commit, attempt, happens
from .enums import OPEN_STATES, TAKING_TIME_STATES, ApplicationState
from .enums_matching import ProposalState
from .enums_rounds import RoundState
from .models import (
    Application,
    DeletionRequest,
    ExportRecord,
    Guardian,
    GuardianLink,
    HostInvitation,
    OfferReport,
    Proposal,
    RetentionWarning,
    RoundPerson,
    SupportNote,
)
from .models.own_data import WARNED

UNUSED = timedelta(days=730)
WORDS_KEPT = timedelta(days=365)
INVITATIONS_KEPT = timedelta(days=30)
REQUESTS_KEPT = timedelta(days=365)
NOTES_KEPT = timedelta(days=730)
SEARCHES_KEPT = timedelta(days=365)
# The queue keeps each letter whole, with its address and its links: those of invitations are nowhere else.
SENT_KEPT, NOT_SENT_KEPT = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: what is kept, for how long, what happens then."""

    key: str
    what: str | Promise
    kept: str | Promise
    then: str | Promise
    run: Callable[[datetime], int]


def _unused_accounts(now: datetime):
    """Young people who have not signed in for two years and have nothing open."""
    silent = now - UNUSED
    return (
        get_user_model()
        .objects.filter(youth_profile__isnull=False, is_active=True, is_staff=False, date_joined__lte=silent)
        .filter(Q(last_login__isnull=True) | Q(last_login__lte=silent))
        .exclude(youth_profile__updated_at__gt=silent)
        .exclude(youth_profile__applications__state__in=OPEN_STATES)
        .exclude(youth_profile__placements__state__in=TAKING_TIME_STATES)
        .order_by("pk")
    )


def _warn(now: datetime) -> int:
    count = 0
    # Who has come back since the warning gets another one, the next time that they are silent for two years.
    RetentionWarning.objects.filter(user__last_login__gte=F("sent_at")).delete()
    for user in _unused_accounts(now + WARNED).filter(retention_warning__isnull=True):
        with transaction.atomic():
            _row, created = RetentionWarning.objects.get_or_create(user=user, defaults={"sent_at": now})
            if created:
                after_commit(tasks.notify_about_account, user.pk, "retention_warning")
                count += 1
    return count


def _erase_unused(now: datetime) -> int:
    def unused(user) -> bool:
        return _unused_accounts(now).filter(pk=user.pk).exists()

    rows = _unused_accounts(now).filter(retention_warning__sent_at__lte=now - WARNED)
    return sum(happens(partial(own_data.erase, user, unused), f"the unused account {user.pk}") for user in rows)


def _forget_words(now: datetime) -> int:
    closed = Application.objects.exclude(
        state__in=(*OPEN_STATES, ApplicationState.DRAFT, ApplicationState.ACCEPTED)
    ).filter(updated_at__lte=now - WORDS_KEPT)
    with_words = closed.exclude(motivation="", shared={})
    return forgetting.forget_words(with_words)


def _forget_rounds(now: datetime) -> int:
    over = Q(round__state=RoundState.CLOSED) | Q(round__state=RoundState.CANCELLED)
    rows = RoundPerson.objects.filter(over, round__bands_close_at__lte=now - WORDS_KEPT)
    with transaction.atomic():
        return forgetting.forget_in_rounds(
            rows.exclude(motivation="", shared={}).select_related("round").order_by("round_id", "pk")
        )


def _drop_proposals(now: datetime) -> int:
    rows = Proposal.objects.exclude(state=ProposalState.SENT).filter(answered_at__lte=now - WORDS_KEPT)
    stale = Proposal.objects.filter(state=ProposalState.SENT, created_at__lte=now - WORDS_KEPT)
    return (rows | stale).delete()[0]


def _empty_notes(now: datetime) -> int:
    rows = SupportNote.objects.filter(removed_at__isnull=True, created_at__lte=now - NOTES_KEPT)
    return rows.exclude(youth__placements__state__in=TAKING_TIME_STATES).update(text="", removed_at=now)


def _forget_reports(now: datetime) -> int:
    rows = OfferReport.objects.filter(closed_at__lte=now - WORDS_KEPT)
    return forgetting.forget_reports(rows.exclude(reporter=None, text__in=("", forgetting.FORGOTTEN)))


def _forget_searches(now: datetime) -> int:
    # Past the log's own guard, which the database repeats: filters may only become empty.
    rows: QuerySet[ExportRecord] = QuerySet(ExportRecord)
    return rows.filter(at__lte=now - SEARCHES_KEPT).exclude(filters={}).update(filters={})


def _drop_invitations(now: datetime) -> int:
    old = now - INVITATIONS_KEPT
    rows = GuardianLink.objects.filter(confirmed_at__isnull=True).filter(
        Q(key_expires_at__lte=old) | Q(ended_at__lte=old)
    )
    count = rows.delete()[1].get("sportello.GuardianLink", 0)
    Guardian.objects.filter(user=None, links=None).delete()
    unanswered = HostInvitation.objects.filter(accepted_by=None, expires_at__lte=old)
    return count + unanswered.delete()[0]


def _drop_requests(now: datetime) -> int:
    old = now - REQUESTS_KEPT
    rows = DeletionRequest.objects.filter(Q(undone_at__lte=old) | Q(done_at__lte=old))
    return rows.delete()[0]


def _drop_letters(now: datetime) -> int:
    sent = DBTaskResult.objects.successful().filter(finished_at__lte=now - SENT_KEPT)
    not_sent = DBTaskResult.objects.failed().filter(finished_at__lte=now - NOT_SENT_KEPT)
    return sent.delete()[0] + not_sent.delete()[0]


RULES: tuple[Rule, ...] = (
    Rule(
        "asked",
        _("I dati di chi ne ha chiesto la cancellazione"),
        _("7 giorni, per ripensarci"),
        _("cancellati; ciò che serve ai conti resta senza nome, con il solo mese di nascita"),
        lambda now: own_data.erase_due(now)[0],
    ),
    Rule(
        "warning",
        _("Profili che nessuno usa"),
        _("23 mesi dall'ultimo accesso"),
        _("un'e-mail di avviso, un mese prima"),
        _warn,
    ),
    Rule(
        "unused",
        _("Profili che nessuno usa, dopo l'avviso"),
        _("24 mesi dall'ultimo accesso"),
        _("cancellati come se lo avesse chiesto la persona"),
        _erase_unused,
    ),
    Rule(
        "words",
        _("Le parole delle candidature chiuse: motivazione, messaggi, incontri, curriculum allegati, motivi"),
        _("12 mesi dalla chiusura"),
        _("cancellate; restano offerta, stati e giorni"),
        _forget_words,
    ),
    Rule(
        "rounds",
        _("Le parole delle liste nelle tornate chiuse, e i dati mostrati con esse"),
        _("12 mesi dalla fine della tornata"),
        _("cancellate; la lista resta sotto un nome inventato, così la tornata si può ancora controllare"),
        _forget_rounds,
    ),
    Rule(
        "proposals",
        _("Le proposte dello Sportello"),
        _("12 mesi dalla risposta"),
        _("cancellate"),
        _drop_proposals,
    ),
    Rule(
        "notes",
        _("Le note di sostegno"),
        _("24 mesi, o fino alla fine del percorso"),
        _("le parole si cancellano; resta scritto chi le ha lette"),
        _empty_notes,
    ),
    Rule(
        "reports",
        _("Le segnalazioni chiuse"),
        _("12 mesi dalla chiusura"),
        _("senza le parole e senza chi ha segnalato"),
        _forget_reports,
    ),
    Rule(
        "searches",
        _("Ciò che si è cercato negli elenchi esportati"),
        _("12 mesi"),
        _("cancellato; resta chi ha esportato, quando, quante righe"),
        _forget_searches,
    ),
    Rule(
        "invitations",
        _("Inviti senza risposta: a genitori e tutori, a persone delle realtà"),
        _("30 giorni dalla scadenza"),
        _("cancellati, con l'indirizzo"),
        _drop_invitations,
    ),
    Rule(
        "requests",
        _("Le richieste di cancellazione"),
        _("12 mesi"),
        _("cancellate"),
        _drop_requests,
    ),
    Rule(
        "letters",
        _("Le e-mail come sono partite: indirizzo, nome, parole"),
        _("un giorno; sette se non sono partite"),
        _("cancellate"),
        _drop_letters,
    ),
)


def apply(now: datetime | None = None) -> dict[str, int]:
    """Do what is due; return how many of each line. Running it again finds nothing to do."""
    now = now or timezone.now()
    return {rule.key: attempt(partial(rule.run, now), f"the rule «{rule.key}»", 0) for rule in RULES}
