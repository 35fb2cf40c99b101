"""How the redazione keeps the aims."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.registry.viewsets import REGISTRY_MENU_HOOK

from .models import Aim


class AimViewSet(SnippetViewSet):
    """The aims that everything answers to."""

    model = Aim
    icon = "crosshairs"
    menu_label = _("Finalità")
    menu_hook = REGISTRY_MENU_HOOK
    menu_order = 50
    list_display = ["order", "name", "name_en"]
    search_backend_name = None
    search_fields = ["name", "name_en"]
    ordering = ["order", "pk"]
