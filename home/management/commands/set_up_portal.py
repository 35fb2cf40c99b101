"""manage.py set_up_portal: an empty portal, ready for the redazione."""

from django.core.management.base import BaseCommand, CommandError

from home.loading.source import ContentError
from home.loading.starting import start_portal
from home.roles import ensure_roles


class Command(BaseCommand):
    help = (
        "Makes an empty portal ready for the redazione: home page and sections in Italian and English, topics, aims, "
        "recipients, drafts of the legal pages, groups and workflow. Run it again: what is missing is made, what "
        "exists stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="what the portal is called («Il portale delle Valli»)")

    def handle(self, *args, **options):
        name = options["name"].strip()
        if not 1 <= len(name) <= 80:
            raise CommandError("The portal needs a name of at most 80 characters.")
        try:
            made = start_portal(name, self.stdout.write)
        except ContentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Pages: {made} made.")
        ensure_roles()
        self.stdout.write("Groups of the redazione and their workflow are there.")
        self.stdout.write("Next: sign in to /admin/ as administrator and give people a group in Impostazioni, Utenti.")
