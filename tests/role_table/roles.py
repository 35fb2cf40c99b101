"""Who the role matrix tries every reserved address as."""

ROLES = frozenset(
    {
        "anonymous", "newcomer", "youth", "other_youth", "host", "other_host",
        "operator", "supervisor", "auditor", "other_operator", "author", "superuser",
        "guardian",
    }
)  # fmt: skip
SIGNED_IN = ROLES - {"anonymous"}
YOUTHS = frozenset({"youth", "other_youth"})
HOSTS = frozenset({"host", "other_host"})
DESK = frozenset({"operator", "supervisor", "superuser"})
# Supervisors and auditors read who exported and who read the support notes.
LOGS = frozenset({"supervisor", "auditor", "superuser"})
SUPERVISORS = frozenset({"supervisor", "superuser"})
ANY_DESK = DESK | {"other_operator"}
FIGURES = ANY_DESK | {"auditor"}
EDITORS = frozenset({"author", "superuser"})
# Who has no part yet: led to where one starts, which is the only page these may see besides the two doors.
# A guardian may also look for an experience or offer one.
STARTERS = frozenset({"newcomer", "author", "auditor", "guardian"})
GUARDIAN = frozenset({"guardian"})
