"""manage.py advance_rounds: closes the lists and the bands of rounds whose time is over, and reminds who is late."""

from django.core.management.base import BaseCommand

from sportello.actions.rounds import advance_due, remind_due


class Command(BaseCommand):
    help = "Moves rounds whose deadline has passed, and reminds of lists that close soon. Run it every hour."

    def handle(self, *args, **options):
        self.stdout.write(f"Rounds moved: {advance_due()}. Reminders: {remind_due()}.")
