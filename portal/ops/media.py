"""Uploaded images, served by the portal itself where no web server or object storage does it."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

# What pages show: the resized images. Documents have a door that checks who may read them (wagtail.documents).
PUBLIC_FOLDER = "images/"


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a resized image by its path under MEDIA_ROOT.

    Raises:
        Http404: the path is not that of a resized image, or nothing is there.
    """
    path = posixpath.normpath(path)
    if not path.startswith(PUBLIC_FOLDER):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
