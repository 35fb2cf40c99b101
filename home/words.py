"""When and where an event is, in the reader's language."""

import datetime

from django.utils.translation import gettext

from portal.pages.words import ROME, day_words, hour_words, moment_words


def when_words(start: datetime.datetime, end: datetime.datetime | None, all_day: bool) -> str:
    """«martedì 3 marzo 2027, ore 18-20.30»; over several days «da ... a ...»; without hours when it lasts all day."""
    first = start.astimezone(ROME)
    last = end.astimezone(ROME) if end else first
    if first.date() != last.date():
        return gettext("da %(start)s a %(end)s") % {
            "start": day_words(first.date()) if all_day else moment_words(first),
            "end": day_words(last.date()) if all_day else moment_words(last),
        }
    if all_day:
        return day_words(first.date())
    if end is None or first == last:
        return moment_words(start)
    return gettext("%(day)s, ore %(start)s-%(end)s") % {
        "day": day_words(first.date()),
        "start": hour_words(start),
        "end": hour_words(last),
    }
