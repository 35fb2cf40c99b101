"""manage.py load_demo: everything that the demo shows, and who may sign in to it."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from home.loading.accounts import ACCOUNTS, DEMO_PASSWORD, ensure_accounts
from home.loading.source import DATA
from home.roles import ensure_roles

SPORTELLO_COMMAND = "load_sportello_demo"


class Command(BaseCommand):
    help = "Loads municipalities, content, roles, accounts and the invented desk. Run it again: nothing is doubled."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Demo accounts have a published password: only a site with DEMO on takes them.")
        steps = 4
        self._step(1, steps, "municipalities of Italy")
        call_command("import_municipalities", stdout=self.stdout)
        self._step(2, steps, "content of the portal")
        call_command("load_content", stdout=self.stdout)
        self._step(3, steps, "demo accounts")
        made = ensure_accounts(ensure_roles())
        self.stdout.write(f"Accounts: {made} new, {len(ACCOUNTS) - made} as they were.")
        self._step(4, steps, "invented desk, businesses, offers and young people")
        call_command(SPORTELLO_COMMAND, DATA / "sportello.toml", stdout=self.stdout)
        self.stdout.write("")
        self.stdout.write(f"Who can sign in (password of each: {DEMO_PASSWORD}):")
        width = max(len(account.email) for account in ACCOUNTS)
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email.ljust(width)}  {account.what}")

    def _step(self, number: int, steps: int, what: str) -> None:
        self.stdout.write(f"[{number}/{steps}] {what}")
