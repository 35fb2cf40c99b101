"""manage.py tend_offers: what time does to offers. Run it every day; twice or late does no harm."""

from django.core.management.base import BaseCommand

from sportello.actions.offer_life import tend_offers


class Command(BaseCommand):
    help = "Asks hosts whether old offers still stand, takes the forgotten ones off the list, closes what is over."

    def handle(self, *args, **options):
        done = tend_offers()
        self.stdout.write(
            f"{done.asked} hosts asked to reconfirm, {done.stale} offers off the list, {done.closed} offers closed."
        )
