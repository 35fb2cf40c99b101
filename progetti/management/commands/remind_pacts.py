"""manage.py remind_pacts: reminders of pacts about to end."""

from django.core.management.base import BaseCommand

from progetti.pact_upkeep import remind_of_endings


class Command(BaseCommand):
    help = (
        "Reminds the redazione of pacts that end within 60 and within 14 days. Run it every day; running it twice or "
        "late sends nothing twice."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"Reminders sent: {remind_of_endings()}.")
