"""Who may do what with pacts, as predicates: the admin, the panels and the e-mails all ask here."""

from django.db.models import QuerySet

from portal.users.models import User


def may_publish_pact_texts(user) -> bool:
    """Whether somebody may put a text of a pact in force; no user is a command."""
    return user is None or user.has_perm("progetti.add_pactversion")


def may_moderate_pacts(user) -> bool:
    """Whether somebody may read and decide the requests to join, with the addresses in them; no user is a command."""
    return user is None or user.has_perm("progetti.change_pactrequest")


def moderators() -> QuerySet[User]:
    """The people who are told of requests and of pacts that end: by group, so that superusers are spared."""
    codename = "change_pactrequest"
    return User.objects.filter(
        is_active=True, groups__permissions__codename=codename, groups__permissions__content_type__app_label="progetti"
    ).distinct()
