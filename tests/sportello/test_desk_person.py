"""What the desk does on the page of a young person, and the words of consents: done, refused with why, recorded."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from sportello import consents as reads
from sportello.actions import applications, consent_texts, consents
from sportello.actions.birth_dates import correct_birth_date
from sportello.enums import DeskRole
from sportello.enums_people import ConsentPurpose
from sportello.errors import ActionError, GuardRefused, NotPermitted
from sportello.models import BirthDateCorrection, Consent, ConsentText, CvAccess, GuardianLink, YouthProfile
from tests.factories.people import PDF, allow, birth_date, guardian_of, make_cv, make_minor
from tests.factories.sportello import (
    DeskFactory,
    HostFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_operator,
    owner_of,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
P = ConsentPurpose


def signed_in(user) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


@pytest.fixture
def host():
    return HostFactory()


@pytest.fixture
def operator(host):
    return make_operator(host.desk)


class TestInviting:
    def test_on_behalf_and_recorded(self, host, operator, django_capture_on_commit_callbacks, mailoutbox):
        minor = make_minor(guardian=False, desk=host.desk)
        url = reverse("sportello_youth:guardian", args=[minor.pk])
        client = signed_in(operator)
        assert url in client.get(reverse("sportello_youth:inspect", args=[minor.pk])).content.decode()
        page = client.post(url, {"email": "zia@example.org"}).content.decode()
        assert "Parlane prima con la persona" in page
        assert 'value="zia@example.org"' in page
        assert not GuardianLink.objects.exists()
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url, {"email": "zia@example.org", "agreed": "on"})
        assert [mail.to for mail in mailoutbox] == [["zia@example.org"]]
        link = GuardianLink.objects.get()
        entry = ModelLogEntry.objects.get(action="sportello.guardian_invited_by_desk")
        assert (link.invited_as, entry.user, entry.object_id) == ("desk", operator, str(link.pk))
        assert minor.user.last_name not in entry.label
        person = client.get(reverse("sportello_youth:inspect", args=[minor.pk])).content.decode()
        assert "invito dello Sportello" in person

    def test_not_for_adults_nor_by_another_desk(self, host, operator):
        adult = YouthFactory(desk=host.desk)
        url = reverse("sportello_youth:guardian", args=[adult.pk])
        assert signed_in(operator).get(url).status_code == 404
        assert url not in signed_in(operator).get(reverse("sportello_youth:inspect", args=[adult.pk])).content.decode()


class TestBirthDates:
    def test_corrected_with_its_reason(self, host, operator, django_capture_on_commit_callbacks, mailoutbox):
        minor = make_minor(desk=host.desk, age=16)
        url = reverse("sportello_youth:birth_date", args=[minor.pk])
        client = signed_in(operator)
        before, right = minor.birth_date, birth_date(19)
        page = client.post(url, {"birth_date": right.isoformat(), "reason": ""}).content.decode()
        assert "Scrivi come sai" in page
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url, {"birth_date": right.isoformat(), "reason": "Ho visto il documento."})
        assert [mail.to for mail in mailoutbox] == [[minor.user.email]]
        row = BirthDateCorrection.objects.get()
        assert (row.before, row.after, row.by, row.reason) == (before, right, operator, "Ho visto il documento.")
        assert YouthProfile.objects.get(pk=minor.pk).birth_date == right
        assert not GuardianLink.objects.standing().exists()
        page = client.get(reverse("sportello_youth:inspect", args=[minor.pk])).content.decode()
        assert "maggiorenne: chi rispondeva non vede più niente" in page
        assert "Ho visto il documento." in page

    @pytest.mark.parametrize(
        ("date_of", "code", "words"),
        [
            (lambda: birth_date(13), "too_young", "meno di 14 anni"),
            (lambda: timezone.localdate() + timedelta(days=1), "birth_date", "controlla l'anno"),
            (lambda: birth_date(20), "same", "già questa"),
        ],
    )
    def test_what_no_correction_can_be(self, host, operator, date_of, code, words):
        young = make_minor(desk=host.desk, age=20, guardian=False)
        with pytest.raises(GuardRefused) as error:
            correct_birth_date(young, date_of(), "Documento.", operator)
        assert error.value.code == code
        assert words in str(error.value)
        assert not BirthDateCorrection.objects.exists()

    def test_refused_where_it_breaks_what_stands(self, host, operator):
        adult = make_minor(desk=host.desk, age=20, guardian=False)
        offer = make_offer(host, title="Con la sega", minimum_age=18)
        row = make_application(offer, adult)
        with pytest.raises(GuardRefused) as error:
            correct_birth_date(adult, birth_date(16), "Documento.", operator)
        assert error.value.code == "standing"
        assert "«Con la sega» non sarebbe più possibile" in str(error.value)
        applications.withdraw(row, adult.user)
        make_application(make_offer(host, title="Dietro il banco", minimum_age=15), adult)
        url = reverse("sportello_youth:birth_date", args=[adult.pk])
        values = {"birth_date": birth_date(16).isoformat(), "reason": "Documento."}
        page = signed_in(operator).post(url, values).content.decode()
        assert "servirebbe il sì di chi risponde" in page
        assert "Dietro il banco" in page
        assert YouthProfile.objects.get(pk=adult.pk).birth_date == birth_date(20)

    def test_by_nobody_else(self, host):
        young = YouthFactory(desk=host.desk)
        for user in (young.user, owner_of(host), make_operator(DeskFactory())):
            with pytest.raises(NotPermitted):
                correct_birth_date(young, birth_date(19), "Documento.", user)


class TestCurriculum:
    def test_opened_and_recorded(self, host, operator):
        young = YouthFactory(desk=host.desk)
        row = make_cv(young)
        client = signed_in(operator)
        url = reverse("sportello_youth:cv", args=[young.pk])
        assert client.get(url).status_code == 200
        assert "senza uno scopo" in client.post(url, {}).content.decode()
        assert not CvAccess.objects.exists()
        answer = client.post(url, {"purpose": "placement"})
        assert b"".join(answer.streaming_content) == PDF
        access = CvAccess.objects.get()
        assert (access.cv, access.youth, access.user, access.purpose) == (row, young, operator, "placement")
        log = signed_in(make_operator(host.desk, DeskRole.SUPERVISOR)).get(reverse("sportello_notes:log"))
        assert operator.email in log.content.decode()
        assert "Curriculum, aperto dallo Sportello" in signed_in(young.user).get("/area/dati/").content.decode()
        for stranger in (make_operator(DeskFactory()), make_operator(host.desk, DeskRole.AUDITOR)):
            assert signed_in(stranger).post(url, {"purpose": "placement"}).status_code in (302, 404)
        assert CvAccess.objects.count() == 1

    def test_not_without_one(self, host, operator):
        url = reverse("sportello_youth:cv", args=[YouthFactory(desk=host.desk).pk])
        assert signed_in(operator).get(url).status_code == 404


WORDS = {"title": "Può candidarsi?", "title_en": "May they apply?", "body": "Parole nuove.", "body_en": "New words."}


class TestWordsOfConsents:
    @pytest.fixture
    def supervisor(self, host):
        return make_operator(host.desk, DeskRole.SUPERVISOR)

    def test_only_words_change(self, host, supervisor):
        minor = make_minor(desk=host.desk)
        (given,) = allow(minor)
        before = ConsentText.objects.current(P.APPLYING)
        text = consent_texts.write_version(P.APPLYING, WORDS, False, supervisor)
        assert (text.version, ConsentText.objects.current(P.APPLYING)) == (before.version + 1, text)
        before.refresh_from_db()
        assert before.body != text.body
        assert reads.has_standing(minor, P.APPLYING)
        assert Consent.objects.get(pk=given.pk).text == before

    def test_who_must_answer_again_is_said_then_written_to(
        self, host, supervisor, django_capture_on_commit_callbacks, mailoutbox
    ):
        minor = make_minor(desk=host.desk)
        (given,) = allow(minor)
        url = reverse("sportello_consents:new", args=["applying"])
        client = signed_in(supervisor)
        assert "Scegli se cambia" in client.post(url, WORDS).content.decode()
        page = client.post(url, {**WORDS, "asks_again": "yes"}).content.decode()
        assert "1 sì vale oggi" in page
        assert "Scriviamo a 1 persona." in page
        assert ConsentText.objects.filter(purpose="applying").count() == 1
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url, {**WORDS, "asks_again": "yes", "write": "1"})
        guardian = guardian_of(minor)
        assert [mail.to for mail in mailoutbox] == [[guardian.email]]
        assert not reads.has_standing(minor, P.APPLYING)
        with pytest.raises(ActionError):
            make_application(make_offer(host, minimum_age=15), minor)
        assert (
            "Testo nuovo: rispondi ancora"
            in signed_in(guardian).get(reverse("area:guardian_youth", args=[minor.pk])).content.decode()
        )
        newer = consents.grant(minor, P.APPLYING, guardian)
        given.refresh_from_db()
        assert (given.revoked_at is None, newer.text.version) == (False, given.text.version + 1)
        assert make_application(make_offer(host, minimum_age=15), minor).pk
        assert "ha chiesto di rispondere ancora" in client.get(reverse("sportello_consents:index")).content.decode()

    def test_the_young_persons_own(self, host, supervisor):
        young = YouthFactory(desk=host.desk)
        consents.grant(young, P.MATCHING, young.user)
        assert consent_texts.reach(P.MATCHING).to_write_to == (young.user_id,)
        consent_texts.write_version(P.MATCHING, WORDS, True, supervisor)
        young.refresh_from_db()
        assert not young.is_complete
        consents.grant(young, P.MATCHING, young.user)
        young.refresh_from_db()
        assert young.is_complete

    def test_what_is_refused(self, host, supervisor, operator):
        with pytest.raises(NotPermitted):
            consent_texts.write_version(P.CV, WORDS, False, operator)
        assert signed_in(operator).get(reverse("sportello_consents:new", args=["cv"])).status_code == 404
        now = ConsentText.objects.current(P.CV)
        same = {name: getattr(now, name) for name in WORDS}
        for words, code in ((same, "same"), ({**WORDS, "body_en": " "}, "words")):
            with pytest.raises(GuardRefused) as error:
                consent_texts.write_version(P.CV, words, False, supervisor)
            assert error.value.code == code
        with pytest.raises(TypeError):
            now.save()
