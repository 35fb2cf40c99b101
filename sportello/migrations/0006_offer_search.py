"""The words of the offers that exist, and on PostgreSQL a vector of them with Italian stems, which an index finds."""

from django.db import migrations
from django.utils import translation

from sportello import search
from sportello.enums import OfferKind

ADD_VECTOR = """
ALTER TABLE sportello_offer ADD COLUMN search_vector tsvector
    GENERATED ALWAYS AS (to_tsvector('italian', search_words)) STORED
"""


def write_words(apps, schema_editor):
    """The same as `Offer.words_to_find`, which a migration cannot call."""
    rows = apps.get_model("sportello", "Offer").objects.select_related("host__organisation", "sector", "municipality")
    for offer in rows.iterator(chunk_size=500):
        terms = [slug for slugs in offer.terms.values() for slug in slugs]
        with translation.override("it"):
            kind = str(OfferKind(offer.kind).label)
        lists = (offer.sector.name, offer.sector.name_en, offer.municipality.name, kind, *terms)
        words = (offer.title, offer.summary, offer.tasks, offer.learning, offer.host.organisation.name, *lists)
        offer.search_words = search.document(words)
        offer.confirmed_at = offer.published_at
        offer.save(update_fields=["search_words", "confirmed_at"])


def add_vector(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD_VECTOR)
        schema_editor.execute("CREATE INDEX offer_words ON sportello_offer USING gin (search_vector)")


def drop_vector(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE sportello_offer DROP COLUMN search_vector")


class Migration(migrations.Migration):

    dependencies = [("sportello", "0005_offer_life")]

    operations = [
        migrations.RunPython(write_words, migrations.RunPython.noop),
        migrations.RunPython(add_vector, drop_vector),
    ]
