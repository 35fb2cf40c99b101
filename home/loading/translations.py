"""The English of the loaded pages, through wagtail-localize: editors see it as a translation, string by string.

Page by page, parents first, never a subtree at once: with a live page that corrupts the tree (upstream issue 773).
"""

import json
import uuid
from collections.abc import Mapping, Sequence, Set
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from . import pages as build
from .full_examples import full_example_texts
from .governance import register_texts
from .pacts import pact_texts
from .source import ContentError, page_key, read
from .tree import Tree

ENGLISH = "en"


def load_english(tree: Tree) -> int:
    """Translate the home page, the sections, and every page that has a whole English text; how many were made."""
    english, _created = Locale.objects.get_or_create(language_code=ENGLISH)
    made = 0
    texts = _words()
    keys = {key for key, _texts in texts}
    for key, words in texts:
        page = tree.find(key)
        if page is None or page.has_translation(english):
            continue
        translate(page, words, english, keys)
        tree.say(f"In English: {words['title']}")
        made += 1
    return made


def _words() -> list[tuple[Any, Mapping[str, Any]]]:
    """Key and English words of each page that is translated, parents first."""
    home = build.home(read("home")["home"], "_en")
    # A home page has no parent to tell its language: its address must be its own.
    names = [field.name for field in home._meta.local_fields if not field.is_relation]
    words: list[tuple[Any, Mapping[str, Any]]] = [
        (page_key("home"), {"title": home.title, "slug": "portale-en", **{name: getattr(home, name) for name in names}})
    ]
    texts = read("translations_en")
    for row in read("sections")["section"]:
        # In the order of the menu: pages are found in the order in which they were made.
        if row.get("file") == "vision":
            words.append((page_key("vision"), build.vision_texts(texts["vision"])))
        elif row.get("file") == "plan":
            words.append((page_key("plan"), build.plan_texts(texts["plan"])))
        elif "title_en" in row:
            section = {"title": row["title_en"], "short_description": row["short_description_en"]}
            words.append((page_key(f"section/{row['slug']}"), section))
    words += [*register_texts(), *pact_texts(), *full_example_texts()]
    words += [(page_key(f"project/{row['slug']}"), build.project_texts(row)) for row in texts["project"]]
    words += [(page_key(f"call/{row['slug']}"), build.call_texts(row)) for row in texts["call"]]
    words += [(page_key(f"page/{row['slug']}"), build.content_texts(row)) for row in texts["page"] if row.get("body")]
    return words


def _put_into_axes(plan: Any, words: Mapping[str, Mapping[str, str]]) -> None:
    """Give the axes of a plan that is never saved their English words, by code; the others keep theirs."""
    axes = list(plan.axes.all())
    for axis in axes:
        for name, value in words.get(axis.code, {}).items():
            setattr(axis, name, value)
    plan.axes.set(axes)


def _put_into_rows(page: Any, name: str, words: Sequence[str]) -> None:
    """Give the rows of a page that is never saved their English words: `members.role`, one for each in their order."""
    relation, field = name.split(".")
    rows = list(getattr(page, relation).all())
    for row, word in zip(rows, words, strict=True):
        setattr(row, field, word)
    getattr(page, relation).set(rows)


@transaction.atomic
def translate(page: Page, words: Mapping[str, Any], locale: Locale, keys: Set[uuid.UUID] = frozenset()) -> None:
    """Translate and publish one page.

    The words are put into a copy of the page that is never saved; the copy is cut into strings like the page itself,
    and string by string the two are paired.

    Raises:
        ContentError: the two have not the same blocks in the same order.
    """
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    copy = type(page).objects.get(pk=page.pk)
    for name, value in words.items():
        if name == "axes":
            _put_into_axes(copy, value)
        elif "." in name:
            _put_into_rows(copy, name, value)
        else:
            setattr(copy, name, copy._meta.get_field(name).to_python(value))
    strings = {value.order: value for value in extract_segments(copy) if isinstance(value, StringSegmentValue)}
    segments = StringSegment.objects.filter(source=source).select_related("context").order_by("order")
    for segment in segments:
        value = strings.pop(segment.order, None)
        if value is None or value.path != segment.context.path:
            raise ContentError(f"{page.slug}: the English text differs in its blocks at «{segment.context.path}»")
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id,
            locale=locale,
            context=segment.context,
            defaults={
                "data": value.string.data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
    if strings:
        raise ContentError(f"{page.slug}: the English text has more strings than the Italian one")
    _lead_to_english_pages(source, locale, keys)
    # Published here and not by wagtail-localize, which waits for the end of the outermost transaction and then writes
    # the number of children that the page had before: the tree would be broken.
    translation.save_target(publish=False)
    page.get_translation(locale).get_latest_revision().publish()


def _lead_to_english_pages(source: TranslationSource, locale: Locale, keys: Set[uuid.UUID]) -> None:
    """Links inside the text go to the English page of the same address, unless the page is in Italian only."""
    for segment in OverridableSegment.objects.filter(source=source).select_related("context"):
        address = segment.data
        if not isinstance(address, str) or not address.startswith("/"):
            continue
        home = source.get_source_instance().get_site().root_page
        page = Page.objects.filter(url_path=f"{home.url_path.rstrip('/')}{address}").first()
        # An address without a page is that of an app, which speaks both languages.
        if page is None or page.translation_key in keys:
            SegmentOverride.objects.update_or_create(
                locale=locale, context=segment.context, defaults={"data_json": json.dumps(f"/{ENGLISH}{address}")}
            )
