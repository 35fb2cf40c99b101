"""The redazione's own screens in the admin."""

from .roles import EDITORS

# Texts in force, and who signs them: for reviewers and publishers.
_PACTS = frozenset({"superuser"})

TABLE: dict[str, tuple[frozenset[str], str]] = {
    "progetti:index": (EDITORS, ""),
    "progetti:index_results": (EDITORS, ""),
    "bandi:index": (EDITORS, ""),
    "bandi:index_results": (EDITORS, ""),
    "eventi:index": (EDITORS, ""),
    "eventi:index_results": (EDITORS, ""),
    "notizie:index": (EDITORS, ""),
    "notizie:index_results": (EDITORS, ""),
    "sedute:index": (EDITORS, ""),
    "sedute:index_results": (EDITORS, ""),
    "decisioni:index": (EDITORS, ""),
    "decisioni:index_results": (EDITORS, ""),
    "patti:index": (EDITORS, ""),
    "patti:index_results": (EDITORS, ""),
    "portal_quality_report": (EDITORS, ""),
    "portal_quality_report_results": (EDITORS, ""),
    "plan_admin_index": (EDITORS, ""),
    "plan_admin_tree": (EDITORS, "plan"),
    "plan_admin_export": (EDITORS, "plan:azioni"),
    "plan_admin_import": (EDITORS, "plan:azioni"),
    "call_outcomes_admin": (EDITORS, "call"),
    "call_outcome_add": (EDITORS, "call"),
    "call_outcome_edit": (EDITORS, "outcome"),
    "call_outcome_delete": (EDITORS, "outcome"),
    "call_outcomes_import": (EDITORS, "call"),
    "call_outcomes_export": (EDITORS, "call"),
    "call_interests_admin": (EDITORS, ""),
    "call_interest_admin": (EDITORS, "interest"),
    "call_interest_accept": (frozenset({"superuser"}), "interest"),
    "call_interest_refuse": (frozenset({"superuser"}), "interest"),
    # What an author writes waits for somebody who publishes.
    "call_outcomes_publish": (frozenset({"superuser"}), "call"),
    # Taking a node of the plan away is for who publishes.
    "wagtailsnippets_progetti_action:delete": (frozenset({"superuser"}), "action"),
    "wagtailsnippets_progetti_objective:delete": (frozenset({"superuser"}), "objective"),
    **{
        f"progetti_pact_{kind}:{name}": (_PACTS, "")
        for kind in ("version", "signatory", "request")
        for name in ("index", "index_results")
    },
    "progetti_pact_version:add": (_PACTS, ""),
    "progetti_pact_version:edit": (_PACTS, "pact_version"),
    "progetti_pact_version:delete": (_PACTS, "pact_version"),
    "progetti_pact_signatory:inspect": (_PACTS, "pact_signatory"),
    "progetti_pact_signatory:withdraw": (_PACTS, "pact_signatory"),
    "progetti_pact_signatory:restore": (_PACTS, "pact_signatory"),
    "progetti_pact_request:inspect": (_PACTS, "pact_request"),
    "progetti_pact_request:accept": (_PACTS, "pact_request"),
    "progetti_pact_request:refuse": (_PACTS, "pact_request"),
    "progetti_pact_request:ask_again": (_PACTS, "pact_request"),
}
