"""manage.py import_municipalities: the 7,899 municipalities of Italy, from the portal's own copy of the data."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.registry.imports import MUNICIPALITIES_FILE, MalformedFile, import_municipalities


class Command(BaseCommand):
    help = "Creates and updates the Italian municipalities. Run it again whenever the data change: nothing is doubled."

    def add_arguments(self, parser):
        parser.add_argument(
            "--file", type=Path, default=MUNICIPALITIES_FILE, help="A file with the columns of comuni.csv."
        )

    def handle(self, *args, **options):
        try:
            report = import_municipalities(options["file"])
        except (MalformedFile, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Municipalities: {report.created} new, {report.updated} changed, {report.unchanged} as they were."
        )
