"""Readers write the names of municipalities in any case: an index finds them."""

from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):

    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="municipality",
            index=models.Index(Upper("name"), name="municipality_upper_name"),
        ),
    ]
