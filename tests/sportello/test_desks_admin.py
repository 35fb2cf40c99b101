"""Desks and programme rules in the admin: who works where, which desk serves whom, rules that are only ever added."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.registry.models import Territory
from portal.users.roles import DESK_OPERATORS
from sportello.actions import desks, rules
from sportello.enums import DeskRole
from sportello.models import Desk, DeskMembership, ProgrammeRule
from tests.budgets.test_sportello import same_cost
from tests.factories.sportello import (
    DeskFactory,
    HostFactory,
    MunicipalityFactory,
    UserFactory,
    YouthFactory,
    make_offer,
    make_operator,
    owner_of,
)
from tests.sportello.test_host_members import refusal, signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def desk() -> Desk:
    return DeskFactory()


@pytest.fixture
def supervisor(desk):
    return make_operator(desk, DeskRole.SUPERVISOR)


def test_a_supervisor_adds_somebody_and_takes_them_out(desk, supervisor):
    user = UserFactory(email="nuova@example.org")
    client = signed_in(supervisor)
    url = reverse("sportello_desks:appoint", args=[desk.pk])
    page = client.post(url, {"email": "Nuova@example.org", "role": "operator"}, follow=True).content.decode()
    assert "nuova@example.org" in page
    assert user.groups.filter(name=DESK_OPERATORS).exists()
    assert signed_in(user).get(reverse("sportello_host:index")).status_code == 200
    again = client.post(url, {"email": "nuova@example.org", "role": "auditor"}).content.decode()
    assert "lavora già qui" in again

    membership = DeskMembership.objects.get(user=user)
    end = reverse("sportello_desks:end", args=[membership.pk])
    assert "da subito non vede più nulla" in client.get(end).content.decode()
    assert membership.is_active
    client.post(end)
    membership.refresh_from_db()
    assert not membership.is_active
    assert not user.groups.exists()
    # Somebody who worked at two desks keeps the way in until the last one.
    desks.appoint(desk, user)
    other = desks.appoint(DeskFactory(), user)
    desks.end_desk_membership(DeskMembership.objects.get(user=user, desk=desk, is_active=True), supervisor)
    assert user.groups.filter(name=DESK_OPERATORS).exists()
    assert other.is_active


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: "nessuno@example.org", "non c&#x27;è un account"),
        (lambda: "nessuno", "Inserisci un indirizzo"),
        (lambda: YouthFactory().user.email, "ne serve un altro"),
        (lambda: owner_of(HostFactory()).email, "ne serve un altro"),
    ],
)
def test_who_cannot_work_here(desk, supervisor, make, words):
    url = reverse("sportello_desks:appoint", args=[desk.pk])
    email = make()
    page = signed_in(supervisor).post(url, {"email": email, "role": "operator"}).content.decode()
    assert words in page
    assert email in page
    assert desk.memberships.count() == 1


def test_who_begins_to_work_here_is_told(desk, supervisor, django_capture_on_commit_callbacks, mailoutbox):
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        desks.appoint_by_email(desk, supervisor, user.email, DeskRole.OPERATOR)
    (letter,) = mailoutbox
    assert letter.to == [user.email]
    assert f"{desk.name} ti ha aperto la porta. Il tuo ruolo: Operatore." in letter.body
    assert reverse("wagtailadmin_home") in letter.body


def test_only_ones_own_desk_and_only_supervisors(desk, supervisor):
    other = DeskFactory()
    stranger = make_operator(other, DeskRole.SUPERVISOR)
    operator = make_operator(desk)
    user = UserFactory()
    for by in (stranger, operator):
        assert refusal(desks.appoint_by_email, desk, by, user.email, "operator") == "not_permitted"
        assert refusal(desks.save_desk, {"name": "Altro"}, by, desk) == "not_permitted"
        assert refusal(desks.end_desk_membership, desk.memberships.first(), by) == "not_permitted"
    own = desk.memberships.get(user=supervisor)
    assert refusal(desks.end_desk_membership, own, supervisor) == "oneself"
    assert refusal(desks.save_desk, {"territory": other.territory}, supervisor, desk) == "not_permitted"
    page = signed_in(stranger).get(reverse("sportello_desks:index")).content.decode()
    assert other.name in page
    assert desk.name not in page


def test_opening_a_desk_and_changing_one(desk, supervisor):
    admin = signed_in(UserFactory(is_superuser=True, is_staff=True))
    territory = Territory.objects.create(name="Valle", slug="valle")
    data = {"name": "Sportello della Valle", "email": "valle@example.org", "territory": desk.territory_id}
    page = admin.post(reverse("sportello_desks:new"), data).content.decode()
    assert "ha già uno Sportello" in page
    admin.post(reverse("sportello_desks:new"), {**data, "territory": territory.pk})
    assert Desk.objects.get(territory=territory).name == "Sportello della Valle"
    url = reverse("sportello_desks:edit", args=[desk.pk])
    page = signed_in(supervisor).post(url, {"name": "Nuovo nome", "email": "non va"}).content.decode()
    assert "Nuovo nome" in page
    signed_in(supervisor).post(url, {"name": "Nuovo nome", "email": "bene@example.org", "territory": territory.pk})
    desk.refresh_from_db()
    assert (desk.name, desk.email) == ("Nuovo nome", "bene@example.org")
    assert desk.territory != territory


def test_which_desk_serves_a_municipality(desk, supervisor):
    named, regional = DeskFactory(), DeskFactory()
    place = MunicipalityFactory(name="Prova Alta", region="Piemonte")
    Territory.objects.filter(pk=regional.territory_id).update(region="Piemonte")
    assert Desk.objects.for_municipality(place) == regional
    named.territory.municipalities.add(place)
    named.territory.save()
    assert Desk.objects.for_municipality(place) == named
    assert Desk.objects.for_municipality(MunicipalityFactory(region="Molise")) == desk
    page = signed_in(supervisor).get(reverse("sportello_desks:index") + "?comune=Prova+Alta").content.decode()
    assert named.name in page
    page = signed_in(supervisor).get(reverse("sportello_desks:desk", args=[desk.pk])).content.decode()
    assert "primo Sportello aperto" in page


def rule_data(**changes) -> dict:
    data = {
        "kind": "short", "region": "", "valid_from": (TODAY + timedelta(days=10)).isoformat(), "minimum_age": "17",
        "weekly_hours_by_age": "18: 30", "headcount": "5: 1\noltre: 10%", "source": "Delibera di prova",
    }  # fmt: skip
    return data | changes


def test_a_rule_is_written_after_its_preview(supervisor):
    client = signed_in(supervisor)
    offer = make_offer(kind="short", minimum_age=16, start_date=TODAY + timedelta(days=30))
    offer.desk.memberships.create(user=supervisor, role=DeskRole.SUPERVISOR)
    before = ProgrammeRule.objects.count()
    page = client.post(reverse("sportello_rules:new"), rule_data()).content.decode()
    assert "Non è ancora scritta" in page
    assert "prima dei 18 anni al massimo 30" in page
    assert "fino a 5 dipendenti: 1 posto; oltre: 10 %" in page
    assert offer.title in page
    assert "bisogna avere almeno 17 anni" in page
    assert ProgrammeRule.objects.count() == before
    page = client.post(reverse("sportello_rules:new"), rule_data(correct="1")).content.decode()
    assert "Anteprima" in page
    assert "Delibera di prova" in page
    page = client.post(reverse("sportello_rules:new"), rule_data(write="1"), follow=True).content.decode()
    assert "Regola scritta" in page
    assert "cambia" in page
    rule = ProgrammeRule.objects.get(source="Delibera di prova")
    assert rule.headcount == [[5, 1, None], [None, None, 10]]
    assert ProgrammeRule.objects.in_force("short", "Lazio", rule.valid_from) == rule
    copied = client.get(reverse("sportello_rules:new") + f"?da={rule.pk}").content.decode()
    assert "oltre: 10%" in copied
    # It has not begun: it may be taken back; one that holds may not.
    client.post(reverse("sportello_rules:withdraw", args=[rule.pk]))
    assert ProgrammeRule.objects.count() == before
    old = ProgrammeRule.objects.filter(valid_from__lt=TODAY).first()
    page = client.post(reverse("sportello_rules:withdraw", args=[old.pk]), follow=True).content.decode()
    assert "vale già" in page
    assert ProgrammeRule.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"valid_from": "2020-01-01"}, "il passato non si riscrive"),
        ({"valid_from": ""}, "obbligatorio"),
        ({"source": ""}, "obbligatorio"),
        ({"minimum_age": "20", "maximum_age": "18"}, "più bassa di quella minima"),
        ({"weekly_hours_by_age": "diciotto"}, "non si legge"),
        ({"headcount": "5 = 1"}, "non si legge"),
        ({"headcount": "20: 2\n5: 1"}, "dalla più piccola alla più grande"),
        ({"ends": "on"}, "quella nazionale si sostituisce"),
    ],
)
def test_a_rule_that_cannot_be(supervisor, changes, words):
    before = ProgrammeRule.objects.count()
    page = signed_in(supervisor).post(reverse("sportello_rules:new"), rule_data(write="1", **changes)).content.decode()
    assert words in page
    assert ProgrammeRule.objects.count() == before


def test_rules_are_only_ever_added(supervisor, desk):
    values = {"kind": "short", "region": "", "valid_from": TODAY + timedelta(days=9), "source": "Prova"}
    assert refusal(rules.add_rule, values, make_operator(desk)) == "not_permitted"
    rule = rules.add_rule(values, supervisor)
    assert refusal(rules.add_rule, values, supervisor) == "valid_from"
    assert refusal(rules.add_rule, {**values, "region": "Molise", "ends": True}, supervisor) == "ends"
    with pytest.raises(TypeError):
        rule.save()
    with pytest.raises(TypeError):
        ProgrammeRule.objects.filter(valid_from__lt=TODAY).first().delete()


def test_queries_of_the_lists(desk, supervisor):
    def people(n: int) -> None:
        for _n in range(n):
            make_operator(desk)
            desk.territory.municipalities.add(MunicipalityFactory())

    same_cost(people, reverse("sportello_desks:desk", args=[desk.pk]), 15, supervisor)

    def written(n: int) -> None:
        for _n in range(n):
            day = TODAY + timedelta(days=ProgrammeRule.objects.count())
            rules.add_rule({"kind": "short", "region": "", "valid_from": day, "source": "Prova"}, supervisor)

    same_cost(written, reverse("sportello_rules:index"), 15, supervisor)
