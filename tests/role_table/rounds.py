"""Rounds, from every side. The round of the test's world is published, with one person in it."""

from .roles import ANY_DESK, DESK, HOSTS, YOUTHS

SUPERVISORS = frozenset({"supervisor", "superuser"})
_PAGES = ("inspect", "offers", "deadlines", "people", "bands", "pairs", "runs", "compare", "results", "fairness",
          "fairness_file", "following")  # fmt: skip
_ACTIONS = ("open", "close_lists", "ready", "run", "reopen", "send", "close")

TABLE: dict[str, tuple[frozenset[str], str]] = {
    "area:youth_rounds": (YOUTHS, ""),
    "area:youth_round": (frozenset({"youth"}), "round"),
    "area:youth_round_file": (frozenset({"youth"}), "round"),
    "area:host_rounds": (HOSTS, ""),
    "area:host_round": (frozenset({"host"}), "round_offer"),
    "sportello_round:index": (ANY_DESK, ""),
    "sportello_round:index_results": (ANY_DESK, ""),
    "sportello_round:new": (ANY_DESK, ""),
    **{f"sportello_round:{name}": (DESK, "round") for name in (*_PAGES, *_ACTIONS)},
    **{f"sportello_round:{name}": (SUPERVISORS, "round") for name in ("publish", "cancel")},
    "sportello_round:offer_bands": (DESK, "round_offer"),
    "sportello_round:pair_remove": (DESK, "round_pair"),
    **{f"sportello_round:{name}": (DESK, "round:1") for name in ("run_detail", "run_input", "run_output")},
}
