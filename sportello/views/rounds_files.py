"""What can be downloaded of a run, byte by byte as it was kept: pseudonyms and nothing else."""

from django.http import HttpResponse

from ..models import RoundRun


def input_file(run: RoundRun) -> HttpResponse:
    """What `python -m sportello.matching` reads."""
    return _file(run.input, f"tornata-{run.round_id}-{run.number}-ingresso.json")


def output_file(run: RoundRun) -> HttpResponse:
    """What it must answer."""
    return _file(run.output, f"tornata-{run.round_id}-{run.number}-uscita.json")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
