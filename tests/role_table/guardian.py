"""Minors and who answers for them."""

from .roles import GUARDIAN, ROLES, SIGNED_IN, YOUTHS

# The steps of the profile are for who has begun it: others are led to its first page.
TABLE: dict[str, tuple[frozenset[str], str]] = {
    "area:youth_profile_step": (YOUTHS, "step"),
    "area:youth_cv": (YOUTHS, ""),
    "area:youth_cv_remove": (frozenset({"youth"}), "cv"),
    # Its owner, their desk, and the host that it was shown to.
    "area:cv": (frozenset({"youth", "host"}), "cv"),
    "area:own_data": (SIGNED_IN, ""),
    "area:own_data_download": (SIGNED_IN, ""),
    "area:own_data_delete": (SIGNED_IN, ""),
    "area:own_data_undo": (frozenset(), ""),
    "area:own_data_preferences": (SIGNED_IN, ""),
    "area:youth_guardians": (YOUTHS, ""),
    "area:youth_guardian_resend": (frozenset({"youth"}), "invited"),
    "area:youth_guardian_cancel": (frozenset({"youth"}), "invited"),
    "area:guardian_home": (GUARDIAN, ""),
    # Whoever holds the key of an invitation may read who sent it, before having an account.
    "area:guardian_invitation": (ROLES, "key"),
    "area:guardian_youth": (GUARDIAN, "minor"),
    "area:guardian_step_back": (GUARDIAN, "minor"),
    "area:guardian_consent": (GUARDIAN, "minor:cv"),
    "area:guardian_revoke": (GUARDIAN, "minor:applying"),
    "area:guardian_application": (GUARDIAN, "minors_offered"),
    "area:guardian_revoke_experience": (GUARDIAN, "minors_offered"),
}
