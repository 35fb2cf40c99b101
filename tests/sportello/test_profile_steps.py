"""The profile in steps, the CV that stays private, and the names of municipalities while one types."""

import importlib
import json

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sportello.actions import applications, cv
from sportello.actions import consents as consent_actions
from sportello.forms.profile_steps import STEPS
from sportello.models import AttachedCv, CurriculumVitae, YouthProfile
from tests.factories.people import PDF, allow, guardian_of, make_cv, make_minor
from tests.factories.sportello import (
    DeskFactory,
    HostFactory,
    MunicipalityFactory,
    SectorFactory,
    UserFactory,
    YouthFactory,
    make_offer,
    operator_of,
    owner_of,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
HOME = "/area/giovane/profilo/"


def signed_in(user) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def step(slug: str) -> str:
    return reverse("area:youth_profile_step", args=[slug])


class TestSteps:
    def test_every_need_of_a_complete_profile_has_its_step(self):
        needs = [key for one in STEPS for key in one.needs]
        assert sorted(needs) == sorted(item.key for item in YouthFactory().completeness())

    def test_left_and_taken_up_again(self):
        DeskFactory()
        MunicipalityFactory(name="Chieri")
        sector = SectorFactory()
        client = signed_in(UserFactory(first_name="", last_name=""))
        first = {"first_name": "Ada", "last_name": "Prova", "birth_date": "2004-05-14", "home_name": "Chieri"}
        assert client.get(step("quando")).url == HOME
        assert client.post(HOME, {**first, "save": "1"}).url == HOME
        page = client.get(HOME).content.decode()
        assert "22" in page
        assert f'href="{step("adesso")}">Continua' in page
        assert client.post(step("interessi"), {"interests": [sector.pk]}).url == step("competenze")
        profile = YouthProfile.objects.get()
        assert (profile.home.name, list(profile.interests.all())) == ("Chieri", [sector])
        # A step changes only what it asks.
        client.post(step("quando"), {"availability": ["0"], "weekly_hours_max": "12"})
        client.post(step("fin-dove"), {"max_distance_km": "10"})
        profile.refresh_from_db()
        assert (profile.availability, profile.weekly_hours_max, profile.max_distance_km) == (1, 12, 10)
        assert profile.terms["interests"] == [sector.slug]

    def test_who_came_for_an_offer_is_led_back_to_it(self):
        offer = make_offer()
        apply_page = reverse("area:youth_apply", args=[offer.pk])
        youth = YouthFactory(study_path="")
        client = signed_in(youth.user)
        assert "percorso di studi" in client.get(apply_page).content.decode()
        page = client.get(step("adesso")).content.decode()
        # It may wait, but not for ever.
        assert page.count("(serve per candidarti)") == 2
        told = {"status": "seeking", "study_path": "vocational"}
        assert client.post(step("adesso"), {**told, "save": "1"}).url == apply_page
        assert "<textarea" in client.get(apply_page).content.decode()
        # Once is enough.
        assert client.post(step("adesso"), {**told, "save": "1"}).url == HOME

    def test_an_offer_that_is_gone_meanwhile_leads_nowhere(self):
        offer = make_offer()
        user = UserFactory()
        client = signed_in(user)
        assert client.get(reverse("area:youth_apply", args=[offer.pk])).url == HOME
        YouthFactory(user=user)
        type(offer).objects.filter(pk=offer.pk).update(state="paused")
        assert client.post(step("permesso"), {"matching_consent": "on"}).url == reverse("area:youth_offers")

    @pytest.mark.parametrize(
        ("slug", "wrong", "message"),
        [
            ("chi-sei", {"first_name": "Ada", "home_name": "Atlantide"}, "Non troviamo questo comune"),
            ("quando", {"weekly_hours_max": "90", "availability": ["0"]}, "40"),
            ("quando", {"available_from": "2027-03-02", "available_until": "2027-03-01"}, "viene prima"),
            ("fin-dove", {"max_distance_km": "mille"}, "numero intero"),
            ("interessi", {"interests": ["999999"]}, "non"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_saved(self, slug, wrong, message):
        profile = YouthFactory()
        before = YouthProfile.objects.values().get()
        page = signed_in(profile.user).post(step(slug), wrong).content.decode()
        assert "Qualcosa va corretto" in page
        assert message in page
        for value in wrong.values():
            if isinstance(value, str):
                assert f'value="{value}"' in page
        assert YouthProfile.objects.values().get() == before

    def test_a_step_that_is_none(self):
        assert signed_in(YouthFactory().user).get(step("segreti")).status_code == 404

    def test_a_minor_goes_on_without_a_word_about_refusal(self):
        minor = make_minor(guardian=False)
        page = signed_in(minor.user).get(HOME).content.decode()
        assert "Genitori e tutori" in page


class TestCv:
    def post(self, user, name: str, content: bytes):
        return signed_in(user).post(reverse("area:youth_cv"), {"file": SimpleUploadedFile(name, content)})

    def test_upload_replace_and_remove(self):
        young = YouthFactory()
        self.post(young.user, "../Mio CV (def).pdf", PDF)
        first = CurriculumVitae.objects.get()
        assert first.name == "Mio_CV_def.pdf"
        assert first.file.name.startswith("curricula/")
        assert first.file.storage is storages["private"]
        assert not storages["default"].exists(first.file.name)
        assert "Mio" not in first.file.name
        client = signed_in(young.user)
        page = client.get(reverse("area:youth_cv")).content.decode()
        assert "Mio_CV_def.pdf" in page
        self.post(young.user, "altro.pdf", PDF + b"%")
        assert CurriculumVitae.objects.get().name == "altro.pdf"
        client.post(reverse("area:youth_cv_remove", args=[CurriculumVitae.objects.get().pk]))
        assert not CurriculumVitae.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("cv.exe", b"MZ", "Serve un file PDF"),
            ("cv.pdf.html", b"<script>", "Serve un file PDF"),
            ("cv.pdf", b"<html>", "non corrisponde"),
            ("cv.docx", PDF, "non corrisponde"),
            ("cv.pdf", b"", "vuoto"),
            ("cv.pdf", PDF + b" " * (5 * 1024 * 1024), "pesa troppo"),
        ],
    )
    def test_what_is_no_cv(self, name, content, message):
        young = YouthFactory()
        assert message in self.post(young.user, name, content).content.decode()
        assert not CurriculumVitae.objects.exists()

    def test_the_file_goes_with_its_row(self, django_capture_on_commit_callbacks):
        young = YouthFactory()
        row = make_cv(young)
        assert storages["private"].exists(row.file.name)
        with django_capture_on_commit_callbacks(execute=True):
            cv.remove(young, young.user)
        assert not storages["private"].exists(row.file.name)

    def test_who_opens_it(self):
        host, young = HostFactory(), YouthFactory()
        young.desk = host.desk
        young.save()
        row = make_cv(young)
        offer = make_offer(host)
        url = reverse("area:cv", args=[row.pk])
        client = signed_in(young.user)
        assert "Allega il mio curriculum" in client.get(reverse("area:youth_apply", args=[offer.pk])).content.decode()
        owner = signed_in(owner_of(host))
        client.post(reverse("area:youth_apply", args=[make_offer(host).pk]), {"motivation": "Senza."})
        assert owner.get(url).status_code == 404
        client.post(reverse("area:youth_apply", args=[offer.pk]), {"motivation": "Con.", "include_cv": "on"})
        application = AttachedCv.objects.get().application
        assert f'href="{url}"' in owner.get(reverse("area:host_application", args=[application.pk])).content.decode()
        for user, status in (
            (owner_of(host), 200),
            (young.user, 200),
            (operator_of(host.desk), 404),
            (owner_of(HostFactory()), 404),
            (YouthFactory().user, 404),
            (operator_of(DeskFactory()), 404),
        ):
            answer = signed_in(user).get(url)
            assert answer.status_code == status
        answer = owner.get(url)
        assert b"".join(answer.streaming_content) == PDF
        assert answer.headers["Content-Disposition"] == 'attachment; filename="cv.pdf"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
        assert StrictClient().get(url).status_code == 302
        # A newer file is not the one that was sent, and a closed application shows none.
        newer = make_cv(young)
        assert owner.get(url).status_code == 200
        assert owner.get(reverse("area:cv", args=[newer.pk])).status_code == 404
        applications.withdraw(application, young.user)
        assert owner.get(url).status_code == 404

    def test_a_minors_is_shown_only_while_the_guardian_agrees(self):
        host = HostFactory()
        minor = make_minor(desk=host.desk)
        allow(minor)
        row = make_cv(minor)
        offer = make_offer(host, minimum_age=15)
        apply_url = reverse("area:youth_apply", args=[offer.pk])
        assert "Allega il mio" not in signed_in(minor.user).get(apply_url).content.decode()
        (yes,) = allow(minor, "cv")
        signed_in(minor.user).post(apply_url, {"motivation": "Con.", "include_cv": "on"})
        owner = signed_in(owner_of(host))
        url = reverse("area:cv", args=[row.pk])
        assert owner.get(url).status_code == 200
        consent_actions.revoke(yes, guardian_of(minor))
        assert owner.get(url).status_code == 404

    def test_what_lay_among_the_uploads_is_brought_where_it_belongs(self, django_capture_on_commit_callbacks):
        move = importlib.import_module("sportello.migrations.0029_private_curricula")
        found, lost = make_cv(YouthFactory()), make_cv(YouthFactory())
        before = storages["default"].save("private/curricula/aa.pdf", ContentFile(PDF))
        for row, name in ((found, before), (lost, "private/curricula/bb.pdf")):
            CurriculumVitae.objects.filter(pk=row.pk).update(file=name)
        with django_capture_on_commit_callbacks(execute=True):
            move.hide(apps, None)
        found.refresh_from_db()
        assert found.file.name.startswith("curricula/aa")
        assert found.file.read() == PDF
        assert not storages["default"].exists(before)
        with django_capture_on_commit_callbacks(execute=True):
            move.bring_back(apps, None)
        found.refresh_from_db()
        assert storages["default"].exists(found.file.name)

    def test_nobody_finds_it_by_its_path(self, client):
        row = make_cv(YouthFactory())
        assert client.get(f"/media/{row.file.name}").status_code == 404


class TestNames:
    def ask(self, words: str) -> list[str]:
        answer = StrictClient().get("/sportello/comuni.json", {"q": words})
        assert answer.status_code == 200
        assert "public" in answer.headers["Cache-Control"]
        return json.loads(answer.content)["names"]

    def test_those_that_begin_with_it_come_first(self):
        MunicipalityFactory(name="Chieri")
        MunicipalityFactory(name="Pecetto di Chieri")
        assert self.ask("chie") == ["Chieri (TO)", "Pecetto di Chieri (TO)"]
        assert self.ask("Chieri (TO") == ["Chieri (TO)", "Pecetto di Chieri (TO)"]

    @pytest.mark.parametrize("words", ["", "c", "   ", "%", "\x00\x00", "xyz" * 100])
    def test_nothing_to_say(self, words):
        MunicipalityFactory(name="Chieri")
        assert self.ask(words) == []

    def test_the_field_works_without_a_script(self):
        page = signed_in(YouthFactory().user).get(step("chi-sei")).content.decode()
        assert 'data-typeahead="/sportello/comuni.json"' in page
        assert "typeahead.js" in page
        assert "role=" not in page.split('name="home_name"')[1].split(">")[0]
