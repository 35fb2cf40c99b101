"""What everybody may download of calls."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.pages.csv_files import csv_response

from ..models import CallOutcome
from ..outcomes_csv import public_csv
from ..reading import call_at


@require_safe
def call_outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    """The outcomes of a call as CSV."""
    call = call_at(slug)
    return csv_response(public_csv(CallOutcome.objects.public().of_call(call)), f"{call.slug}-esiti.csv")
