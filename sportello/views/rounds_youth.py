"""A young person in a round: the list, the wait, the result."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from .. import presentation, presentation_rounds, rounds, scoring
from ..actions.round_lists import lists_are_open, save_list
from ..enums_rounds import LIST_LENGTH, TOLD_STATES
from ..errors import ActionError
from ..forms.rounds import ListForm
from ..models import MatchRound, RoundPerson, RoundResult
from ..permissions_rounds import why_not_in_rounds
from .common import area_page, youth_of, youth_only
from .rounds_files import input_file

SUGGESTED = 20
MOVES = ("su", "giu", "togli", "aggiungi")


@youth_only
def index(request: HttpRequest) -> HttpResponse:
    """The rounds of the person's desk: the open one first."""
    profile = youth_of(request)
    rows = [
        {
            "round": row,
            "state": presentation_rounds.youth_state(row),
            "next": presentation_rounds.youth_next(row, row.has_part),
            "is_open": lists_are_open(row),
        }
        for row in MatchRound.objects.for_youth(profile)
    ]
    return area_page(request, "youth_rounds", {"rows": rows, "why_not": why_not_in_rounds(profile)})


def _round(request: HttpRequest, pk: int) -> tuple[MatchRound, RoundPerson | None]:
    profile = youth_of(request)
    match_round = get_object_or_404(MatchRound.objects.for_youth(profile), pk=pk)
    person = RoundPerson.objects.filter(round=match_round, youth=profile).with_lists().first()
    return match_round, person


@youth_only
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One round, in whatever state it is."""
    match_round, person = _round(request, pk)
    if match_round.state in TOLD_STATES:
        return _result(request, match_round, person)
    if lists_are_open(match_round) and not why_not_in_rounds(youth_of(request)):
        return _list(request, match_round, person)
    if request.method == "POST":
        messages.error(request, _("Le liste sono chiuse: vale l'ultima che hai salvato in tempo."))
        return redirect("area:youth_round", pk=match_round.pk)
    return area_page(
        request, "youth_round", _frame(request, match_round, person) | {"mine": _mine(match_round, person)}
    )


def _frame(request: HttpRequest, match_round: MatchRound, person: RoundPerson | None) -> dict:
    saved = bool(person and person.saved_at)
    return {
        "round": match_round,
        "state": presentation_rounds.youth_state(match_round),
        "next": presentation_rounds.youth_next(match_round, saved),
        "person": person,
        "saved": saved,
        "why_not": why_not_in_rounds(youth_of(request)) if lists_are_open(match_round) else None,
        "mine": [],
    }


def _mine(match_round: MatchRound, person: RoundPerson | None) -> list[dict]:
    """The saved list, to read only."""
    if person is None:
        return []
    rows = {row.pk: row for row in match_round.offers.with_offers()}
    return [
        {
            "rank": choice.rank,
            "offer": rows[choice.round_offer_id].offer,
            "kicker": presentation.offer_kicker(rows[choice.round_offer_id].offer),
        }
        for choice in person.choices.all()
    ]


def _list(request: HttpRequest, match_round: MatchRound, person: RoundPerson | None) -> HttpResponse:
    found = rounds.choosable(youth_of(request), match_round)
    possible = [found.row(line.offer) for line in found.possible]
    saved = [choice.round_offer_id for choice in person.choices.all()] if person else []
    is_draft = not (person and person.saved_at)
    order = [row.pk for row in possible[:LIST_LENGTH]] if is_draft else saved
    motivation = person.motivation if person else ""
    moved = 0
    if request.method == "POST":
        form = ListForm(request.POST, offers=possible, places={})
        if form.is_valid():
            order, move = form.order(), next((name for name in MOVES if name in request.POST), "")
            full = move == "aggiungi" and len(order) >= LIST_LENGTH
            if full:
                messages.warning(request, _("La lista è piena: togli un'esperienza, poi aggiungi questa."))
            elif move:
                moved = _pk(request.POST[move])
                order = _moved(order, move, moved, {row.pk for row in possible})
            motivation = form.cleaned_data["motivation"]
            if not (full or (move and is_draft)):
                # An order changed with the buttons of a saved list is saved at once; a draft waits for «Salva».
                return _save(request, match_round, order, motivation)
            form = _fresh(possible, order, motivation)
    else:
        form = _fresh(possible, order, motivation)
    show_all = "tutte" in request.GET
    rows = _rows(found, form, order, show_all, moved)
    context = _frame(request, match_round, person) | {
        "form": form,
        "rows": rows["listed"],
        "others": rows["others"],
        "hidden_others": rows["hidden"],
        "blocked": [
            {"offer": found.row(line.offer).offer, "reason": scoring.sentence(line.obstacles[0])}
            for line in found.blocked[:SUGGESTED]
        ],
        "lost": _lost(found, saved),
        "is_draft": is_draft,
        "moved": bool(moved),
        "most": LIST_LENGTH,
    }
    return area_page(request, "youth_round_list", context)


def _lost(found: rounds.Choosable, saved: list[int]) -> list[dict]:
    """The offers of a saved list that are no longer possible, each with the reason."""
    possible = {found.row(line.offer).pk for line in found.possible}
    reasons = {found.row(line.offer).pk: scoring.sentence(line.obstacles[0]) for line in found.blocked}
    return [
        # What is neither possible nor impossible for the person has no seat to give.
        {"offer": row.offer, "reason": reasons.get(row.pk) or _("Non possibile perché adesso non ha posti da dare.")}
        for row in found.rows.values()
        if row.pk in saved and row.pk not in possible
    ]


def _fresh(possible, order: list[int], motivation: str) -> ListForm:
    places = {pk: place for place, pk in enumerate(order, start=1)}
    return ListForm(offers=possible, places=places, motivation=motivation)


def _pk(value: str) -> int:
    """The offer that a button is about; 0, which is none, for what is not a number."""
    return int(value) if value.isdecimal() and len(value) < 12 else 0


def _moved(order: list[int], move: str, pk: int, known: set[int]) -> list[int]:
    """The list after one button: up, down, out, in at the end. What makes no sense changes nothing."""
    order = list(order)
    if move == "aggiungi":
        return [*order, pk] if pk in known and pk not in order else order
    if pk not in order:
        return order
    at = order.index(pk)
    if move == "togli":
        order.remove(pk)
    elif move == "su" and at:
        order[at - 1 : at + 1] = order[at], order[at - 1]
    elif move == "giu" and at + 1 < len(order):
        order[at : at + 2] = order[at + 1], order[at]
    return order


def _save(request: HttpRequest, match_round: MatchRound, order: list[int], motivation: str) -> HttpResponse:
    try:
        save_list(match_round, youth_of(request), order, request.user, motivation)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        if order:
            messages.success(request, _("Lista salvata. Fino alla scadenza puoi cambiarla quando vuoi."))
        else:
            messages.warning(request, _("La lista è vuota: così non partecipi alla tornata."))
    return redirect("area:youth_round", pk=match_round.pk)


def _rows(found: rounds.Choosable, form: ListForm, order: list[int], show_all: bool, moved: int) -> dict:
    """The list in its order, then what else suits the person, best first; reasons only where they are shown."""
    lines = {found.row(line.offer).pk: line for line in found.possible}
    listed = [pk for pk in order if pk in lines]
    if form.is_bound:
        # With errors, what was typed stays where it was typed.
        listed = [pk for pk in lines if form.data.get(f"posto_{pk}")]
    rest = [pk for pk in lines if pk not in listed]
    shown = rest if show_all else rest[:SUGGESTED]

    def row(pk: int, number: int, full: bool = True) -> dict:
        line = lines[pk]
        offer = found.row(line.offer).offer
        return {
            "pk": pk,
            "number": number,
            "offer": offer,
            "kicker": presentation.offer_kicker(offer),
            "field": form.place_field(pk),
            "score": line.pair.value,
            "factors": [scoring.factor_line(factor) for factor in line.pair.youth.factors] if full else [],
            "host_factors": [scoring.factor_line(factor) for factor in line.pair.host.factors] if full else [],
            "sides": scoring.sides(line.pair),
            "penalty": presentation_rounds.crowding(line.exposure),
            "moved": pk == moved,
            "first": number == 1,
            "last": number == len(listed),
        }

    return {
        "listed": [row(pk, n) for n, pk in enumerate(listed, start=1)],
        "others": [row(pk, 0, n < SUGGESTED) for n, pk in enumerate(shown)],
        "hidden": len(rest) - len(shown),
    }


def _result(request: HttpRequest, match_round: MatchRound, person: RoundPerson | None) -> HttpResponse:
    result = (
        RoundResult.objects.filter(round=match_round, youth=youth_of(request))
        .select_related("round_offer__offer__host__organisation")
        .first()
    )
    sent = None
    if result:
        sent = result.sendings.filter(application__isnull=False).select_related("application").first()
    why = {line["offer"]: presentation_rounds.why_sentence(line) for line in result.why} if result else {}
    rows = {row.pk: row for row in match_round.offers.with_offers()}
    mine = []
    for choice in person.choices.all() if person else []:
        row = rows[choice.round_offer_id]
        got = bool(result and result.round_offer_id == row.pk)
        mine.append(
            {
                "rank": choice.rank,
                "offer": row.offer,
                "kicker": presentation.offer_kicker(row.offer),
                "pseudonym": row.pseudonym,
                "got": got,
                "why": why.get(row.pk, ""),
            }
        )
    context = _frame(request, match_round, person) | {
        "result": result,
        "title": presentation_rounds.result_title(result) if result else match_round.name,
        "application": sent.application if sent else None,
        "following": MatchRound.objects.filter(previous=match_round, state="open").first(),
        "mine": mine,
        "run": match_round.run,
    }
    return area_page(request, "youth_round_result", context)


@youth_only
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The input of a published round, under pseudonyms, for whoever took part."""
    match_round, _person = _round(request, pk)
    get_object_or_404(RoundResult, round=match_round, youth=youth_of(request))
    if match_round.run is None:
        raise Http404
    return input_file(match_round.run)
