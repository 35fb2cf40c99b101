"""Signatures, logs of notes, CVs and exports, and the words of consents are written once, in the database too."""

from django.db import migrations

from sportello import append_only


class Migration(migrations.Migration):
    dependencies = [("sportello", "0021_people_logs")]

    operations = [migrations.RunPython(append_only.install_more, append_only.remove_more)]
