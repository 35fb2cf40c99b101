"""manage.py ensure_section: authors, reviewers and a two-step workflow for one part of the tree."""

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from home.editorial.sections import ensure_section


class Command(BaseCommand):
    help = (
        "Gives a part of the tree its own authors, reviewers and two-step workflow. Run it again: nothing is doubled."
    )

    def add_arguments(self, parser):
        parser.add_argument("page", type=int, help="the number of its first page, as the admin's addresses show it")
        parser.add_argument("name", help="what people call the section; groups and workflow are named after it")

    def handle(self, *args, **options):
        page = Page.objects.filter(pk=options["page"], depth__gt=1).first()
        if page is None:
            raise CommandError(f"There is no page {options['page']}.")
        name = options["name"].strip()
        if not name:
            raise CommandError("The section needs a name.")
        section = ensure_section(page, name)
        self.stdout.write(
            f"«{page.title}» and the pages below it: «{section.authors}» write, «{section.reviewers}» review, then "
            f"«Redazione: responsabili» publish (workflow «{section.workflow}»)."
        )
