"""The devices on which an account is open, and signing one of them out."""

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse

from tests.factories.users import PASSWORD, UserFactory

from .conftest import PostingClient

pytestmark = pytest.mark.django_db


def enter(user, agent: str) -> PostingClient:
    client = PostingClient(headers={"user-agent": agent})
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.get(reverse("account_index"))
    return client


def is_in(client) -> bool:
    return client.get(reverse("account_index")).status_code == 200


def test_one_device_is_signed_out_and_the_others_stay():
    user = UserFactory()
    phone, laptop, other = (enter(user, agent) for agent in ("Firefox Android", "Chrome Linux", "Safari iPad"))
    row = UserSession.objects.get(session_key=phone.session.session_key)
    address = reverse("account_session_end", args=[row.pk])
    page = laptop.get(reverse("usersessions_list")).content.decode()
    assert address in page
    assert "Firefox su Android" in page
    assert laptop.post(address).url == reverse("usersessions_list")
    assert (is_in(phone), is_in(laptop), is_in(other)) == (False, True, True)


def test_this_device_is_signed_out_by_its_own_page():
    user = UserFactory()
    laptop = enter(user, "Chrome Linux")
    row = UserSession.objects.get()
    address = reverse("account_session_end", args=[row.pk])
    assert address not in laptop.get(reverse("usersessions_list")).content.decode()
    assert laptop.post(address).url == reverse("account_logout")
    assert is_in(laptop)


def test_nobody_signs_somebody_else_out(client):
    victim = UserFactory()
    phone = enter(victim, "Firefox Android")
    row = UserSession.objects.get()
    laptop = enter(UserFactory(), "Chrome Linux")
    assert laptop.post(reverse("account_session_end", args=[row.pk])).status_code == 404
    assert client.post(reverse("account_session_end", args=[row.pk])).status_code == 302
    assert is_in(phone)


def test_reading_signs_nobody_out():
    user = UserFactory()
    laptop = enter(user, "Chrome Linux")
    address = reverse("account_session_end", args=[UserSession.objects.get().pk])
    assert laptop.get(address).status_code == 405
    assert is_in(laptop)
