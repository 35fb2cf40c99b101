"""The link by which an organisation follows what it said about a call: signed, and of no use for anything else."""

from django.core import signing
from django.urls import reverse

from .models import CallInterest

SALT = "bandi.call_interest"


def token_of(interest: CallInterest) -> str:
    """What the links carry. It never expires: whoever is in may withdraw."""
    return signing.Signer(salt=SALT).sign(str(interest.pk))


def link_of(interest: CallInterest) -> str:
    """The address of one's own page, in the active language."""
    return reverse("call_interest", args=[token_of(interest)])


def interest_of(token: str) -> CallInterest | None:
    """What a link is about; None for a link that is not ours, or whose row has been deleted."""
    try:
        pk = int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return CallInterest.objects.filter(pk=pk).select_related("call", "organisation").first()
