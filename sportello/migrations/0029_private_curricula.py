"""CVs lie where signed pacts do: in the storage of private files, no longer in a folder among the uploads."""

from functools import partial

from django.core.files.storage import storages
from django.db import migrations, models, transaction

import portal.media.private
import sportello.models.cv

BEFORE, AFTER = "private/curricula/", "curricula/"


def _move(apps, source: str, target: str, old: str, new: str) -> None:
    model = apps.get_model("sportello", "CurriculumVitae")
    here, there = storages[source], storages[target]
    for pk, name in model.objects.filter(file__startswith=old).values_list("pk", "file"):
        moved = f"{new}{name.removeprefix(old)}"
        # A file that storage has lost does not stop the others.
        if here.exists(name):
            with here.open(name) as content:
                moved = there.save(moved, content)
            transaction.on_commit(partial(here.delete, name))
        model.objects.filter(pk=pk).update(file=moved)


def hide(apps, schema_editor) -> None:
    _move(apps, "default", "private", BEFORE, AFTER)


def bring_back(apps, schema_editor) -> None:
    _move(apps, "private", "default", AFTER, BEFORE)


class Migration(migrations.Migration):
    dependencies = [("sportello", "0028_database_rules")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="curriculumvitae",
                    name="file",
                    field=models.FileField(
                        max_length=120,
                        storage=portal.media.private.private_storage,
                        upload_to=sportello.models.cv._private_path,
                        verbose_name="file",
                    ),
                ),
            ]
        ),
        migrations.RunPython(hide, bring_back),
    ]
