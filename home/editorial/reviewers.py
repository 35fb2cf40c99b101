"""«Revisori dei territori»: which person reviews the pages of which territory."""

from django.forms import ModelChoiceField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import TerritoryReviewer
from home.review_querysets import admin_people
from portal.registry.viewsets import REGISTRY_MENU_HOOK


class PersonField(ModelChoiceField):
    """A person of the redazione: two may have the same name, so the address is there too."""

    default_error_messages = {
        "invalid_choice": _(
            "Questa persona non può entrare nell'area della redazione: prima mettila in un gruppo (in Utenti)."
        )
    }

    def label_from_instance(self, obj) -> str:
        """Name and address."""
        return f"{obj.get_full_name()} ({obj.email})" if obj.get_full_name() else obj.email


class TerritoryReviewerForm(WagtailAdminModelForm):
    """Only who may enter the admin can be chosen."""

    person = PersonField(
        label=_("persona"),
        queryset=admin_people().none(),
        help_text=_("Chi può entrare nell'area della redazione. Non rivede mai le pagine che manda in revisione."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = admin_people().order_by("last_name", "first_name", "email")

    def clean(self):
        """A person reviews for a territory once: said beside the person."""
        data = super().clean()
        same = TerritoryReviewer.objects.filter(territory=data.get("territory"), person=data.get("person"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("person", _("Questa persona rivede già le pagine di questo territorio."))
        return data


class TerritoryReviewerViewSet(SnippetViewSet):
    """Who reviews for which territory; several people may for one, one person may for several."""

    model = TerritoryReviewer
    icon = "user"
    menu_label = _("Revisori dei territori")
    menu_hook = REGISTRY_MENU_HOOK
    menu_order = 60
    list_display = ["territory", "person"]
    list_filter = ["territory"]
    search_backend_name = None
    search_fields = ["territory__name", "person__first_name", "person__last_name"]
    ordering = ["territory__name", "person__last_name", "pk"]
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("territory"), FieldPanel("person")], base_form_class=TerritoryReviewerForm)

    def get_queryset(self, request):
        """Both names are columns: they come with the row."""
        return self.model.objects.select_related("territory", "person").order_by(*self.ordering)
