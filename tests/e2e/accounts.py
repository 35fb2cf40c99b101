"""The demo's accounts, one for each kind of user."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "territorio-demo-2026"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in to the demo."""

    role: str
    email: str


YOUTH = Account("youth", "giovane@example.org")
MINOR = Account("minor", "minore@example.org")
GUARDIAN = Account("guardian", "tutore@example.org")
HOST = Account("host", "azienda@example.org")
OPERATOR = Account("operator", "operatore@example.org")
SUPERVISOR = Account("supervisor", "supervisore@example.org")
AUTHOR = Account("author", "redazione@example.org")
REVIEWER = Account("reviewer", "revisore@example.org")
ADMIN = Account("admin", "admin@example.org")
