"""A host keeps an owner, and a young person is in one place at a time: in the database too."""

from django.db import migrations

from sportello import database_rules


class Migration(migrations.Migration):
    dependencies = [("sportello", "0027_how_often_invited")]

    operations = [migrations.RunPython(database_rules.install, database_rules.remove)]
