"""The admin's own list of users."""

from wagtail import hooks

from .actions import forget_former_emails


@hooks.register("after_edit_user")
def follow_the_address(request, user) -> None:
    """An address changed in the admin is the one to sign in with from then on."""
    forget_former_emails(user)
