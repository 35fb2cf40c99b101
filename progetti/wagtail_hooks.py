"""Projects and their neighbours in the admin."""

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .plan_viewsets import PlanViewSetGroup
from .views import plan_admin
from .viewsets import AimViewSet

register_snippet(AimViewSet)
register_snippet(PlanViewSetGroup)


@hooks.register("register_admin_urls")
def plan_urls():
    """The tree of a plan, its import and export."""
    return [
        path("piano/", plan_admin.index, name="plan_admin_index"),
        path("piano/<int:pk>/", plan_admin.tree, name="plan_admin_tree"),
        path("piano/<int:pk>/importa/<slug:kind>/", plan_admin.import_file, name="plan_admin_import"),
        path("piano/<int:pk>/esporta/<slug:kind>/", plan_admin.export, name="plan_admin_export"),
    ]
