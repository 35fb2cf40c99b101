"""The editor is drawn by scripts: one that is not served, and no block of the page appears."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from portal.users import roles
from tests.factories.bandi import call
from tests.factories.editorial import staff
from tests.factories.home import content, event, news
from tests.factories.progetti import body, pact, plan, project, vision

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "make", [content, event, news, vision, plan, body, pact, project, call], ids=lambda make: make.__name__
)
def test_every_script_and_style_of_the_editor_is_served(client, make):
    client.force_login(staff(roles.PUBLISHERS))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[make().pk])).content.decode()
    files = set(re.findall(r'(?:src|href)="/static/([^"?]+)', html))
    assert len(files) > 10
    assert [name for name in sorted(files) if finders.find(name) is None] == []
