"""The desk's lists: what an empty one says, and what a phone needs to fold the rows."""

import re

import pytest
from django.urls import reverse

from tests.factories import sportello as make

pytestmark = pytest.mark.django_db
LISTS = ("sportello_youth", "sportello_host", "sportello_offer", "sportello_application")


def page_of(client, name: str, query: str = "") -> str:
    return client.get(reverse(f"{name}:index") + query).content.decode()


def test_an_empty_list_says_how_things_get_there_and_offers_no_export(client):
    client.force_login(make.operator_of(make.DeskFactory()))
    for name in LISTS:
        page = page_of(client, name)
        assert "Non ci sono" in page
        assert "compare qui" in page
        assert "Esporta questo elenco" not in page
        # Nothing found is something else.
        assert "compare qui" not in page_of(client, name, "?q=nessuno")


def test_each_value_carries_its_heading(client):
    application = make.make_application(make.make_offer())
    client.force_login(make.operator_of(application.desk))
    page = page_of(client, "sportello_application")
    assert re.findall(r'<td data-label="([^"]+)"', page) == ["Offerta", "Realtà", "Stato", "Ultimo cambiamento"]
    assert "Esporta questo elenco" in page
    assert "compare qui" not in page
