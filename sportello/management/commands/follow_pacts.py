"""manage.py follow_pacts: who still has to sign a new text of the pact is told; after a month its offers wait."""

from django.core.management.base import BaseCommand

from sportello.actions.pacts import follow_pacts


class Command(BaseCommand):
    help = "Tells hosts that a new text of the pact waits for them, and hides what is overdue. Run it every day."

    def handle(self, *args, **options):
        told, lapsed = follow_pacts()
        self.stdout.write(f"{told} hosts were told of a new text, {lapsed} have not signed it in time.")
