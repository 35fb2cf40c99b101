"""The link by which somebody follows their own request and signature: signed, and of no use for anything else."""

from django.urls import reverse

from portal.ops.signed_links import key_in, token_for

from .models import PactRequest

SALT = "progetti.pact_request"


def link_of(request: PactRequest) -> str:
    """The address of a request's own page, in the active language. It never expires: who signed may withdraw."""
    return reverse("pact_request", args=[token_for(SALT, request.pk)])


def request_of(token: str) -> PactRequest | None:
    """The request that a link is about; None for a link that is not ours, or whose request has been deleted."""
    pk = key_in(SALT, token)
    if pk is None:
        return None
    found = PactRequest.objects.filter(pk=pk).select_related("version__pact", "signatory")
    return found.first()
