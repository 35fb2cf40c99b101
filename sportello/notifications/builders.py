"""The frames of letters about an application: their texts are format strings over the same few names."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.pages.words import day_words, moment_words

from ..answers import said_to_youth
from ..models import Application
from .common import Notice


def for_youth(subject: str, happened: str, todo: str, by_when: str = "", quote: bool = False) -> Callable:
    """A notice for the young person: its texts are format strings over the same few names."""

    def build(application: Application) -> Notice:
        values = values_of(application)
        return Notice(
            subject=_(subject),
            happened=_(happened) % values,
            todo=_(todo) % values,
            by_when=_(by_when) % values if by_when else "",
            quote=said_to_youth(application) if quote else "",
            path=reverse("area:youth_application", args=[application.pk]),
            label=_("Apri la candidatura"),
        )

    return build


def for_host(subject: str, happened: str, todo: str, by_when: str = "") -> Callable:
    """A notice for the host about one of its applications."""

    def build(application: Application) -> Notice:
        values = values_of(application)
        return Notice(
            subject=_(subject),
            happened=_(happened) % values,
            todo=_(todo) % values,
            by_when=_(by_when) % values if by_when else "",
            path=reverse("area:host_application", args=[application.pk]),
            label=_("Apri la candidatura"),
        )

    return build


def for_desk(subject: str, happened: str, todo: str, quote: bool = False) -> Callable:
    """A notice for the desk about an application."""

    def build(application: Application) -> Notice:
        values = values_of(application)
        return Notice(
            subject=_(subject),
            happened=_(happened) % values,
            todo=_(todo) % values,
            quote=application.reason if quote else "",
            path=reverse("sportello_application:inspect", args=[application.pk]),
            label=_("Apri la candidatura"),
        )

    return build


def values_of(application: Application) -> dict:
    return {
        "offer": application.offer.title,
        "host": application.offer.host.organisation.name,
        "person": application.applicant_name,
        "until": moment_words(application.expires_at) if application.expires_at else "",
        "start": day_words(application.start_date) if application.start_date else "",
        "end": day_words(application.end_date) if application.end_date else "",
    }
