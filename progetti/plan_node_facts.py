"""The facts of a node of a plan: what stands beside its text."""

from django.http import HttpRequest
from django.utils.translation import gettext

from portal.pages.words import day_words, money_words

from .facts import Fact, fact
from .plan_reading import Node

Meta = list[dict[str, object]]


def node_meta(node: Node) -> Meta:
    """What matters at once about an action: late, or silent for too long."""
    meta: Meta = []
    if node.late:
        meta.append({"icon": "it-warning-circle", "text": gettext("In ritardo"), "accent": True})
    if node.stale:
        meta.append({"icon": "it-info-circle", "text": gettext("Senza notizie"), "accent": False})
    return meta


def node_facts(node: Node, request: HttpRequest) -> list[Fact]:
    """Code, weight, and for an action who answers for it, when, and with what money."""
    facts = [fact(gettext("Codice"), node.code), fact(gettext("Peso"), node.weight)]
    action = node.action
    if action is None:
        return [*facts, fact(gettext("Azioni"), len(node.actions))]
    body = action.responsible_body if action.responsible_body and action.responsible_body.live else None
    money = money_words(action.resources_amount) if action.resources_amount is not None else ""
    return [
        *facts,
        fact(
            gettext("Ne risponde"),
            action.responsible.name if action.responsible else "",
            action.responsible.url if action.responsible else "",
        ),
        fact(gettext("Organo"), body.title if body else "", (body.get_url(request) or "") if body else ""),
        fact(gettext("Inizio"), _day(action.start)),
        fact(gettext("Fine prevista"), _day(action.end)),
        fact(gettext("Risorse"), money),
        fact(gettext("Da dove vengono"), action.resources_source),
        fact(gettext("Ultima notizia"), _day(node.last_news)),
    ]


def _day(day) -> str:
    return day_words(day, weekday=False) if day else ""
