"""Rounds as JSON documents: read strictly, written the same for the same input.

Reading refuses whatever two readers could understand differently (RFC 8259 leaves room): a key given twice, a
number that is not a plain integer, text that is not UTF-8. `docs/matching.md` describes the format.
"""

import json
from typing import Any, NoReturn

from .round import RoundOutcome
from .round_input import Pair, RoundInput, RoundInputError, first_repeated, place, quoted

REQUIRED = ("seed", "seats", "choices", "bands")
OPTIONAL = ("pinned", "forbidden")
LARGEST_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps exact (RFC 8259, section 6)."""
DOCUMENT = "input"
"""How messages call the document as a whole."""

_Where = tuple[str | int, ...]
"""The steps to a place in the document; they become words only when something is wrong there."""


class _Object(dict[str, Any]):
    """A JSON object that remembers the first key it was given twice."""

    repeated: str | None = None


class _Odd:
    """A JSON number that no place of the format takes: a fraction, NaN, an integer not every reader keeps."""


_ODD = _Odd()


def read_round(data: bytes) -> RoundInput:
    """Read a round's input. Raises RoundInputError, and nothing else, for whatever is not one."""
    document = _parse(data)
    for key in document:
        if key not in REQUIRED and key not in OPTIONAL:
            raise RoundInputError(DOCUMENT, f"unknown key {quoted(key)}")
    for key in REQUIRED:
        if key not in document:
            raise RoundInputError(key, "is missing")
    names = _Names()
    return RoundInput(
        seed=_text(document["seed"], ("seed",)),
        seats={
            names.one(offer, ("seats", offer)): _integer(seats, ("seats", offer))
            for offer, seats in _object(document["seats"], ("seats",)).items()
        },
        choices={
            names.one(youth, ("choices", youth)): names.many(offers, ("choices", youth))
            for youth, offers in _object(document["choices"], ("choices",)).items()
        },
        bands={
            names.one(offer, ("bands", offer)): [
                names.many(band, ("bands", offer, i)) for i, band in enumerate(_list(bands, ("bands", offer)))
            ]
            for offer, bands in _object(document["bands"], ("bands",)).items()
        },
        pinned=[names.pair(pair, ("pinned", i)) for i, pair in enumerate(_pairs(document, "pinned"))],
        forbidden=[names.pair(pair, ("forbidden", i)) for i, pair in enumerate(_pairs(document, "forbidden"))],
    )


def write_outcome(given: RoundInput, outcome: RoundOutcome) -> str:
    """Return the outcome as one line of JSON, keys in order: equal inputs give equal bytes."""
    document = {
        "input_sha256": given.sha256(),
        "assigned": {youth: {"offer": got.offer, "rank": got.rank} for youth, got in sorted(outcome.assigned.items())},
        "unassigned": {
            youth: {"why": [{"offer": refusal.offer, "reason": refusal.reason} for refusal in refusals]}
            for youth, refusals in sorted(outcome.unassigned.items())
        },
        "seats_left": dict(sorted(outcome.seats_left.items())),
    }
    return json.dumps(document, ensure_ascii=False)


def _parse(data: bytes) -> _Object:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise RoundInputError(DOCUMENT, f"not UTF-8 at byte {error.start}") from None
    try:
        document = json.loads(
            text,
            object_pairs_hook=_read_object,
            parse_int=_read_integer,
            parse_float=lambda _: _ODD,
            parse_constant=lambda _: _ODD,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise RoundInputError(DOCUMENT, f"not JSON at {where}: {error.msg}") from None
    except RecursionError:
        raise RoundInputError(DOCUMENT, "nested too deeply") from None
    return _object(document, (DOCUMENT,))


def _read_object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        _, found.repeated = first_repeated([key for key, _ in pairs])
    return found


def _read_integer(digits: str) -> "int | _Odd":
    # Python refuses to read very long integers, and how long depends on its settings: these never get there.
    return int(digits) if len(digits) <= 20 and abs(int(digits)) <= LARGEST_INTEGER else _ODD


class _Names:
    """Reads names, and keeps one object for each: look-ups are faster then, and a large input is smaller."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def one(self, value: object, where: _Where) -> str:
        known = self._known.get(value) if type(value) is str else None
        return known if known is not None else self._known.setdefault(text := _text(value, where), text)

    def many(self, value: object, where: _Where) -> list[str]:
        return [self.one(item, (*where, i)) for i, item in enumerate(_list(value, where))]

    def pair(self, value: object, where: _Where) -> Pair:
        pair = self.many(value, where)
        if len(pair) != 2:
            raise RoundInputError(place(*where), "must be a pair: a young person and an offer")
        return pair[0], pair[1]


def _pairs(document: _Object, key: str) -> list[Any]:
    return _list(document.get(key, []), (key,))


def _object(value: object, where: _Where) -> _Object:
    if not isinstance(value, _Object):
        _wrong(where, "an object", value)
    if value.repeated is not None:
        raise RoundInputError(place(*where), f"{quoted(value.repeated)} is repeated")
    return value


def _list(value: object, where: _Where) -> list[Any]:
    if type(value) is not list:
        _wrong(where, "a list", value)
    return value


def _integer(value: object, where: _Where) -> int:
    # bool is an int in Python, and true is no number of seats.
    if type(value) is not int:
        _wrong(where, f"a whole number up to {LARGEST_INTEGER}", value)
    return value


def _text(value: object, where: _Where) -> str:
    if type(value) is not str:
        _wrong(where, "text", value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise RoundInputError(place(*where), "half a surrogate pair, which is no text") from None
    return value


def _wrong(where: _Where, wanted: str, value: object) -> NoReturn:
    words = {bool: "true or false", str: "text", int: "a number", list: "a list", _Object: "an object"}
    got = "null" if value is None else words.get(type(value), "another kind of number")
    raise RoundInputError(place(*where), f"must be {wanted}, not {got}")
