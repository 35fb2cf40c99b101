"""Everybody reads, downloads and deletes their own data; what is no longer needed goes; e-mails are chosen."""

import io
import json
import zipfile
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.pages.words import day_words
from sportello import retention
from sportello.actions import applications_acceptance, applications_host, consents, guardians
from sportello.actions import own_data as actions
from sportello.actions.own_data import ask_deletion, erase, erase_due
from sportello.enums import ApplicationState
from sportello.enums_people import ConsentPurpose
from sportello.errors import ActionError
from sportello.models import (
    Application,
    ApplicationEvent,
    Consent,
    CurriculumVitae,
    DeletionRequest,
    Guardian,
    GuardianLink,
    HostMembership,
    RetentionWarning,
    YouthProfile,
)
from tests.factories.people import allow, guardian_of, make_cv, make_invitation, make_minor
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_offered,
    operator_of,
    owner_of,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
User = get_user_model()
SECRET = "Zefferino"


def signed_in(user) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def test_what_is_kept_is_shown_and_downloaded():
    minor = make_minor(user__first_name=SECRET, phone="333 1234567")
    make_cv(minor)
    allow(minor)
    client = signed_in(minor.user)
    page = client.get("/area/dati/").content.decode()
    answer = client.get("/area/dati/scarica/")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    text, data = archive.read("dati.txt").decode(), json.loads(archive.read("dati.json"))
    for words in (SECRET, "333 1234567", "cv.pdf", "Può candidarsi", "Rita Tutrice"):
        assert words in page
        assert words in text
        assert words in str(data)
    # A person reads days as people say them, a program as in ISO 8601.
    born = day_words(minor.birth_date, weekday=False)
    assert born in page
    assert f"Data di nascita: {born}" in text
    assert data["Profilo"][0]["Data di nascita"] == minor.birth_date.isoformat()
    assert datetime.fromisoformat(data["Account"][0]["Creato il"]).tzinfo is not None
    assert data["Account"][0]["Creato il"] not in page
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    guardian_page = signed_in(guardian_of(minor)).get("/area/dati/").content.decode()
    assert "Per chi rispondi" in guardian_page
    assert "333 1234567" not in guardian_page
    others = zipfile.ZipFile(io.BytesIO(signed_in(YouthFactory().user).get("/area/dati/scarica/").content))
    assert SECRET not in others.read("dati.txt").decode()


def test_asked_undone_asked_again_done(django_capture_on_commit_callbacks, mailoutbox):
    young = YouthFactory()
    client = signed_in(young.user)
    page = client.post("/area/dati/cancella/", {}).content.decode()
    assert "Metti la spunta" in page
    assert not DeletionRequest.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/area/dati/cancella/", {"understood": "on"})
        client.post("/area/dati/cancella/", {"understood": "on"})
    assert [mail.to for mail in mailoutbox] == [[young.user.email]]
    assert "Ci ho ripensato" in client.get("/area/dati/").content.decode()
    client.post("/area/dati/ripensaci/")
    later = timezone.now() + timedelta(days=8)
    assert erase_due(later) == (0, 0)
    client.post("/area/dati/cancella/", {"understood": "on"})
    assert erase_due() == (0, 0)
    email = young.user.email
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due(later) == (1, 0)
        assert erase_due(later) == (0, 0)
    assert [mail.to for mail in mailoutbox] == [[email]]
    assert not User.objects.filter(pk=young.user_id).exists()
    assert not YouthProfile.objects.exists()


def test_one_deletion_that_fails_does_not_keep_the_others_waiting(monkeypatch, caplog):
    bad, good = (ask_deletion(YouthFactory().user) for _n in range(2))

    def fail_with_one(user, still_due):
        if user == bad.user:
            raise DatabaseError("unexpected")
        return erase(user, still_due)

    monkeypatch.setattr("sportello.actions.own_data.erase", fail_with_one)
    assert erase_due(timezone.now() + timedelta(days=8)) == (1, 1)
    assert f"Left for the next run: deletion request {bad.pk}." in caplog.messages
    assert User.objects.filter(pk=bad.user_id).exists()
    assert not User.objects.filter(pk=good.user_id).exists()


def everything_in_the_database() -> str:
    """Every text that any table of ours holds."""
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("sportello_", "users_", "account_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                words += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(words)


def test_with_applications_nobody_can_be_found_in_what_stays():
    host = HostFactory()
    minor = make_minor(desk=host.desk, user__first_name=SECRET, user__last_name="Quaglia", phone="333 999")
    minor.study_note = "Quaglia studia"
    minor.save()
    user, email = minor.user, minor.user.email
    allow(minor)
    make_cv(minor)
    row = make_application(make_offer(host, minimum_age=15), minor, motivation=f"Sono {SECRET} Quaglia.")
    held = applications_host.offer_seat(make_application(make_offer(host, minimum_age=15), minor), owner_of(host))
    make_invitation(minor, "zia.quaglia@example.org")
    events = ApplicationEvent.objects.count()
    erase(user)
    row.refresh_from_db()
    held.refresh_from_db()
    assert (row.state, held.state) == (ApplicationState.WITHDRAWN, ApplicationState.DECLINED)
    assert ApplicationEvent.objects.count() == events + 2
    kept = everything_in_the_database()
    for words in (SECRET, "Quaglia", email, "333 999", "zia.quaglia"):
        assert words not in kept, words
    profile = YouthProfile.objects.get()
    assert (profile.birth_date.day, profile.interests.count(), profile.is_complete) == (1, 0, False)
    assert not CurriculumVitae.objects.exists()
    assert Consent.objects.exists()
    assert not Consent.objects.standing().exists()
    assert not profile.user.is_active
    assert not profile.user.has_usable_password()
    assert not profile.user.emailaddress_set.exists()


def test_what_has_to_be_settled_first():
    application = make_offered()
    applications_acceptance.accept(application, application.youth.user)
    host = HostFactory()
    for user, code in (
        (application.youth.user, "placement"),
        (operator_of(host.desk), "works_here"),
        (owner_of(host), "last_owner"),
    ):
        with pytest.raises(ActionError) as error:
            ask_deletion(user)
        assert error.value.code == code
    # The page says so before anything is asked.
    before = signed_in(application.youth.user).get("/area/dati/cancella/").content.decode()
    assert "prima chiudilo con lo Sportello" in before
    assert "Chiedo la cancellazione" not in before
    # So it does to the only owner of a host; who becomes it while the days pass keeps everything.
    owner = owner_of(host)
    before = signed_in(owner).get("/area/dati/cancella/").content.decode()
    assert f"Sei l&#x27;unica persona titolare di «{host}»" in before
    page = signed_in(application.youth.user).post("/area/dati/cancella/", {"understood": "on"}).content.decode()
    assert "prima chiudilo con lo Sportello" in page
    with pytest.raises(ActionError):
        erase(owner)
    assert HostMembership.objects.filter(user=owner, is_active=True).exists()
    assert User.objects.get(pk=owner.pk).is_active


def test_the_only_guardian_of_a_seat_in_preparation_settles_it_first():
    offer = make_offer(kind="short", minimum_age=15)
    minor = make_minor(desk=offer.desk)
    allow(minor)
    offered = make_offered(offer, minor)
    user = guardian_of(minor)
    yes = consents.grant(offered.youth, ConsentPurpose.EXPERIENCE, user, offered)
    ask_deletion(user)
    # Accepted while the days to think again pass: the deletion waits, and the page says for what.
    applications_acceptance.accept(offered, offered.youth.user)
    DeletionRequest.objects.update(due_at=timezone.now(), asked_at=timezone.now() - timedelta(days=9))
    assert erase_due() == (0, 1)
    reason = f"Il posto di {offered.youth.user.first_name} si sta preparando con il tuo sì"
    assert reason in signed_in(user).get("/area/dati/").content.decode()
    actions.undo_deletion(user)
    page = signed_in(user).post("/area/dati/cancella/", {"understood": "on"}).content.decode()
    assert reason in page
    consents.revoke(yes, user, cancel_placement=True)
    ask_deletion(user)
    DeletionRequest.objects.filter(undone_at=None).update(due_at=timezone.now())
    assert erase_due() == (1, 0)
    assert not GuardianLink.objects.standing().exists()


def test_a_guardian_goes_and_their_yeses_with_them():
    minor = make_minor()
    allow(minor)
    user = guardian_of(minor)
    erase(user)
    assert not Consent.objects.standing().filter(given_as="guardian").exists()
    assert not GuardianLink.objects.standing().exists()
    assert not Guardian.objects.filter(email=user.email).exists()


class TestRetention:
    def test_unused_profiles_are_warned_then_gone(self, django_capture_on_commit_callbacks, mailoutbox):
        now = timezone.now()
        silent, busy, recent = YouthFactory(), YouthFactory(), YouthFactory()
        make_application(youth=busy)
        old = now - timedelta(days=710)
        User.objects.update(last_login=old, date_joined=old)
        YouthProfile.objects.update(updated_at=old)
        User.objects.filter(pk=recent.user_id).update(last_login=now)
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            assert retention.apply(now)["warning"] == 1
            assert retention.apply(now)["warning"] == 0
        assert [mail.to for mail in mailoutbox] == [[silent.user.email]]
        assert day_words(timezone.localdate(now + timedelta(days=30))) in mailoutbox[0].body
        assert retention.apply(now + timedelta(days=29))["unused"] == 0
        assert retention.apply(now + timedelta(days=31))["unused"] == 1
        assert set(YouthProfile.objects.values_list("pk", flat=True)) == {busy.pk, recent.pk}

    def test_run_late_nobody_goes_without_a_warning(self):
        now = timezone.now()
        young = YouthFactory()
        old = now - timedelta(days=2000)
        User.objects.update(last_login=old, date_joined=old)
        YouthProfile.objects.update(updated_at=old)
        done = retention.apply(now)
        assert (done["warning"], done["unused"]) == (1, 0)
        User.objects.filter(pk=young.user_id).update(last_login=now)
        assert retention.apply(now + timedelta(days=40))["unused"] == 0
        assert not RetentionWarning.objects.exists()

    def test_the_words_of_closed_applications_and_old_invitations(self):
        row = make_application()
        applications_host.reject(row, owner_of(row.offer.host), "Cerchiamo altro.")
        open_one = make_application()
        make_invitation(make_minor(guardian=False))
        later = timezone.now() + timedelta(days=400)
        done = retention.apply(later)
        assert (done["words"], done["invitations"]) == (1, 1)
        row.refresh_from_db()
        open_one.refresh_from_db()
        assert (row.motivation, row.shared, row.state) == ("", {}, ApplicationState.REJECTED)
        assert open_one.motivation
        assert not row.events.exclude(reason="").exists()
        assert not Guardian.objects.exists()
        again = retention.apply(later)
        assert (again["words"], again["invitations"]) == (0, 0)

    def test_letters_do_not_stay_in_the_queue(self):
        """Each has an address and its words, and of an invitation the key that is kept nowhere else."""
        now = timezone.now()
        for status, days in (("SUCCESSFUL", 2), ("SUCCESSFUL", 0), ("FAILED", 2), ("FAILED", 8), ("READY", None)):
            DBTaskResult.objects.create(
                status=status,
                finished_at=None if days is None else now - timedelta(days=days),
                args_kwargs={"args": [], "kwargs": {"to": "ada@example.org"}},
                task_path="portal.ops.mail.send_email_task",
                backend_name="background",
                run_after=now,
            )
        assert [retention.apply(now)["letters"] for _time in range(2)] == [2, 0]
        assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY", "SUCCESSFUL"]

    def test_the_command(self, capsys):
        call_command("apply_retention")
        assert "asked: 0" in capsys.readouterr().out


class TestPreferences:
    def test_only_what_is_a_courtesy_can_be_turned_off(self, django_capture_on_commit_callbacks, mailoutbox):
        offer = make_offer()
        young = YouthFactory(desk=offer.desk)
        client = signed_in(young.user)
        client.post("/area/dati/e-mail/", {"topics": ["messages"]})
        page = client.get("/area/dati/e-mail/").content.decode()
        assert page.count("checked") == 1
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            row = make_application(offer, young)
        assert young.user.email not in {mail.to[0] for mail in mailoutbox}
        assert owner_of(offer.host).email in {mail.to[0] for mail in mailoutbox}
        with django_capture_on_commit_callbacks(execute=True):
            applications_host.offer_seat(row, owner_of(offer.host))
        assert young.user.email in {mail.to[0] for mail in mailoutbox}
        client.post("/area/dati/e-mail/", {"topics": ["receipts", "progress", "messages", "reminders"]})
        assert not young.user.muted_topics.exists()

    def test_a_topic_that_is_none(self):
        young = YouthFactory()
        page = signed_in(young.user).post("/area/dati/e-mail/", {"topics": ["tutto"]}).content.decode()
        assert "Qualcosa va corretto" in page
        assert not young.user.muted_topics.exists()

    def test_every_topic_names_letters_that_exist(self):
        from sportello import notifications
        from sportello.preference_topics import TOPIC_OF

        known = set(notifications.APPLICATION_NOTICES) | set(notifications.HOST_NOTICES)
        known |= set(notifications.OFFER_NOTICES) | set(notifications.desk.DESK_NOTICES)
        assert set(TOPIC_OF) <= known


def test_the_database_refuses_two_open_requests_and_unknown_topics():
    user = UserFactory()
    request = ask_deletion(user)
    actions.set_muted(user, ["receipts"])
    for sql, value in (
        (
            "INSERT INTO sportello_deletionrequest (user_id, asked_at, due_at) "
            "SELECT user_id, asked_at, due_at FROM sportello_deletionrequest WHERE id = %s",
            request.pk,
        ),
        ("UPDATE sportello_deletionrequest SET due_at = asked_at WHERE id = %s", request.pk),
        ("UPDATE sportello_deletionrequest SET undone_at = due_at, done_at = due_at WHERE id = %s", request.pk),
        ("UPDATE sportello_mutedtopic SET topic = 'tutto' WHERE user_id = %s", user.pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [value])


def test_an_invitation_to_a_guardian_goes_with_the_profile_that_sent_it():
    minor = make_minor(guardian=False)
    link, _key = make_invitation(minor)
    guardians.cancel_invitation(link, minor.user)
    erase(minor.user)
    assert not Guardian.objects.exists()
    assert not Application.objects.exists()


def test_whose_name_is_gone_is_called_so_on_every_page_and_in_the_letters(
    django_capture_on_commit_callbacks, mailoutbox
):
    row = make_application(make_offer())
    owner, operator = owner_of(row.offer.host), operator_of(row.desk)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(row.youth.user) is False
    nameless = "Una persona di cui non teniamo più il nome"
    letter = next(mail for mail in mailoutbox if mail.to == [owner.email])
    assert f"{nameless} ha ritirato la candidatura" in letter.body
    for address in ("/area/azienda/", f"/area/azienda/candidature/{row.pk}/"):
        assert nameless in signed_in(owner).get(address).content.decode()
    assert nameless not in signed_in(operator).get("/admin/sportello/giovani/").content.decode(), "nobody to accompany"
    for address in (f"giovani/{row.youth_id}/", "candidature/", f"candidature/{row.pk}/"):
        page = signed_in(operator).get(f"/admin/sportello/{address}").content.decode()
        assert nameless in page
        assert "cancellato.invalid" not in page
        assert ">Riapri<" not in page


def test_the_letter_says_who_decided_the_deletion(django_capture_on_commit_callbacks, mailoutbox):
    HostFactory()
    asked, unused = UserFactory(), UserFactory()
    ask_deletion(asked)
    with django_capture_on_commit_callbacks(execute=True):
        erase(asked)
        erase(unused)
    asked_letter, unused_letter = (mail.body for mail in mailoutbox)
    assert "Come avevi chiesto" in asked_letter
    assert "Come avevi chiesto" not in unused_letter
    assert "Non entravi da due anni" in unused_letter


def test_each_reads_what_the_deletion_means_for_them():
    minor, host = make_minor(), HostFactory()
    allow(minor)
    second = UserFactory()
    HostMembership.objects.create(host=host, user=second, role="tutor")
    words = {
        minor.user: ("Che c'è stata una candidatura", "Candidature"),
        guardian_of(minor): ("Non rispondi più per chi hai", "Per chi rispondi"),
        second: (f"Non agisci più per {host}", "La tua realtà"),
    }
    for reader, (meaning, menu) in words.items():
        page = signed_in(reader).get("/area/dati/cancella/").content.decode()
        assert menu in page
        others = [text for text, _menu in words.values() if text != meaning]
        assert meaning in page
        assert not [text for text in others if text in page]
