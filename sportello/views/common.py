"""What the reserved pages share: who may come in, how an action is asked for, confirmed and answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views import View

from .. import permissions
from ..errors import ActionError, NotPermitted, WrongState
from ..models import Application, Host, HostMembership, Offer, YouthProfile
from .menus import people_entries

_Response = TypeVar("_Response", bound=HttpResponseBase)


def noindex(response: _Response) -> _Response:
    """Reserved pages are nobody else's: no search engine, no cache on the way."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def reserved(view: Callable) -> Callable:
    """For signed-in people only, and never indexed."""

    @wraps(view)
    @login_required
    def wrapped(request: HttpRequest, *args, **kwargs):
        return noindex(view(request, *args, **kwargs))

    return wrapped


def youth_only(view: Callable) -> Callable:
    """For young people: gives the profile as `request.youth`. Who has no part yet is led to the profile."""

    @reserved
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs):
        answer = enter_as_youth(request)
        return answer or view(request, *args, **kwargs)

    return wrapped


def host_only(view: Callable, allowed: Callable[[HostMembership], bool] = permissions.may_work) -> Callable:
    """For who works for a host: gives it as `request.host_organisation`, and their part as `request.host_membership`.

    Who has no part yet is led to the registration.
    """

    @reserved
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs):
        answer = enter_as_host(request, allowed)
        return answer or view(request, *args, **kwargs)

    return wrapped


def host_readers(view: Callable) -> Callable:
    """As `host_only`, for tutors too: the view shows `seen_by(member_of(request))` and nothing else."""
    return host_only(view, permissions.may_read)


def host_owners(view: Callable) -> Callable:
    """As `host_only`, for who decides about people, data and pact."""
    return host_only(view, permissions.may_decide)


WANTED_OFFER_KEY = "wanted_offer"
"""In the session: the offer that somebody wanted to apply for before their profile let them."""


def enter_as_youth(request: HttpRequest) -> HttpResponse | None:
    """Put the profile on the request; otherwise return where to go.

    Raises:
        Http404: the person has another part here.
    """
    profile = permissions.profile_of(request.user)
    if profile is not None:
        request.youth = profile  # type: ignore[attr-defined]  # the views of young people read it
        request.is_guardian = profile.answers  # type: ignore[attr-defined]  # the menu reads it
        return None
    if permissions.acts_for_others(request.user):
        raise Http404
    messages.info(request, _("Prima raccontaci chi sei: bastano due minuti."))
    return redirect("area:youth_profile")


def enter_as_host(
    request: HttpRequest, allowed: Callable[[HostMembership], bool] = permissions.may_work
) -> HttpResponse | None:
    """Put the host and the person's part in it on the request; otherwise return where to go.

    Raises:
        Http404: the person has another part here, or their part does not open this page.
    """
    memberships = permissions.host_memberships_of(request.user)
    if memberships:
        membership = _acting(request, memberships)
        if not allowed(membership):
            raise Http404
        request.host_membership = membership  # type: ignore[attr-defined]  # the views of hosts read it
        request.host_organisation = membership.host  # type: ignore[attr-defined]  # the views of hosts read it
        request.is_guardian = memberships[0].answers  # type: ignore[attr-defined]  # the menu reads it
        request.several_hosts = len(memberships) > 1  # type: ignore[attr-defined]  # the menu reads it
        return None
    if permissions.profile_of(request.user) or permissions.works_at_desk(request.user):
        raise Http404
    messages.info(request, _("Prima registra la tua realtà: bastano due minuti."))
    return redirect("area:host_register")


def _acting(request: HttpRequest, memberships: list[HostMembership]) -> HostMembership:
    """The part in which somebody acts: that of the thing the address is about, otherwise the one chosen last.

    The link of an e-mail about one host works while one acts for another; only then this costs a query.
    """
    match = request.resolver_match
    pk = match.kwargs.get("pk") if match else None
    if match is not None and pk is not None and len(memberships) > 1:
        name = match.url_name or ""
        for prefix, rows, field in (
            ("host_application", Application.objects.filter(pk=pk), "offer__host_id"),
            ("host_offer", Offer.objects.filter(pk=pk), "host_id"),
        ):
            if name.startswith(prefix):
                host_id = rows.values_list(field, flat=True).first()
                return next((row for row in memberships if row.host_id == host_id), memberships[0])
    return memberships[0]


def youth_of(request: HttpRequest) -> YouthProfile:
    """The profile that `enter_as_youth` put on the request."""
    return request.youth  # type: ignore[attr-defined]  # put there by enter_as_youth


def host_of(request: HttpRequest) -> Host:
    """The host that `enter_as_host` put on the request."""
    return request.host_organisation  # type: ignore[attr-defined]  # put there by enter_as_host


def member_of(request: HttpRequest) -> HostMembership:
    """The part in the host that `enter_as_host` put on the request."""
    return request.host_membership  # type: ignore[attr-defined]  # put there by enter_as_host


def area_page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Draw a reserved page with the menu of the reader's side."""
    side = "youth" if hasattr(request, "youth") else "host" if hasattr(request, "host_organisation") else ""
    entries = [*_menu(side, request), *people_entries(request)]
    menu = [
        {"title": title, "url": url, "current": request.path == url or (deep and request.path.startswith(url))}
        for title, url, deep in entries
    ]
    context = {"area_menu": request.user.is_authenticated, "area_links": menu, **context}
    return render(request, f"pages/sportello/{template}.html", context, status=status)


def _menu(side: str, request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Title, address, and whether pages below it belong to it."""
    if side == "youth":
        return [
            (_("La tua area"), reverse("area:home"), False),
            (_("Adatte a te"), reverse("area:youth_offers"), True),
            (_("Candidature"), reverse("area:youth_applications"), True),
            (_("Tornate"), reverse("area:youth_rounds"), True),
            (_("Profilo"), reverse("area:youth_profile"), True),
        ]
    if side == "host":
        several = getattr(request, "several_hosts", False)
        return [
            (_("Candidature"), reverse("area:host_inbox"), False),
            (_("Offerte"), reverse("area:host_offers"), True),
            *([(_("Tornate"), reverse("area:host_rounds"), True)] if member_of(request).works else []),
            (_("La tua realtà"), reverse("area:host_profile"), True),
            *([(_("Patto"), reverse("area:host_pact"), True)] if member_of(request).works else []),
            (_("Persone"), reverse("area:host_members"), True),
            *([(_("Cambia realtà"), reverse("area:host_choose"), True)] if several else []),
        ]
    return []


class ConfirmView(LoginRequiredMixin, View):
    """A page that asks before something changes: GET only asks, POST does it and goes back.

    A subclass says who may enter (`enter`), finds the thing (`get_object`), and calls the action (`act`).
    """

    template = "confirm"
    title: str | Promise = ""
    submit_label: str | Promise = ""
    done_message: str | Promise = ""
    danger = False
    refused_at: str | None = None
    """The field of the form beside which a refusal is said, if it is not called as its code."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        answer: HttpResponseBase | None = self.enter(request)
        if answer is None:
            self.object = self.get_object(kwargs["pk"])
            answer = super().dispatch(request, *args, **kwargs)
        return noindex(answer)

    def enter(self, request) -> HttpResponse | None:
        """Let in who has a part here; see `enter_as_youth` and `enter_as_host`."""
        raise NotImplementedError

    def get_object(self, pk: int):
        """Return the thing, or raise Http404 to whom it does not concern."""
        raise NotImplementedError

    def get_form(self, data=None) -> forms.Form:
        """The form to fill in; none by default."""
        return forms.Form(data)

    def text(self) -> str:
        """What will happen, in a sentence or two."""
        return ""

    def kicker(self) -> str:
        """What it is about, above the question, when neither the question nor the text says so."""
        return ""

    def extra_context(self) -> dict:
        """More for the template."""
        return {}

    def act(self, form: forms.Form) -> None:
        """Call the action."""
        raise NotImplementedError

    def back_url(self) -> str:
        """Where to go afterwards, and where «Torna indietro» leads."""
        raise NotImplementedError

    def done_url(self) -> str:
        """Where to go once it is done, if that is somewhere else."""
        return self.back_url()

    def get(self, request, pk):
        return self._page(self.get_form())

    def post(self, request, pk):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            self.act(form)
        except NotPermitted as error:
            raise Http404 from error
        except ActionError as error:
            if form.fields and not isinstance(error, WrongState):
                # What somebody has written stays before their eyes, with the reason beside it.
                form.add_error(error.code if error.code in form.fields else self.refused_at, str(error))
                return self._page(form)
            messages.error(request, str(error))
        else:
            messages.success(request, str(self.done_message))
            return redirect(self.done_url())
        return redirect(self.back_url())

    def _page(self, form) -> HttpResponse:
        context = {
            "title": self.title,
            "text": self.text(),
            "form": form,
            "submit_label": self.submit_label,
            "danger": self.danger,
            "back_url": self.back_url(),
            "kicker": self.kicker(),
            "consequences": [],
            "consequences_title": "",
            **self.extra_context(),
        }
        return area_page(self.request, self.template, context)
