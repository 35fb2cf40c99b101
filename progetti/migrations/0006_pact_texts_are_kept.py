"""The database itself refuses to change the text of a pact that has been in force.

Deleting is left to the foreign keys that protect a signed text: the tests empty their tables on SQLite row by row.
"""

from django.db import migrations

COLUMNS = "pact_id, number, title, text, in_force_from, sha256"
SAME = " AND ".join(f"OLD.{name} = NEW.{name}" for name in COLUMNS.split(", "))

SQLITE = f"""
CREATE TRIGGER pact_version_kept BEFORE UPDATE OF {COLUMNS} ON progetti_pactversion
WHEN OLD.in_force_from <= date('now', 'localtime') AND NOT ({SAME})
BEGIN SELECT RAISE(ABORT, 'a text of a pact that has been in force is never changed'); END
"""

POSTGRESQL = (
    """
    CREATE FUNCTION progetti_pact_version_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a text of a pact that has been in force is never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"""
    CREATE TRIGGER pact_version_kept BEFORE UPDATE OF {COLUMNS} ON progetti_pactversion FOR EACH ROW
    WHEN (OLD.in_force_from <= (now() AT TIME ZONE 'Europe/Rome')::date AND NOT ({SAME}))
    EXECUTE FUNCTION progetti_pact_version_kept()
    """,
)


def add(apps, schema_editor):
    """Put the trigger on the table."""
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else [SQLITE]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    """Take the trigger off the table."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER pact_version_kept ON progetti_pactversion")
        schema_editor.execute("DROP FUNCTION progetti_pact_version_kept()")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS pact_version_kept")


class Migration(migrations.Migration):

    dependencies = [("progetti", "0005_pact_versions")]

    operations = [migrations.RunPython(add, remove)]
