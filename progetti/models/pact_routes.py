"""The addresses below a pact: its texts, its signatories, the form to join."""

from collections.abc import Callable

from django.http import HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path


def _view(name: str) -> Callable[..., HttpResponse]:
    """A method of the page that hands over to `progetti.views.pact_pages`, which reads the models."""

    def serve(self, request, **kwargs) -> HttpResponse:
        from ..views import pact_pages

        return getattr(pact_pages, name)(self, request, **kwargs)

    serve.__name__ = name
    return serve


class PactRoutes(RoutablePageMixin):
    """/patti/bosco/ is the pact, /patti/bosco/versioni/2/ one of its texts, /patti/bosco/aderisci/ the form to join."""

    whole = path("", name="whole")(_view("whole"))
    signatories = path("firme/", name="signatories")(_view("signatories"))
    version = path("versioni/<int:number>/", name="version")(_view("version"))
    version_text = path("versioni/<int:number>/testo/", name="version_text")(_view("version_text"))
    version_pdf = path("versioni/<int:number>/pdf/", name="version_pdf")(_view("version_pdf"))
    join = path("aderisci/", name="join")(_view("join"))
    joined = path("aderisci/fatto/", name="joined")(_view("joined"))
