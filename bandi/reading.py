"""Reading what the page of a call needs in few queries."""

from django.conf import settings
from django.db.models import Case, CharField, F, Value, When
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from portal.registry.models import Topic

from .models.recipient import Recipient

_WORDS: tuple[tuple[str, type[Topic] | type[Recipient]], ...] = (("topics", Topic), ("recipients", Recipient))


def read_words_of(call) -> None:
    """Read topics and recipients of a call in one query: both are words with a translation and a slug.

    They are kept where django-modelcluster (checked with 6.5) keeps those of a page that is being edited; what a
    preview has there already is left alone.
    """
    kept = vars(call).setdefault("_cluster_related_objects", {})
    missing = [(name, model) for name, model in _WORDS if name not in kept]
    if not missing:
        return
    parts = [
        getattr(type(call), name)
        .through.objects.order_by()
        .filter(callpage_id=call.pk)
        .values_list(
            Value(name, output_field=CharField()),
            F(f"{model._meta.model_name}__pk"),
            F(f"{model._meta.model_name}__name"),
            F(f"{model._meta.model_name}__name_en"),
            F(f"{model._meta.model_name}__slug"),
        )
        for name, model in missing
    ]
    rows = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row[2], row[1]))
    for name, model in missing:
        kept[name] = [
            model(pk=pk, name=italian, name_en=english, slug=slug)
            for kind, pk, italian, english, slug in rows
            if kind == name
        ]


def source_of(call):
    """The page of a call in the source language, on which what belongs to it hangs; itself where there is none."""
    if call.locale.language_code == settings.LANGUAGE_CODE:
        return call
    pages = type(call).objects.filter(translation_key=call.translation_key)
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE).first() or call


def call_at(slug: str):
    """The public call at an address of ours, in the reader's language or else in the one it was written in.

    Calls are seldom translated, and whoever changes the language on a form of theirs shall find that form again.

    Raises:
        Http404: no public call has this slug.
    """
    from .models import CallPage  # reading is read by the models

    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    languages = (language, settings.LANGUAGE_CODE)
    choices = [When(locale__language_code=code, then=place) for place, code in enumerate(languages)]
    nearest = Case(*choices, default=len(choices))
    call = CallPage.objects.live().public().filter(slug=slug).order_by(nearest, "pk").first()
    if call is None:
        raise Http404("no such call")
    return call


def in_language_of(request: HttpRequest, call):
    """The page of a call in the reader's language, live; itself where it is not translated."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    pages = type(call).objects.live().filter(translation_key=call.translation_key, locale__language_code=language)
    return pages.first() or call
