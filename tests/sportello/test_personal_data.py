"""Every table with a young person's data is in the download and in the forgetting, or says why not."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from sportello import own_data, retention
from sportello.actions import applications_host, consents, proposals, support_notes
from sportello.actions.own_data import ask_deletion, erase
from sportello.enums import HostRole
from sportello.enums_people import ConsentPurpose
from sportello.enums_rounds import RoundState
from sportello.models import (
    BirthDateCorrection,
    CurriculumVitae,
    CvAccess,
    ExportRecord,
    Guardian,
    HostInvitation,
    HostMembership,
    InterviewSlot,
    MatchRound,
    MutedTopic,
    OfferReport,
    Placement,
    Proposal,
    RetentionWarning,
    RoundEvent,
    RoundPerson,
    SupportNote,
    SupportNoteAccess,
    YouthProfile,
)
from sportello.personal_data import HELD, STAFF_APPS, Fate
from sportello.rounds import outcome_of
from tests.factories import rounds as round_rows
from tests.factories.people import allow, guardian_of, make_cv, make_guardian, make_invitation, make_minor
from tests.factories.sportello import HostFactory, make_application, make_offer, operator_of, owner_of
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
User = get_user_model()
SECRET = "Zefferino"


def keys_to_people() -> set[str]:
    """Every key of the registry that points to an account, or that hangs from a young person or a guardian."""
    found, reached = set(), {YouthProfile, Guardian}
    while True:
        before = len(found)
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.get_fields(include_hidden=True):
                if not (field.concrete and field.is_relation and field.related_model) or field.many_to_many:
                    continue
                if field.related_model in reached or (field.related_model is User and model is not User):
                    found.add(f"{model._meta.label}.{field.name}")
                if field.related_model in reached:
                    reached.add(model)
        if len(found) == before:
            return {key for key in found if key.split(".")[0] not in STAFF_APPS}


def test_no_key_to_a_person_is_missing_from_the_map():
    found = keys_to_people()
    assert sorted(found - set(HELD)) == [], "say in sportello.personal_data what becomes of these"
    assert sorted(set(HELD) - found) == [], "these are no more"


def test_the_map_gives_reasons_and_names_sections_that_exist():
    sections = {key for key, _title, _read in (*own_data.ACCOUNT_SECTIONS, *own_data.YOUTH_SECTIONS)}
    for key, held in HELD.items():
        assert not held.shown or held.shown in sections, key
        assert held.why or (held.shown and held.fate is not Fate.KEPT) or held.fate is Fate.EMPTIED, f"{key}: why?"
    assert sections - {held.shown for held in HELD.values()} == {"account"}


@pytest.fixture
def world():
    """A young person about whom everything there is has been written, each time with a word that only they have."""
    host = HostFactory()
    desk, owner, operator = host.desk, owner_of(host), operator_of(host.desk)
    minor = make_minor(desk=desk, user__first_name=SECRET, user__last_name="Quaglia", phone=SECRET)
    minor.study_note = SECRET
    minor.save()
    allow(minor, ConsentPurpose.APPLYING, ConsentPurpose.CV)
    applied = make_application(make_offer(host, minimum_age=15), minor, motivation=f"Sono {SECRET}.")
    cv = make_cv(minor, applied)
    CurriculumVitae.objects.filter(pk=cv.pk).update(name=f"{SECRET}.pdf")
    applied.messages.create(side="host", user=owner, text=f"Ciao {SECRET}")
    applied.messages.create(side="youth", user=minor.user, text=f"Sono {SECRET}")
    starts_at = timezone.now() + timedelta(days=1)
    InterviewSlot.objects.create(application=applied, host=host, starts_at=starts_at, place=f"Casa {SECRET}")
    applications_host.reject(applied, owner, f"{SECRET} non va bene.", message=f"Grazie {SECRET}.")
    held = applications_host.offer_seat(make_application(make_offer(host, minimum_age=15), minor), owner)
    consents.grant(minor, ConsentPurpose.EXPERIENCE, guardian_of(minor), held)
    days = {"start_date": held.start_date, "end_date": held.end_date}
    Placement.objects.create(application=held, youth=minor, desk=desk, state="closed", **days)
    make_invitation(minor, f"zia.{SECRET}@example.org".lower())
    proposed = make_offer(HostFactory(desk=desk), minimum_age=15)
    proposals.propose(minor, proposed, operator, f"Va bene per {SECRET}")
    support_notes.write_note(minor, operator, "contact", f"{SECRET} preferisce scrivere")
    support_notes.read_notes(minor, operator, "contact")
    CvAccess.objects.create(cv=cv, youth=minor, desk=desk, user=operator, purpose="placement")
    values = {"before": "2009-01-01", "after": minor.birth_date, "reason": f"Documento di {SECRET}"}
    BirthDateCorrection.objects.create(youth=minor, by=operator, **values)
    OfferReport.objects.create(
        offer=applied.offer, desk=desk, reason="other", text=SECRET, reporter=minor.user, state="upheld",
        outcome="Vista.", closed_at=timezone.now(), closed_by=operator,
    )  # fmt: skip
    ExportRecord.objects.create(desk=desk, user=operator, what="youth", filters={"q": SECRET.lower()}, rows=1)
    ExportRecord.objects.create(desk=desk, user=operator, what="youth", filters={"q": "altro"}, rows=1)
    MutedTopic.objects.create(user=minor.user, topic="receipts")
    RetentionWarning.objects.create(user=minor.user, sent_at=timezone.now())
    match_round = round_rows.published_round(applied.offer, minor, round_rows.supervisor_of(desk))
    person = RoundPerson.objects.get(round=match_round)
    RoundPerson.objects.filter(pk=person.pk).update(motivation=f"{SECRET} sa fare", shared={"name": SECRET})
    person.bands.update(band=None, reason=f"{SECRET} no", source="host")
    person.pairs.update(reason=f"{SECRET} è mio cugino")
    RoundEvent.objects.create(round=match_round, verb="ban_added", actor="desk", reason=f"{person.pseudonym}: {SECRET}")
    # This young person also answers for another and acts for a host: all sections at once.
    make_guardian(make_minor(guardian=False), minor.user)
    HostMembership.objects.create(host=host, user=minor.user, role=HostRole.TUTOR)
    HostInvitation.objects.create(
        host=host, email=minor.user.email, role=HostRole.TUTOR, state="accepted", invited_by=owner,
        accepted_by=minor.user,
    )  # fmt: skip
    minor.user.emailaddress_set.get_or_create(email=minor.user.email, defaults={"primary": True, "verified": True})
    ask_deletion(minor.user)
    return minor


def everything_in_the_database() -> str:
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            words += [f"{table}: {value}" for row in cursor.fetchall() for value in row]
    return "\n".join(words)


def path_to_youth(label: str, field: str) -> str:
    """The lookup from a model to the young person, through a key that is on the map."""
    model = apps.get_model(label)
    target = model._meta.get_field(field).related_model
    if target is YouthProfile:
        return field
    for name in ("youth", "application", "person", "note", "cv", "result"):
        if any(f.name == name for f in target._meta.get_fields()):
            return f"{field}__{path_to_youth(target._meta.label, name)}"
    return ""


def test_everything_is_downloaded_then_nobody_can_be_found_in_what_stays(world):
    minor, user, email = world, world.user, world.user.email
    sections = {key: entries for key, _title, entries in own_data.read(user)}
    assert [key for key, entries in sections.items() if not entries] == ["given"]
    for key in ("applications", "messages", "meetings", "proposals", "rounds", "notes", "curricula", "corrections"):
        assert SECRET in str(sections[key]), key
    assert "non va bene" not in str(sections), "a reason that the host did not share stays the host's"
    client = StrictClient()
    client.force_login(user)
    assert SECRET in client.get("/area/dati/").content.decode()
    answer = client.get("/area/dati/scarica/")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert sorted(name.split("/")[0] for name in archive.namelist()) == ["curriculum", "dati.json", "dati.txt"]
    data = json.loads(archive.read("dati.json"))
    assert data["Tornate di abbinamento"][0]["Che cosa hai scritto"] == f"{SECRET} sa fare"
    assert archive.read(next(n for n in archive.namelist() if n.startswith("curriculum"))).startswith(b"%PDF")
    match_round = MatchRound.objects.get()
    read_accesses = SupportNoteAccess.objects.count()

    erase(user)

    kept = everything_in_the_database()
    for word in (SECRET, SECRET.lower(), "Quaglia", email):
        assert word not in kept, [line for line in kept.splitlines() if word in line]
    for key, held in HELD.items():
        label, _dot, field = key.rpartition(".")
        path = path_to_youth(label, field)
        if held.fate is Fate.DELETED and path:
            assert not apps.get_model(label).objects.filter(**{path: minor.pk}).exists(), key
    assert SupportNoteAccess.objects.count() == read_accesses
    assert CvAccess.objects.get().youth is None
    assert list(ExportRecord.objects.order_by("pk").values_list("filters", flat=True)) == [{}, {"q": "altro"}]
    # Whoever checks the round finds the same: the list and the result stay under the pseudonym.
    match_round.run.refresh_from_db()
    outcome_of(match_round.run)
    assert RoundPerson.objects.get().choices.count() == 1


def test_who_is_forgotten_before_the_run_leaves_the_round():
    match_round = round_rows.make_round(RoundState.OPEN)
    young, other = round_rows.add_list(match_round, 0, 1), round_rows.add_list(match_round, 1)
    erase(young.user)
    assert [row.youth_id for row in RoundPerson.objects.all()] == [other.pk]
    assert not YouthProfile.objects.filter(pk=young.pk).exists()


def test_retention_reaches_rounds_proposals_notes_reports_and_searches(world):
    now = timezone.now()
    world.user.deletion_requests.update(undone_at=now)
    MatchRound.objects.update(state=RoundState.CLOSED)
    early = retention.apply(now + timedelta(days=300))
    assert all(early[key] == 0 for key in ("rounds", "proposals", "notes", "reports", "searches", "words"))
    later = now + timedelta(days=760)
    # Whether the account itself is due is another test's: here it has just been used.
    User.objects.update(last_login=later)
    done = retention.apply(later)
    assert (done["rounds"], done["proposals"], done["notes"], done["reports"], done["searches"]) == (1, 1, 1, 1, 2)
    assert not Proposal.objects.exists()
    assert not SupportNote.objects.exclude(text="").exists()
    person = RoundPerson.objects.get()
    assert (person.motivation, person.shared, person.choices.count()) == ("", {}, 1)
    again = retention.apply(later)
    assert all(again[key] == 0 for key in ("rounds", "proposals", "notes", "reports", "searches", "words"))


class TestTriggers:
    """Facts of logs and signatures cannot be changed behind Django's back; what the law wants forgotten can."""

    def refused(self, sql: str) -> None:
        with pytest.raises(IntegrityError, match=r"append-only|written once|never change"), transaction.atomic():
            self.run(sql)

    def run(self, sql: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.rowcount

    def test_the_logs_of_the_desk(self, world):
        for table in ("sportello_supportnoteaccess", "sportello_cvaccess", "sportello_exportrecord"):
            self.refused(f"DELETE FROM {table}")
            self.refused(f"UPDATE {table} SET at = '2020-01-01 10:00:00+00:00'")
        self.refused("UPDATE sportello_supportnoteaccess SET purpose = 'safety'")
        self.refused("UPDATE sportello_exportrecord SET rows = 0")
        self.refused('UPDATE sportello_exportrecord SET filters = \'{"q": "niente"}\'')
        assert self.run("UPDATE sportello_exportrecord SET filters = '{}'") == 2
        assert self.run("UPDATE sportello_supportnoteaccess SET note_id = NULL") == 2
        assert self.run("UPDATE sportello_cvaccess SET cv_id = NULL, youth_id = NULL") == 1

    def test_the_words_of_consents(self):
        self.refused("UPDATE sportello_consenttext SET body = 'altro'")
        self.refused("UPDATE sportello_consenttext SET asks_again = (1 = 1)")

    def test_signatures(self):
        signature = HostFactory().pact_signature
        self.refused("DELETE FROM sportello_pactsignature")
        for column in ("signer_name", "fiscal_code", "sha256", "organisation_name"):
            self.refused(f"UPDATE sportello_pactsignature SET {column} = 'x'")
        signature.keep_pdf(b"%PDF-1.4")
        assert signature.pdf
        self.refused("UPDATE sportello_pactsignature SET pdf = 'altro'")
        self.refused(f"UPDATE sportello_pactsignature SET pdf_sha256 = '{'0' * 64}'")
        assert self.run("UPDATE sportello_pactsignature SET signed_by_id = NULL") == 1


def test_models_of_the_map_are_models():
    for key in HELD:
        label, _dot, field = key.rpartition(".")
        assert isinstance(apps.get_model(label)._meta.get_field(field), models.ForeignKey)
