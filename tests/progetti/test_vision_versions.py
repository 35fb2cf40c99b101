"""How a vision changed: what was published can be compared by everybody, what was not is never seen."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import PageViewRestriction

from progetti.models import VisionPage
from progetti.page_versions import published_versions
from tests.factories.pages import home_page
from tests.factories.progetti import decision, vision
from tests.factories.registry import TerritoryFactory, TopicFactory

pytestmark = pytest.mark.django_db


def voice(quote: str, author: str = "", number: int = 1) -> dict:
    value = {"quote": quote, "author": author, "age_band": "", "consent": bool(author)}
    return {"type": "voice", "value": value, "id": f"00000000-0000-0000-0000-00000000000{number}"}


def publish(page: VisionPage, **fields) -> VisionPage:
    """Change a page and publish it, as an editor does."""
    page = VisionPage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, VisionPage._meta.get_field(name).to_python(value))
    page.save_revision().publish()
    cache.clear()
    return VisionPage.objects.get(pk=page.pk)


@pytest.fixture
def page() -> VisionPage:
    """A vision published twice."""
    page = publish(vision(slug="visione"), statement="Restare nella valle.\nInsieme.", update_notes="Il primo testo.")
    return publish(page, statement="Restare nella bella valle.\nInsieme.", update_notes="Lo chiede l'assemblea.")


def read(client, page: VisionPage, below: str = "confronto/?da=1&a=2") -> str:
    response = client.get(f"{page.get_url()}come-cambia/{below}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split()).replace("&#x27;", "'")


def test_versions_are_listed_with_day_and_note_and_compared_word_by_word(client, page):
    front = client.get(page.get_url()).content.decode()
    assert 'href="/visione/come-cambia/"' in front
    assert "2 versioni pubblicate" in front
    listed = read(client, page, "")
    assert listed.index("Versione 2") < listed.index("Lo chiede l'assemblea.") < listed.rindex("Il primo testo.")
    assert "/come-cambia/confronto/?da=1&amp;a=2" in listed
    shown = read(client, page)
    assert "La visione in poche frasi" in shown
    assert '<ins><span class="visually-hidden">[aggiunto: </span>bella <span' in shown
    assert "<del>" not in shown.partition('class="comparison"')[2]
    assert "Un paragrafo uguale" in shown
    # Whichever is chosen first, the older one is before.
    assert "Dalla versione 1 alla 2" in read(client, page, "confronto/?da=2&a=1")
    assert "Dalla versione 1 alla 2" in read(client, page, "confronto/")


def test_every_field_is_compared_as_the_page_shows_it(client, page):
    topic, territory, approved = TopicFactory(), TerritoryFactory(), decision(title="Delibera della visione")
    draft = decision(title="Delibera in bozza")
    draft.unpublish()
    page = publish(
        page,
        title="La visione nuova",
        to_year=2044,
        values=json.dumps([{"type": "value", "value": {"name": "Cura", "text": "Ogni giorno."}, "id": "v1"}]),
        strengths="<p>Il <b>bosco</b></p><ul><li>i mestieri</li></ul>",
        scenarios=json.dumps(
            [{"type": "scenario", "value": {"title": "Torna la scuola", "text": "Aperta.", "wanted": True}, "id": "s"}]
        ),
        body=json.dumps(
            [
                {"type": "heading", "value": {"text": "Che cosa cambia", "level": "h2"}, "id": "b1"},
                {"type": "paragraph", "value": "<p>Primo & secondo <script>x</script></p>", "id": "b2"},
                {
                    "type": "accordion",
                    "value": {"items": [{"type": "item", "value": {"title": "Chi?", "text": "Noi."}, "id": "i"}]},
                    "id": "b3",
                },
                {
                    "type": "table",
                    "value": {"columns": [{"type": "text", "heading": "Anno"}], "rows": [{"values": ["2026"]}]},
                    "id": "b4",
                },
            ]
        ),
        building=json.dumps(
            [{"type": "step", "value": {"date": "2026-03-03", "title": "Assemblea", "people": 41}, "id": "c"}]
        ),
        provenance="L'assemblea.",
        easy_read=json.dumps([{"type": "paragraph", "value": "Noi restiamo.", "id": "e"}]),
    )
    page.approved_by, page.topics, page.territories = approved, [topic], [territory]
    page = publish_as_it_is(page)
    shown = read(client, page, "confronto/?da=2&a=4")
    for words in (
        "La visione nuova", "2026 – ", "2044", "Cura", "Ogni giorno.", "Il bosco", "i mestieri",
        "Torna la scuola (è quello che vogliamo)", "Che cosa cambia", "Primo &amp; secondo", "Chi?", "Noi.", "Anno",
        "2026", "3 marzo 2026, Assemblea, 41 persone", "L'assemblea.", "Noi restiamo.", "Delibera della visione",
        topic.name, territory.name,
    ):  # fmt: skip
        assert words in shown, words
    page.approved_by = draft
    page = publish_as_it_is(page)
    shown = read(client, page, "confronto/?da=4&a=5")
    assert "Delibera della visione" in shown
    assert "Delibera in bozza" not in shown


def publish_as_it_is(page: VisionPage) -> VisionPage:
    page.save_revision().publish()
    cache.clear()
    return VisionPage.objects.get(pk=page.pk)


def test_what_was_not_published_is_never_seen(client, page):
    def kept_from_readers():
        assert [version.number for version in published_versions(page)] == [1, 2]
        for below in ("", "confronto/?da=1&a=2", "confronto/?da=2&a=3", "confronto/?da=1&a=3"):
            assert "segret" not in read(client, page, below)

    page.statement = page.update_notes = "Una bozza segreta"
    page.save_revision()
    kept_from_readers()
    # A version with a day to go live is still to come.
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    kept_from_readers()
    assert 'id="id_a_error"' in read(client, page, "confronto/?da=1&a=3")


def test_a_draft_written_over_a_published_revision_is_a_draft(client, page):
    page.statement = page.update_notes = "Una bozza segreta"
    page.save_revision(overwrite_revision=page.live_revision)
    assert [version.number for version in published_versions(page)] == [1]
    for below in ("", "confronto/?da=1&a=2"):
        assert "segret" not in read(client, page, below)
    page.get_latest_revision().publish()
    assert "segreta" in read(client, page)


def test_people_are_quoted_only_while_the_page_quotes_them_and_never_named(client, page):
    page = publish(page, voices=json.dumps([voice("Qui si sta bene.", "Ada Rossi")]))
    page = publish(page, voices=json.dumps([voice("Torno a casa.", "Ugo Neri", 2)]))
    shown = read(client, page, "confronto/?da=2&a=4") + read(client, page, "confronto/?da=3&a=4")
    assert "«Torno a casa.»" in shown
    assert "che oggi la pagina non mostra più" in shown
    for words in ("Qui si sta bene", "Ada", "Rossi", "Ugo", "Neri"):
        assert words not in shown


def test_what_was_published_for_some_only_stays_theirs(client, page):
    restriction = PageViewRestriction.objects.create(page=home_page(), restriction_type="login")
    page = publish(page, statement="Un testo per pochi")
    page = publish(page, statement="Un testo per tutti")
    assert client.get(f"{page.get_url()}come-cambia/confronto/?da=1&a=3").status_code == 302
    restriction.delete()
    page = publish(page, statement="Un testo ancora più bello per tutti")
    assert "per pochi" not in read(client, page, "confronto/?da=1&a=2") + read(client, page, "")
    assert [version.number for version in published_versions(page)] == [1, 2]


def test_a_choice_that_cannot_be_compared_is_told_beside_the_field(client, page):
    assert "Scegli due versioni diverse." in read(client, page, "confronto/?da=1&a=1")
    for query, field in (("da=1&a=99", "a"), ("da=x&a=2", "da"), ("da=1", "a"), ("a=2", "da")):
        assert f'id="id_{field}_error"' in read(client, page, f"confronto/?{query}")


def test_one_version_is_nothing_to_compare(client):
    page = publish(vision(slug="visione"))
    assert "Come è cambiata" not in client.get(page.get_url()).content.decode()
    assert "Finora il testo non è cambiato" in read(client, page, "")
    assert "C'è una sola versione" in read(client, page, "confronto/?da=1&a=2")
    page.unpublish()
    assert client.get("/visione/come-cambia/").status_code == 404


def test_a_translation_compares_within_its_language(client, page):
    english = page.copy_for_translation(home_page("en").locale, copy_parents=True)
    home_page("en").save_revision().publish()
    for words in ("Staying in the valley.", "Staying in the green valley."):
        english = publish(english, statement=words)
    found = client.get("/en/visione/come-cambia/confronto/?da=1&a=2")
    shown = " ".join(found.content.decode().split())
    assert "green" in shown
    assert "bella" not in shown
    assert 'href="/visione/come-cambia/"' in shown
