"""Support notes: who may write and read them, what is written down, and that nobody else ever meets their words."""

import io

import openpyxl
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from sportello.actions.support_notes import may_remove, read_notes, remove_note, write_note
from sportello.enums import DeskRole
from sportello.errors import GuardRefused, NotPermitted, WrongState
from sportello.models import SupportNote, SupportNoteAccess
from tests.factories import sportello as make

pytestmark = pytest.mark.django_db

WORDS = "Preferisce messaggi scritti, si stanca dopo quattro ore"


@pytest.fixture
def youth():
    return make.YouthFactory(user__first_name="Ilaria", user__last_name="Nascosti")


@pytest.fixture
def operator(youth):
    return make.make_operator(youth.desk)


@pytest.fixture
def supervisor(youth):
    return make.make_operator(youth.desk, DeskRole.SUPERVISOR)


@pytest.fixture
def note(youth, operator):
    return write_note(youth, operator, "contact", WORDS)


def accesses() -> list[tuple]:
    return list(SupportNoteAccess.objects.order_by("pk").values_list("what", "purpose", "user__first_name"))


def page(youth) -> str:
    return reverse("sportello_notes:person", args=[youth.pk])


def test_each_reading_is_written_down(youth, note, operator, supervisor):
    write_note(youth, operator, "welcome", "Serve una rampa")
    read_notes(youth, supervisor, "follow_up")
    assert accesses() == [
        ("written", "contact", operator.first_name),
        ("written", "welcome", operator.first_name),
        ("read", "follow_up", supervisor.first_name),
        ("read", "follow_up", supervisor.first_name),
    ]


@pytest.mark.parametrize("who", ["auditor", "stranger", "superuser", "youth", "former"])
def test_nobody_else_writes_or_reads(who, youth, note):
    people = {
        "auditor": lambda: make.make_operator(youth.desk, DeskRole.AUDITOR),
        "stranger": make.make_operator,
        "superuser": lambda: make.UserFactory(is_superuser=True, is_staff=True),
        "youth": lambda: youth.user,
        "former": lambda: make.make_operator(youth.desk),
    }
    user = people[who]()
    if who == "former":
        user.desk_memberships.update(is_active=False)
    for action in (lambda: read_notes(youth, user, "contact"), lambda: write_note(youth, user, "contact", "x")):
        with pytest.raises(NotPermitted):
            action()
    with pytest.raises(NotPermitted):
        remove_note(note, user)
    assert len(accesses()) == 1


def test_without_a_purpose_nothing_opens(youth, note, operator):
    with pytest.raises(GuardRefused):
        read_notes(youth, operator, "")
    with pytest.raises(GuardRefused):
        write_note(youth, operator, "curiosity", "x")
    with pytest.raises(GuardRefused):
        write_note(youth, operator, "contact", "  ")
    assert len(accesses()) == 1


def test_who_wrote_it_and_supervisors_remove(youth, note, operator, supervisor):
    assert not may_remove(note, make.make_operator(youth.desk))
    remove_note(note, supervisor)
    note.refresh_from_db()
    assert (note.text, accesses()[-1]) == ("", ("removed", "contact", supervisor.first_name))
    with pytest.raises(WrongState):
        remove_note(note, operator)
    assert read_notes(youth, operator, "contact") == []


def test_the_log_stays_and_cannot_be_changed(youth, note):
    entry = SupportNoteAccess.objects.get()
    for change in (
        lambda: SupportNoteAccess.objects.update(purpose="safety"),
        lambda: SupportNoteAccess.objects.all().delete(),
        entry.delete,
        entry.save,
    ):
        with pytest.raises(TypeError):
            change()
    # A young person who is forgotten takes the notes along; that somebody read them stays.
    youth.delete()
    assert not SupportNote.objects.exists()
    assert SupportNoteAccess.objects.get().note_id is None


@pytest.mark.parametrize("sql", ["text = ''", "purpose = 'boh'", "removed_at = '2026-01-01 00:00:00+00:00'"])
def test_the_database_refuses_the_same(sql, note):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE sportello_supportnote SET {sql}")


def test_the_page_shows_words_only_after_saying_why(youth, note, operator, client):
    client.force_login(operator)
    first = client.get(page(youth)).content.decode()
    assert WORDS not in first
    assert "C'è 1 nota" in first
    missing = client.post(page(youth), {"leggi": "1", "leggi-purpose": ""}).content.decode()
    assert WORDS not in missing
    assert "senza uno scopo" in missing
    response = client.post(page(youth), {"leggi": "1", "leggi-purpose": "contact"})
    assert WORDS in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert WORDS not in client.get(page(youth)).content.decode()


def test_writing_loses_nothing(youth, operator, client):
    client.force_login(operator)
    bad = client.post(page(youth), {"scrivi": "1", "scrivi-purpose": "", "scrivi-text": WORDS}).content.decode()
    assert WORDS in bad
    long = client.post(page(youth), {"scrivi": "1", "scrivi-purpose": "contact", "scrivi-text": "x" * 2001})
    assert "Al massimo 2000 caratteri: ne hai scritti 2001." in long.content.decode()
    assert not SupportNote.objects.exists()
    client.post(page(youth), {"scrivi": "1", "scrivi-purpose": "contact", "scrivi-text": WORDS})
    note = SupportNote.objects.get()
    remove = reverse("sportello_notes:remove", args=[note.pk])
    assert "sparisce per sempre" in client.get(remove).content.decode()
    client.post(remove)
    assert SupportNote.objects.get().removed_at
    assert client.get(remove).status_code == 404


@pytest.mark.indexed
def test_the_words_are_nowhere_else(youth, note, operator, supervisor, client):
    """Every list, page, search, log and export of everybody who may come in; the young person's and the host's too."""
    offer = make.make_offer(make.HostFactory(desk=youth.desk))
    application = make.make_application(offer, youth)
    call_command("rebuild_references_index", verbosity=0)
    root = make.UserFactory(is_superuser=True, is_staff=True)
    auditor = make.make_operator(youth.desk, DeskRole.AUDITOR)
    addresses = [
        "/admin/",
        reverse("sportello_inbox:index") + "?q=rampa",
        reverse("sportello_youth:index") + "?q=messaggi",
        reverse("sportello_youth:inspect", args=[youth.pk]),
        reverse("sportello_application:inspect", args=[application.pk]),
        reverse("sportello_notes:log"),
        reverse("sportello_exports:log"),
        "/admin/reports/site-history/",
        "/admin/pages/search/?q=messaggi",
        reverse("area:home"),
        reverse("area:host_application", args=[application.pk]),
        "/cerca/?q=messaggi",
        offer.get_absolute_url(),
    ]
    for user in (operator, supervisor, auditor, root, youth.user, make.owner_of(offer.host)):
        client.force_login(user)
        for address in addresses:
            assert WORDS not in client.get(address).content.decode(), (address, user)
    client.force_login(operator)
    response = client.post(reverse("sportello_youth:index"), {"esporta": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert not [cell for row in book.active.iter_rows(values_only=True) for cell in row if WORDS in str(cell)]
    assert WORDS not in str(note)


def test_the_log_names_the_person_to_the_desk_only(youth, note, supervisor, client):
    client.force_login(supervisor)
    shown = client.get(reverse("sportello_notes:log") + "?chi=persona").content.decode()
    assert "Ilaria Nascosti" in shown
    client.force_login(make.make_operator(youth.desk, DeskRole.AUDITOR))
    audited = client.get(reverse("sportello_notes:log")).content.decode()
    assert f"nota {note.pk}" in audited
    assert "Nascosti" not in audited
    client.force_login(make.make_operator(role=DeskRole.SUPERVISOR))
    assert "Nessun accesso alle note." in client.get(reverse("sportello_notes:log")).content.decode()
