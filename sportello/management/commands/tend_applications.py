"""manage.py tend_applications: what time does to applications. Run it every hour; twice or late does no harm."""

from django.core.management.base import BaseCommand

from sportello.actions.applications_guarantee import tend
from sportello.actions.host_answers import refresh_answers


class Command(BaseCommand):
    help = (
        "Lets go of offered seats whose week is over, reminds hosts (days 3 and 7), tells the desk (day 10), closes "
        "with courtesy what nobody answered (day 15), and counts how each host answers. Run again: nothing more "
        "happens."
    )

    def handle(self, *args, **options):
        done = tend()
        hosts = refresh_answers()
        self.stdout.write(
            f"{done.seats_expired} offered seats have expired, {done.moved_up} went to who waited in line; "
            f"{done.reminders} reminders to hosts, {done.desk_told} to the desk; {done.closed} applications closed "
            f"unanswered; {hosts} hosts answer otherwise than before."
        )
