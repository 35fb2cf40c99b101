"""What the Sportello writes about a round. The result itself is on the page, not in the e-mail."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.pages.words import moment_words

from ..models import Host, MatchRound, RoundPerson, YouthProfile
from ..permissions_rounds import why_none_in_rounds
from .common import HOST, YOUTH, Message, Notice, messages


def about_round(round_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about a round: to each young person and each host that it concerns, once."""
    match_round = MatchRound.objects.select_related("desk", "previous").get(pk=round_id)
    youth_words, host_words = _NOTICES[notice]
    if youth_words:
        for profile in _young_people(match_round, notice):
            yield from messages(YOUTH, youth_words, match_round, None, match_round.desk, profile)
    if host_words:
        hosts = Host.objects.filter(offers__in_rounds__round=match_round).distinct().order_by("pk")
        if notice == "bands":
            hosts = hosts.filter(offers__in_rounds__choices__isnull=False)
        for host in hosts:
            yield from messages(HOST, host_words, match_round, host, match_round.desk)


def _young_people(match_round: MatchRound, notice: str) -> Iterator[YouthProfile]:
    """Whom a notice reaches: everyone who may take part when it opens, afterwards who has a part in it."""
    rows = YouthProfile.objects.for_matching().filter(desk=match_round.desk).order_by("pk")
    if notice in ("opened", "reminder") and match_round.previous_id:
        rows = rows.filter(round_results__round=match_round.previous_id, round_results__round_offer__isnull=True)
    if notice == "opened":
        rows = rows.filter(matching_consent_at__isnull=False)
    elif notice == "published":
        rows = rows.filter(round_results__round=match_round)
    else:
        people = RoundPerson.objects.filter(round=match_round)
        if notice == "reminder":
            rows = rows.filter(matching_consent_at__isnull=False).exclude(
                pk__in=people.filter(saved_at__isnull=False).values("youth")
            )
        else:
            rows = rows.filter(pk__in=people.values("youth"))
    profiles = list(rows)
    excluded = why_none_in_rounds(profiles) if notice in ("opened", "reminder") else {}
    yield from (profile for profile in profiles if profile.pk not in excluded and profile.user.is_active)


def _page(match_round: MatchRound) -> str:
    return reverse("area:youth_round", args=[match_round.pk])


def _values(match_round: MatchRound) -> dict:
    return {
        "round": match_round.name,
        "desk": match_round.desk.name,
        "lists": moment_words(match_round.lists_close_at),
        "bands": moment_words(match_round.bands_close_at),
    }


def _opened(match_round: MatchRound) -> Notice:
    if match_round.previous_id:
        happened = _(
            "%(desk)s ha aperto «%(round)s»: una seconda tornata, con i posti rimasti e un po' più lontano. "
            "È per chi nella prima è rimasto senza proposta."
        )
    else:
        happened = _("%(desk)s ha aperto «%(round)s»: metti in ordine le esperienze che vuoi, al resto pensiamo noi.")
    return Notice(
        subject=_("È aperta una tornata di abbinamento"),
        happened=happened % _values(match_round),
        todo=_(
            "Apri la pagina: trovi una bozza della tua lista, fatta con le esperienze adatte a te. "
            "Cambiala come vuoi e salvala: senza salvarla non partecipi."
        ),
        by_when=_("Hai tempo fino a %(lists)s.") % _values(match_round),
        path=_page(match_round),
        label=_("Fai la tua lista"),
    )


def _published(match_round: MatchRound) -> Notice:
    return Notice(
        subject=_("Il risultato della tornata è pronto"),
        happened=_("«%(round)s» è finita: puoi leggere che cosa è uscito per te.") % _values(match_round),
        todo=_(
            "Apri la pagina: per ogni offerta della tua lista c'è scritto che cosa è successo, e che cosa viene adesso."
        ),
        path=_page(match_round),
        label=_("Leggi il risultato"),
    )


def _cancelled(match_round: MatchRound) -> Notice:
    return Notice(
        subject=_("La tornata è stata annullata"),
        happened=_("«%(round)s» non si farà. Il motivo:") % _values(match_round),
        quote=match_round.state_reason,
        todo=_("Non devi fare nulla. Le offerte restano sul portale: ci si può candidare come sempre."),
        path=reverse("area:youth_offers"),
        label=_("Scopri le esperienze adatte a te"),
    )


def _host_opened(match_round: MatchRound) -> Notice:
    return Notice(
        subject=_("Le tue offerte sono in una tornata"),
        happened=_("Lo Sportello ha messo una o più tue offerte in «%(round)s».") % _values(match_round),
        todo=_(
            "Per ora non devi fare nulla: i giovani preparano le loro liste fino a %(lists)s. "
            "Poi ti chiediamo di mettere in fasce chi ha scelto le tue offerte."
        )
        % _values(match_round),
        path=reverse("area:host_rounds"),
        label=_("Guarda la tornata"),
    )


def _host_bands(match_round: MatchRound) -> Notice:
    return Notice(
        subject=_("Metti in fasce chi ha scelto le tue offerte"),
        happened=_("Le liste di «%(round)s» sono chiuse e qualcuno ha scelto una tua offerta.") % _values(match_round),
        todo=_("Trovi una bozza fatta con i punteggi: cambiala dove serve e salvala. Se non fai nulla, vale la bozza."),
        by_when=_("Hai tempo fino a %(bands)s.") % _values(match_round),
        path=reverse("area:host_rounds"),
        label=_("Apri le fasce"),
    )


def _host_published(match_round: MatchRound) -> Notice:
    return Notice(
        subject=_("Il risultato della tornata è pronto"),
        happened=_("«%(round)s» è finita: puoi leggere chi è stato abbinato alle tue offerte.") % _values(match_round),
        todo=_("Lo Sportello propone i posti a ciascuno; ti scriviamo quando rispondono."),
        path=reverse("area:host_rounds"),
        label=_("Leggi il risultato"),
    )


def _host_cancelled(match_round: MatchRound) -> Notice:
    return Notice(
        subject=_("La tornata è stata annullata"),
        happened=_("«%(round)s» non si farà. Il motivo:") % _values(match_round),
        quote=match_round.state_reason,
        todo=_("Non devi fare nulla: le tue offerte restano come sono."),
        path=reverse("area:host_offers"),
        label=_("Le tue offerte"),
    )


def _reminder(match_round: MatchRound) -> Notice:
    return Notice(
        subject=_("Manca poco alla chiusura delle liste"),
        happened=_("Non hai ancora salvato la tua lista per «%(round)s».") % _values(match_round),
        todo=_("Bastano cinque minuti: apri la bozza, mettila nell'ordine che vuoi e salva."),
        by_when=_("Hai tempo fino a %(lists)s.") % _values(match_round),
        path=_page(match_round),
        label=_("Fai la tua lista"),
    )


_NOTICES: dict[str, tuple[Callable | None, Callable | None]] = {
    "opened": (_opened, _host_opened),
    "reminder": (_reminder, None),
    "bands": (None, _host_bands),
    "published": (_published, _host_published),
    "cancelled": (_cancelled, _host_cancelled),
}
