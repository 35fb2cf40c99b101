"""Projects and their neighbours in the admin."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .pact_viewsets import PactViewSetGroup
from .plan_viewsets import PlanViewSetGroup
from .views import plan_admin
from .viewsets import AimViewSet

register_snippet(AimViewSet)
register_snippet(PlanViewSetGroup)

PACT_LOG_ACTIONS = {
    "pact_request_confirmed": (_("Conferma una richiesta"), _("Confermata per e-mail")),
    "pact_request_cancelled": (_("Annulla una richiesta"), _("Annullata da chi l'aveva scritta")),
    "pact_request_accepted": (_("Accogli una richiesta"), _("Verificata: la firma è sul patto")),
    "pact_request_refused": (_("Non accogliere una richiesta"), _("Non accolta")),
    "pact_request_asked_again": (_("Chiedi di nuovo la conferma"), _("Chiesta di nuovo la conferma")),
    "pact_signature_withdrawn": (_("Ritira una firma"), _("Firma ritirata")),
    "pact_signature_restored": (_("Rimetti una firma"), _("Firma rimessa")),
}


@hooks.register("register_admin_urls")
def plan_urls():
    """The tree of a plan, its import and export."""
    return [
        path("piano/", plan_admin.index, name="plan_admin_index"),
        path("piano/<int:pk>/", plan_admin.tree, name="plan_admin_tree"),
        path("piano/<int:pk>/importa/<slug:kind>/", plan_admin.import_file, name="plan_admin_import"),
        path("piano/<int:pk>/esporta/<slug:kind>/", plan_admin.export, name="plan_admin_export"),
    ]


@hooks.register("register_admin_viewset")
def pact_viewsets():
    """Texts, signatures and requests of pacts."""
    return PactViewSetGroup()


@hooks.register("register_log_actions")
def pact_log_actions(actions):
    """What `actions.pact_requests` writes, with the words of the history."""
    for name, (label, message) in PACT_LOG_ACTIONS.items():
        actions.register_action(f"progetti.{name}", label, message)
