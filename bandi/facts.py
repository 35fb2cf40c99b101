"""The facts of a call in a box: who may apply, for how much and until when come first."""

from django.utils.translation import gettext

from portal.pages.words import day_words, moment_words, money_words
from progetti.facts import Fact, classification_facts, fact, facts_list, linked


def call_facts(call, list_url: str) -> list[Fact]:
    """Everything that can be said of a call in a few words, as `components/facts.html` shows it."""
    return [*_key_facts(call, list_url), *classification_facts(call, list_url), *_official_facts(call)]


def _key_facts(call, list_url: str) -> list[Fact]:
    """Who may apply, for how much, until when, from whom."""
    body, share = call.issuing_body, call.co_funding_share
    return [
        facts_list(gettext("A chi è rivolto"), linked(call.recipients.all(), list_url, "destinatari")),
        fact(gettext("Dove vale"), call.territorial_scope),
        fact(gettext("Contributo massimo"), _money(call.maximum_grant)),
        fact(gettext("Contributo minimo"), _money(call.minimum_grant)),
        fact(gettext("Risorse in tutto"), _money(call.total_amount)),
        fact(gettext("Cofinanziamento richiesto"), f"{share.normalize():f} %" if share is not None else ""),
        fact(gettext("Apertura"), _moment(call.opening)),
        fact(gettext("Termine per le domande"), _moment(call.questions_deadline)),
        fact(gettext("Scadenza"), _deadline(call)),
        fact(gettext("Tipo"), call.get_kind_display()),
        fact(gettext("Ente"), body.name if body else "", body.url if body else ""),
        fact(gettext("Ufficio responsabile"), call.responsible_office),
    ]


def _official_facts(call) -> list[Fact]:
    """Outcomes, act, codes."""
    act = call.act_number
    if act and call.act_date:
        act = gettext("%(number)s del %(day)s") % {"number": act, "day": _day(call.act_date)}
    return [
        fact(gettext("Pubblicazione degli esiti"), _day(call.publication_of_outcomes)),
        fact(gettext("Fine della procedura"), _day(call.end_of_procedure)),
        fact(gettext("Atto"), act),
        fact("CUP", call.cup),
        fact("CIG", call.cig),
    ]


def _deadline(call) -> str:
    """The deadline that holds; a call may also end before it, with its funds."""
    moment = _moment(call.deadline_in_force)
    if not call.until_funds_run_out:
        return moment
    if not moment:
        return gettext("Fino a esaurimento dei fondi")
    return gettext("%(moment)s, o prima se finiscono i fondi") % {"moment": moment}


def _money(amount) -> str:
    return money_words(amount) if amount is not None else ""


def _moment(moment) -> str:
    return moment_words(moment) if moment else ""


def _day(day) -> str:
    return day_words(day, weekday=False) if day else ""
