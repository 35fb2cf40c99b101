"""Each block that editors can pick shows what it will look like, with the style of the site."""

import pytest
from django.urls import reverse

from home.models import ContentPage
from portal.blocks.layout import BodyBlocks
from portal.users import roles
from tests.factories.editorial import staff

pytestmark = pytest.mark.django_db

WORDS = {
    "heading": "Un titolo dentro la pagina",
    "paragraph": "in evidenza",
    "image": "La piazza durante il mercato",
    "quote": "Un territorio rinasce",
    "documents": "Modulo di adesione",
    "video": "https://example.org/video",
    "callout": "Da sapere",
    "figures": "assi del piano",
    "accordion": "Chi può partecipare?",
    "table": "Quanti siamo",
    "links": "La guida per i Comuni",
    "call_to_action": "Scrivi al tavolo",
}


def test_no_block_is_forgotten():
    assert set(BodyBlocks().child_blocks) == set(WORDS)


@pytest.mark.parametrize("name", WORDS)
def test_each_block_previews(client, name):
    block = ContentPage._meta.get_field("body").stream_block.child_blocks[name]
    assert block.is_previewable
    client.force_login(staff(roles.AUTHORS))
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    html = response.content.decode()
    assert WORDS[name] in html
    assert "css/portal.css" in html
