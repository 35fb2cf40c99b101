"""What was run of a round, what came out and what happened to it stay as they were written: in the database too."""

from django.db import migrations

from sportello import append_only


class Migration(migrations.Migration):
    dependencies = [("sportello", "0030_seat_of_its_offer")]

    # Backwards the triggers stay: 0022 put the others there, and takes all of them off.
    operations = [migrations.RunPython(append_only.install_more, migrations.RunPython.noop)]
