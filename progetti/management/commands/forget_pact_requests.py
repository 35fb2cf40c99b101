"""manage.py forget_pact_requests: what need not be kept of who asked to join a pact."""

from django.core.management.base import BaseCommand

from progetti.pact_upkeep import forget_old_requests


class Command(BaseCommand):
    help = (
        "Deletes requests to join a pact that nobody confirmed within 30 days, and those that were refused, cancelled "
        "or withdrawn more than a year ago. Run it every day."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"Rows deleted: {forget_old_requests()}.")
