"""Work of the rounds that nobody waits for."""

from django.contrib.auth import get_user_model
from django_tasks import task

from .tasks import _send


@task(backend="background")
def tell_round(round_id: int, notice: str) -> int:
    """Write to whom a notice about a round concerns; return how many e-mails."""
    from .notifications import rounds as notices

    return _send(notices.about_round(round_id, notice))


@task(backend="background")
def send_round_seats(round_id: int, user_id: int) -> int:
    """Propose the seats of a published round on behalf of somebody of the desk; return how many rows were tried."""
    from .actions.round_runs import send_seats
    from .models import MatchRound

    return len(send_seats(MatchRound.objects.get(pk=round_id), get_user_model().objects.get(pk=user_id)))
