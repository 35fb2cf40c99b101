"""The logs and the signatures of the Sportello are append-only in the database itself, on SQLite and on PostgreSQL.

What happened stays as it was written: a line is never deleted and its facts never change. What the law wants forgotten
may be: who did it, or about whom it was (a key becomes NULL when the row it points to goes), and the free words (they
become empty when their time is over).

On SQLite a migration that rebuilds a table loses its triggers: it must end with `install` or `install_more`. A test
notices.
"""

from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


@dataclass(frozen=True, slots=True)
class Guarded:
    """A table whose rows are written once.

    Attributes:
        facts: columns that never change.
        words: columns that may only become empty, each with what empty is.
        people: keys that may only become NULL.
        once: columns that are filled once, from an empty text.
        deletable: whether a row may go as a whole, if nothing points to it.
    """

    table: str
    facts: tuple[str, ...]
    words: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    deletable: bool = False
    refusal: str = "This table is append-only."


APPLICATIONS = Guarded(
    "sportello_applicationevent",
    ("id", "application_id", "kind", "from_state", "to_state", "actor", "reason_shared", "at"),
    words=(("reason", ""), ("message", "")),
    people=("user_id",),
    refusal="The log of applications is append-only.",
)
MORE = (
    Guarded(
        "sportello_pactsignature",
        ("id", "host_id", "version_id", "sha256", "organisation_name", "fiscal_code", "signer_name", "at"),
        people=("signed_by_id",),
        once=("pdf", "pdf_sha256"),
        refusal="A signature is written once.",
    ),
    Guarded(
        "sportello_supportnoteaccess",
        ("id", "desk_id", "user_id", "what", "purpose", "at"),
        people=("note_id",),
        refusal="The log of support notes is append-only.",
    ),
    Guarded(
        "sportello_cvaccess",
        ("id", "desk_id", "user_id", "purpose", "at"),
        people=("cv_id", "youth_id"),
        refusal="The log of CVs is append-only.",
    ),
    Guarded(
        "sportello_exportrecord",
        ("id", "desk_id", "user_id", "what", "rows", "at"),
        words=(("filters", "{}"),),
        refusal="The log of exports is append-only.",
    ),
    Guarded(
        "sportello_consenttext",
        ("id", "purpose", "version", "valid_from", "title", "title_en", "body", "body_en", "asks_again", "created_at"),
        people=("written_by_id",),
        deletable=True,
        refusal="The words of a consent never change: write a new version.",
    ),
    Guarded(
        "sportello_roundrun",
        ("id", "round_id", "number", "kind", "label", "input", "input_sha256", "output", "output_sha256", "at"),
        people=("by_id",),
        refusal="A run stays as it was.",
    ),
    Guarded(
        "sportello_roundresult",
        ("id", "round_id", "run_id", "youth_id", "round_offer_id", "seat_id", "rank", "pinned", "why"),
        refusal="A published result never changes.",
    ),
    Guarded(
        "sportello_roundsending",
        ("id", "result_id", "application_id", "code", "message", "at"),
        people=("by_id",),
        refusal="What was tried stays written.",
    ),
    Guarded(
        "sportello_roundevent",
        ("id", "round_id", "verb", "from_state", "to_state", "actor", "at"),
        words=(("reason", "—"),),
        people=("user_id",),
        refusal="The log of rounds is append-only.",
    ),
)


def install(apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on the log of applications; for `RunPython`."""
    _install(APPLICATIONS, schema_editor)


def remove(apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them off; for `RunPython`."""
    _remove(APPLICATIONS, schema_editor)


def install_more(apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on the other tables; for `RunPython`."""
    for guarded in MORE:
        _install(guarded, schema_editor)


def remove_more(apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them off; for `RunPython`."""
    for guarded in MORE:
        _remove(guarded, schema_editor)


def _install(guarded: Guarded, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _remove(guarded, schema_editor)
    for statement in _statements(guarded, schema_editor.connection.vendor):
        schema_editor.execute(statement)


def _remove(guarded: Guarded, schema_editor: BaseDatabaseSchemaEditor) -> None:
    table = guarded.table
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_append_only()")
    else:
        for name in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name}")


def _rewritten(guarded: Guarded, differs: str) -> str:
    """SQL that is true if an update does more than forget; `differs` compares two values, NULL included."""
    return " OR ".join(
        [
            *(f"OLD.{name} {differs} NEW.{name}" for name in guarded.facts),
            *(f"(OLD.{name} {differs} NEW.{name} AND NEW.{name} <> '{empty}')" for name, empty in guarded.words),
            *(f"(OLD.{name} {differs} NEW.{name} AND NEW.{name} IS NOT NULL)" for name in guarded.people),
            *(f"(OLD.{name} {differs} NEW.{name} AND OLD.{name} <> '')" for name in guarded.once),
        ]
    )


def _statements(guarded: Guarded, vendor: str) -> list[str]:
    table, refusal = guarded.table, guarded.refusal
    if vendor == "postgresql":
        unless = _rewritten(guarded, "IS DISTINCT FROM")
        # A deletion has no NEW: it is looked at first, and apart.
        on_delete = (
            "RETURN OLD;"
            if guarded.deletable
            else f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';"
        )
        return [
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' THEN {on_delete} END IF; "
            f"IF {unless} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN NEW; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        ]
    on_update = (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {_rewritten(guarded, 'IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )
    on_delete = f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    return [on_update] if guarded.deletable else [on_update, on_delete]
