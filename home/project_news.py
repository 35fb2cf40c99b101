"""What is new of a project between two moments, for who follows it; and telling them, once each.

A thing is new when it is first published. What is told is in the reader's language where it is translated, and is told
once: a translation that comes later is no news.
"""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext
from wagtail.models import Page, ReferenceIndex

from bandi.models import CallPage
from progetti import following_letters as letters
from progetti.following_letters import New
from progetti.models import ProjectFollower, ProjectPage
from progetti.page_versions import published_versions

from .models import EventPage, NewsPage

# What has just been published waits a little: editors see a mistake, and take it back, right after publishing.
WAIT = timedelta(minutes=30)


def tell_followers(now: datetime | None = None) -> int:
    """Write to each follower whose project has something new, one e-mail each; how many were written.

    Run late, it tells all that is new since the last time; run twice, or at the same time, it tells nothing twice: the
    row of the follower is locked while the e-mail is put into the queue, and remembers until when they have been told.
    """
    until = (now or timezone.now()) - WAIT
    known: dict[tuple[int, str, datetime], list[New]] = {}
    sent = 0
    for pk in list(ProjectFollower.objects.to_tell(until).values_list("pk", flat=True)):
        with transaction.atomic():
            rows = ProjectFollower.objects.to_tell(until).select_for_update(of=("self",))
            follower = rows.select_related("project__locale").filter(pk=pk).first()
            if follower is None or follower.told_until is None:
                # Stopped, or told by another run, in the meantime.
                continue
            key = (follower.project_id, follower.language, follower.told_until)
            if key not in known:
                known[key] = news_of(follower.project, follower.language, follower.told_until, until)
            if known[key]:
                letters.send_digest(follower, known[key])
                sent += 1
            follower.told_until = until
            follower.save(update_fields=["told_until"])
    return sent


def news_of(project: ProjectPage, language: str, since: datetime, until: datetime) -> list[New]:
    """What was published of a project after a moment and up to another: updates, news, events, calls."""
    if not ProjectPage.objects.live().public().filter(pk=project.pk).exists():
        return []
    with translation.override(language):
        return [*_updates(project, language, since, until), *_pages(project, language, since, until)]


def _updates(project: ProjectPage, language: str, since: datetime, until: datetime) -> list[New]:
    """What its editors wrote of each change of the project's page."""
    pages = {
        page.locale.language_code: page for page in project.get_translations(inclusive=True).select_related("locale")
    }
    page = pages.get(language, project)
    if not page.live:
        page = project
    return [
        New(gettext("Aggiornamento"), version.note, "", page.get_url() or "")
        for version in published_versions(page)
        if version.note and since < version.published_at <= until
    ]


def _pages(project: ProjectPage, language: str, since: datetime, until: datetime) -> list[New]:
    kinds = {
        NewsPage: pgettext("kind of page", "Notizia"),
        EventPage: pgettext("kind of page", "Evento"),
        CallPage: pgettext("kind of page", "Bando"),
    }
    live = Page.objects.live().public().filter(_about(project))
    fresh = list(
        live.filter(first_published_at__gt=since, first_published_at__lte=until)
        .select_related("locale")
        .order_by("first_published_at", "pk")
        .specific()
    )
    keys = {page.translation_key for page in fresh}
    told = set(
        Page.objects.filter(translation_key__in=keys, first_published_at__lte=since).values_list(
            "translation_key", flat=True
        )
    )
    chosen: dict = {}
    for page in fresh:
        if page.translation_key in told:
            continue
        if page.translation_key not in chosen or page.locale.language_code == language:
            chosen[page.translation_key] = page
    return [
        New(str(kinds[type(page)]), page.title, page.short_description, page.get_url() or "")
        for page in chosen.values()
    ]


def _about(project: ProjectPage) -> Q:
    """Valid news and coming events of a project in any language, and the calls whose page leads to it."""
    same = {"project__translation_key": project.translation_key}
    return (
        Q(pk__in=NewsPage.objects.valid().filter(**same).values("pk"))
        | Q(pk__in=EventPage.objects.upcoming().filter(**same).values("pk"))
        | Q(pk__in=calls_that_name(project))
    )


def calls_that_name(project: ProjectPage) -> QuerySet:
    """Keys of the pages of calls that link to a project, from their text or as a related page."""
    projects = ProjectPage.objects.filter(translation_key=project.translation_key).values_list("pk", flat=True)
    return (
        ReferenceIndex.objects.filter(
            content_type=ContentType.objects.get_for_model(CallPage),
            to_content_type=ContentType.objects.get_for_model(Page),
            to_object_id__in=[str(pk) for pk in projects],
        )
        .annotate(call=Cast("object_id", IntegerField()))
        .values("call")
    )
