"""Rules that no constraint of Django's can say, kept by triggers on SQLite and on PostgreSQL alike.

- A host that has an active owner is never left without one.
- Two experiences of one young person that take time do not share a day.
- An application has a seat of its own offer, and a seat that somebody has does not move to another one.

The actions say the same sooner, under lock and in a sentence. On PostgreSQL the triggers take a lock, too (the host,
the young person, the seat), so that two connections at once wait for each other here.

On SQLite a migration that rebuilds one of these tables loses its trigger: it must end with `install`. A test notices.
"""

from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .enums import TAKING_TIME_STATES, HostRole


@dataclass(frozen=True, slots=True)
class Kept:
    """One rule: which changes of its table may break it, and what must not be.

    Attributes:
        name: of the trigger; PostgreSQL's function is called the same, SQLite has one trigger for each kind of change.
        watched: SQL that is true of a change that may break the rule, from its own row alone, by kind of change.
        broken: SQL that is true if it does.
        lock: of PostgreSQL: the row that whoever else may break the rule must wait for.
    """

    name: str
    table: str
    watched: dict[str, str]
    broken: str
    lock: str
    refusal: str


_STATES = ", ".join(f"'{state}'" for state in TAKING_TIME_STATES)
_TAKES_TIME = f"NEW.state IN ({_STATES})"


_OTHER_SEAT = "OLD.seat_id IS NULL OR NEW.seat_id <> OLD.seat_id OR NEW.offer_id <> OLD.offer_id"


def _owns(row: str) -> str:
    return f"({row}.role = '{HostRole.OWNER}' AND {row}.is_active)"


RULES = (
    Kept(
        "sportello_last_owner",
        "sportello_hostmembership",
        {
            "UPDATE": f"{_owns('OLD')} AND NOT ({_owns('NEW')} AND NEW.host_id = OLD.host_id)",
            "DELETE": _owns("OLD"),
        },
        "NOT EXISTS (SELECT 1 FROM sportello_hostmembership AS other "  # noqa: S608  nothing of a person is in it
        f"WHERE other.host_id = OLD.host_id AND other.id <> OLD.id AND {_owns('other')})",
        "sportello_host WHERE id = OLD.host_id",
        "A host is never left without an owner.",
    ),
    Kept(
        "sportello_one_placement_at_a_time",
        "sportello_placement",
        {"INSERT": _TAKES_TIME, "UPDATE": _TAKES_TIME},
        # What is inserted has no number yet on SQLite: it is -1 there, and another one than every other.
        "EXISTS (SELECT 1 FROM sportello_placement AS other "  # noqa: S608  nothing of a person is in it
        f"WHERE other.youth_id = NEW.youth_id AND other.id <> NEW.id AND other.state IN ({_STATES}) "
        "AND other.start_date <= NEW.end_date AND other.end_date >= NEW.start_date)",
        "sportello_youthprofile WHERE id = NEW.youth_id",
        "Two placements of one person do not share a day.",
    ),
    Kept(
        "sportello_seat_of_its_offer",
        "sportello_application",
        {"INSERT": "NEW.seat_id IS NOT NULL", "UPDATE": f"NEW.seat_id IS NOT NULL AND ({_OTHER_SEAT})"},
        "NOT EXISTS (SELECT 1 FROM sportello_seat AS seat "
        "WHERE seat.id = NEW.seat_id AND seat.offer_id = NEW.offer_id)",
        "sportello_seat WHERE id = NEW.seat_id",
        "The seat of an application is one of its offer.",
    ),
    Kept(
        "sportello_seat_stays_with_its_offer",
        "sportello_seat",
        {"UPDATE": "NEW.offer_id <> OLD.offer_id"},
        "EXISTS (SELECT 1 FROM sportello_application AS given WHERE given.seat_id = OLD.id)",
        "sportello_seat WHERE id = OLD.id",
        "A seat that somebody has stays with its offer.",
    ),
)


def install(apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers there; for `RunPython`."""
    remove(apps, schema_editor)
    for rule in RULES:
        for statement in _statements(rule, schema_editor.connection.vendor):
            schema_editor.execute(statement)


def remove(apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them off; for `RunPython`."""
    for rule in RULES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {rule.name} ON {rule.table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {rule.name}()")
        else:
            for kind in rule.watched:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {rule.name}_{kind.lower()}")


def _statements(rule: Kept, vendor: str) -> list[str]:
    if vendor != "postgresql":
        return [
            f"CREATE TRIGGER {rule.name}_{kind.lower()} BEFORE {kind} ON {rule.table} WHEN {watched} "
            f"AND {rule.broken} BEGIN SELECT RAISE(ABORT, '{rule.refusal}'); END"
            for kind, watched in rule.watched.items()
        ]
    # A deletion has no NEW: each kind of change is looked at apart.
    checks = " ".join(
        f"IF TG_OP = '{kind}' THEN IF {watched} THEN "
        f"PERFORM 1 FROM {rule.lock} FOR NO KEY UPDATE; "
        f"IF {rule.broken} THEN RAISE EXCEPTION '{rule.refusal}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; END IF; END IF;"
        for kind, watched in rule.watched.items()
    )
    return [
        f"CREATE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {checks} "
        f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {rule.name} BEFORE {' OR '.join(rule.watched)} ON {rule.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {rule.name}()",
    ]
