"""Creating an account: the whole way, and everything that goes wrong on it."""

import logging
import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone

from portal.users.models import User
from tests.factories.users import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

SIGNUP = "/account/signup/"
DATA = {
    "birth_date": "1990-05-14",
    "first_name": "Lucia",
    "last_name": "Bianchi",
    "email": "lucia@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "privacy": "on",
}


def sign_up(client, query="", **changes):
    return client.post(SIGNUP + query, DATA | changes)


def test_the_whole_way(client, last_link):
    response = sign_up(client, next="/area/profilo/")
    assert response.url == reverse("account_email_verification_sent")
    assert "Controlla la tua posta" in client.get(response.url).content.decode()
    user = User.objects.get()
    assert (user.first_name, user.last_name, user.email) == ("Lucia", "Bianchi", "lucia@example.org")
    assert user.privacy_read_at is not None

    link = last_link("lucia@example.org")
    page = client.get(link)
    assert "lucia@example.org" in page.content.decode()
    assert not EmailAddress.objects.get().verified, "opening the link changes nothing"
    assert "_auth_user_id" not in client.session

    response = client.post(link, {"next": "/area/profilo/"})
    assert EmailAddress.objects.get().verified
    assert response.url == "/area/profilo/", "in the browser of the sign-up one is signed in and goes on"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_link_opened_on_another_device_keeps_where_one_was_going(client, last_link):
    sign_up(client, next="/area/profilo/")
    link = last_link("lucia@example.org")
    assert link.endswith("?next=%2Farea%2Fprofilo%2F")
    other = type(client)()
    assert 'name="next" value="/area/profilo/"' in other.get(link).content.decode()
    assert other.post(link, {"next": "/area/profilo/"}).url == "/area/profilo/"
    assert "_auth_user_id" not in other.session, "whoever holds the link still has to sign in"


def test_the_link_to_another_device_without_destination_leads_to_sign_in(client, last_link):
    sign_up(client)
    other = type(client)()
    response = other.post(last_link("lucia@example.org"))
    assert response.url == reverse("account_login")


def test_english_from_page_to_email(client):
    client.post("/en" + SIGNUP, DATA)
    message = mail.outbox[0].message()
    assert message["Content-Language"] == "en"
    assert "/en/account/confirm-email/" in mail.outbox[0].body


def test_an_address_that_has_an_account_is_told_only_by_email(client):
    UserFactory(email="lucia@example.org")
    fresh = sign_up(type(client)(), email="nuova@example.org")
    taken = sign_up(client, email="Lucia@Example.org")
    assert (taken.status_code, taken.url) == (fresh.status_code, fresh.url)
    pages = [item.get(fresh.url).content.decode() for item in (client, type(client)())]
    assert pages[0] == pages[1]
    message = mail.outbox[-1]
    assert message.to == ["lucia@example.org"]
    assert message.subject == "Hai già un account"
    assert User.objects.filter(email__iexact="lucia@example.org").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"password1": "breve", "password2": "breve"}, "password1", "troppo corta"),
        ({"password1": "password12", "password2": "password12"}, "password1", "troppo comune"),
        ({"password1": "1234598760", "password2": "1234598760"}, "password1", "numeri"),
        ({"password2": "quattro parole diverse"}, "password2", "stessa password"),
        ({"email": "non-un-indirizzo"}, "email", "valido"),
        ({"email": ""}, "email", "obbligatorio"),
        ({"first_name": ""}, "first_name", "obbligatorio"),
        ({"privacy": ""}, "privacy", "conferma"),
        ({"birth_date": ""}, "birth_date", "data di nascita"),
        ({"birth_date": "ieri"}, "birth_date", "15/03/2008"),
        ({"birth_date": "1790-01-01"}, "birth_date", "controlla l'anno"),
    ],
)
def test_what_is_wrong_is_said_next_to_the_field_and_nothing_is_lost(client, changes, field, words):
    response = sign_up(client, **changes)
    assert response.status_code == 200
    assert words in " ".join(response.context["form"].errors[field])
    html = response.content.decode()
    assert 'value="Bianchi"' in html, "what was typed stays"
    assert PASSWORD not in html, "passwords are typed again"
    assert not User.objects.exists()


def test_a_link_that_expired(client, settings, last_link):
    sign_up(client)
    link = last_link("lucia@example.org")
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = -1
    for response in (client.get(link), client.post(link)):
        assert response.status_code == 410
        html = response.content.decode()
        assert "Questo link non vale più" in html
        assert reverse("account_resend_confirmation") in html
    assert not EmailAddress.objects.get().verified


def test_a_link_used_twice(client, last_link):
    sign_up(client)
    link = last_link("lucia@example.org")
    client.post(link)
    assert type(client)().get(link).status_code == 410
    assert type(client)().post(link).status_code == 410


@pytest.mark.parametrize(
    "key",
    ["rotto", "MQ:1abc:xyz", signing.dumps(10**6, salt="account")],
    ids=["broken", "not ours", "of nobody"],
)
def test_a_garbled_link(client, key):
    assert client.get(f"/account/confirm-email/{key}/").status_code == 410


def test_a_new_link_for_who_lost_the_first(client, last_link):
    sign_up(client)
    response = client.post(reverse("account_resend_confirmation"), {"email": "LUCIA@example.org"})
    assert response.url == reverse("account_email_verification_sent")
    assert len(mail.outbox) == 2
    client.post(last_link("lucia@example.org"))
    assert EmailAddress.objects.get().verified


def test_asking_for_a_new_link_tells_nobody_who_has_an_account(client):
    UserFactory(email="gia@example.org")
    answers = []
    for address in ("gia@example.org", "nessuno@example.org"):
        browser = type(client)()
        response = browser.post(reverse("account_resend_confirmation"), {"email": address})
        answers.append((response.status_code, response.url, browser.get(response.url).content))
    assert answers[0] == answers[1]
    assert [item.subject for item in mail.outbox] == ["Hai già un account", "Con questo indirizzo non c'è un account"]


@pytest.mark.parametrize("target", ["https://altrove.example.com/", "//altrove.example.com", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client, last_link, target):
    sign_up(client, next=target)
    link = last_link("lucia@example.org")
    assert "altrove" not in link
    assert client.post(f"{link}?next={target}", {"next": target}).url == "/area/"


def test_logs_know_nobody(client, caplog, last_link):
    with caplog.at_level(logging.DEBUG):
        sign_up(client)
        client.post(last_link("lucia@example.org"))
    assert "email_confirmation_signup" in caplog.text
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert not re.search("lucia|bianchi", ours, re.IGNORECASE)


def born(years: int, days: int = 0):
    """The birth date of who turns so old in so many days."""
    day = timezone.localdate() + timedelta(days=days)
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def test_under_fourteen_there_is_no_account_and_no_trace(client):
    response = sign_up(client, birth_date=born(14, days=1).isoformat())
    assert "ti aspettiamo" in " ".join(response.context["form"].errors["birth_date"])
    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not mail.outbox
    assert not Session.objects.exists()


def test_from_the_fourteenth_birthday_on_and_the_date_is_not_typed_twice(client, last_link):
    page = client.get(SIGNUP).content.decode()
    assert "Se ne hai meno di 18" in page, "minors read what happens before they write anything"
    sign_up(client, birth_date=born(14).isoformat())
    client.post(last_link("lucia@example.org"))
    step = client.get("/area/giovane/profilo/")
    assert f'value="{born(14).isoformat()}"' in step.content.decode()
