"""The door of the reserved area: each finds their own side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from .. import permissions, presentation, scoring
from ..enums import ApplicationState
from ..models import Application, Proposal
from ..presentation_people import guardian_step
from ..presentation_rounds import waiting_for_youth
from .common import area_page, reserved

SHOWN = 3
# Some of the best may be applied to already: so many are looked at to find those to show.
SUGGESTED = 20


@reserved
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person; who has no part yet chooses a door."""
    profile = permissions.profile_of(request.user)
    if profile is not None:
        return _youth_home(request, profile)
    if permissions.host_of(request.user) is not None:
        return redirect("area:host_inbox")
    if permissions.is_guardian(request.user):
        return redirect("area:guardian_home")
    at_desk = permissions.works_at_desk(request.user)
    staff = at_desk or request.user.has_perm("wagtailadmin.access_admin")
    return area_page(request, "area_doors", {"at_desk": at_desk, "staff": staff})


def _youth_home(request: HttpRequest, profile) -> HttpResponse:
    request.youth = profile  # type: ignore[attr-defined]  # the menu reads it
    request.is_guardian = profile.answers  # type: ignore[attr-defined]  # the menu reads it
    mine = list(Application.objects.for_youth(profile))
    to_answer = [row for row in mine if row.state == ApplicationState.OFFERED]
    to_pick = [row for row in mine if row.state == ApplicationState.SHORTLISTED and row.times_to_pick]
    possible = scoring.suggestions(profile, timezone.localdate(), SUGGESTED).possible if profile.is_complete else []
    suggestions = [row for row in possible if row.offer.applied is None][:SHOWN]
    context = {
        "profile": profile,
        "missing": profile.missing,
        "guardian_step": guardian_step(profile),
        "rounds": waiting_for_youth(profile),
        "to_answer": to_answer,
        "to_pick": to_pick,
        "under_way": [
            {
                "application": row,
                "state": presentation.application_state(row),
                "next": presentation.youth_next_in_list(row),
            }
            for row in mine
            if row not in to_answer and row not in to_pick
        ][:SHOWN],
        "proposals": list(Proposal.objects.for_youth(profile, timezone.localdate())[:SHOWN]),
        "suggestions": [
            {"offer": row.offer, "kicker": presentation.offer_kicker(row.offer), "score": row.score}
            for row in suggestions
        ],
    }
    return area_page(request, "youth_home", context)
