"""Public pages for anonymous readers, kept as they were sent until something changes.

A page is kept only if it cannot have anything of its reader in it: it was asked for without any cookie, and it was
answered without setting one (a form's token, a message, a session would). It is given only to who brings neither a
session nor a message. It is kept under the number of `portal.ops.freshness`, so that nothing published or withdrawn is
ever missed, and for `settings.PAGES_KEPT_SECONDS`, because some pages change with the clock.

What is kept went through the compression and has all its headers. Pages whose content security policy names a nonce
are not kept: a nonce serves once.
"""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from . import freshness

CACHE = "pages"
LONGEST_ADDRESS = 500
LARGEST_PAGE = 500_000
"""Bytes as sent."""
VARIES = frozenset(("accept-encoding", "accept-language", "cookie"))
"""What an answer may depend on: the first is part of the key, the second is not read (the address has the language),
of the third there is none."""
NO_PAGES = ("/health/", settings.MEDIA_URL, "/mappe/")
"""Beginnings of addresses for which the database is not even asked: least of all to say that the process lives."""
_OF_A_READER = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)


class PageCacheMiddleware:
    """Answer from what was kept, or keep the answer. It stands outside everything that looks at who is asking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = freshness.remember()
        try:
            return self._answer(request)
        finally:
            freshness.forget(token)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        kept = caches[CACHE].get(key)
        if kept is not None:
            body, headers = kept
            return HttpResponse(body, headers=headers)
        response = self.get_response(request)
        if not request.COOKIES and self._is_for_everybody(response):
            kept = response.content, dict(response.items())
            caches[CACHE].set(key, kept, settings.PAGES_KEPT_SECONDS)
        return response

    def _key(self, request: HttpRequest) -> str | None:
        address = request.get_full_path()
        if (
            request.method != "GET"
            or request.path_info.startswith(NO_PAGES)
            or len(address) > LONGEST_ADDRESS
            or "HTTP_AUTHORIZATION" in request.META
            or any(name in request.COOKIES for name in _OF_A_READER)
        ):
            return None
        number = freshness.of_request()
        if number is None:
            return None
        gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        parts = (str(number), request.scheme or "", request.get_host(), address, str(gzip))
        return sha256("\n".join(parts).encode()).hexdigest()

    @staticmethod
    def _is_for_everybody(response: HttpResponse) -> bool:
        control = response.get("Cache-Control", "")
        varies = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and response.get("Content-Type", "").startswith("text/html")
            and not any(word in control for word in ("private", "no-store", "no-cache"))
            and varies <= VARIES
            and "'nonce-" not in response.get("Content-Security-Policy", "")
            and len(response.content) <= LARGEST_PAGE
        )
