"""Following a project: the form that takes an address, and the page that the link in the e-mail opens."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.conf import settings
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.pages.public_forms import AddressForm

from ..actions.following import ask_to_follow, confirm_following, stop_following
from ..errors import ActionRefused
from ..following_letters import in_language_of
from ..following_links import follower_of, is_ours
from ..models import ProjectPage

SENT = "inviata"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an address. The answer is the same whether it follows already or not; what a program sends is dropped."""
    project = _project_at(slug)
    form, status = AddressForm(request.POST or None), HTTPStatus.OK
    done = redirect(f"{request.path}?{SENT}=1")
    if request.method == "POST" and form.is_trap_sprung:
        return done
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if ratelimit.consume(request, action="follow_project", key=email.lower()):
            ask_to_follow(project, email, _language())
            return done
        status = HTTPStatus.TOO_MANY_REQUESTS
        form.add_error(None, gettext("Hai fatto troppe richieste in poco tempo: aspetta un'ora e riprova."))
    context = {
        "project": project,
        "project_url": project.get_url(request) or "",
        "form": form,
        "sent": SENT in request.GET,
    }
    return _private(render(request, "pages/progetti/follow.html", context, status=status))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm, or stop. Opening the page changes nothing, its buttons do.

    Mail programs that offer to unsubscribe post here by themselves (RFC 8058), without cookies: the signed token is
    what lets them in, so there is no other check to make.

    Raises:
        Http404: the link is not ours.
    """
    if not is_ours(token):
        raise Http404("no such link")
    follower = follower_of(token)
    if request.method == "POST" and follower is not None:
        if request.POST.get("act") == "confirm":
            try:
                follower = confirm_following(follower)
            except ActionRefused:
                follower = None
        elif request.POST.get("act") == "stop" or "List-Unsubscribe" in request.POST:
            stop_following(follower)
        return redirect(request.path)
    project = in_language_of(follower) if follower is not None else None
    context = {
        "follower": follower,
        "project": project,
        "project_url": (project.get_url(request) or "") if project is not None and project.live else "",
    }
    return _private(render(request, "pages/progetti/follower.html", context))


def _project_at(slug: str) -> ProjectPage:
    """The public project at an address, in the reader's language or else in the one it was written in.

    Raises:
        Http404: no public project has this slug.
    """
    languages = (_language(), settings.LANGUAGE_CODE)
    nearest = Case(*(When(locale__language_code=code, then=place) for place, code in enumerate(languages)), default=2)
    project = ProjectPage.objects.live().public().filter(slug=slug).order_by(nearest, "pk").first()
    if project is None:
        raise Http404("no such project")
    return project


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def _private(response: HttpResponse) -> HttpResponse:
    """A page with a secret in its address: it is not passed on to where its links lead, nor found by searching."""
    # Not "no-referrer": then the page's own form says that it comes from nowhere (Origin: null), and is refused.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
