"""Finding pages by words."""

import unicodedata
from collections.abc import Iterable

from django.apps import apps
from django.utils.translation import get_language
from wagtail.models import Locale, Page
from wagtail.search.backends.base import BaseSearchResults

from portal.pages.base import BasePage

MOST_LETTERS = 100


def clean_words(text: str) -> str:
    """What can be searched for: no control characters (databases refuse NUL), single spaces, MOST_LETTERS at most."""
    printable = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in text)
    return " ".join(printable.split())[:MOST_LETTERS].strip()


def find_pages(words: str) -> BaseSearchResults | list[Page]:
    """Live pages of the reader's language that everybody may read and that say every word, the best first.

    A word in the title counts more than one in the text: Wagtail's index gives titles twice the weight.
    """
    locale = Locale.objects.filter(language_code=(get_language() or "it").split("-")[0]).first()
    if not words or locale is None:
        return []
    return Page.objects.live().public().filter(locale_id=locale.pk, depth__gt=1).search(words, operator="and")


def descriptions(pages: Iterable[Page]) -> dict[int, str]:
    """The short description of each page by its primary key: one query, whatever types the pages are of."""
    ids = [page.pk for page in pages]
    parts = [
        model.objects.order_by().filter(pk__in=ids).values_list("pk", "short_description")
        for model in apps.get_models()
        if issubclass(model, BasePage)
    ]
    return dict(parts[0].union(*parts[1:], all=True)) if ids else {}
