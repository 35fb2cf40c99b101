"""How the redazione writes outcomes: one by one, from a file, and who lets them out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import PageLogEntry

from bandi.models import CallOutcome
from home.roles import ensure_roles
from portal.users import roles
from tests.factories import bandi, progetti
from tests.factories.registry import OrganisationFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

PERSON = "Ermenegilda Quattrocchi"
HEADING = "posizione;beneficiario;organizzazione;persona;progetto;pagina_progetto;esito;punteggio;importo"


@pytest.fixture
def call():
    return bandi.closed_call()


@pytest.fixture
def staff(call):
    groups = ensure_roles()
    people = {}
    for name in (roles.AUTHORS, roles.REVIEWERS):
        people[name] = UserFactory()
        people[name].groups.add(groups[name])
    return people


def address(name: str, call, *more) -> str:
    return reverse(name, args=[call.pk, *more])


def values(**more) -> dict:
    return {"organisation": "", "name": "Pro Loco", "project_title": "", "project": "", "result": "funded", **more}


def upload(client, call, *rows: str):
    text = "\n".join((HEADING, *rows))
    file = SimpleUploadedFile("esiti.csv", text.encode(), content_type="text/csv")
    return client.post(address("call_outcomes_import", call), {"file": file})


def confirm(client, call, text: str):
    return client.post(address("call_outcomes_import", call), {"text": text})


def test_who_publishes_writes_outcomes_that_are_public_at_once(client, call, staff):
    client.force_login(staff[roles.REVIEWERS])
    response = client.post(address("call_outcome_add", call), values(amount="80.000", rank="1", score="81,5"))
    assert response.status_code == 302, response.context["form"].errors
    assert "Pro Loco" in client.get(call.url).content.decode()
    row = CallOutcome.objects.get()
    assert (row.amount, str(row.score), row.rank) == (80_000, "81.50", 1)
    page = client.get(reverse("call_outcome_edit", args=[row.pk])).content.decode()
    assert 'value="Pro Loco"' in page
    client.post(reverse("call_outcome_edit", args=[row.pk]), values(name="Pro Loco di Sotto"))
    assert "Pro Loco di Sotto" in client.get(address("call_outcomes_admin", call)).content.decode()
    assert "Cancelli l&#x27;esito" in client.get(reverse("call_outcome_delete", args=[row.pk])).content.decode()
    client.post(reverse("call_outcome_delete", args=[row.pk]))
    assert not CallOutcome.objects.exists()
    entries = PageLogEntry.objects.filter(page=call.pk, action__startswith="bandi.").order_by("pk")
    assert [entry.data for entry in entries] == [{"count": 1}] * 3
    assert PERSON not in str([entry.data for entry in entries])
    assert "Esiti scritti" in client.get(reverse("wagtailadmin_pages:history", args=[call.pk])).content.decode()


def test_what_an_author_writes_waits_and_what_is_public_is_not_an_authors(client, call, staff):
    public = bandi.outcome(call, name="Banda musicale")
    client.force_login(staff[roles.AUTHORS])
    client.post(address("call_outcome_add", call), values())
    assert "Pro Loco" not in client.get(call.url).content.decode()
    assert "Pro Loco" not in client.get(reverse("call_outcomes", args=[call.slug])).content.decode()
    assert client.post(address("call_outcomes_publish", call)).status_code in (302, 403)
    assert CallOutcome.objects.waiting().count() == 1
    for name in ("call_outcome_edit", "call_outcome_delete"):
        client.post(reverse(name, args=[public.pk]), values(name="Altro"))
    public.refresh_from_db()
    assert public.name == "Banda musicale"
    client.force_login(staff[roles.REVIEWERS])
    assert "1 esito aspetta" in client.get(address("call_outcomes_admin", call)).content.decode()
    client.post(address("call_outcomes_publish", call))
    assert "Pro Loco" in client.get(call.url).content.decode()


def test_an_error_stands_at_its_field_and_nothing_is_lost(client, call, staff):
    client.force_login(staff[roles.REVIEWERS])
    response = client.post(
        address("call_outcome_add", call), values(result="excluded", amount="12", project_title="Il bosco")
    )
    assert list(response.context["form"].errors) == ["amount"]
    text = response.content.decode()
    assert 'value="Il bosco"' in text
    assert "solo se la domanda è finanziata" in text
    assert not CallOutcome.objects.exists()


def test_the_trial_lists_what_is_wrong_row_by_row_and_changes_nothing(client, call, staff):
    kept = bandi.outcome(call, name="Pro Loco", project_title="Il bosco", amount=10)
    client.force_login(staff[roles.REVIEWERS])
    response = upload(
        client,
        call,
        "1;Pro Loco;;;Il bosco;;funded;80;2000",
        "due;Coro alpino;;;;;funded;;",
        "3;;;;;;funded;;",
        "4;Banda;nessuna-di-queste;;;;funded;;",
        "5;Lega;;;;non-esiste;vinto;;",
        "6;Circolo;;;;;excluded;;100",
        "7;PRO LOCO;;;il bosco;;funded;;",
        "8;Vuoto;;;;;;;",
    )
    problems = {row.line: " ".join(row.problems) for row in response.context["result"].wrong}
    assert set(problems) == {3, 4, 5, 6, 7, 8, 9}
    assert "«due» non è un numero intero" in problems[3]
    assert "Scegli l'organizzazione o scrivi il nome" in problems[4]
    assert "Nessuna organizzazione si chiama «nessuna-di-queste»" in problems[5]
    assert "Nessun progetto ha l'indirizzo «non-esiste»" in problems[6]
    assert "«vinto» non è tra i valori ammessi" in problems[6]
    assert "importo: L'importo si indica solo se" in problems[7]
    assert problems[8] == "È già alla riga 2."
    assert "esito: " in problems[9]
    assert all(sentence in response.content.decode() for sentence in ("«due» non è un numero intero", "Prova: il file"))
    confirmed = confirm(client, call, "\n".join((HEADING, "9;Nuova;;;;;funded;;", "due;Altra;;;;;funded;;")))
    assert not confirmed.context["result"].done
    kept.refresh_from_db()
    assert (CallOutcome.objects.count(), kept.amount) == (1, 10)


def test_a_file_that_is_right_is_imported_once_confirmed_and_comes_out_as_it_went_in(client, call, staff):
    organisation, project = OrganisationFactory(name="Cooperativa Alta Valle"), progetti.project(slug="bosco")
    known = bandi.outcome(call, name="Pro Loco", project_title="Il bosco", amount=10)
    client.force_login(staff[roles.REVIEWERS])
    rows = (
        "1;;cooperativa alta valle;;Bosco vivo;bosco;finanziato;81,5;2.000,50",
        f"2;{PERSON};;1;;;not_funded;70;",
        f"3;{PERSON};;1;Un altro;;excluded;;",
        "4;PRO LOCO;;;il bosco;;funded;60;20",
    )
    trial = upload(client, call, *rows)
    result = trial.context["result"]
    assert [row.problems for row in result.wrong] == []
    assert (result.created, result.changed, CallOutcome.objects.count()) == (3, 1, 1)
    response = confirm(client, call, trial.context["text"])
    assert response["Location"] == address("call_outcomes_admin", call)
    first = CallOutcome.objects.get(organisation=organisation)
    assert (first.project.pk, str(first.amount), str(first.score), first.rank) == (project.pk, "2000.50", "81.50", 1)
    known.refresh_from_db()
    assert known.amount == 20
    page = client.get(call.url).content.decode()
    assert "4 domande, 2 finanziate per 2.020,50" in page
    assert PERSON not in page
    exported = client.get(address("call_outcomes_export", call)).content.decode("utf-8-sig")
    assert PERSON in exported
    again = confirm(client, call, exported)
    assert again.status_code == 302
    assert CallOutcome.objects.count() == 4


def test_a_file_cannot_change_for_an_author_what_is_public(client, call, staff):
    bandi.outcome(call, name="Pro Loco")
    client.force_login(staff[roles.AUTHORS])
    response = upload(client, call, "4;Pro Loco;;;;;funded;;7")
    assert "solo chi può pubblicare" in response.context["result"].wrong[0].problems[0]
    assert confirm(client, call, f"{HEADING}\n1;Coro;;;;;funded;;7").status_code == 302
    assert CallOutcome.objects.get(name="Coro").is_public is False


def test_an_outcome_is_changed_only_through_its_own_call(client, call, staff):
    other = bandi.outcome(bandi.closed_call(), name="Di un altro bando")
    client.force_login(staff[roles.REVIEWERS])
    wrong = confirm(client, call, f"codice;beneficiario;esito\n{other.pk};Mio;funded")
    assert "nessun esito di questo bando" in wrong.context["result"].wrong[0].problems[0]
