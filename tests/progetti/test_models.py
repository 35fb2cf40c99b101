"""Rules of projects, plans, visions, bodies and pacts: in the form and in the database."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from progetti.enums import PartnerRole, ProjectStatus
from progetti.models import Axis, BodyMember, BodyPage, PlanPage, ProjectPage, ProjectPartner, VisionPage
from progetti.models.project import group_by_role
from tests.factories import progetti
from tests.factories.registry import OrganisationFactory

pytestmark = pytest.mark.django_db


def refused_by_database(queryset, **values) -> bool:
    """Whether the database itself refuses values that no form has checked."""
    try:
        with transaction.atomic():
            queryset.update(**values)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("field", ["end", "expected_end"])
def test_a_project_does_not_end_before_it_starts(field):
    page = progetti.project(start=date(2024, 5, 2))
    setattr(page, field, date(2024, 5, 1))
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert list(caught.value.message_dict) == [field]
    projects = ProjectPage.objects.filter(pk=page.pk)
    assert refused_by_database(projects, **{field: date(2024, 5, 1)})
    assert not refused_by_database(projects, **{field: date(2024, 5, 2)})


def test_a_real_end_is_not_in_the_future():
    page = progetti.project()
    page.end = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert list(caught.value.message_dict) == ["end"]


def test_a_status_that_nobody_knows_is_refused():
    page = progetti.project()
    assert refused_by_database(ProjectPage.objects.filter(pk=page.pk), status="nuovo")


def test_late_is_computed_from_dates_and_the_same_in_sql():
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    late = progetti.project(expected_end=yesterday)
    progetti.project(expected_end=today)
    progetti.project(expected_end=yesterday, end=yesterday)
    progetti.project(expected_end=yesterday, status=ProjectStatus.DONE)
    progetti.project(expected_end=yesterday, status=ProjectStatus.SUSPENDED)
    progetti.project()
    assert list(ProjectPage.objects.late(today)) == [late]
    assert [page for page in ProjectPage.objects.all() if page.is_late] == [late]


def test_partners_are_grouped_by_role_in_the_order_of_the_roles():
    names = ["Uno", "Due", "Tre"]
    roles = [PartnerRole.PARTNER, PartnerRole.PROMOTER, PartnerRole.PARTNER]
    partners = [
        ProjectPartner(organisation=OrganisationFactory.build(name=name), role=role)
        for name, role in zip(names, roles, strict=True)
    ]
    groups = [(role, [row.organisation.name for row in rows]) for role, rows in group_by_role(partners)]
    assert groups == [("Promotore", ["Due"]), ("Partner", ["Uno", "Tre"])]


def test_an_organisation_has_a_role_in_a_project_only_once():
    page = progetti.full_project(partners=2)
    first, second = page.partners.all()
    rows = ProjectPartner.objects.filter(pk=second.pk)
    assert refused_by_database(rows, organisation=first.organisation, role=first.role)
    assert not refused_by_database(rows, organisation=first.organisation)


@pytest.mark.parametrize(("years", "allowed"), [(9, False), (10, True), (20, True), (21, False)])
def test_a_vision_looks_ten_to_twenty_years_ahead(years, allowed):
    page = progetti.vision()
    page.to_year = page.from_year + years
    if allowed:
        page.full_clean()
    else:
        with pytest.raises(ValidationError) as caught:
            page.full_clean()
        assert list(caught.value.message_dict) == ["to_year"]
    assert refused_by_database(VisionPage.objects.filter(pk=page.pk), to_year=page.to_year) is not allowed


def test_a_plan_does_not_end_before_it_starts_and_an_approved_one_is_no_draft():
    page = progetti.plan()
    page.to_year = page.from_year - 1
    page.approved_on = date(2026, 1, 1)
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert set(caught.value.message_dict) == {"to_year", "status"}
    assert refused_by_database(PlanPage.objects.filter(pk=page.pk), to_year=page.from_year - 1)


def test_a_code_names_one_axis_of_a_plan():
    page = progetti.plan(axes=2)
    first, second = page.axes.all()
    assert refused_by_database(Axis.objects.filter(pk=second.pk), code=first.code)
    other = progetti.plan(axes=1)
    assert other.axes.get().code == first.code


@pytest.mark.parametrize("code", ["a1", "1", "A", "A100", "A1.1", "A1\n"])
def test_a_code_of_an_axis_is_a_letter_and_a_number(code):
    axis = progetti.plan(axes=1).axes.get()
    axis.code = code
    with pytest.raises(ValidationError) as caught:
        axis.full_clean()
    assert list(caught.value.message_dict) == ["code"]


def test_a_member_of_a_body_is_somebody():
    page = progetti.body(members=1)
    member = page.members.get()
    member.organisation = None
    with pytest.raises(ValidationError) as caught:
        member.full_clean()
    assert list(caught.value.message_dict) == ["organisation"]
    assert refused_by_database(BodyMember.objects.filter(pk=member.pk), organisation=None)
    assert not refused_by_database(BodyMember.objects.filter(pk=member.pk), organisation=None, person_name="Anna")


def test_a_body_never_depends_on_itself():
    top = progetti.body()
    middle = progetti.body(parent_body=top)
    top.parent_body = middle
    with pytest.raises(ValidationError) as caught:
        top.full_clean()
    assert list(caught.value.message_dict) == ["parent_body"]
    assert refused_by_database(BodyPage.objects.filter(pk=top.pk), parent_body=top.pk)


def test_an_aim_speaks_the_language_of_its_reader():
    aim = progetti.aim()
    assert (aim.label, aim.text_label) == ("Finalità 1", "Che cosa vuol dire.")
    with translation.override("en"):
        assert (aim.label, aim.text_label) == ("Aim 1", "What it means.")
