"""The link by which an organisation follows what it said about a call: signed, and of no use for anything else."""

from django.urls import reverse

from portal.ops.signed_links import key_in, token_for

from .models import CallInterest

SALT = "bandi.call_interest"


def token_of(interest: CallInterest) -> str:
    """What the links carry. It never expires: whoever is in may withdraw."""
    return token_for(SALT, interest.pk)


def link_of(interest: CallInterest) -> str:
    """The address of one's own page, in the active language."""
    return reverse("call_interest", args=[token_of(interest)])


def interest_of(token: str) -> CallInterest | None:
    """What a link is about; None for a link that is not ours, or whose row has been deleted."""
    pk = key_in(SALT, token)
    if pk is None:
        return None
    return CallInterest.objects.filter(pk=pk).select_related("call", "organisation").first()
