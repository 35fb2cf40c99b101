"""Forget what «Chi ci sta?» no longer needs: run it once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from bandi.actions.interests import forget_old


class Command(BaseCommand):
    """Deletes what was never confirmed or was refused, and the contacts of calls long closed."""

    help = "Deletes interests never confirmed or refused for 30 days, and contacts of calls closed for a year."

    def handle(self, *args, **options):
        self.stdout.write(f"Forgotten: {forget_old(timezone.now())}")
