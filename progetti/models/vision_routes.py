"""The addresses below a vision: its published versions, and what changed between two of them."""

from collections.abc import Callable

from django.http import HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path


def _view(name: str) -> Callable[..., HttpResponse]:
    """A method of the page that hands over to `progetti.views.vision_pages`, which reads the models."""

    def serve(self, request, **kwargs) -> HttpResponse:
        from ..views import vision_pages

        return getattr(vision_pages, name)(self, request, **kwargs)

    serve.__name__ = name
    return serve


class VisionRoutes(RoutablePageMixin):
    """/visione/ is the vision, /visione/come-cambia/ its versions, /visione/come-cambia/confronto/ two of them."""

    whole = path("", name="whole")(_view("whole"))
    versions = path("come-cambia/", name="versions")(_view("versions"))
    comparison = path("come-cambia/confronto/", name="comparison")(_view("comparison"))
