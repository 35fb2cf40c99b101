"""Versions of a pact's text: which is in force, what is signed and hashed, and that it is never changed."""

import hashlib
import io
from datetime import date

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone, translation

from progetti.enums import PactKind
from progetti.models import PactVersion
from progetti.pact_pdf import Signature, pact_pdf
from progetti.pact_reading import corresponsabilita_in_force
from progetti.pact_text import canonical_text, fingerprint, text_blocks
from tests.factories.pacts import TEXT, day_ago, in_english, make_signatory, make_version
from tests.factories.progetti import pact
from tests.factories.registry import TerritoryFactory
from tests.helpers.pdf import pdf_tags, pdf_text

pytestmark = pytest.mark.django_db


def test_the_version_in_force_is_the_newest_that_has_begun():
    page = pact()
    assert page.version_in_force() is None
    first = make_version(page, days_ago=100)
    today = make_version(page, days_ago=0)
    later = make_version(page, days_ago=-10)
    assert [version.number for version in (first, today, later)] == [1, 2, 3]
    assert page.version_in_force() == today
    assert page.version_in_force(day_ago(1)) == first
    assert page.version_in_force(day_ago(101)) is None
    assert page.version_in_force(day_ago(-10)) == later
    other = make_version(days_ago=5)
    assert set(PactVersion.objects.in_force()) == {today, other}


def test_the_page_in_english_has_the_same_versions():
    version = make_version(title_en="Pact for the wood", text_en="<p>Together.</p>")
    english = in_english(version.pact)
    assert english.version_in_force() == version
    assert version.title_label == "Patto per il bosco"
    with translation.override("en"):
        assert version.title_label == "Pact for the wood"
        assert version.text_label == "<p>Together.</p>"


def test_a_new_version_does_not_rewrite_who_signed_what():
    first = make_version(days_ago=10)
    make_version(first.pact, days_ago=5)
    make_signatory(first.pact.version_in_force())
    with pytest.raises(ValidationError) as refused:
        make_version(first.pact, days_ago=1)
    assert "Qualcuno ha già firmato la versione di prima" in str(refused.value.message_dict["in_force_from"])
    make_version(first.pact, days_ago=-5)
    with pytest.raises(ValidationError) as refused:
        make_version(first.pact, days_ago=-5)
    assert "La versione 3" in str(refused.value.message_dict["in_force_from"])
    for empty in ("", "<p> </p>"):
        with pytest.raises(ValidationError) as refused:
            make_version(text=empty)
        assert "text" in refused.value.message_dict
    assert PactVersion.objects.count() == 3


def test_the_hash_is_what_anybody_computes_from_the_canonical_text():
    version = make_version(in_force_from=date(2024, 3, 1))
    assert version.canonical == (
        "Patto per il bosco\nVersione 1, in vigore dal 2024-03-01\n\n## Articolo 1\n\n"
        "Ci prendiamo cura del bosco, insieme.\n\n- Puliamo i sentieri\n- Raccontiamo chi siamo\n\n"
        "1. Primo\n2. Secondo\n"
    )
    assert version.sha256 == hashlib.sha256(version.canonical.encode()).hexdigest()
    # What the editor adds around the words does not count; a letter does, composed or not.
    noise = TEXT.replace("<p>", '<p data-block-key="x1">').replace(" insieme", "\n  insieme")
    day = version.in_force_from
    assert fingerprint(canonical_text("Patto per  il bosco ", 1, day, noise)) == version.sha256
    assert fingerprint(canonical_text("Patto per il bosco", 1, day, TEXT.replace("bosco", "Bosco"))) != version.sha256
    assert canonical_text("e\u0300", 1, day, "<p>x</p>") == canonical_text("è", 1, day, "<p>x</p>")
    assert [block.kind for block in text_blocks(TEXT)] == ["heading", "paragraph", "bullets", "numbers"]


def test_a_text_in_force_is_never_changed_in_python():
    version = PactVersion.objects.get(pk=make_version(days_ago=0).pk)
    version.text = "<p>Altro</p>"
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        PactVersion.objects.get(pk=version.pk).delete()
    version.refresh_from_db()
    version.text_en = "<p>Added later</p>"
    version.save()
    assert PactVersion.objects.get(pk=version.pk).text == TEXT


def test_a_text_to_come_can_still_be_corrected():
    version = PactVersion.objects.get(pk=make_version(days_ago=-3).pk)
    before = version.sha256
    version.text = "<p>Altro</p>"
    version.save()
    assert version.sha256 == fingerprint(version.canonical) != before
    version.delete()
    assert not PactVersion.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        "text = '<p>Altro</p>'", "title = 'Altro'", "number = 9", "in_force_from = '2090-01-01'",
        f"sha256 = '{'0' * 64}'",
    ],
)  # fmt: skip
def test_a_text_in_force_is_never_changed_in_the_database(change):
    version = make_version(days_ago=0)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE progetti_pactversion SET {change} WHERE id = %s", [version.pk])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE progetti_pactversion SET text_en = 'x', title = title WHERE id = %s", [version.pk])
    to_come = make_version(days_ago=-1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE progetti_pactversion SET text = '<p>Altro</p>' WHERE id = %s", [to_come.pk])


@pytest.mark.parametrize(
    "values", [{"number": 1}, {"in_force_from": day_ago}, {"number": 0}, {"text": ""}, {"sha256": "abc"}],
    ids=["same number", "same day", "number 0", "no text", "short hash"],
)  # fmt: skip
def test_the_database_keeps_the_rules(values):
    version = make_version(days_ago=30)
    row = {"number": 2, "in_force_from": day_ago(-30), "text": "<p>x</p>", "sha256": "0" * 64, **values}
    if callable(row["in_force_from"]):
        row["in_force_from"] = day_ago(30)
    with pytest.raises(IntegrityError), transaction.atomic():
        PactVersion.objects.bulk_create([PactVersion(pact=version.pact, title="Testo", **row)])


def test_a_pact_with_a_text_is_not_deleted():
    version = make_version()
    with pytest.raises(ProtectedError):
        version.pact.delete()


def test_the_patto_di_corresponsabilita_in_force():
    make_version()
    assert corresponsabilita_in_force() is None
    everywhere = make_version(pact(kind=PactKind.CORRESPONSABILITA), days_ago=40)
    here = TerritoryFactory()
    local_page = pact(kind=PactKind.CORRESPONSABILITA)
    local_page.territories = [here]
    local_page.save()
    local = make_version(local_page, days_ago=20)
    assert corresponsabilita_in_force() == local
    assert corresponsabilita_in_force(day_ago(30)) == everywhere
    assert corresponsabilita_in_force(territory_ids=[here.pk]) == local
    assert corresponsabilita_in_force(territory_ids=[TerritoryFactory().pk]) == everywhere
    local_page.unpublish()
    assert corresponsabilita_in_force() == everywhere


def test_the_pdf_is_tagged_and_says_text_signature_and_hash():
    version = make_version(in_force_from=date(2024, 3, 1), title="Patto <b>per</b> #il bosco")
    signature = Signature(
        "Bottega $x$ & figli", "Realtà ospitante", date(2024, 3, 2), "Accoglie #due giovani", "Un tutor"
    )
    made = pact_pdf(version, [signature], note="Firmato sul portale.", issued_on=date(2024, 3, 3))
    reader = pypdf.PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("it")
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata.title == "Patto <b>per</b> #il bosco"
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= pdf_tags(reader)
    text = pdf_text(reader)
    for words in (
        "Versione 1, in vigore dal 1º marzo 2024", "Articolo 1", "Ci prendiamo cura del bosco, insieme.", "Secondo",
        "Bottega $x$ & figli", "Realtà ospitante", "Accoglie #due giovani", "Mette a disposizione: Un tutor",
        "02/03/2024", "Firmato sul portale.", "Documento preparato il 3 marzo 2024",
    ):  # fmt: skip
        assert words in text, words
    assert version.sha256 in text.replace(" ", "")


def test_the_pdf_in_english_keeps_the_italian_text_and_adds_the_translation():
    version = make_version(title_en="Pact for the wood", text_en="<p>We look after the wood.</p>")
    with translation.override("en"):
        reader = pypdf.PdfReader(io.BytesIO(pact_pdf(version)))
    assert reader.trailer["/Root"]["/Lang"].startswith("en")
    text = pdf_text(reader)
    assert "Ci prendiamo cura del bosco" in text
    assert "We look after the wood." in text
    assert f"{timezone.localdate().year}" in text
