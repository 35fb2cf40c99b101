"""Content checks of our own: what an editor should look at again before publishing.

None of them stops anybody from saving. Each is a function of what the page says (`reading.Reading`), so that it can be
tried without an editor; `advice_on` runs them all on a page.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from portal.pages.base import BasePage

from .reading import Picture, Reading, read_page

# Whole texts of links that say nothing about where they lead: read aloud one after the other, they are all the same.
VAGUE_LINKS = frozenset(
    {
        "qui", "clicca qui", "clicca", "link", "questo link", "a questo link", "vai", "vai qui", "leggi",
        "leggi di più", "leggi tutto", "scopri", "scopri di più", "continua", "continua a leggere", "altro", "di più",
        "maggiori informazioni", "più informazioni", "per saperne di più", "scarica", "scarica qui", "pagina",
        "click here", "here", "read more", "more", "learn more",
    }
)  # fmt: skip
_ADDRESS = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\.(avif|gif|jpe?g|png|svg|webp|tiff?)$|_|^(dsc|img|image|foto|immagine)[\s_-]*\d*$", re.IGNORECASE
)
# Screen readers say the whole text without a pause: more belongs in the caption or in the text.
ALT_MAX = 150
# What search engines usually show of a description.
DESCRIPTION_MIN, DESCRIPTION_MAX = 50, 160
# Below so many words an index of readability says nothing.
GULPEASE_WORDS = 60
# Gulpease below 60: hard for who left school after the third year of secondary school (licenza media); below 40: also
# for who has an upper secondary diploma. P. Lucisano, M. E. Piemontese, «GULPEASE: una formula per la predizione della
# difficoltà dei testi in lingua italiana», Scuola e città 3, 1988.
GULPEASE_MEDIA, GULPEASE_DIPLOMA = 60, 40
SENTENCE_MAX = 40
_SENTENCE_END = re.compile(r"[.!?…;:]+(?=\s|$)|\n")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at again. A hint is a matter of taste; what is no hint, somebody will stumble on."""

    text: str
    is_hint: bool = False


def check_links(reading: Reading) -> Iterator[Advice]:
    """Links that say nothing of where they lead, and one text that leads to two places."""
    targets: dict[str, set[str]] = defaultdict(set)
    for link in reading.links:
        words = link.text.casefold().strip(" .…!›»>")
        if not words:
            yield Advice(_("Un link non ha testo: non lo vede nessuno."))
        elif words in VAGUE_LINKS:
            yield Advice(
                _("Il link «%(text)s» non dice dove porta: nominalo con ciò che si trova.") % {"text": link.text}
            )
        elif _ADDRESS.match(link.text):
            host = urlsplit(link.text if "//" in link.text else f"//{link.text}").netloc
            yield Advice(_("Il link mostra un indirizzo (%(host)s): scrivi il nome della pagina.") % {"host": host})
        else:
            targets[words].add(link.target)
    for words, places in targets.items():
        if len(places) > 1:
            yield Advice(_("Due link si chiamano «%(text)s» e portano in posti diversi.") % {"text": words})


def check_pictures(reading: Reading) -> Iterator[Advice]:
    """Pictures without alternative text, or with one that is a file name or a story."""
    for picture in reading.pictures:
        advice = _check_picture(picture)
        if advice:
            yield advice


def _check_picture(picture: Picture) -> Advice | None:
    alt = picture.alt.strip()
    if picture.decorative:
        return None
    if not alt:
        return Advice(_("L'immagine %(name)s non ha un testo alternativo.") % {"name": picture.name})
    if _FILE_NAME.search(alt):
        text = _("Il testo alternativo dell'immagine %(name)s è il nome di un file: «%(alt)s».")
        return Advice(text % {"name": picture.name, "alt": alt})
    if len(alt) > ALT_MAX:
        text = _("Il testo alternativo dell'immagine %(name)s ha %(length)s caratteri: bastano %(max)s.")
        return Advice(text % {"name": picture.name, "length": len(alt), "max": ALT_MAX}, is_hint=True)
    return None


def check_headings(reading: Reading) -> Iterator[Advice]:
    """A subheading before any heading, and headings without words."""
    previous = 1
    for level, text in reading.headings:
        if not text:
            yield Advice(_("Un titolo nel testo è vuoto."))
        if level > previous + 1:
            yield Advice(_("«%(text)s» è un sottotitolo, ma prima non c'è un titolo.") % {"text": text})
        previous = level


def check_readability(reading: Reading) -> Iterator[Advice]:
    """How hard the text is to read in Italian, and which sentence is longest."""
    index = gulpease(reading.text)
    if index is not None and index < GULPEASE_DIPLOMA:
        text = _("Il testo è difficile anche per chi ha un diploma (indice Gulpease %(index)s su 100).")
        yield Advice(text % {"index": index}, is_hint=True)
    elif index is not None and index < GULPEASE_MEDIA:
        text = _("Il testo è difficile per chi ha la licenza media (indice Gulpease %(index)s su 100).")
        yield Advice(text % {"index": index}, is_hint=True)
    longest = max(sentences(reading.text), key=lambda sentence: len(_WORD.findall(sentence)), default="")
    words = _WORD.findall(longest)
    if len(words) > SENTENCE_MAX:
        start = " ".join(longest.split()[:6])
        text = _("La frase «%(start)s…» ha %(words)s parole: prova a farne due.")
        yield Advice(text % {"start": start, "words": len(words)}, is_hint=True)


def sentences(text: str) -> list[str]:
    """The sentences of a text, without those that have no word."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and _WORD.search(part)]


def gulpease(text: str) -> int | None:
    """The Gulpease index, from 0 (hardest) to 100: 89 + (300 sentences - 10 letters) / words. None if too short.

    Source: Lucisano and Piemontese 1988 (see GULPEASE_MEDIA).
    """
    words = _WORD.findall(text)
    if len(words) < GULPEASE_WORDS:
        return None
    letters = sum(character.isalnum() for word in words for character in word)
    value = 89 + (300 * len(sentences(text)) - 10 * letters) / len(words)
    return round(min(max(value, 0), 100))


def check_description(description: str, same_on: list[str]) -> Iterator[Advice]:
    """What search engines show: neither too short nor cut off, and no other page's."""
    length = len(description.strip())
    words = {"length": length, "min": DESCRIPTION_MIN, "max": DESCRIPTION_MAX}
    if length < DESCRIPTION_MIN:
        text = _(
            "La descrizione per i motori di ricerca ha %(length)s caratteri: con almeno %(min)s si capisce di più."
        )
        yield Advice(text % words, is_hint=True)
    elif length > DESCRIPTION_MAX:
        text = _("La descrizione per i motori di ricerca ha %(length)s caratteri: dopo %(max)s la tagliano.")
        yield Advice(text % words, is_hint=True)
    if same_on:
        yield Advice(
            ngettext(
                "Un'altra pagina ha la stessa descrizione: %(titles)s.",
                "Altre pagine hanno la stessa descrizione: %(titles)s.",
                len(same_on),
            )
            % {"titles": ", ".join(f"«{title}»" for title in same_on)}
        )


def same_description(page: BasePage) -> list[str]:
    """Titles of the other pages of the same type and language with the same description: at most three, one query."""
    others = type(page)._default_manager.filter(locale_id=page.locale_id).exclude(pk=page.pk)
    if page.search_description:
        others = others.filter(search_description=page.search_description)
    else:
        others = others.filter(search_description="", short_description=page.short_description)
    return list(others.order_by("title", "pk").values_list("title", flat=True)[:3])


def advice_on(page: Page) -> list[Advice]:
    """Everything to look at again on a page as it is in memory; first what people stumble on, then hints."""
    reading = read_page(page)
    found = [*check_links(reading), *check_pictures(reading), *check_headings(reading)]
    if isinstance(page, BasePage) and page.short_description:
        found += check_description(page.meta_description, same_description(page))
    if page.locale.language_code == "it":
        found += check_readability(reading)
    unique = list(dict.fromkeys(found))
    return sorted(unique, key=lambda advice: advice.is_hint)
