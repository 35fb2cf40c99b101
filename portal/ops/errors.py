"""Error pages that need neither the database nor a session, so that they work when those do not."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request
from django_guid import get_guid


def _language(request: HttpRequest) -> str:
    """Italian, unless the address or, in the admin, the browser says English."""
    if request.path_info.startswith("/admin/"):
        return get_language_from_request(request).split("-")[0]
    return "en" if request.path_info.startswith("/en/") else "it"


def _render(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    language = _language(request)
    context = {"LANGUAGE_CODE": language, "status": status, "request_id": get_guid() or ""}
    content = render_to_string(template or f"{status}.html", context)
    return HttpResponse(content, status=status, headers={"Content-Language": language})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent makes no sense."""
    return _render(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in as somebody who may not see this."""
    return _render(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open for too long, or cookies are off; the page says how to go on."""
    return _render(request, 403, "403_csrf.html")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing at this address, or nothing that this reader may know of."""
    return _render(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many tries in a short time (asked for by django-allauth's rate limits)."""
    return _render(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the page gives the id of the request to quote when asking for help."""
    return _render(request, 500)
