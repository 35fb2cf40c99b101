"""django-allauth, as this portal uses it."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up with an e-mail address; messages come from our own templates."""
