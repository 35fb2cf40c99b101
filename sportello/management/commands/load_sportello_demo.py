"""manage.py load_sportello_demo home/data/sportello.toml: the invented desk of the demo."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sportello import demo


class Command(BaseCommand):
    help = "Loads an invented desk with businesses, offers, young people and applications. Run again: nothing doubled."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="the TOML file")
        parser.add_argument("--operator", default="operatore@example.org", help="who works at the desk")
        parser.add_argument("--host", default="azienda@example.org", help="who also acts for the first business")
        parser.add_argument("--youth", default="giovane@example.org", help="who gets a profile and applications")
        parser.add_argument("--minor", default="minore@example.org", help="who is under age")
        parser.add_argument("--guardian", default="tutore@example.org", help="who answers for the minor")

    def handle(self, *args, **options):
        if not options["path"].is_file():
            raise CommandError(f"There is no file {options['path']}.")
        accounts = demo.Accounts(
            operator=options["operator"],
            host=options["host"],
            youth=options["youth"],
            minor=options["minor"],
            guardian=options["guardian"],
        )
        demo.load(options["path"], accounts, self.stdout.write)
