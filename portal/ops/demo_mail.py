"""The demo's letterbox: reads back the e-mails that the file backend keeps instead of sending.

It shows every e-mail to everybody, links and codes included, so it answers only where `settings.DEMO` is on; the
address itself exists only there (portal/urls.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern_policy
from email.utils import parsedate_to_datetime
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

# What Django's file backend writes: <date>-<time>-<number>.log, each message ended by a line of 79 hyphens.
_FILE = re.compile(r"^\d{8}-\d{6}-\d+$")
PER_PAGE = 30

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class KeptEmail:
    """One e-mail as it was written to the file."""

    key: str
    subject: str
    sender: str
    to: str
    sent_at: datetime | None
    text: str
    html: str


def kept_emails(folder: Path) -> list[KeptEmail]:
    """Every e-mail in the folder, newest first; an empty list if the folder does not exist."""
    names = sorted((path.stem for path in folder.glob("*.log") if _FILE.match(path.stem)), reverse=True)
    emails: list[KeptEmail] = []
    for name in names:
        emails.extend(reversed(_read_file(folder, name)))
    return sorted(emails, key=lambda item: item.sent_at or timezone.now(), reverse=True)


def find_email(folder: Path, key: str) -> KeptEmail | None:
    """The e-mail with this key, or None. Only names that the folder itself lists are opened."""
    name, _hyphen, _number = key.rpartition("-")
    if not _FILE.match(name) or not (folder / f"{name}.log").is_file():
        return None
    return next((item for item in _read_file(folder, name) if item.key == key), None)


def _read_file(folder: Path, name: str) -> list[KeptEmail]:
    """The e-mails of one file, oldest first."""
    source = (folder / f"{name}.log").read_bytes()
    parts = [part.strip(b"\n") for part in re.split(rb"^-{79}\n", source, flags=re.MULTILINE)]
    return [_parse(f"{name}-{number}", part) for number, part in enumerate(parts) if part.strip()]


def _parse(key: str, source: bytes) -> KeptEmail:
    message = message_from_bytes(source, _class=EmailMessage, policy=modern_policy)
    date = str(message["Date"] or "")
    try:
        sent_at = timezone.localtime(_aware(parsedate_to_datetime(date)))
    except ValueError:
        sent_at = None
    return KeptEmail(
        key=key,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        sent_at=sent_at,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _aware(moment: datetime) -> datetime:
    """Django writes dates as UTC with the offset "-0000", which Python reads as a moment without zone."""
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def demo_only(view: View) -> View:
    """404 wherever the settings are not the demo's, whatever the list of addresses says."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _folder() -> Path:
    """Where the file backend writes (portal/settings/dev.py)."""
    return Path(settings.EMAIL_FILE_PATH)


def _find_or_404(key: str) -> KeptEmail:
    email = find_email(_folder(), key)
    if email is None:
        raise Http404
    return email


@demo_only
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The list of the e-mails, newest first."""
    page = Paginator(kept_emails(_folder()), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "pages/ops/mailbox.html", {"page_obj": page, "emails": page.object_list})


@demo_only
@require_safe
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One e-mail: its text, with links that can be followed."""
    return render(request, "pages/ops/letter.html", {"email": _find_or_404(key)})


@demo_only
@require_safe
def letter_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part of an e-mail as a document of its own: no script, no request, an origin of nobody's."""
    email = _find_or_404(key)
    if not email.html:
        raise Http404
    return HttpResponse(
        email.html,
        headers={
            "Content-Security-Policy": (
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
            )
        },
    )
