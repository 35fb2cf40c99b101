"""How the redazione keeps the registry: territories, organisations, topics; municipalities only to look at."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .forms import NamedForm, NewOrganisationForm, TerritoryForm
from .models import Municipality, Organisation, Territory, Topic

# Viewsets of other apps that belong in the same menu set `menu_hook` to this.
REGISTRY_MENU_HOOK = "register_registry_menu_item"


class TerritoryViewSet(SnippetViewSet):
    """Territories: what the portal serves."""

    model = Territory
    icon = "site"
    menu_label = _("Territori")
    edit_handler = ObjectList(Territory.panels, base_form_class=TerritoryForm)
    list_display = ["name", "kind", "region"]
    list_filter = ["kind"]
    search_backend_name = None  # by parts of words, in the database: the index finds whole words only
    search_fields = ["name"]
    ordering = ["name", "pk"]


class OrganisationChooserViewSet(SnippetChooserViewSet):
    """Choosing an organisation: one that is not there yet is written without leaving the page."""

    creation_form_class = NewOrganisationForm
    create_action_label = _("Aggiungi e scegli")
    creation_tab_label = _("Nuova organizzazione")


class OrganisationViewSet(SnippetViewSet):
    """Organisations: who does things."""

    chooser_viewset_class = OrganisationChooserViewSet
    edit_handler = ObjectList(Organisation.panels, base_form_class=NamedForm)
    model = Organisation
    icon = "group"
    menu_label = _("Organizzazioni")
    list_display = ["name", "kind", "municipality", "is_example"]
    list_filter = ["kind", "is_example"]
    search_backend_name = None  # by parts of words, in the database: the index finds whole words only
    search_fields = ["name"]
    ordering = ["name", "pk"]

    def get_queryset(self, request):
        """The municipality is a column of the list: it comes with the row."""
        return self.model.objects.select_related("municipality").order_by(*self.ordering)


class TopicViewSet(SnippetViewSet):
    """Topics: what things are about."""

    model = Topic
    icon = "tag"
    menu_label = _("Argomenti")
    edit_handler = ObjectList(Topic.panels, base_form_class=NamedForm)
    list_display = ["name", "name_en", "eurovoc"]
    search_backend_name = None  # by parts of words, in the database: the index finds whole words only
    search_fields = ["name", "name_en"]
    ordering = ["name", "pk"]


class LookOnlyPolicy(ModelPermissionPolicy):
    """Staff may look and choose; nobody adds, changes or deletes, for the rows come from ISTAT through an import."""

    def user_has_permission(self, user, action) -> bool:
        """Whether the user may do one thing."""
        return action in ("view", "choose") and user.has_perm("wagtailadmin.access_admin")

    def user_has_any_permission(self, user, actions) -> bool:
        """Whether the user may do one of some things."""
        return any(self.user_has_permission(user, action) for action in actions)


class MunicipalityViewSet(SnippetViewSet):
    """Municipalities of Italy: to look up and to choose."""

    model = Municipality
    icon = "home"
    menu_label = _("Comuni italiani")
    list_display = ["name", "province", "region", "istat_code", "population"]
    search_backend_name = None  # by parts of words, in the database: the index finds whole words only
    search_fields = ["name"]
    ordering = ["name", "istat_code"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "name",
        "istat_code",
        "province",
        "region",
        "cadastral_code",
        "population",
        "population_15_29",
        "latitude",
        "longitude",
    ]
    copy_view_enabled = False
    panels = [FieldPanel("name", read_only=True), FieldPanel("istat_code", read_only=True)]


class RegistryViewSetGroup(SnippetViewSetGroup):
    """The menu «Anagrafiche»."""

    items = (TerritoryViewSet, OrganisationViewSet, TopicViewSet, MunicipalityViewSet)
    menu_label = _("Anagrafiche")
    menu_name = "registry"
    menu_icon = "folder-open-inverse"
    menu_order = 300
    submenu_hook = REGISTRY_MENU_HOOK
