"""Changes to accounts that are not made by the person: by the loader of the demo, by staff in the admin."""

from allauth.account.models import EmailAddress
from django.db import transaction

from .models import User


@transaction.atomic
def create_verified_user(email: str, password: str | None = None, **fields) -> User:
    """Create an account whose address needs no confirmation.

    Args:
        fields: further fields of `User`, such as `first_name`.

    Raises:
        IntegrityError: the address has an account already.
    """
    user = User.objects.create_user(email, password, **fields)
    mark_email_verified(user)
    return user


@transaction.atomic
def mark_email_verified(user: User) -> None:
    """Make the user's address the only one with which they sign in, and confirmed. Safe to run again."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def forget_former_emails(user: User) -> None:
    """After staff changed the user's address: the former no longer open the account; the new one is to be confirmed."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
