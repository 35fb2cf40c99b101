"""What readers see of a pact: state, text, signatures by role, and nothing of what is private or still to come."""

import hashlib
import io

import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from progetti.models import PactPage, PactSignatory
from progetti.models.pact_terms import state_on
from progetti.pact_enums import PactState
from tests.factories.pacts import day_ago, in_english, make_signatory, make_version, open_pact
from tests.factories.progetti import pact
from tests.factories.registry import OrganisationFactory
from tests.helpers.pdf import pdf_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, PactState.IN_FORCE),
        ({"start": 0}, PactState.IN_FORCE),
        ({"start": -1}, PactState.PREPARING),
        ({"end": 1}, PactState.EXPIRED),
        ({"end": 0}, PactState.EXPIRING),
        ({"end": -60}, PactState.EXPIRING),
        ({"end": -61}, PactState.IN_FORCE),
        ({"start": -10, "end": -20}, PactState.PREPARING),
    ],
)
def test_the_state_is_the_same_in_python_and_in_the_database(fields, state):
    days = {name: day_ago(days) for name, days in fields.items()}
    with_text = make_version(pact(**days)).pact
    without = pact(**days)
    listed = {page.pk: page.state for page in PactPage.objects.for_cards()}
    assert with_text.state == listed[with_text.pk] == state
    today = day_ago(0)
    bare = state_on(today, has_text=False, start=days.get("start"), end=days.get("end"))
    assert without.state == listed[without.pk] == bare
    assert bare == (PactState.EXPIRED if fields.get("end") == 1 else PactState.PREPARING)


def test_a_pact_ends_after_it_starts():
    page = pact()
    with pytest.raises(IntegrityError), transaction.atomic():
        PactPage.objects.filter(pk=page.pk).update(start=day_ago(1), end=day_ago(2))


def test_the_page_names_who_signed_by_role_and_only_who_agreed(client):
    version = open_pact(
        general_interest="<p>Il bosco è di tutti.</p>", goals="<p>Sentieri puliti.</p>", support="<p>Gli attrezzi.</p>",
        monitoring="<p>Ogni anno.</p>", activities="<p>Si taglia l'erba.</p>", end=day_ago(-500), renewable=True,
    )  # fmt: skip
    make_signatory(version, organisation=OrganisationFactory(name="Comune di Prova"), role="promoter")
    make_signatory(version, person_name="Ada Bianchi", consent=True, resources="Due falcetti")
    make_signatory(version, person_name="Piero Segreto", commitments="Innaffio.")
    make_signatory(version, organisation_name="Mai Verificata", verified_on=None)
    make_signatory(version, organisation_name="Si È Ritirata", withdrawn_on=day_ago(0))
    make_signatory(version, organisation_name="Ditta Nera", person_name="Ugo Rappresentante", email="ugo@example.org")
    page = client.get(version.pact.get_url()).content.decode()
    for words in (
        "Perché interessa a tutti", "Il bosco è di tutti.", "Sentieri puliti.", "Gli attrezzi.", "Ogni anno.",
        "In vigore", "si può rinnovare", "Promuove il patto", "Comune di Prova", "Ada Bianchi", "Due falcetti",
        "Una persona", "Innaffio.", "Ditta Nera", "(4)", "Firma anche tu",
    ):  # fmt: skip
        assert words in page, words
    assert page.index("Comune di Prova") < page.index("Ada Bianchi")
    for words in ("Piero Segreto", "Mai Verificata", "Si È Ritirata", "Ugo Rappresentante", "ugo@example.org"):
        assert words not in page, words


def test_the_text_can_be_read_checked_and_printed(client):
    version = make_version()
    make_signatory(version, person_name="Piero Segreto", commitments="Innaffio.")
    url = version.pact.get_url()
    page = client.get(f"{url}versioni/1/").content.decode()
    assert "Articolo 1" in page
    assert version.sha256 in page
    text = client.get(f"{url}versioni/1/testo/")
    assert hashlib.sha256(text.content).hexdigest() == version.sha256
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    made = client.get(f"{url}versioni/1/pdf/")
    words = pdf_text(pypdf.PdfReader(io.BytesIO(made.content)))
    assert "Innaffio." in words
    assert "una persona" in words
    assert "Piero Segreto" not in words


def test_a_text_to_come_is_nobodys_to_read_and_an_old_one_says_so(client):
    version = make_version(days_ago=30)
    url = version.pact.get_url()
    make_version(version.pact, days_ago=-10, title="Segreto fino a domani")
    for ending in ("", "testo/", "pdf/"):
        assert client.get(f"{url}versioni/2/{ending}").status_code == 404
    assert "Segreto fino a domani" not in client.get(url).content.decode()
    make_version(other := make_version(days_ago=9).pact, days_ago=0)
    signatory = make_signatory(other.versions.get(number=1), organisation_name="Firma di prima")
    assert "Non è più la versione in vigore" in client.get(f"{other.get_url()}versioni/1/").content.decode()
    page = client.get(other.get_url()).content.decode()
    assert str(signatory) in page
    assert "versione 1" in page
    assert "Firma di prima" not in pdf_text(pypdf.PdfReader(io.BytesIO(
        client.get(f"{other.get_url()}versioni/2/pdf/").content
    )))  # fmt: skip


def test_a_pact_without_text_says_it_is_being_prepared(client):
    page = client.get(pact(open_to_signatories=True).get_url()).content.decode()
    assert "In preparazione" in page
    assert "Il testo non è ancora in vigore" in page
    assert "Firma anche tu" not in page


def test_the_english_page_has_the_same_text_and_signatures(client):
    version = open_pact(goals="<p>Clean paths.</p>")
    make_signatory(version, organisation_name="Ditta", commitments="Un'ora.", commitments_en="One hour.")
    english = in_english(version.pact)
    page = client.get(english.get_url()).content.decode()
    for words in ("In force", "Ditta", "One hour.", "(1)"):
        assert words in page
    assert "Ci prendiamo cura" in client.get(f"{english.get_url()}versioni/1/").content.decode()
    assert client.get(f"{english.get_url()}aderisci/").status_code == 200


def test_many_signatures_have_pages_of_their_own(client):
    version = open_pact()
    PactSignatory.objects.bulk_create(
        PactSignatory(version=version, organisation_name=f"Realtà {number}", verified_on=day_ago(0))
        for number in range(65)
    )
    url = version.pact.get_url()
    page = client.get(url).content.decode()
    assert "(65)" in page
    assert page.count("Firmato il") == 24
    assert client.get(f"{url}firme/").content.decode().count("Firmato il") == 60
    assert client.get(f"{url}firme/?pagina=2").content.decode().count("Firmato il") == 5


def test_a_pact_costs_the_same_with_more_signatures_and_texts(client):
    version = open_pact()
    url = version.pact.get_url()

    def cost(signatures, address=url):
        for number in range(signatures):
            make_signatory(version, role=("promoter", "carer")[number % 2])
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    few = cost(3)
    make_version(version.pact, days_ago=0)
    assert cost(9) == few <= 12
    assert cost(0, f"{url}firme/") == cost(9, f"{url}firme/") <= 12
    assert cost(0, f"{url}versioni/1/") <= 12


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Aperto", "Chiuso", "Finito", "Nuovo"}),
        ("stato=in_force", {"Aperto"}),
        ("stato=expiring", {"Chiuso"}),
        ("stato=expired", {"Finito"}),
        ("stato=preparing", {"Nuovo"}),
        ("adesioni=aperte", {"Aperto"}),
        ("tipo=generative", {"Chiuso"}),
        ("stato=boh", {"Aperto", "Chiuso", "Finito", "Nuovo"}),
    ],
)
def test_the_list_filters_by_kind_state_and_whether_one_can_sign(client, query, shown):
    make_signatory(open_pact(title="Aperto"))
    make_version(pact(title="Chiuso", end=day_ago(-5), kind="generative"))
    make_version(pact(title="Finito", end=day_ago(5), open_to_signatories=True))
    pact(title="Nuovo", open_to_signatories=True)
    page = client.get(f"/patti/?{query}").content.decode()
    assert {title for title in ("Aperto", "Chiuso", "Finito", "Nuovo") if f">{title}</a>" in page} == shown
    if "Aperto" in shown:
        assert "1 firma" in page
