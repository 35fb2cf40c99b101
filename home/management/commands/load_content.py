"""manage.py load_content: the real content of `home/data`, each thing once."""

from django.core.management.base import BaseCommand, CommandError

from home.loading.plan_details import load_plan_details
from home.loading.registry import Registry
from home.loading.source import ContentError
from home.loading.translations import load_english
from home.loading.tree import load_pages
from home.roles import ensure_roles


class Command(BaseCommand):
    help = (
        "Loads the pages of the portal and what they refer to. Run it as often as you like: what is missing is made, "
        "what exists stays as the editors left it."
    )

    def handle(self, *args, **options):
        try:
            registry = Registry()
            self.stdout.write("Topics, aims, territories and organisations are there.")
            tree = load_pages(registry, self.stdout.write)
            self.stdout.write(f"Pages: {tree.made} made and published.")
            details = load_plan_details(tree, registry)
            self.stdout.write(f"Plan: {details} objectives, actions, indicators and reports made.")
            translated = load_english(tree)
            self.stdout.write(f"English: {translated} pages translated.")
        except ContentError as error:
            raise CommandError(str(error)) from error
        ensure_roles()
        self.stdout.write("Roles of the editorial staff and their workflow are there.")
