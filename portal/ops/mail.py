"""The one way in which the portal writes to people: a template in text and HTML, in the reader's language.

An e-mail called `sportello/offer_made` is three files under `templates/emails/sportello/`:

- `offer_made.subject.txt`: one line, the same for everybody; a subject shows on locked screens and in other
  people's logs, so it never gets the person's name (see `NOT_IN_SUBJECTS`);
- `offer_made.txt`: extends `emails/base.txt` and fills its block `content`;
- `offer_made.html`: extends `emails/base.html` and fills its blocks `heading` and `content`; its one link is
  `{% include "emails/button.html" with url=… label=… only %}`.

Actions call `enqueue_email`, which waits for the commit and hands the work to the task queue.
"""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django_tasks import task

from .logs import SAFE_TO_QUOTE

logger = logging.getLogger(__name__)

# Names under which templates receive what says who the reader is: the subject is drawn without them.
NOT_IN_SUBJECTS = frozenset({"email", "first_name", "full_name", "last_name", "name", "person"})

# RFC 3834 and Exchange's own header: out-of-office replies to the portal help nobody.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


# Mistakes in a template speak of the template; other errors may quote an address or a whole context.
_SAFE_TO_QUOTE = (*SAFE_TO_QUOTE, AssertionError)


class EmailNotSent(Exception):
    """An e-mail could not be sent. Says which and why, but neither to whom nor what was in it."""


def absolute_url(path: str) -> str:
    """Return the address of the portal (`BASE_URL` of the environment) followed by a path; absolute stays as it is."""
    return urljoin(settings.WAGTAILADMIN_BASE_URL.rstrip("/") + "/", path)


def compose_email(
    template: str,
    to: str,
    context: Mapping[str, Any],
    language: str,
    reply_to: str | None = None,
    attachments: Iterable[Mapping[str, str]] = (),
) -> EmailMultiAlternatives:
    """Draw an e-mail without sending it.

    Args:
        template: its name under `templates/emails/`, without ending: `sportello/offer_made`.
        to: the address of one person.
        context: what the templates need. A value called `url` or `…_url` that begins with a slash becomes absolute;
            a text called `…_at` is read as a moment and `…_on` as a day (ISO 8601), in Europe/Rome, so that
            templates format them with `date` in the reader's language. With an `unsubscribe_url`, mail programs are
            told of it: it must take a POST without cookies.
        language: code of the reader's language, "it" or "en".
        reply_to: where answers go, if not to the portal's own address.
        attachments: texts to attach (a calendar entry), each with its `name`, content `type` and `text`.

    Raises:
        TemplateDoesNotExist: one of the three files is missing.
        ValueError: the subject is empty.
    """
    values = {key: _revive(key, value) for key, value in context.items()}
    portal_name = str(settings.WAGTAIL_SITE_NAME)
    values.update({"base_url": absolute_url("/"), "portal_name": portal_name, "LANGUAGE_CODE": language})
    with translation.override(language):
        impersonal = {key: value for key, value in values.items() if key not in NOT_IN_SUBJECTS}
        subject = " ".join(_draw_text(f"emails/{template}.subject.txt", impersonal).split())
        if not subject:
            raise ValueError(f"The e-mail {template} has no subject.")
        body = re.sub(r"\n{3,}", "\n\n", _draw_text(f"emails/{template}.txt", values)).strip() + "\n"
        html = get_template(f"emails/{template}.html").render(values).strip() + "\n"
    headers = HEADERS | {"Content-Language": language}
    if values.get("unsubscribe_url"):
        # RFC 2369 and 8058: the mail program offers to unsubscribe, and does it with one click.
        headers["List-Unsubscribe"] = f"<{values['unsubscribe_url']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject,
        body,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers=headers,
    )
    message.attach_alternative(html, "text/html")
    for attachment in attachments:
        message.attach(attachment["name"], attachment["text"], attachment["type"])
    return message


def send_email(
    template: str,
    to: str,
    context: Mapping[str, Any],
    language: str,
    reply_to: str | None = None,
    attachments: Iterable[Mapping[str, str]] = (),
) -> None:
    """Draw an e-mail and send it now. See `compose_email` for the arguments; actions call `enqueue_email` instead.

    Raises:
        EmailNotSent: drawing or sending failed. The log has the template and the class of the error only: messages
            of mail servers quote addresses.
    """
    try:
        compose_email(template, to, context, language, reply_to, attachments).send()
    except Exception as error:
        reason = type(error).__name__
        if isinstance(error, _SAFE_TO_QUOTE):
            reason = f"{reason}: {error}"
        logger.error("E-mail %s (%s) was not sent: %s.", template, language, reason)
        raise EmailNotSent(f"{template}: {reason}") from None
    logger.info("E-mail %s (%s) was sent.", template, language)


@task(backend="background")
def send_email_task(
    template: str,
    to: str,
    context: dict[str, Any],
    language: str,
    reply_to: str | None = None,
    attachments: list[dict[str, str]] | None = None,
) -> None:
    """`send_email` for the task queue, whose arguments are JSON."""
    send_email(template, to, context, language, reply_to, attachments or ())


def enqueue_email(
    template: str, to: str, context: Mapping[str, Any], language: str, reply_to: str | None = None
) -> None:
    """Send an e-mail once the current transaction is committed, and not at all if it is rolled back.

    Args:
        context: JSON values, dates, moments, decimals and translatable strings (which are fixed in the language
            that is active now: prefer to let the template translate). No model instances: pass what is shown.

    Raises:
        TypeError: something in the context cannot be kept in a queue.
    """
    kept = json.loads(json.dumps(dict(context), cls=DjangoJSONEncoder))
    transaction.on_commit(
        partial(send_email_task.enqueue, template=template, to=to, context=kept, language=language, reply_to=reply_to)
    )


def _draw_text(name: str, values: Mapping[str, Any]) -> str:
    """Render a template as plain text: names with an apostrophe stay as they are."""
    backend_template: Any = get_template(name)
    return backend_template.template.render(Context(dict(values), autoescape=False))


def _revive(key: str, value: Any) -> Any:
    """Turn a value that came through JSON into what a template formats; see `compose_email`."""
    if isinstance(value, Mapping):
        return {inner: _revive(inner, item) for inner, item in value.items()}
    if isinstance(value, list):
        return [_revive(key, item) for item in value]
    if isinstance(value, str):
        if (key == "url" or key.endswith("_url")) and value.startswith("/"):
            return absolute_url(value)
        if key.endswith("_at"):
            value = parse_datetime(value) or value
        elif key.endswith("_on"):
            value = parse_date(value) or value
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
