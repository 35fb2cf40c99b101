"""Signing in through an OpenID Connect provider, as the gateways of SPID and CIE are: tried against a real one."""

import os
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.core import mail
from django.urls import reverse

from portal.users.models import User
from tests.factories.users import PASSWORD, UserFactory
from tests.helpers.oidc import CLIENT, running_provider

pytestmark = pytest.mark.django_db

CLAIMS = {
    "sub": "TINIT-ABC",
    "given_name": "Bianca",
    "family_name": "Rossi",
    "email": "bianca@example.org",
    "email_verified": True,
}


@pytest.fixture
def provider(settings):
    with running_provider(dict(CLAIMS)) as running:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "spid-cie",
                        "name": "SPID o CIE",
                        **CLIENT,
                        "settings": {"server_url": running.address},
                    }
                ],
            }
        }
        yield running


def go_through(client, provider, process: str = "login"):
    """Press the button, be recognised, come back."""
    start = client.post(f"/account/oidc/spid-cie/login/?process={process}")
    answer = provider.authorize(start.url)
    return client.get("/account/oidc/spid-cie/login/callback/", {"code": answer["code"], "state": answer["state"]})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_without_a_provider_there_is_no_button(client):
    assert "SPID" not in client.get("/account/login/").content.decode()
    assert client.get("/account/oidc/spid-cie/login/").status_code == 404


def test_with_one_there_is(client, provider):
    page = client.get("/account/login/").content.decode()
    assert "Entra con SPID o CIE" in page
    assert 'action="/account/oidc/spid-cie/login/?process=login"' in page


def test_opening_the_address_only_asks(client, provider):
    page = client.get("/account/oidc/spid-cie/login/")
    assert page.status_code == 200
    assert "Passi per un momento" in page.content.decode()
    assert provider.asked == []


def test_a_newcomer_checks_their_data_and_has_an_account(client, provider):
    assert go_through(client, provider).url == reverse("socialaccount_signup")
    page = client.get(reverse("socialaccount_signup"))
    assert page.context["form"].initial["email"] == "bianca@example.org"
    assert 'value="Bianca"' in page.content.decode()
    data = {"birth_date": "1990-05-14", "first_name": "Bianca", "last_name": "Rossi", "email": "bianca@example.org"}
    refused = client.post(reverse("socialaccount_signup"), data)
    assert "serve questa conferma" in refused.content.decode()
    assert not User.objects.exists()
    done = client.post(reverse("socialaccount_signup"), {**data, "privacy": "on"})
    assert done.url == "/area/"
    user = User.objects.get()
    assert (user.first_name, user.last_name) == ("Bianca", "Rossi")
    assert user.privacy_read_at is not None
    assert not user.has_usable_password()
    assert EmailAddress.objects.get().verified
    assert is_signed_in(client)


def test_an_address_nobody_vouches_for_is_confirmed_first(client, provider):
    provider.claims["email_verified"] = False
    go_through(client, provider)
    client.post(
        reverse("socialaccount_signup"),
        {
            "birth_date": "1990-05-14",
            "first_name": "Bianca",
            "last_name": "Rossi",
            "email": "bianca@example.org",
            "privacy": "on",
        },
    )
    assert not is_signed_in(client)
    assert mail.outbox[0].to == ["bianca@example.org"]


def test_whoever_has_come_before_comes_straight_in(client, provider):
    user = UserFactory(email="bianca@example.org")
    SocialAccount.objects.create(user=user, provider="spid-cie", uid="TINIT-ABC")
    assert go_through(client, provider).url == "/area/"
    assert is_signed_in(client)


def test_the_same_address_opens_nobodys_account(client, provider):
    UserFactory(email="bianca@example.org")
    go_through(client, provider)
    client.post(
        reverse("socialaccount_signup"),
        {
            "birth_date": "1990-05-14",
            "first_name": "Un",
            "last_name": "Altro",
            "email": "bianca@example.org",
            "privacy": "on",
        },
    )
    assert not is_signed_in(client)
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_connecting_and_disconnecting_from_the_account(client, provider):
    user = UserFactory(email="bianca@example.org")
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert "Identità digitale" in client.get(reverse("account_index")).content.decode()
    assert "Collega SPID o CIE" in client.get(reverse("socialaccount_connections")).content.decode()
    go_through(client, provider, "connect")
    connected = SocialAccount.objects.get()
    assert connected.user == user
    assert [message.subject for message in mail.outbox] == ["Identità digitale collegata"]
    assert "SPID o CIE" in mail.outbox[0].body
    assert "Scollega" in client.get(reverse("socialaccount_connections")).content.decode()
    client.post(reverse("socialaccount_connections"), {"account": connected.pk})
    assert not SocialAccount.objects.exists()


def test_a_forged_answer_is_turned_away(client, provider):
    go_through(client, provider)
    client.logout()
    page = client.get("/account/oidc/spid-cie/login/callback/", {"code": "code-0", "state": "inventato"})
    assert not is_signed_in(client)
    assert "Non siamo riusciti" in page.content.decode()


def test_whoever_says_no_is_told_that_nothing_changed(client, provider):
    start = client.post("/account/oidc/spid-cie/login/")
    state = provider.authorize(start.url)["state"]
    page = client.get("/account/oidc/spid-cie/login/callback/", {"error": "access_denied", "state": state}, follow=True)
    assert "Ingresso annullato" in page.content.decode()


def test_it_is_configured_by_the_environment():
    values = {
        "OIDC_SERVER_URL": "https://identita.example.org/realms/comune/",
        "OIDC_CLIENT_ID": "portale",
        "OIDC_CLIENT_SECRET": "segreto",
    }
    program = (
        "from django.conf import settings as s;"
        "app = s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0];"
        "print(app['name'], app['settings']['server_url'], s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'][-1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **values, "DJANGO_SETTINGS_MODULE": "portal.settings.test"},
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ("SPID o CIE https://identita.example.org/realms/comune https://identita.example.org")
