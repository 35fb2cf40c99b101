"""People named so far agreed to it: the editing form asked for their name only then."""

from django.db import migrations


def agree(apps, schema_editor):
    apps.get_model("progetti", "BodyMember").objects.exclude(person_name="").update(consent=True)


class Migration(migrations.Migration):
    dependencies = [("progetti", "0003_meetings_and_decisions")]

    operations = [migrations.RunPython(agree, migrations.RunPython.noop)]
