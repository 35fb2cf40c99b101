"""«In arrivo»: what is in it and in which order, filters, several rows at once, whose it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sportello.actions import applications, inbox, reports
from sportello.actions.desks import appoint
from sportello.desk import batch
from sportello.desk.inbox import Filters, counts, read, waiting
from sportello.enums import ApplicationState, DeskRole, HostState, OfferState, ReportReason, ReportState
from sportello.errors import GuardRefused, NotPermitted
from sportello.models import Application, Desk, Host, InboxMark, Offer, OfferReport
from tests.factories import sportello as make
from tests.helpers.worlds import kept_for_the_module

pytestmark = pytest.mark.django_db

URL, BATCH, RESULT = (
    "/admin/sportello/in-arrivo/",
    "/admin/sportello/in-arrivo/azione/",
    "/admin/sportello/in-arrivo/esito/",
)


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """A desk with one thing of each kind that waits, made once."""
    with kept_for_the_module(django_db_blocker):
        yield make_everything(make.DeskFactory())


@pytest.fixture
def desk(kept):
    return Desk.objects.get(pk=kept["verify"].desk_id)


@pytest.fixture
def operator(desk):
    return make.make_operator(desk)


@pytest.fixture
def everything(kept):
    """One thing of each kind that waits, as the database has it."""
    return {kind: type(thing).objects.get(pk=thing.pk) for kind, thing in kept.items()}


def make_everything(desk):
    """Make one thing of each kind that waits, each since so many days."""
    now = timezone.now()
    host = make.HostFactory(desk=desk)
    made = {
        "verify": make.HostFactory(desk=desk, verified=False, organisation__name="Forno da verificare"),
        "moderate": make.make_offer(host, OfferState.IN_REVIEW, title="Da controllare"),
        "unanswered": make.make_application(make.make_offer(host, title="Senza risposta")),
        "seat": make.make_offered(make.make_offer(host, title="Posto tenuto")),
        "stale": make.make_offer(host, title="Da riconfermare"),
        "review": make.make_application(make.make_offer(host, title="In controllo")),
    }
    made["report"] = reports.report_offer(made["seat"].offer, ReportReason.OTHER, "Chiede soldi per iscriversi")
    OfferReport.objects.update(created_at=now - timedelta(days=3))
    Host.objects.filter(pk=made["verify"].pk).update(created_at=now - timedelta(days=2))
    Offer.objects.filter(pk=made["moderate"].pk).update(submitted_at=now - timedelta(days=5))
    Offer.objects.filter(pk=made["stale"].pk).update(state=OfferState.STALE, updated_at=now - timedelta(days=30))
    applications_of = Application.objects.filter
    applications_of(pk=made["review"].pk).update(state=ApplicationState.IN_REVIEW, updated_at=now - timedelta(days=1))
    applications_of(pk=made["seat"].pk).update(expires_at=now + timedelta(days=1))
    applications_of(pk=made["unanswered"].pk).update(waiting_from=now - timedelta(days=12))
    return made


def order(desk, **filters) -> list[str]:
    return [kind for kind, _pk, _since in waiting([desk.pk], Filters(**filters))]


def test_who_waits_longest_comes_first_whatever_it_is(desk, everything):
    assert order(desk) == ["stale", "unanswered", "seat", "moderate", "report", "verify", "review"]
    assert counts([desk.pk], Filters()) == dict.fromkeys(everything, 1)
    rows = {row.kind: row for row in read(waiting([desk.pk], Filters()))}
    assert rows["stale"].waits == "da 30 giorni"
    assert (rows["unanswered"].on, rows["verify"].on, rows["seat"].on) == ("host", "desk", "youth")
    assert rows["verify"].title == "Forno da verificare"
    assert rows["seat"].until


def test_what_nobody_waits_for_is_not_there(desk, everything):
    make.make_offer(make.HostFactory(desk=desk), OfferState.DRAFT)
    applications.withdraw(everything["unanswered"], everything["unanswered"].youth.user)
    Application.objects.filter(pk=everything["seat"].pk).update(expires_at=timezone.now() + timedelta(days=6))
    make.make_offer(make.HostFactory(), OfferState.IN_REVIEW)
    assert order(desk) == ["stale", "moderate", "report", "verify", "review"]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("tipo=moderate", ["moderate"]),
        ("chi=host", ["stale", "unanswered"]),
        ("giorni=5", ["stale", "unanswered", "moderate"]),
        ("q=forno", ["verify"]),
        ("q=controllare", ["moderate"]),
        ("di=mine", ["verify"]),
        ("di=free&chi=desk", ["moderate", "report", "review"]),
        ("rimandate=1", ["seat"]),
        ("tipo=boh&giorni=xx", ["stale", "unanswered", "moderate", "report", "verify", "review"]),
    ],
)
def test_filters_are_in_the_address(query, kinds, desk, everything, operator, client):
    inbox.take("verify", everything["verify"], operator)
    inbox.put_off("seat", everything["seat"], operator, timezone.localdate() + timedelta(days=2))
    client.force_login(operator)
    page = client.get(f"{URL}?{query}")
    assert [row.kind for row in page.context["rows"]] == kinds
    if "xx" in query:
        assert "Scrivi un numero di giorni." in page.content.decode()


def test_pages_keep_the_filters(desk, operator, client, monkeypatch):
    monkeypatch.setattr("sportello.views.desk_inbox.PER_PAGE", 2)
    for _n in range(3):
        make.HostFactory(desk=desk, verified=False)
    client.force_login(operator)
    page = client.get(f"{URL}?tipo=verify&p=2").content.decode()
    assert "Pagina 2 di 2" in page
    assert '?tipo=verify&amp;p=1"' in page
    assert client.get(f"{URL}?p=zzz").status_code == client.get(f"{URL}?p=99").status_code == 200


def test_a_mark_from_before_no_longer_counts(desk, everything, operator):
    offer = everything["moderate"]
    inbox.put_off("moderate", offer, operator, timezone.localdate() + timedelta(days=9))
    assert "moderate" not in order(desk)
    Offer.objects.filter(pk=offer.pk).update(submitted_at=timezone.now() + timedelta(seconds=1))
    assert "moderate" in order(desk)


def test_two_operators(desk, everything, operator):
    colleague, stranger = make.make_operator(desk), make.make_operator()
    inbox.take("verify", everything["verify"], operator)
    with pytest.raises(GuardRefused, match="Se ne occupa già"):
        inbox.take("verify", everything["verify"], colleague)
    with pytest.raises(NotPermitted):
        inbox.release("verify", everything["verify"], stranger)
    inbox.release("verify", everything["verify"], colleague)
    inbox.take("verify", everything["verify"], colleague)
    assert InboxMark.objects.get().taken_by == colleague


def post(client, action, *things, **more):
    return client.post(BATCH, {"azione": action, "riga": [f"{kind}:{pk}" for kind, pk in things], **more}, follow=True)


def test_several_rows_at_once_with_one_refused(desk, everything, operator, client):
    """One verified host's offer goes out, one of a host that nobody verified is refused, one is of another desk."""
    unverified = make.make_offer(make.HostFactory(desk=desk, verified=False), OfferState.IN_REVIEW, title="Non ancora")
    foreign = make.make_offer(make.HostFactory(), OfferState.IN_REVIEW, title="Altrove")
    things = [("moderate", everything["moderate"].pk), ("moderate", unverified.pk), ("moderate", foreign.pk)]
    things.append(("verify", everything["verify"].pk))
    client.force_login(operator)
    asked = post(client, "publish", *things, filtri="tipo=moderate")
    assert "Da subito si vedono sul portale" in asked.content.decode()
    assert "Altrove" not in asked.content.decode()
    assert Offer.objects.get(pk=everything["moderate"].pk).state == OfferState.IN_REVIEW
    done = post(client, "publish", *things, filtri="tipo=moderate", confermo="1")
    assert [(row["ok"]) for row in done.context["rows"]] == [True, False, False, False]
    words = done.content.decode()
    assert "verifica la realtà ospitante" in words
    assert "di un altro Sportello" in words
    assert f"{URL}?tipo=moderate" in words
    states = {offer.pk: offer.state for offer in Offer.objects.all()}
    assert states[everything["moderate"].pk] == OfferState.PUBLISHED
    assert states[unverified.pk] == states[foreign.pk] == OfferState.IN_REVIEW
    # The step back takes only what was done.
    undone = post(client, "pause", ("moderate", everything["moderate"].pk))
    assert [row["ok"] for row in undone.context["rows"]] == [True]
    assert Offer.objects.get(pk=everything["moderate"].pk).state == OfferState.PAUSED


def test_a_missing_reason_is_said_next_to_the_field_and_nothing_is_lost(everything, operator, client):
    client.force_login(operator)
    row = ("moderate", everything["moderate"].pk)
    asked = post(client, "return", row, confermo="1", reason="  ", filtri="chi=desk")
    assert "Scrivi il motivo" in asked.content.decode()
    assert f'value="moderate:{row[1]}"' in asked.content.decode()
    assert 'value="chi=desk"' in asked.content.decode()
    post(client, "return", row, confermo="1", reason="Manca chi accompagna.")
    assert Offer.objects.get(pk=row[1]).state_reason == "Manca chi accompagna."


@pytest.mark.parametrize("until", ["", "ieri", "1999-01-01", "2999-01-01"])
def test_putting_off_to_a_day_that_makes_no_sense(until, everything, operator, client):
    client.force_login(operator)
    asked = post(client, "put_off", ("verify", everything["verify"].pk), confermo="1", until=until)
    assert asked.status_code == 200
    assert asked.context["form"].errors["until"]
    assert not InboxMark.objects.filter(put_off_until__isnull=False).exists()


def test_putting_off_and_back(desk, everything, operator, client):
    client.force_login(operator)
    row = ("verify", everything["verify"].pk)
    done = post(client, "put_off", row, confermo="1", until=(timezone.localdate() + timedelta(days=3)).isoformat())
    assert "Riporta in elenco" in done.content.decode()
    assert "verify" not in order(desk)
    post(client, "bring_back", row)
    assert "verify" in order(desk)


def test_applications_that_the_desk_reads_first(everything, operator, client):
    client.force_login(operator)
    row = ("review", everything["review"].pk)
    back = post(client, "give_back", row, confermo="1", reason="Togli il numero di telefono.")
    assert [item["ok"] for item in back.context["rows"]] == [True]
    assert Application.objects.get(pk=row[1]).state == ApplicationState.DRAFT
    Application.objects.filter(pk=row[1]).update(state=ApplicationState.IN_REVIEW)
    post(client, "pass", row, confermo="1")
    assert Application.objects.get(pk=row[1]).state == ApplicationState.SUBMITTED
    assert "Nel frattempo" in post(client, "pass", row, confermo="1").content.decode()


def test_closing_reports(everything, operator, client):
    client.force_login(operator)
    row = ("report", everything["report"].pk)
    assert "in due parole" in post(client, "dismiss", row, confermo="1").content.decode()
    post(client, "dismiss", row, confermo="1", reason="Ho chiamato: è la quota della tessera.")
    report = OfferReport.objects.get()
    assert (report.state, report.closed_by) == (ReportState.DISMISSED, operator)


def test_reminding_once_a_day(everything, operator, client, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(operator)
    rows = [("unanswered", everything["unanswered"].pk), ("stale", everything["stale"].pk)]
    with django_capture_on_commit_callbacks(execute=True):
        done = post(client, "remind", *rows, confermo="1")
    assert [row["ok"] for row in done.context["rows"]] == [True, True]
    assert sorted(mail.subject for mail in mailoutbox) == [
        "La tua offerta vale ancora?",
        "Una candidatura aspetta la tua risposta",
    ]
    assert all(everything["unanswered"].youth.user.last_name not in mail.body for mail in mailoutbox)
    again = post(client, "remind", rows[0], confermo="1")
    assert "meno di un giorno" in again.content.decode()
    answered = ("unanswered", everything["seat"].pk)
    assert "ha già risposto" in post(client, "remind", answered, confermo="1").content.decode()


@pytest.mark.parametrize("keys", [[], ["verify:"], ["verify:-1"], ["boh:1"], ["verify:" + "9" * 40], ["verify:²"]])
def test_rows_that_make_no_sense(keys, operator, client):
    client.force_login(operator)
    page = client.post(BATCH, {"azione": "take", "riga": keys}, follow=True)
    assert "Scegli almeno una riga." in page.content.decode()
    page = client.post(BATCH, {"azione": "esplodi", "riga": ["verify:1"]}, follow=True)
    assert "Scegli che cosa fare" in page.content.decode()
    assert client.get(BATCH).status_code == 302
    assert client.get(RESULT).status_code == 200


def test_no_more_than_a_hundred_rows_at_once(operator):
    assert len(batch.chosen([f"verify:{n}" for n in range(500)], operator)) == batch.MAX_ROWS


def test_every_action_of_the_list_has_its_words_and_its_step_back_exists():
    for action in batch.BATCH.values():
        assert action.label
        assert action.done
        assert not action.inverse or action.inverse in batch.BATCH
        assert action.form is None or action.question, action.key


def test_somebody_at_two_desks_chooses(desk, everything, operator, client):
    other = make.DeskFactory()
    appoint(other, operator)
    make.HostFactory(desk=other, verified=False, organisation__name="Bottega dell'altro Sportello")
    client.force_login(operator)
    both = client.get(URL)
    assert both.context["total"] == 8
    choose = reverse("sportello_inbox:choose_desk")
    response = client.post(choose, {"desk": other.pk, "next": URL}, follow=True)
    assert [row.title for row in response.context["rows"]] == ["Bottega dell'altro Sportello"]
    assert "Forno da verificare" not in client.get("/admin/sportello/realta/").content.decode()
    assert client.post(choose, {"desk": "", "next": "https://example.com/"})["Location"] == "/admin/"
    assert client.get(URL).context["total"] == 8
    # A desk that is not theirs is no choice.
    client.post(choose, {"desk": make.DeskFactory().pk, "next": URL})
    assert client.get(URL).context["total"] == 8


def test_an_auditor_has_no_inbox(desk, everything, client):
    auditor = make.make_operator(desk, DeskRole.AUDITOR)
    client.force_login(auditor)
    assert client.get(URL).status_code in {302, 404}
    assert client.post(
        BATCH, {"azione": "verify", "riga": [f"verify:{everything['verify'].pk}"], "confermo": "1"}
    ).status_code in {302, 404}
    assert Host.objects.get(pk=everything["verify"].pk).state == HostState.REGISTERED


def test_the_first_page_of_the_admin_says_what_waits(client, everything, operator, desk):
    client.force_login(operator)
    page = client.get("/admin/").content.decode()
    assert "Allo Sportello" in page
    assert f'href="{URL}?tipo=verify"' in page
    other = make.make_operator(make.DeskFactory())
    client.force_login(other)
    page = client.get("/admin/").content.decode()
    assert "Niente aspetta" in page
    assert "?tipo=" not in page
    client.force_login(make.make_operator(desk, DeskRole.AUDITOR))
    assert "Allo Sportello" not in client.get("/admin/").content.decode()
