"""The reserved area of young people, and everybody's first page there."""

from .roles import GUARDIAN, HOSTS, SIGNED_IN, STARTERS, YOUTHS

TABLE: dict[str, tuple[frozenset[str], str]] = {
    # A host is led straight to its inbox, a guardian to whom they answer for.
    "area:home": (SIGNED_IN - HOSTS - GUARDIAN, ""),
    "area:youth_profile": (YOUTHS | STARTERS, ""),
    "area:youth_offers": (YOUTHS, ""),
    "area:youth_apply": (YOUTHS, "open_offer"),
    "area:youth_proposals": (YOUTHS, ""),
    "area:youth_proposal_decline": (frozenset({"youth"}), "proposal"),
    "area:youth_applications": (YOUTHS, ""),
    "area:youth_application": (frozenset({"youth"}), "application"),
    "area:youth_application_accept": (frozenset({"youth"}), "offered"),
    "area:youth_application_decline": (frozenset({"youth"}), "offered"),
    "area:youth_application_withdraw": (frozenset({"youth"}), "application"),
    "area:youth_application_discard": (frozenset({"youth"}), "draft_application"),
    "area:youth_application_messages": (frozenset({"youth"}), "application"),
    "area:youth_interview_pick": (frozenset({"youth"}), "proposed_time"),
    "area:youth_interview_cancel": (frozenset({"youth"}), "meeting"),
    "area:youth_interview_calendar": (frozenset({"youth"}), "meeting"),
}
