"""manage.py expire_applications: seats that nobody accepted within their week are free again. Run it every hour."""

from django.core.management.base import BaseCommand

from sportello.actions.applications import expire_due


class Command(BaseCommand):
    help = "Lets go the seats whose time to answer is over, and writes to both sides. Run again: nothing more happens."

    def handle(self, *args, **options):
        self.stdout.write(f"{expire_due()} offered seats have expired.")
