"""The links in e-mails by which people without an account come back to what is theirs: signed, good for one thing."""

from django.core import signing


def token_for(salt: str, pk: int) -> str:
    """What a link carries for the row with that key. It never expires: whoever is in may leave.

    Args:
        salt: of one kind of thing; a token of another kind is not accepted for it.
    """
    return signing.Signer(salt=salt).sign(str(pk))


def key_in(salt: str, token: str) -> int | None:
    """The key of the row that a token is for; None for a token that is not ours."""
    try:
        return int(signing.Signer(salt=salt).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
