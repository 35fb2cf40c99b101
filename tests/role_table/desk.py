"""The desk's room in the admin."""

from .roles import ANY_DESK, DESK, FIGURES, LOGS

TABLE: dict[str, tuple[frozenset[str], str]] = {
    "sportello_inbox:index": (ANY_DESK, ""),
    # Only answers to a form.
    "sportello_inbox:batch": (frozenset(), ""),
    "sportello_inbox:result": (ANY_DESK, ""),
    "sportello_inbox:choose_desk": (frozenset(), ""),
    "sportello_queues:offers": (ANY_DESK, ""),
    "sportello_queues:hosts": (ANY_DESK, ""),
    "sportello_figures:index": (FIGURES, ""),
    "sportello_figures:csv": (FIGURES, "figures_key"),
    "sportello_match:weights": (ANY_DESK, ""),
    "sportello_match:youth": (DESK, "youth_profile"),
    "sportello_match:offer": (DESK, "open_offer"),
    "sportello_match:propose": (DESK, "youth_profile:open_offer"),
    "sportello_notes:log": (LOGS, ""),
    # Not even a superuser: only who works at the desk of that person.
    "sportello_notes:person": (frozenset({"operator", "supervisor"}), "youth_profile"),
    "sportello_notes:remove": (frozenset({"operator", "supervisor"}), "support_note"),
    "sportello_exports:log": (LOGS, ""),
    "sportello_host:index": (ANY_DESK, ""),
    "sportello_host:index_results": (ANY_DESK, ""),
    "sportello_host:inspect": (DESK, "host"),
    "sportello_host:verify": (DESK, "registered_host"),
    "sportello_host:suspend": (DESK, "host"),
    "sportello_host:signed_pact": (DESK, "signature"),
    "sportello_offer:index": (ANY_DESK, ""),
    "sportello_offer:index_results": (ANY_DESK, ""),
    "sportello_offer:inspect": (DESK, "offer"),
    "sportello_offer:publish": (DESK, "in_review"),
    "sportello_offer:return": (DESK, "in_review"),
    "sportello_offer:refuse": (DESK, "in_review"),
    "sportello_offer:suspend": (DESK, "offer"),
    "sportello_offer:reinstate": (DESK, "offer"),
    "sportello_offer:close": (DESK, "offer"),
    "sportello_application:index": (ANY_DESK, ""),
    "sportello_application:index_results": (ANY_DESK, ""),
    "sportello_application:inspect": (DESK, "application"),
    **{
        f"sportello_application:{name}": (DESK, "application")
        for name in ("pass", "return", "remind", "offer", "withdraw", "cancel", "reopen", "messages")
    },
    "sportello_youth:apply": (DESK, "youth_profile"),
    "sportello_youth:index": (ANY_DESK, ""),
    "sportello_youth:index_results": (ANY_DESK, ""),
    "sportello_youth:inspect": (DESK, "youth_profile"),
}
