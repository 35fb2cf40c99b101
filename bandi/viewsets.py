"""How the redazione keeps the list of those whom calls are for."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.registry.viewsets import REGISTRY_MENU_HOOK

from .models import Recipient


class RecipientViewSet(SnippetViewSet):
    """Whom calls are for."""

    model = Recipient
    icon = "user"
    menu_label = _("Destinatari dei bandi")
    menu_hook = REGISTRY_MENU_HOOK
    menu_order = 60
    list_display = ["name", "name_en"]
    search_backend_name = None
    search_fields = ["name", "name_en"]
    ordering = ["name", "pk"]
