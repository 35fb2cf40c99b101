"""Every e-mail goes through one function: what it draws, what it never tells."""

import datetime
import logging
import smtplib

import pytest
from django.core import mail
from django.db import transaction
from django.template import engines
from django.utils import timezone

from portal.ops.mail import EmailNotSent, absolute_url, compose_email, enqueue_email, send_email
from portal.settings.env import BASE_DIR

# Each e-mail says the portal's name, which is in the database.
pytestmark = pytest.mark.django_db

TEMPLATES = {
    "emails/prova/ciao.subject.txt": "Una\n prova {{ name|default:'' }} & {{ what }}\n",
    "emails/prova/ciao.txt": (
        '{% extends "emails/base.txt" %}{% block content %}Ciao {{ name }}, entro {{ until_at|date:"j/n/Y H:i" }} '
        "o {{ born_on|date:'Y' }}:\n{{ answer_url }}{% endblock %}"
    ),
    "emails/prova/ciao.html": (
        '{% extends "emails/base.html" %}{% block heading %}Ciao {{ name }}{% endblock %}'
        '{% block content %}{% include "emails/button.html" with url=answer_url label="Apri" only %}{% endblock %}'
    ),
}
CONTEXT = {
    "name": "Nicolò D'Angelo",
    "what": "caffè & <arte>",
    "answer_url": "/area/",
    "until_at": datetime.datetime(2027, 3, 3, 11, 0, tzinfo=datetime.UTC),
    "born_on": datetime.date(2001, 5, 6),
}


@pytest.fixture(autouse=True)
def templates(tmp_path, monkeypatch):
    """Our templates, and one e-mail that exists only here."""
    for name, source in TEMPLATES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    loaders = engines["django"].engine.template_loaders[0].loaders
    for loader in loaders:
        if hasattr(loader, "dirs"):
            monkeypatch.setattr(loader, "dirs", [*loader.get_dirs(), tmp_path], raising=False)
    engines["django"].engine.template_loaders[0].reset()
    yield
    engines["django"].engine.template_loaders[0].reset()


def compose(**changes):
    return compose_email(
        **{"template": "prova/ciao", "to": "a@example.org", "context": CONTEXT, "language": "it"} | changes
    )


def test_an_email_has_text_and_html_with_absolute_links(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://portale.example.org"
    message = compose()
    assert "https://portale.example.org/area/" in message.body
    (html,) = message.alternatives
    assert html.mimetype == "text/html"
    assert 'href="https://portale.example.org/area/"' in html.content
    assert '<html lang="it">' in html.content


def test_the_text_is_not_escaped_and_the_html_is():
    message = compose()
    assert "Ciao Nicolò D'Angelo" in message.body
    assert "D&#x27;Angelo" in message.alternatives[0].content


def test_the_subject_is_one_line_and_knows_no_name():
    assert compose().subject == "Una prova & caffè & <arte>"


def test_moments_and_days_survive_the_queue_and_show_in_rome(settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_email("prova/ciao", "a@example.org", CONTEXT, "it")
    assert "entro 3/3/2027 12:00 o 2001" in mail.outbox[0].body


def test_machines_are_told_not_to_answer():
    headers = compose(reply_to="sportello@example.org").message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["X-Auto-Response-Suppress"] == "All"
    assert headers["Reply-To"] == "sportello@example.org"


def test_an_email_is_drawn_in_the_language_of_its_reader():
    assert compose(language="en").message()["Content-Language"] == "en"
    assert '<html lang="en">' in compose(language="en").alternatives[0].content


def test_an_empty_subject_is_refused(tmp_path):
    (tmp_path / "emails/prova/ciao.subject.txt").write_text("\n")
    with pytest.raises(ValueError, match="no subject"):
        compose()


def test_nothing_is_sent_when_the_transaction_is_rolled_back(transactional_db):
    with transaction.atomic():
        enqueue_email("prova/ciao", "a@example.org", CONTEXT, "it")
        transaction.set_rollback(True)
    assert mail.outbox == []


def test_what_cannot_be_queued_is_refused_at_once():
    with pytest.raises(TypeError):
        enqueue_email("prova/ciao", "a@example.org", {"thing": object()}, "it")


def test_logs_say_neither_to_whom_nor_what(caplog):
    with caplog.at_level(logging.DEBUG):
        send_email("prova/ciao", "segreta@example.org", CONTEXT, "it")
    assert "prova/ciao" in caplog.text
    assert "segreta" not in caplog.text
    assert "Nicolò" not in caplog.text


def test_a_failure_is_raised_and_logged_without_the_address(caplog, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise smtplib.SMTPRecipientsRefused({"segreta@example.org": (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with caplog.at_level(logging.DEBUG), pytest.raises(EmailNotSent) as caught:
        send_email("prova/ciao", "segreta@example.org", CONTEXT, "it")
    assert "SMTPRecipientsRefused" in caplog.text
    assert "segreta" not in caplog.text
    assert "segreta" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_missing_template_is_named(caplog):
    with pytest.raises(EmailNotSent, match=r"TemplateDoesNotExist: emails/prova/manca\.subject\.txt"):
        send_email("prova/manca", "a@example.org", {}, "it")


def test_absolute_urls_stay_as_they_are():
    assert absolute_url("https://altrove.example.org/x") == "https://altrove.example.org/x"


EVERYTHING = {
    "email": "anna@example.org",
    "first_name": "Annamaria",
    "activate_url": "/account/confirm-email/x/",
    "password_reset_url": "/account/password/reset/",
    "signup_url": "/account/signup/",
    "code": "ABCD-EFGH",
    "code_minutes": 15,
    "link_days": 3,
    "reset_hours": 24,
    "happened_at": timezone.now(),
    "from_email": "prima@example.org",
    "to_email": "dopo@example.org",
    "deleted_email": "via@example.org",
    "provider_name": "SPID o CIE",
}
ACCOUNT_EMAILS = sorted(
    path.name.removesuffix(".subject.txt") for path in (BASE_DIR / "templates/emails/users").glob("*.subject.txt")
)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", ACCOUNT_EMAILS)
def test_every_email_about_accounts_is_whole(name, language):
    message = compose_email(f"users/{name}", "anna@example.org", EVERYTHING, language)
    assert 5 < len(message.subject) < 60
    assert "Annamaria" not in message.subject
    assert "example.org" not in message.subject
    assert message.body.count("http") <= 2, "one link, and the portal's own address at the end"
    assert message.alternatives[0].content.count("<h1") == 1
    assert "\n\n\n" not in message.body
