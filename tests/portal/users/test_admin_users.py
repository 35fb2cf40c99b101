"""Accounts made and changed by staff in Wagtail's admin, where the address is the name."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.users import roles
from portal.users.actions import create_verified_user
from portal.users.models import User
from tests.factories.users import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

DATA = {
    "first_name": "Carla",
    "last_name": "Neri",
    "email": "Carla@Example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture
def admin(client):
    admin = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(admin)
    return admin


def test_a_user_is_created_with_a_role(client, admin):
    group = roles.ensure_roles()[roles.AUTHORS]
    assert client.get(reverse("wagtailusers_users:add")).status_code == 200
    response = client.post(reverse("wagtailusers_users:add"), DATA | {"groups": [group.pk]})
    assert response.url == reverse("wagtailusers_users:index")
    user = User.objects.get(email="carla@example.org")
    assert user.check_password(PASSWORD)
    assert roles.is_staff_member(user)
    assert "carla@example.org" in client.get(reverse("wagtailusers_users:index")).content.decode()


def test_an_address_has_one_account_whatever_its_capitals(client, admin):
    UserFactory(email="carla@example.org")
    response = client.post(reverse("wagtailusers_users:add"), DATA | {"email": "CARLA@example.org"})
    assert response.status_code == 200
    assert User.objects.filter(email__iexact="carla@example.org").count() == 1
    assert response.context["form"].errors


def test_the_database_refuses_the_same_address_in_capitals():
    user = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=UserFactory().pk).update(email=user.email.upper())


def test_a_user_is_edited_and_the_old_address_no_longer_opens_the_account(client, admin):
    user = UserFactory(email="prima@example.org")
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    assert client.get(url).status_code == 200
    data = {"first_name": "Anna", "last_name": "Rossi", "email": "dopo@example.org", "is_active": "on"}
    assert client.post(url, data).status_code == 302
    user.refresh_from_db()
    assert user.email == "dopo@example.org"
    assert user.check_password(PASSWORD), "an empty password field changes nothing"
    assert not EmailAddress.objects.filter(email="prima@example.org").exists()
    stranger = type(client)()
    stranger.post("/account/login/", {"login": "prima@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in stranger.session


def test_staff_change_address_and_password_where_everybody_does(client, admin):
    html = client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="name_email-first_name"' in html
    assert 'name="name_email-email"' not in html
    assert "old_password" not in html
    assert client.get("/admin/password_reset/").status_code == 404


def test_roles_are_created_once_and_open_the_admin():
    roles.ensure_roles()
    groups = roles.ensure_roles()
    assert set(groups) == set(roles.GROUPS)
    for name in roles.GROUPS:
        assert roles.is_staff_member(UserFactory(groups=[name]))


def test_who_is_what():
    operator = UserFactory(groups=[roles.DESK_OPERATORS])
    supervisor = UserFactory(groups=[roles.DESK_SUPERVISORS])
    author = UserFactory(groups=[roles.AUTHORS])
    someone = UserFactory()
    people = [operator, supervisor, author, someone, AnonymousUser()]
    assert [roles.is_staff_member(person) for person in people] == [True, True, True, False, False]
    gone = UserFactory(groups=[roles.DESK_OPERATORS], is_active=False)
    assert not roles.is_staff_member(gone)


def test_a_verified_user_signs_in_at_once(client):
    user = create_verified_user("Demo@Example.org", PASSWORD, first_name="Demo")
    client.post("/account/login/", {"login": "demo@example.org", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
