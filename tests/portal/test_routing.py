"""Finding a page at once must not open what Wagtail would keep closed."""

import pytest
from wagtail.models import PageViewRestriction

from portal.pages.routing import find_at_once
from tests.factories.progetti import project, project_index

pytestmark = pytest.mark.django_db


def test_a_public_page_is_found_at_once(client, rf):
    page = project(title="Un progetto aperto")
    assert client.get(page.url).status_code == 200
    assert find_at_once(rf.get(page.url), page.url) is not None


@pytest.mark.parametrize("restricted", ["page", "above"])
@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_restricted_page_stays_closed(client, django_user_model, restricted, kind):
    page = project(title="Un progetto riservato")
    where = page if restricted == "page" else page.get_parent()
    PageViewRestriction.objects.create(page=where, restriction_type=kind, password="parola")
    response = client.get(page.url)
    assert "Un progetto riservato" not in response.content.decode()
    if kind == PageViewRestriction.LOGIN:
        assert response.status_code == 302
        assert response.url.startswith("/account/login/")
        client.force_login(django_user_model.objects.create_user("lettrice@example.org"))
        assert client.get(page.url).status_code == 200


def test_a_draft_and_what_is_unpublished_are_not_there(client):
    page = project(title="Un progetto ritirato")
    address = page.url
    page.unpublish()
    assert client.get(address).status_code == 404


def test_an_unknown_address_is_not_there(client):
    index = project_index()
    assert client.get(f"{index.url}non-esiste/").status_code == 404
    assert client.get(f"{index.url}non-esiste/affatto/").status_code == 404
