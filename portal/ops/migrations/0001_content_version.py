"""One row that counts the changes of what the public reads."""

from django.db import migrations, models


def first_row(apps, schema_editor):
    apps.get_model("ops", "ContentVersion").objects.create(pk=1)


class Migration(migrations.Migration):

    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ContentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=1)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="content_version_one_row")],
            },
        ),
        migrations.RunPython(first_row, migrations.RunPython.noop),
    ]
