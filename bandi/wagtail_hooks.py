"""Calls in the admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet

from .actions import interests as interest_actions
from .actions import outcomes as outcome_actions
from .models import CallPage
from .permissions import may_write
from .reading import source_of
from .viewsets import RecipientViewSet

register_snippet(RecipientViewSet)

LOG_ACTIONS = {
    outcome_actions.LOG_SAVED: (_("Scrivi gli esiti"), _("Esiti scritti")),
    outcome_actions.LOG_DELETED: (_("Cancella un esito"), _("Esito cancellato")),
    outcome_actions.LOG_PUBLISHED: (_("Pubblica gli esiti"), _("Esiti pubblicati")),
    interest_actions.LOG_CONFIRMED: (_("Conferma un'adesione"), _("Un'organizzazione ha detto che ci sta")),
    interest_actions.LOG_ACCEPTED: (_("Accogli un'adesione"), _("Adesione accolta")),
    interest_actions.LOG_REFUSED: (_("Rifiuta un'adesione"), _("Adesione rifiutata")),
    interest_actions.LOG_WITHDRAWN: (_("Ritira un'adesione"), _("Adesione ritirata")),
}


@hooks.register("register_admin_urls")
def call_urls():
    """What belongs to a call and is no part of its page's drafts."""
    return [path("bandi/", include("bandi.admin_urls"))]


@hooks.register("register_log_actions")
def register_log_actions(actions):
    """What the actions write, with the words of the history page."""
    for name, (label, message) in LOG_ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("register_page_header_buttons")
def buttons_of_a_call(page, user, view_name, next_url=None):
    """From the form of a call to its outcomes."""
    if isinstance(page.specific_deferred, CallPage) and page.pk and may_write(user, page):
        yield Button(_("Esiti"), reverse("call_outcomes_admin", args=[page.pk]), icon_name="list-ol", priority=15)
        address = reverse("call_interests_admin", query={"bando": source_of(page).pk, "stato": "accepted"})
        yield Button(_("Chi ci sta?"), address, icon_name="group", priority=16)


class InterestsMenuItem(MenuItem):
    """Shown to who edits pages."""

    def is_shown(self, request):
        return page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"])


@hooks.register("register_admin_menu_item")
def interests_menu_item():
    """Who is interested in which call: what waits for the redazione, next to the list of calls."""
    return InterestsMenuItem(
        _("Chi ci sta?"), reverse("call_interests_admin"), name="call-interests", icon_name="group", order=122
    )
