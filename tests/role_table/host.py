"""The reserved area of hosts."""

from .roles import HOSTS, ROLES, STARTERS

TABLE: dict[str, tuple[frozenset[str], str]] = {
    "area:host_inbox": (HOSTS, ""),
    "area:host_register": (STARTERS, ""),
    "area:host_offers": (HOSTS, ""),
    "area:host_offer_new": (HOSTS, ""),
    "area:host_offer": (frozenset({"host"}), "offer"),
    "area:host_offer_edit": (frozenset({"host"}), "draft"),
    "area:host_offer_step": (frozenset({"host"}), "draft:quando"),
    "area:host_offer_confirm": (frozenset({"host"}), "offer"),
    "area:host_offer_close": (frozenset({"host"}), "offer"),
    "area:host_offer_seats": (frozenset({"host"}), "offer"),
    # POST only: makes a copy for the host, nothing for anybody else.
    "area:host_offer_duplicate": (frozenset(), "offer"),
    "area:host_offer_delete": (frozenset({"host"}), "draft"),
    "area:host_offer_submit": (frozenset({"host"}), "draft"),
    "area:host_offer_pause": (frozenset({"host"}), "offer"),
    "area:host_offer_resume": (frozenset({"host"}), "offer"),
    "area:host_application": (frozenset({"host"}), "application"),
    "area:host_application_read": (frozenset(), "application"),
    "area:host_application_shortlist": (frozenset({"host"}), "application"),
    "area:host_application_offer": (frozenset({"host"}), "application"),
    "area:host_application_reject": (frozenset({"host"}), "application"),
    "area:host_application_rescind": (frozenset({"host"}), "offered"),
    "area:host_profile": (HOSTS, ""),
    "area:host_edit": (HOSTS, ""),
    "area:host_pact": (HOSTS, ""),
    "area:host_pact_pdf": (frozenset({"host"}), "signature"),
    "area:host_members": (HOSTS, ""),
    "area:host_invite": (HOSTS, ""),
    "area:host_member": (frozenset({"host"}), "member"),
    "area:host_member_end": (frozenset({"host"}), "member"),
    "area:host_invitation_resend": (frozenset({"host"}), "invitation"),
    "area:host_invitation_cancel": (frozenset({"host"}), "invitation"),
    # Whoever holds the link of the e-mail reads it; who may accept is tried in tests/sportello/test_host_members.py.
    "area:host_invitation": (ROLES, "invitation_link"),
    "area:host_choose": (HOSTS, ""),
}
