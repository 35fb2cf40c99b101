"""Who works for the redazione, and pages that have, or have not, something to put right."""

from wagtail.models import Page, Site

from home.models import HomePage
from home.roles import ensure_roles
from portal.users import roles

from .pages import home_page
from .users import UserFactory


def staff(*groups: str, **fields):
    """A person of the redazione in the groups, with the permissions that the portal gives them."""
    home_page()
    ensure_roles()
    return UserFactory(groups=groups or (roles.AUTHORS,), **fields)


def submit(page: Page, user) -> None:
    """Save what the page says as a draft and send it to the workflow of its section."""
    page.save_revision(user=user)
    page.get_workflow().start(page, user)


def site_home() -> HomePage:
    """The Italian home page, as the root of the only site."""
    home = home_page()
    assert Site.objects.get().root_page_id == home.pk
    return home
