from django.db import migrations

from sportello import append_only


class Migration(migrations.Migration):
    dependencies = [("sportello", "0010_applications_whole")]

    operations = [migrations.RunPython(append_only.install, append_only.remove)]
