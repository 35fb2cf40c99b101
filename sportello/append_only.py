"""The log of applications is append-only in the database itself, on SQLite and on PostgreSQL.

What happened stays as it was written: a line is never deleted and its facts never change. Two things may be forgotten,
because the law wants it: who did it (`user` becomes NULL when an account goes) and the free words (`reason` and
`message` become empty when their time is over).

On SQLite a migration that rebuilds the table loses the triggers: it must end with `install`. A test notices.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "sportello_applicationevent"
_FACTS = ("id", "application_id", "kind", "from_state", "to_state", "actor", "reason_shared", "at")
_WORDS = ("reason", "message")
_REFUSAL = "The log of applications is append-only."


def install(apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on the table; for `RunPython`."""
    remove(apps, schema_editor)
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def remove(apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers off; for `RunPython`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_append_only()")
    else:
        for name in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{name}")


def _rewritten(differs: str) -> str:
    """SQL that is true if an update does more than forget; `differs` compares two values, NULL included."""
    facts = [f"OLD.{name} {differs} NEW.{name}" for name in _FACTS]
    words = [f"(OLD.{name} {differs} NEW.{name} AND NEW.{name} <> '')" for name in _WORDS]
    return " OR ".join([*facts, *words, f"(OLD.user_id {differs} NEW.user_id AND NEW.user_id IS NOT NULL)"])


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE FUNCTION {TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' OR {_rewritten('IS DISTINCT FROM')} THEN "
            f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN NEW; END $$",
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only()",
        ]
    return [
        f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
        f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} WHEN {_rewritten('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    ]
