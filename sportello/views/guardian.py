"""The area of who answers for young people under age: the invitation, the questions, the answers."""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from portal.users.forms import BIRTH_DATE_KEY

from .. import permissions, presentation
from .. import presentation_people as people
from ..actions import consents as actions
from ..actions import guardians
from ..endings import how_it_ended
from ..enums import Actor, ApplicationState
from ..enums_people import GENERAL_PURPOSES, ConsentPurpose
from ..errors import ActionError, NotPermitted
from ..forms.people import CancelPlacementForm, ConfirmGuardianForm
from ..models import Application, Consent, GuardianLink, Offer, YouthProfile
from ..presentation_applications import interviews
from .common import ConfirmView, area_page, noindex

S = ApplicationState


def _enter(request: HttpRequest) -> None:
    """Let in who answers, or has answered, for somebody.

    Raises:
        Http404: nobody has ever asked this account to.
    """
    if not permissions.is_guardian(request.user):
        raise Http404
    request.is_guardian = True  # type: ignore[attr-defined]  # the menu reads it


def guardian_only(view):
    """For guardians, never indexed."""

    @wraps(view)
    @login_required
    def wrapped(request: HttpRequest, *args, **kwargs):
        _enter(request)
        return noindex(view(request, *args, **kwargs))

    return wrapped


def _youth(request: HttpRequest, pk: int) -> YouthProfile:
    link = get_object_or_404(GuardianLink.objects.standing().of(request.user).for_list(), youth_id=pk)
    return link.youth


@never_cache
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """What the link of the invitation opens: who asks, what for, and the ways to answer. Opening it changes nothing."""
    link = GuardianLink.objects.invited(guardians.digest_of(key)).for_list().first()
    if link is None:
        return noindex(area_page(request, "guardian_invitation_over", {}, status=410))
    if request.method == "POST" and "turn_down" in request.POST:
        try:
            guardians.turn_down(link)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Grazie per averlo detto: non ti scriveremo più per questo."))
        return noindex(redirect("sportello:offers"))
    form = ConfirmGuardianForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.user.is_authenticated and form.is_valid():
        try:
            born = parse_date(request.session.get(BIRTH_DATE_KEY) or "")
            confirmed = guardians.confirm(link, form.cleaned_data["relation"], request.user, born)
        except ActionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Grazie. Adesso leggi le domande e rispondi: una alla volta, quando vuoi."))
            return noindex(redirect("area:guardian_youth", pk=confirmed.youth_id))
    come_back = "?" + urlencode({"next": request.path})
    context = {
        "link": link,
        "desk": link.youth.desk,
        "form": form,
        "signup_url": reverse("account_signup") + come_back,
        "login_url": reverse("account_login") + come_back,
    }
    return noindex(area_page(request, "guardian_invitation", context))


@guardian_only
def home(request: HttpRequest) -> HttpResponse:
    """For whom I answer, and what waits for my answer."""
    links = list(GuardianLink.objects.standing().of(request.user).for_list())
    youth_ids = [link.youth_id for link in links]
    waiting: dict[int, int] = {}
    for row in Application.objects.filter(youth_id__in=youth_ids, state=S.OFFERED).select_related("youth"):
        waiting[row.youth_id] = waiting.get(row.youth_id, 0) + people.needs_experience_consent(row)
    answered: dict[int, set[str]] = {}
    said = Consent.objects.filter(youth_id__in=youth_ids, application=None).with_outdated()
    # A yes to words that have changed since is a question again.
    said = said.exclude(outdated=True, granted_at__isnull=False)
    for youth_id, purpose in said.values_list("youth_id", "purpose"):
        answered.setdefault(youth_id, set()).add(purpose)
    rows = []
    for link in links:
        open_questions = len(set(GENERAL_PURPOSES) - answered.get(link.youth_id, set()))
        rows.append({"youth": link.youth, "questions": open_questions, "experiences": waiting.get(link.youth_id, 0)})
    # Who also acts for a host, or works at a desk, finds the way to that part from here.
    parts = []
    if permissions.host_of(request.user) is not None:
        parts.append({"title": _("La tua realtà ospitante"), "url": reverse("area:host_inbox")})
    if permissions.works_at_desk(request.user):
        parts.append({"title": _("Lo Sportello, dove lavori"), "url": reverse("wagtailadmin_home")})
    return area_page(request, "guardian_home", {"rows": rows, "parts": parts})


@guardian_only
def youth(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what I am asked, what I answered, how their candidatures stand."""
    profile = _youth(request, pk)
    rows = [
        {
            "application": row,
            "state": presentation.application_state(row),
            "kicker": presentation.offer_kicker(row.offer),
            "waits": people.needs_experience_consent(row),
        }
        for row in Application.objects.for_youth(profile).select_related("youth")
    ]
    context = {
        "youth": profile,
        "questions": people.general_questions(profile),
        "waiting": [row for row in rows if row["waits"]],
        "applications": [row for row in rows if not row["waits"]],
        "desk": profile.desk,
    }
    return area_page(request, "guardian_youth", context)


@guardian_only
def consent(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """One question: yes, or no for now."""
    profile = _youth(request, pk)
    if purpose not in GENERAL_PURPOSES:
        raise Http404
    question = next(item for item in people.general_questions(profile) if item.purpose == purpose)
    if request.method == "POST":
        return _answer(request, profile, purpose, None, reverse("area:guardian_youth", args=[profile.pk]))
    return area_page(request, "guardian_consent", {"youth": profile, "question": question, "desk": profile.desk})


@guardian_only
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One experience: what, where, when, with whom; the question, if it waits for an answer."""
    row = _application(request, pk)
    if request.method == "POST":
        return _answer(request, row.youth, ConsentPurpose.EXPERIENCE, row, request.path)
    question = people.experience_question(row)
    offer = Offer.objects.for_detail().get(pk=row.offer_id)
    context = {
        "application": row,
        "youth": row.youth,
        "offer": offer,
        "kicker": presentation.offer_kicker(offer),
        "state": presentation.application_state(row),
        "facts": presentation.offer_facts(offer, seats=row.seat_id is None),
        "shared": presentation.shared_facts(row),
        "question": question,
        "asks": people.needs_experience_consent(row),
        "ended": how_it_ended(row, "guardian"),
        "meetings": interviews(row),
        # That they write to each other, not what: their words are theirs and the desk's.
        "messages_count": row.messages.count(),
        "desk": row.desk,
    }
    return area_page(request, "guardian_application", context)


def _application(request: HttpRequest, pk: int) -> Application:
    mine = GuardianLink.objects.standing().of(request.user).values("youth_id")
    rows = Application.objects.for_detail().exclude(state=S.DRAFT).filter(youth_id__in=mine)
    return get_object_or_404(rows, pk=pk)


def _answer(request: HttpRequest, profile: YouthProfile, purpose: str, row: Application | None, back: str):
    act = actions.grant if request.POST.get("answer") == "yes" else actions.refuse
    try:
        given = act(profile, purpose, request.user, row)
    except NotPermitted as error:
        raise Http404 from error
    except ActionError as error:
        messages.error(request, str(error))
    else:
        said_yes = _("Hai detto di sì: l'abbiamo registrato e lo diciamo a %(person)s.")
        said_no = _("Hai detto di no, per ora: lo diciamo a %(person)s. Puoi cambiare idea quando vuoi.")
        messages.success(request, (said_yes if given.is_standing else said_no) % {"person": profile.first_name})
    return redirect(back)


class _RevokeView(ConfirmView):
    """Take a yes back, after reading what follows."""

    title = gettext_lazy("Revochi il consenso?")
    submit_label = gettext_lazy("Revoco il consenso")
    done_message = gettext_lazy("Il consenso è revocato. L'abbiamo registrato, e lo diciamo a chi serve.")
    danger = True

    def enter(self, request):
        _enter(request)

    def text(self):
        return self.object.text.question

    def get_form(self, data=None):
        return CancelPlacementForm(data) if self._accepted() else super().get_form(data)

    def _accepted(self) -> bool:
        return any(row.state == S.ACCEPTED for row in actions.closed_by_revoking(self.object))

    def extra_context(self):
        closed = actions.closed_by_revoking(self.object)
        return {
            "consequences_title": _("Si chiude anche:") if closed else "",
            "consequences": [f"{row.offer.title} ({row.offer.host.organisation.name})" for row in closed],
        }

    def act(self, form):
        actions.revoke(self.object, self.request.user, form.cleaned_data.get("cancel_placement", False))


class RevokeView(_RevokeView):
    """A general yes."""

    def dispatch(self, request, *args, **kwargs):
        self.purpose = kwargs.pop("purpose")
        return super().dispatch(request, *args, **kwargs)

    def get_object(self, pk):
        profile = _youth(self.request, pk)
        given = Consent.objects.standing().filter(youth=profile, given_as=Actor.GUARDIAN, application=None)
        return get_object_or_404(given.select_related("youth", "text"), purpose=self.purpose)

    def back_url(self):
        return reverse("area:guardian_youth", args=[self.object.youth_id])


class RevokeExperienceView(_RevokeView):
    """The yes to one experience."""

    def get_object(self, pk):
        row = _application(self.request, pk)
        given = Consent.objects.standing().about(ConsentPurpose.EXPERIENCE, row)
        return get_object_or_404(given.select_related("youth", "text", "application"))

    def back_url(self):
        return reverse("area:guardian_application", args=[self.object.application_id])


class StepBackView(ConfirmView):
    """No longer answer for somebody."""

    title = gettext_lazy("Non rispondi più per questa persona?")
    submit_label = gettext_lazy("Non rispondo più")
    done_message = gettext_lazy("Fatto: da adesso non rispondi più per questa persona.")
    danger = True

    def enter(self, request):
        _enter(request)

    def get_object(self, pk):
        rows = GuardianLink.objects.standing().of(self.request.user).for_list()
        return get_object_or_404(rows, youth_id=pk)

    def text(self):
        return _(
            "Se nessun altro risponde per %(person)s, i consensi che hai dato si revocano e le candidature aperte si "
            "chiudono."
        ) % {"person": self.object.youth.first_name}

    def act(self, form):
        guardians.step_back(self.object, self.request.user)

    def back_url(self):
        return reverse("area:guardian_home")
