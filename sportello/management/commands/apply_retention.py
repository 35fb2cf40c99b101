"""manage.py apply_retention: what is no longer needed goes, as `sportello.retention` says. Run it every night."""

from django.core.management.base import BaseCommand

from sportello.retention import apply


class Command(BaseCommand):
    help = (
        "Deletes or makes nobody's what has been kept long enough, and warns before. Run again: nothing more happens."
    )

    def handle(self, *args, **options):
        self.stdout.write(", ".join(f"{key}: {count}" for key, count in apply().items()))
