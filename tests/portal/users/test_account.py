"""The pages of the account: name, address, password, devices."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from portal.users.templatetags.users import browser_name
from tests.factories.users import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return user


def test_the_page_of_the_account_leads_everywhere(client, user):
    html = client.get(reverse("account_index")).content.decode()
    for name in ("account_email", "account_change_password", "mfa_index", "usersessions_list", "account_logout"):
        assert f'href="{reverse(name)}"' in html
        assert client.get(reverse(name)).status_code == 200


def test_the_name_can_be_changed_and_not_emptied(client, user):
    client.post(reverse("account_index"), {"first_name": "Giulia", "last_name": "Verdi"})
    user.refresh_from_db()
    assert user.get_full_name() == "Giulia Verdi"
    response = client.post(reverse("account_index"), {"first_name": "", "last_name": "Verdi"})
    assert response.context["form"].errors["first_name"]
    user.refresh_from_db()
    assert user.first_name == "Giulia"


def test_strangers_are_sent_to_sign_in(client):
    for name in ("account_index", "account_email", "account_change_password", "mfa_index", "usersessions_list"):
        assert client.get(reverse(name)).url.startswith("/account/login/?next=")


def test_a_new_address_replaces_the_old_one_only_when_confirmed(client, user, last_link):
    old = user.email
    client.post(reverse("account_email"), {"email": "nuova@example.org", "action_add": "1"})
    assert "nuova@example.org" in client.get(reverse("account_email")).content.decode()
    user.refresh_from_db()
    assert user.email == old
    client.post(last_link("nuova@example.org"))
    user.refresh_from_db()
    assert user.email == "nuova@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nuova@example.org", True)]
    notice = mail.outbox[-1]
    assert notice.to == [old], "who held the account is told at the old address"


def test_a_change_of_address_can_be_given_up(client, user):
    client.post(reverse("account_email"), {"email": "nuova@example.org", "action_add": "1"})
    client.post(reverse("account_email"), {"email": "nuova@example.org", "action_remove": "1"})
    assert not EmailAddress.objects.filter(email="nuova@example.org").exists()


def test_somebody_elses_address_is_refused_without_a_word(client, user):
    other = UserFactory()
    response = client.post(reverse("account_email"), {"email": other.email, "action_add": "1"})
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.email != other.email


def test_the_password_can_be_changed(client, user):
    new = "tutta un'altra frase lunga"
    url = reverse("account_change_password")
    wrong = client.post(url, {"oldpassword": "no", "password1": new, "password2": new})
    assert "attuale non è giusta" in str(wrong.context["form"].errors)
    client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert mail.outbox[-1].subject == "Hai cambiato la password"


def test_a_first_password_for_who_has_none(client, user):
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert client.get(reverse("account_change_password")).url == reverse("account_set_password")
    assert client.get(reverse("account_set_password")).status_code == 200


def test_delicate_changes_ask_who_it_is(client, user):
    response = client.get(reverse("mfa_activate_totp"))
    assert response.url.startswith(reverse("account_reauthenticate"))
    page = client.get(response.url)
    assert "Conferma che sei tu" in page.content.decode()
    wrong = client.post(response.url, {"password": "no"})
    assert "La password non è giusta" in str(wrong.context["form"].errors)
    assert client.post(response.url, {"password": PASSWORD, "next": reverse("mfa_activate_totp")}).url == reverse(
        "mfa_activate_totp"
    )


def test_other_devices_can_be_signed_out(client, user):
    client.get(reverse("account_index"))
    other = type(client)(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0"})
    other.post("/account/login/", {"login": user.email, "password": PASSWORD})
    other.get(reverse("account_index"))
    assert "Firefox su Windows" in client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("account_index")).status_code == 302
    assert client.get(reverse("account_index")).status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome su Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge su Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18.0 Safari/604.1", "Safari su iPhone"),
        ("curl/8", "Un programma che non conosciamo"),
        ("", "Un programma che non conosciamo"),
    ],
)
def test_browsers_are_called_by_name(agent, name):
    assert browser_name(agent) == name
