"""An application has a seat of its own offer: in the database too."""

from django.db import migrations

from sportello import database_rules


class Migration(migrations.Migration):
    dependencies = [("sportello", "0029_private_curricula")]

    # Backwards the triggers stay: 0028 put the others there, and takes all of them off.
    operations = [migrations.RunPython(database_rules.install, migrations.RunPython.noop)]
