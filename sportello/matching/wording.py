"""How the matching speaks: a key, a language and an audience give a sentence of the catalogue."""

from typing import Literal

from .catalogue import CATALOGUE, LABELS

Language = Literal["it", "en"]
Audience = Literal["youth", "staff"]

LANGUAGES: tuple[Language, ...] = ("it", "en")
AUDIENCES: tuple[Audience, ...] = ("youth", "staff")


def say(key: str, language: Language = "it", audience: Audience = "youth", **values: object) -> str:
    """Return a sentence with its values filled in.

    Raises KeyError for a key that the catalogue does not have or a value that its sentence needs, ValueError
    for a language or an audience that it does not speak to.
    """
    if language not in LANGUAGES or audience not in AUDIENCES:
        raise ValueError(f"no sentences in {language!r} for {audience!r}")
    column = LANGUAGES.index(language) * len(AUDIENCES) + AUDIENCES.index(audience)
    return CATALOGUE[key][column].format(**values)


def label(key: str, language: Language = "it") -> str:
    """Return the short name of a factor, for a bar or a table."""
    return LABELS[key][LANGUAGES.index(language)]
