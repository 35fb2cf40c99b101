"""manage.py tell_followers: writes to who follows a project what is new, and forgets addresses never confirmed."""

from django.core.management.base import BaseCommand

from home.project_news import tell_followers
from progetti.actions.following import forget_unconfirmed


class Command(BaseCommand):
    help = "Writes to who follows a project what is new, and forgets addresses never confirmed. May run twice or late."

    def handle(self, *args, **options):
        sent, forgotten = tell_followers(), forget_unconfirmed()
        self.stdout.write(f"{sent} followers written to, {forgotten} addresses forgotten.")
