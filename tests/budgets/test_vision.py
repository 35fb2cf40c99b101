"""Queries of the versions of a vision: the same for 2 and for 6, and at most 12."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progetti.page_versions import published_versions
from tests.factories.progetti import vision

pytestmark = pytest.mark.django_db


def test_queries_do_not_grow_with_the_versions(client):
    page = vision(slug="visione")

    def counts(number):
        while len(published_versions(page)) < number:
            page.statement = page.update_notes = f"Testo {len(published_versions(page))}"
            page.save_revision().publish()
        found = []
        for path in ("/visione/", "/visione/come-cambia/", f"/visione/come-cambia/confronto/?da=1&a={number}"):
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found.append(len(captured))
        return found

    before = counts(2)
    assert counts(6) == before
    assert max(before) <= 12, before
