"""Words in offers: how they are kept, and how somebody's words are looked for.

An offer keeps its own words in one column (`Offer.search_words`): without accents, in lower case, a blank round each.
PostgreSQL keeps a text vector of that column with Italian stems (a generated column, see migrations) and an index on
it. Other databases look for the beginnings of words. Both find «attività» by «attivita» and «botteghe» by «bottega».
"""

import re
import unicodedata
from collections.abc import Iterable

from django.db import connections
from django.db.models import BooleanField, Expression, F, Func, Q, Value

MAX_WORDS = 8
"""More words than these are not looked for."""
WHOLE = 5
"""From so many letters on, the beginning of a word is enough: «falegname» finds «falegnameria»."""

_TOKEN = re.compile(r"[a-z0-9]+")
_EMPTY_WORDS = frozenset(
    """
    a al alla alle allo ai agli anche che chi come con cosa da dal dalla dei del della delle dello di e ed fra gli ha il
    io in la le lo ma mi nei nel nella nelle nello no non o per piu quale se si sono su sul sulla te ti tra tu un una
    uno
    """.split()  # noqa: SIM905  a list of a line each would be a page long
)


def fold(text: str) -> str:
    """Return a text in lower case without accents: «Più» and «piu» are one word."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def document(texts: Iterable[str]) -> str:
    """Return the words of some texts, in order, a blank before and after each."""
    words = [word for text in texts for word in _TOKEN.findall(fold(text))]
    return f" {' '.join(words)} " if words else ""


def words_of(query: str) -> list[str]:
    """Return the words worth looking for: articles and prepositions only when there is nothing else."""
    words = list(dict.fromkeys(_TOKEN.findall(fold(query))))
    full = [word for word in words if word not in _EMPTY_WORDS]
    return (full or words)[:MAX_WORDS]


def beginning(word: str) -> str:
    """Return the part of a word that its Italian singular and plural share: «botteghe» and «bottega»."""
    short = re.sub(r"h?[aeiou]+$", "", word)
    return short if len(short) >= 3 else word


class _SearchVector(Func):
    """The vector that PostgreSQL makes of an offer's words, of the row that the query is about, whatever it calls it.

    The column is no field of the model: it is named like its source, `search_words`.
    """

    template = "%(expressions)s"

    def __init__(self):
        super().__init__(F("search_words"))

    def as_sql(self, compiler, connection, **extra):  # type: ignore[override]  # the rest is passed on
        sql, params = super().as_sql(compiler, connection, **extra)
        return sql.replace("search_words", "search_vector"), params


class InSearchVector(Func):
    """Whether every word is in the vector of an offer. PostgreSQL only; the words are plain letters and digits."""

    template = "%(expressions)s)"
    arg_joiner = " && "
    output_field = BooleanField()

    def __init__(self, *words: Func):
        super().__init__(_SearchVector(), *words)

    def as_sql(self, compiler, connection, **extra):  # type: ignore[override]  # the rest is passed on
        sql, params = super().as_sql(compiler, connection, **extra)
        # The vector comes first, then the words: «vector && word && word» reads «vector @@ (word && word)».
        return sql.replace(" && ", " @@ (", 1), params


class _Word(Func):
    """One word: its Italian stem, or a word that begins like it."""

    template = "(to_tsquery('italian', %(expressions)s))"
    arg_joiner = ") || to_tsquery('simple', "


def condition(query: str, database: str) -> Q | Expression | None:
    """Return what an offer has to fulfil to be found by somebody's words; None when there is no word in them."""
    words = words_of(query)
    if not words:
        return None
    if connections[database].vendor != "postgresql":
        found = Q()
        for word in words:
            found &= Q(search_words__contains=f" {beginning(word)}")
        return found
    return InSearchVector(*(_postgresql_word(word) for word in words))


def _postgresql_word(word: str) -> Func:
    if len(word) < WHOLE:
        return _Word(Value(word))
    return _Word(Value(f"{word}:*"), Value(f"{beginning(word)}:*"))
