"""The link by which somebody follows their own request and signature: signed, and of no use for anything else."""

from django.core import signing
from django.urls import reverse

from .models import PactRequest

SALT = "progetti.pact_request"


def link_of(request: PactRequest) -> str:
    """The address of a request's own page, in the active language. It never expires: who signed may withdraw."""
    return reverse("pact_request", args=[signing.Signer(salt=SALT).sign(str(request.pk))])


def request_of(token: str) -> PactRequest | None:
    """The request that a link is about; None for a link that is not ours, or whose request has been deleted."""
    try:
        pk = int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    found = PactRequest.objects.filter(pk=pk).select_related("version__pact", "signatory")
    return found.first()
