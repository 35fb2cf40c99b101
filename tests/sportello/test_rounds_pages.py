"""The pages of a round as people use them: what they do is kept, what is wrong is said beside its field."""

import csv
import io
import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils import timezone

from sportello.actions import rounds as actions
from sportello.enums import OfferState
from sportello.enums_rounds import LIST_LENGTH, PairKind, RoundState
from sportello.errors import GuardRefused
from sportello.models import Application, MatchRound, Offer, RoundBand, RoundPair, RoundPerson
from sportello.rounds_fairness import SMALLEST
from tests.factories.rounds import add_list, bring_to, end_of, make_round, offers_of, supervisor_of
from tests.factories.sportello import YouthFactory, make_offer, operator_of, owner_of

pytestmark = pytest.mark.django_db
R = RoundState


def choices_of(youth) -> list[int]:
    person = RoundPerson.objects.filter(youth=youth).first()
    return list(person.choices.order_by("rank").values_list("round_offer_id", flat=True)) if person else []


def test_a_list_from_draft_to_saved(client):
    match_round = make_round(offers=3)
    rows = [row.pk for row in offers_of(match_round)]
    youth = YouthFactory(desk=match_round.desk)
    client.force_login(youth.user)
    url = reverse("area:youth_round", args=[match_round.pk])
    page = client.get(url)
    assert "Questa è una bozza" in page.content.decode()
    drafted = [row["pk"] for row in page.context["rows"]]
    assert sorted(drafted) == sorted(rows)
    places = {f"posto_{pk}": n for n, pk in enumerate(drafted, start=1)}

    # A button moves a line of a draft without saving it, and says so.
    page = client.post(url, {**places, "giu": drafted[0], "motivation": "Due righe."})
    assert "non è ancora salvata" in page.content.decode()
    assert [row["pk"] for row in page.context["rows"]] == [drafted[1], drafted[0], drafted[2]]
    assert [row["pk"] for row in page.context["rows"] if row["moved"]] == [drafted[0]]
    assert "Due righe." in page.content.decode()
    assert choices_of(youth) == []

    # Two offers with one place: said at the field, everything typed still there, nothing half-saved.
    wrong = {f"posto_{drafted[0]}": 1, f"posto_{drafted[1]}": 1, f"posto_{drafted[2]}": "11", "motivation": "Resto."}
    page = client.post(url, wrong).content.decode()
    assert "è già di «" in page
    assert "Scrivi un numero da 1 a 10." in page
    assert "Resto." in page
    assert 'value="11"' in page
    assert choices_of(youth) == []

    # Gaps are no mistake; nor is leaving one out.
    answer = client.post(url, {f"posto_{rows[2]}": 2, f"posto_{rows[0]}": 7, "motivation": "Mi piace."}, follow=True)
    assert "Lista salvata" in answer.content.decode()
    assert choices_of(youth) == [rows[2], rows[0]]
    person = RoundPerson.objects.get(youth=youth)
    assert person.motivation == "Mi piace."
    assert person.shared["name"] == youth.user.get_full_name()

    # From now on the buttons save at once.
    client.post(url, {f"posto_{rows[2]}": 1, f"posto_{rows[0]}": 2, "su": rows[0]})
    assert choices_of(youth) == [rows[0], rows[2]]
    client.post(url, {f"posto_{rows[0]}": 1, f"posto_{rows[2]}": 2, "aggiungi": rows[1]})
    assert choices_of(youth) == [rows[0], rows[2], rows[1]]
    client.post(url, {f"posto_{pk}": n for n, pk in enumerate(choices_of(youth), 1)} | {"togli": rows[0]})
    assert choices_of(youth) == [rows[2], rows[1]]
    for nonsense in ({"su": "x"}, {"giu": "999999"}, {"togli": "9" * 40}):
        client.post(url, {f"posto_{rows[2]}": 1, f"posto_{rows[1]}": 2, **nonsense})
        assert choices_of(youth) == [rows[2], rows[1]]

    # Too late: nothing changes, and what counts is said.
    end_of(match_round, "lists")
    answer = client.post(url, {f"posto_{rows[0]}": 1}, follow=True).content.decode()
    assert "vale l&#x27;ultima che hai salvato" in answer
    assert choices_of(youth) == [rows[2], rows[1]]
    # An empty list in time is a way out, and says so.
    MatchRound.objects.filter(pk=match_round.pk).update(
        lists_close_at=timezone.now() + timedelta(days=1), bands_close_at=timezone.now() + timedelta(days=2)
    )
    answer = client.post(url, {}, follow=True).content.decode()
    assert "non partecipi alla tornata" in answer
    assert choices_of(youth) == []


def test_a_full_list_takes_no_more_and_says_so(client):
    match_round = make_round(offers=LIST_LENGTH + 1)
    rows = [row.pk for row in offers_of(match_round)]
    youth = YouthFactory(desk=match_round.desk)
    client.force_login(youth.user)
    url = reverse("area:youth_round", args=[match_round.pk])
    places = {f"posto_{pk}": n for n, pk in enumerate(rows[:-1], start=1)}
    for _draft_then_saved in range(2):
        page = client.post(url, {**places, "aggiungi": rows[-1], "motivation": "Mi piace."}).content.decode()
        assert "La lista è piena" in page
        assert "Mi piace." in page
        client.post(url, places)
        assert choices_of(youth) == rows[:-1]


def test_what_others_ask_for_stands_lower_in_a_draft_and_says_so(client):
    match_round = make_round(offers=2)
    crowded, quiet = offers_of(match_round)
    for _n in range(9):
        add_list(match_round, 0)
    youth = YouthFactory(desk=match_round.desk)
    client.force_login(youth.user)
    page = client.get(reverse("area:youth_round", args=[match_round.pk]))
    rows = {row["pk"]: row for row in page.context["rows"]}
    assert list(rows) == [quiet.pk, crowded.pk]
    assert rows[crowded.pk]["score"] == rows[quiet.pk]["score"]
    assert rows[quiet.pk]["penalty"] == ""
    seats = crowded.offer.seats_count
    words = f"candidature e liste 9, posti liberi {seats}, {72 // seats} punti in meno."
    assert words in page.content.decode()


def test_what_a_saved_list_has_lost_is_said_with_its_reason(client):
    match_round = make_round(offers=3)
    gone, too_late, _fine = offers_of(match_round)
    youth = add_list(match_round, 0, 1, 2)
    Offer.objects.filter(pk=gone.offer_id).update(state=OfferState.FULL)
    Offer.objects.filter(pk=too_late.offer_id).update(minimum_age=60)
    client.force_login(youth.user)
    page = client.get(reverse("area:youth_round", args=[match_round.pk])).content.decode()
    assert f"«{gone.offer.title}» era nella tua lista. Non possibile perché adesso non ha posti da dare." in page
    assert f"«{too_late.offer.title}» era nella tua lista. Non possibile perché all" in page


def test_who_may_not_take_part_reads_why(client):
    match_round = make_round(offers=1)
    youth = YouthFactory(desk=match_round.desk, matching_consent_at=None)
    client.force_login(youth.user)
    url = reverse("area:youth_round", args=[match_round.pk])
    assert "serve il tuo permesso" in client.get(url).content.decode()
    client.post(url, {f"posto_{offers_of(match_round)[0].pk}": 1})
    assert not RoundPerson.objects.exists()


def test_a_host_makes_its_bands(client):
    match_round = make_round(offers=1)
    people = [add_list(match_round, 0) for _n in range(3)]
    bring_to(match_round, R.BANDS)
    (row,) = offers_of(match_round)
    client.force_login(owner_of(row.offer.host))
    assert "Apri le fasce" in client.get(reverse("area:host_inbox")).content.decode()
    url = reverse("area:host_round", args=[row.pk])
    page = client.get(url).content.decode()
    assert "Persona " in page
    assert people[0].user.get_full_name() not in page
    # Reasons and no number to rank people by; no name that who has the file of the round could find again.
    assert "Quanto corrisponde a quello che cerchi" in page
    assert not re.search(r"<summary>[^<]*\d", page)
    for name in RoundPerson.objects.values_list("pseudonym", flat=True):
        assert name not in page
        found_again = sha256(f"{row.pk}\n{name}".encode()).hexdigest()[:4].upper()
        assert f"Persona {found_again}<" not in page
    ids = list(RoundPerson.objects.order_by("pk").values_list("pk", flat=True))
    answers = {f"fascia_{ids[0]}": "1", f"fascia_{ids[1]}": "0", f"fascia_{ids[2]}": "4", f"motivo_{ids[1]}": ""}
    page = client.post(url, answers).content.decode()
    # The summary says of whom: the same words for everybody would send nobody anywhere.
    assert re.search(rf'href="#id_motivo_{ids[1]}">Se Persona [0-9A-F]{{4}} resta fuori, perché: Scrivi perché', page)
    assert set(RoundBand.objects.values_list("source", flat=True)) == {"draft"}
    page = client.post(url, {**answers, f"fascia_{ids[0]}": "9"}).content.decode()
    assert "9 non è" in page
    client.post(url, {**answers, f"motivo_{ids[1]}": "Serve la patente."})
    assert list(RoundBand.objects.order_by("person").values_list("band", flat=True)) == [1, None, 4]
    assert "Apri le fasce" not in client.get(reverse("area:host_inbox")).content.decode()
    # Whom a rule keeps out the host counts; why may be their age, which only the desk reads.
    why = "Non possibile perché all'inizio la persona avrebbe 17 anni."
    someone = RoundPerson.objects.create(round=match_round, youth=YouthFactory(desk=match_round.desk))
    RoundBand.objects.create(person=someone, round_offer=row, band=None, reason=why)
    page = client.get(url).content.decode()
    assert "Anche un&#x27;altra persona ha scelto" in page or "Anche un'altra persona ha scelto" in page
    assert "17 anni" not in page
    client.force_login(operator_of(match_round.desk))
    assert "17 anni" in client.get(reverse("sportello_round:offer_bands", args=[row.pk])).content.decode()
    client.force_login(owner_of(row.offer.host))
    end_of(match_round, "bands")
    client.post(url, {**answers, f"motivo_{ids[1]}": "Altro."})
    assert RoundBand.objects.get(band=None, person=ids[1]).reason == "Serve la patente."


def _refuse(*_args):
    raise GuardRefused("Una delle offerte scelte non è più pubblicata.", "offers")


def test_the_desk_walks_a_round_in_the_admin(client, monkeypatch):
    offers = [make_offer(title="Prima"), None]
    host = offers[0].host
    offers[1] = make_offer(host, title="Seconda")
    desk = host.desk
    operator, supervisor = operator_of(desk), supervisor_of(desk)
    client.force_login(operator)
    now = timezone.localtime()
    form = {
        "name": "Estate",
        "lists_open_at": f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}",
        "lists_close_at": f"{now - timedelta(days=2):%Y-%m-%dT%H:%M}",
        "bands_close_at": "domani",
    }
    new = reverse("sportello_round:new")
    page = client.post(new, form).content.decode()
    assert "devono chiudersi dopo" in page
    assert "Scrivi giorno e ora" in page
    assert 'value="domani"' in page
    assert not MatchRound.objects.exists()
    form |= {
        "lists_close_at": f"{now + timedelta(days=7):%Y-%m-%dT%H:%M}",
        "bands_close_at": f"{now + timedelta(days=14):%Y-%m-%dT%H:%M}",
    }
    with monkeypatch.context() as meanwhile:
        # An offer is paused between the form and the lock: no round is left behind for the next attempt.
        meanwhile.setattr(actions, "choose_offers", _refuse)
        assert "non è più pubblicata" in client.post(new, form).content.decode()
    assert not MatchRound.objects.exists()
    client.post(new, form)
    match_round = MatchRound.objects.get()
    assert match_round.offers.count() == 2

    def go(name: str, data=None, **query):
        url = reverse(f"sportello_round:{name}", args=[match_round.pk], query=query or None)
        answer = client.get(url) if data is None else client.post(url, data, follow=True)
        assert answer.status_code == 200, name
        return answer.content.decode()

    go("offers", {"offers": [offers[0].pk]})
    assert match_round.offers.get().offer == offers[0]
    assert "Prima" in go("offers")
    go("open", {})
    youth = add_list(match_round, 0)
    other = add_list(match_round, 0)
    assert youth.user.get_full_name() in go("people")
    page = go("pairs", {"email": "nessuno@example.org", "kind": "pin", "reason": ""})
    assert "nessun giovane con questa e-mail" in page
    assert "Scegli l&#x27;offerta" in page
    (row,) = offers_of(match_round)
    pair = {"email": other.user.email, "round_offer": row.pk, "kind": PairKind.BAN, "reason": "Parente."}
    assert "Parente." in go("pairs", pair)
    client.post(reverse("sportello_round:pair_remove", args=[RoundPair.objects.get().pk]))
    assert not RoundPair.objects.exists()
    # Nobody is offered what would be refused; by its address it is refused.
    assert "Chiudi le liste" not in go("inspect")
    assert "C&#x27;è ancora tempo" in go("close_lists", {})
    end_of(match_round, "bands")
    assert "Chiudi le liste" in go("inspect")
    go("close_lists", {})
    assert "Chiudi le fasce" in go("inspect")
    assert "Prima" in go("bands")
    go("ready", {})
    page = go("runs", {"seats": "2"})
    assert "Scegli l&#x27;offerta che avrebbe" in page
    assert "Prima: posti 1" in go("runs", {"round_offer": row.pk, "seats": "1"})
    go("runs", {})
    go("run", {})
    first, last = match_round.runs.order_by("number").first(), match_round.runs.order_by("number").last()
    page = go("compare", first=first.pk, second=last.pk)
    assert "Ottiene un posto" in page
    go("compare")
    # Publishing is for supervisors: for the operator the page does not exist.
    assert client.get(reverse("sportello_round:publish", args=[match_round.pk])).status_code == 404
    assert "sportello/tornate" in go("inspect")
    assert "Pubblica il risultato" not in go("inspect")
    client.force_login(supervisor)
    go("publish", {})
    client.force_login(operator)
    assert "da proporre" in go("results")
    page = go("send", {})
    assert "Posto offerto" in page
    assert Application.objects.filter(state="offered").count() == 2
    assert "sono stati proposti tutti" in go("send", {})
    go("close", {})
    match_round.refresh_from_db()
    assert match_round.state == R.CLOSED
    assert "Non sono rimasti posti" in go("following", {**form, "name": "Ancora"}) or "Nessuno è rimasto" in go(
        "following", {**form, "name": "Ancora"}
    )


def test_the_report_as_a_page_and_as_a_sheet(client):
    match_round = make_round(offers=1, seats=6)
    for n in range(12):
        add_list(match_round, 0, study_path=("lyceum", "technical_economic", "vocational")[n % 3])
    bring_to(match_round, "published")
    client.force_login(supervisor_of(match_round.desk))
    page = client.get(reverse("sportello_round:fairness", args=[match_round.pk])).content.decode()
    assert "21-24" in page or "25-29" in page
    assert "Tutte le persone della tornata" in page
    response = client.get(reverse("sportello_round:fairness_file", args=[match_round.pk]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["che cosa", "gruppo", "persone", "abbinate", "non abbinate", "per cento"]
    totals = [row[2:] for row in rows if row[1] == "Tutte le persone della tornata"]
    assert totals == [["12", "6", "6", "50"]] * 4
    assert ["Percorso di studi", "gruppi non mostrati: 3", "", "", "", ""] in rows
    assert "3 gruppi non sono mostrati" in page
    assert not any(value.isdigit() and 0 < int(value) < SMALLEST for row in rows[1:] for value in row[2:5])
