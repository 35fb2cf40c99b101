"""Public addresses of plans and indicators that Wagtail's own pattern does not know."""

from django.urls import path, re_path

from .views import indicators, nodes

urlpatterns = [
    # Codes of nodes have dots (/piano/A1.2.3/), which Wagtail's pattern refuses: these go to the page all the same.
    re_path(r"^((?:[\w\-]+/)+[A-Z][0-9]{1,2}(?:\.[0-9]{1,3}){0,2}/)$", nodes.serve, name="plan_node"),
    path("indicatori/", indicators.index, name="indicators"),
    path("indicatori/<int:pk>/", indicators.detail, name="indicator"),
    path("indicatori/<int:pk>/csv/", indicators.data, name="indicator_data"),
]
