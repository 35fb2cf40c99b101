"""What every list and page of the desk's room shares."""

from django.urls import path, reverse
from django.utils.functional import Promise
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from ..desk.export import List
from ..views.desk import DeskActionView, DeskIndexView, DeskInspectView


class DeskViewSet(ModelViewSet):
    """A list and a page for each row; no form that writes."""

    index_view_class = DeskIndexView
    inspect_view_class = DeskInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 30
    inspect_template_name = "wagtailadmin/sportello/inspect.html"
    index_template_name = "wagtailadmin/sportello/list.html"
    index_results_template_name = "wagtailadmin/sportello/list_results.html"
    empty_text: str | Promise = ""
    export_list: List | None = None
    action_views: dict[str, type[DeskActionView]] = {}

    def get_common_view_kwargs(self, **kwargs):
        nowhere = {f"{name}_url_name": None for name in ("add", "edit", "delete", "history", "usage")}
        return super().get_common_view_kwargs(**nowhere, **kwargs)

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(export_list=self.export_list, empty_text=self.empty_text, **kwargs)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            *(
                path(
                    f"<int:pk>/{name}/",
                    view.as_view(inspect_url_name=self.get_url_name("inspect"), header_icon=self.icon),
                    name=name,
                )
                for name, view in self.action_views.items()
            ),
        ]

    def register_admin_url_finder(self):
        """There is no page for editing to be found."""

    def get_permissions_to_register(self):
        """Membership of a desk decides, not a permission that could be ticked on a group."""
        return super().get_permissions_to_register().none()


def title_column(label, accessor=None, inspect: str = "") -> TitleColumn:
    """The column that leads to the row's page."""
    return TitleColumn(
        "title",
        label=label,
        accessor=accessor or str,
        get_url=lambda row: reverse(inspect, args=[row.pk]),
    )


def action_link(label: str, url_name: str, thing, danger: bool = False) -> dict:
    """A button of an inspect page."""
    return {"label": label, "url": reverse(url_name, args=[thing.pk]), "danger": danger}
