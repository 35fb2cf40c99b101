"""Signing in and out, with a password, with a code, with a second factor; getting back in."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.urls import reverse

from portal.users.roles import AUTHORS
from tests.factories.users import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def current_totp(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_with_the_password(client):
    user = UserFactory()
    assert sign_in(client, user.email.upper()).url == "/area/"
    assert is_signed_in(client)


def test_english_readers_stay_in_english(client):
    user = UserFactory()
    response = client.post("/en" + LOGIN, {"login": user.email, "password": PASSWORD})
    assert response.url == "/en/area/"
    assert 'href="/en/area/"' in client.get("/en/account/logout/").content.decode()
    assert client.post("/en/account/logout/").url == "/en/"


def test_where_one_was_going_is_kept(client):
    user = UserFactory()
    page = client.get(LOGIN, {"next": "/area/profilo/"}).content.decode()
    assert 'name="next" value="/area/profilo/"' in page
    assert f"{reverse('account_signup')}?next=%2Farea%2Fprofilo%2F" in page
    assert sign_in(client, user.email, next="/area/profilo/").url == "/area/profilo/"


@pytest.mark.parametrize("target", ["https://altrove.example.com/", "//altrove.example.com/", "/\\altrove.example.com"])
def test_nobody_is_sent_elsewhere(client, target):
    assert sign_in(client, UserFactory().email, next=target).url == "/area/"


def test_wrong_password_and_unknown_address_sound_the_same(client):
    user = UserFactory()
    wrong = sign_in(client, user.email, "un'altra cosa").context["form"].errors
    unknown = sign_in(client, "nessuno@example.org", "un'altra cosa").context["form"].errors
    assert wrong == unknown
    assert "entra con un codice" in str(wrong)


def test_an_address_not_confirmed_gets_a_new_link(client):
    user = UserFactory(confirmed=False)
    response = sign_in(client, user.email)
    assert response.url == reverse("account_email_verification_sent")
    assert not is_signed_in(client)
    assert mail.outbox[0].subject == "Conferma il tuo indirizzo"


def test_a_deactivated_account(client):
    user = UserFactory(is_active=False)
    sign_in(client, user.email)
    assert not is_signed_in(client)
    assert "disattivato" in client.get(reverse("account_inactive")).content.decode()


class TestCode:
    def ask(self, client, email, **extra):
        return client.post(reverse("account_request_login_code"), {"email": email, **extra})

    def code(self) -> str:
        return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]

    def test_with_a_code(self, client):
        user = UserFactory()
        response = self.ask(client, user.email, next="/area/profilo/")
        page = client.get(response.url).content.decode()
        assert user.email in page
        assert self.code() not in mail.outbox[-1].subject
        response = client.post(response.url, {"code": self.code().lower(), "next": "/area/profilo/"})
        assert response.url == "/area/profilo/"
        assert is_signed_in(client)

    def test_a_wrong_code_three_times(self, client):
        user = UserFactory()
        url = self.ask(client, user.email).url
        response = client.post(url, {"code": "AAAA-AAAA"})
        assert "Il codice non è giusto" in str(response.context["verify_form"].errors)
        client.post(url, {"code": "AAAA-AAAA"})
        assert client.post(url, {"code": "AAAA-AAAA"}).status_code == 302
        client.post(url, {"code": self.code()})
        assert not is_signed_in(client), "the right code comes too late"

    def test_another_code(self, client):
        url = self.ask(client, UserFactory().email).url
        first = self.code()
        client.post(url, {"action": "resend"})
        assert self.code() != first
        client.post(url, {"code": self.code()})
        assert is_signed_in(client)

    def test_an_unknown_address_gets_the_same_page(self, client):
        response = self.ask(client, "nessuno@example.org")
        assert response.url == reverse("account_confirm_login_code")
        assert client.get(response.url).status_code == 200
        assert mail.outbox[0].subject == "Con questo indirizzo non c'è un account"

    def test_a_code_also_confirms_the_address(self, client):
        user = UserFactory(confirmed=False)
        url = self.ask(client, user.email).url
        client.post(url, {"code": self.code()})
        assert is_signed_in(client)
        assert EmailAddress.objects.get(user=user).verified


class TestForgottenPassword:
    def test_the_whole_way(self, client, last_link):
        user = UserFactory()
        done = client.post(reverse("account_reset_password"), {"email": user.email}).url
        assert client.get(done).status_code == 200
        form = client.get(last_link(user.email)).url
        assert "Scegli una nuova password" in client.get(form).content.decode()
        weak = client.post(form, {"password1": "breve", "password2": "breve"})
        assert weak.context["form"].errors["password1"]
        new = "tutta un'altra frase lunga"
        assert client.post(form, {"password1": new, "password2": new}).status_code == 302
        assert mail.outbox[-1].subject == "Hai una nuova password"
        assert sign_in(type(client)(), user.email, new).url == "/area/"
        assert "non vale più" in client.get(form).content.decode(), "the link is used up"

    def test_a_link_used_or_garbled(self, client):
        response = client.get(reverse("account_reset_password_from_key", args=["1", "rotto-123"]))
        assert "Questo link non vale più" in response.content.decode()

    def test_an_unknown_address_gets_the_same_answer(self, client):
        user = UserFactory()
        known = client.post(reverse("account_reset_password"), {"email": user.email})
        unknown = client.post(reverse("account_reset_password"), {"email": "nessuno@example.org"})
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert [item.to[0] for item in mail.outbox] == [user.email, "nessuno@example.org"]


def test_signing_out_asks_first(client):
    client.force_login(UserFactory())
    assert "Vuoi uscire?" in client.get(reverse("account_logout")).content.decode()
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


class TestRateLimits:
    @pytest.fixture(autouse=True)
    def limits_on(self, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "resend_confirmation": "1/m/ip"}

    def test_too_many_requests_get_our_page(self, client):
        responses = [sign_in(client, "nessuno@example.org", "x") for _ in range(3)]
        assert [response.status_code for response in responses] == [200, 200, 429]
        assert "Troppe richieste" in responses[-1].content.decode()

    def test_wrong_passwords_close_the_account_for_a_while(self, client, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/key"}
        user = UserFactory()
        for _ in range(2):
            sign_in(client, user.email, "sbagliata")
        response = sign_in(client, user.email)
        assert "Troppi tentativi" in str(response.context["form"].errors)
        assert not is_signed_in(client)

    def test_new_links(self, client):
        url = reverse("account_resend_confirmation")
        assert client.post(url, {"email": "a@example.org"}).status_code == 302
        assert client.post(url, {"email": "b@example.org"}).status_code == 429


class TestSecondFactor:
    def activate(self, client):
        """Delicate changes ask for the password first, then the page with the key opens."""
        asked = client.get(reverse("mfa_activate_totp")).url
        client.post(asked, {"password": PASSWORD})
        page = client.get(reverse("mfa_activate_totp"))
        secret = page.context["form"].secret
        return client.post(reverse("mfa_activate_totp"), {"code": current_totp(secret)})

    def test_on_then_asked_for_then_off(self, client):
        user = UserFactory()
        sign_in(client, user.email)
        response = self.activate(client)
        assert response.url == reverse("mfa_view_recovery_codes")
        codes = client.get(response.url).context["unused_codes"]
        assert len(codes) == 10
        assert mail.outbox[0].subject == "Secondo passaggio attivato"
        assert codes[0] in client.get(reverse("mfa_download_recovery_codes")).content.decode()
        assert "Te ne restano 10" in client.get(reverse("mfa_index")).content.decode()

        other = type(client)()
        assert sign_in(other, user.email).url == reverse("mfa_authenticate")
        assert not is_signed_in(other)
        wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert wrong.context["form"].errors["code"]
        other.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert is_signed_in(other), "a recovery code opens once"
        third = type(client)()
        sign_in(third, user.email)
        third.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert not is_signed_in(third)

        assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
        client.post(reverse("mfa_generate_recovery_codes"))
        assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
        client.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.filter(user=user).exists()

    def test_a_wrong_code_does_not_activate(self, client):
        user = UserFactory()
        sign_in(client, user.email)
        asked = client.get(reverse("mfa_activate_totp")).url
        client.post(asked, {"password": PASSWORD})
        client.get(reverse("mfa_activate_totp"))
        response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
        assert response.status_code == 200
        assert not Authenticator.objects.exists()

    @pytest.mark.parametrize("compulsory", [True, False])
    def test_staff_need_it_where_the_settings_say_so(self, client, settings, compulsory):
        settings.STAFF_SECOND_FACTOR = compulsory
        author = UserFactory(groups=[AUTHORS])
        sign_in(client, author.email)
        response = client.get("/admin/")
        if not compulsory:
            assert response.status_code == 200
            return
        assert response.url == reverse("mfa_index")
        assert "secondo passaggio oltre alla password" in client.get(response.url, follow=True).content.decode()
        self.activate(client)
        assert client.get("/admin/").status_code == 200

    def test_others_are_not_asked(self, client, settings):
        settings.STAFF_SECOND_FACTOR = True
        sign_in(client, UserFactory().email)
        assert client.get("/admin/").url != reverse("mfa_activate_totp")
        assert client.get(reverse("account_index")).status_code == 200


def test_staff_sign_in_where_everybody_does(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/account/login/")
    assert "next=" in response.redirect_chain[-1][0]
