"""Lists of pages as a read-only JSON API, with the filters of the public list: Wagtail's API (v2) as its library.

Only what the public list says of each page can be read: no drafts, no restricted pages, no names of persons.
"""

from django.apps import apps
from django.conf import settings
from django.http import Http404
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet

from .listing import ListingPage
from .querysets import public
from .records import record

# Seconds for which an answer may be kept on the way.
MAX_AGE = 60
OPERATIONS = frozenset({"limit", "offset", "locale", "format"})


class ApiThrottle(AnonRateThrottle):
    """As many requests as a program that reads everything needs, and no more."""

    rate = "120/min"


class ListingAPIViewSet(BaseAPIViewSet):
    """One list: `/api/v2/bandi/?stato=aperti&limit=50` and `/api/v2/bandi/12/`."""

    index_model: type[ListingPage]
    renderer_classes = (JSONRenderer,)
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (ApiThrottle,)

    @classmethod
    def get_urlpatterns(cls):
        """The list and each of its pages."""
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path("<int:pk>/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]

    def listing_view(self, request):
        """The filtered list, some at a time."""
        with translation.override(self._language()):
            index = self._index()
            filterset = index.filterset_class(request.GET, index.get_listing(), request=request._request)
            unknown = set(request.GET) - set(filterset.filters) - OPERATIONS
            if unknown:
                raise BadRequestError(f"query parameter is not a filter of this list: {', '.join(sorted(unknown))}")
            if filterset.problems:
                raise BadRequestError(" ".join(str(problem) for problem in filterset.problems))
            pages = self.paginate_queryset(index.with_records(filterset.qs))
            return self.get_paginated_response([self._item(page, index) for page in pages])

    def detail_view(self, request, pk):
        """One page of the list."""
        with translation.override(self._language()):
            index = self._index()
            page = index.with_records(index.get_listing().filter(pk=pk)).first()
            if page is None:
                raise Http404(gettext("Nell'elenco non c'è una pagina con questo numero."))
            return Response(self._item(page, index))

    def finalize_response(self, request, response, *args, **kwargs):
        """Anybody's programs may read it, also in a browser, and keep it for a little."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}" if response.status_code == 200 else "no-store"
        return response

    def _language(self) -> str:
        return self.request.GET.get("locale", settings.LANGUAGE_CODE)

    def _index(self) -> ListingPage:
        """The list in the language asked for."""
        index = public(self.index_model.objects.live().filter(locale__language_code=self._language())).first()
        if index is None:
            raise Http404(gettext("Questo elenco non c'è in questa lingua."))
        return index

    def _item(self, page, index: ListingPage) -> dict:
        words = record(page, index.get_columns(), self.request._request)
        return {"id": page.pk, "meta": {"type": page._meta.label, "locale": self._language()}, **words}


def endpoint(index_model: type[ListingPage]) -> type[ListingAPIViewSet]:
    """The endpoint of a list, for a `WagtailAPIRouter`."""
    values = {"index_model": index_model, "model": apps.get_model(index_model.listing_model)}
    return type(f"{index_model.__name__}APIViewSet", (ListingAPIViewSet,), values)
