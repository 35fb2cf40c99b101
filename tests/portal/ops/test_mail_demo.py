"""The demo's letterbox: what was sent can be read there, and nowhere but in the demo."""

import runpy

import pytest
from django.core.mail import EmailMessage, get_connection
from django.http import Http404
from django.test import Client, RequestFactory

from portal.ops import demo_mail
from portal.ops.mail import compose_email
from portal.settings.env import BASE_DIR

pytestmark = pytest.mark.django_db

LIST = "/demo/posta/"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def post(*messages: EmailMessage) -> None:
    """Write messages as the demo does: one file a connection."""
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    connection.send_messages(list(messages))
    connection.close()


def code_email(to: str, code: str = "ABCD-EFGH") -> EmailMessage:
    return compose_email("users/login_code", to, {"email": to, "code": code, "code_minutes": 15}, "it")


def test_an_empty_letterbox_says_so(client, folder):
    assert "Ancora nessun messaggio" in client.get(LIST).content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_email_is_listed_and_read(client, folder, prefix):
    post(code_email("anna@example.org"))
    html = client.get(prefix + LIST).content.decode()
    assert "Il tuo codice per entrare" in html
    (email,) = demo_mail.kept_emails(folder)
    page = client.get(f"{prefix}{LIST}{email.key}/").content.decode()
    assert "ABCD-EFGH" in page
    assert "Se non l&#x27;hai chiesto tu, puoi ignorare questo messaggio" in page
    assert "Questo messaggio è automatico" in page
    assert '<a href="http://127.0.0.1:8000/"' in page, "links can be followed"


def test_newest_first_also_within_a_file(folder):
    post(code_email("prima@example.org"), code_email("seconda@example.org"))
    post(code_email("terza@example.org"))
    emails = demo_mail.kept_emails(folder)
    assert len(emails) == 3
    assert len({email.key for email in emails}) == 3
    assert {email.to for email in emails[:2]} | {emails[2].to} == {
        "prima@example.org",
        "seconda@example.org",
        "terza@example.org",
    }
    moments = [email.sent_at for email in emails]
    assert moments == sorted(moments, reverse=True)


def test_the_list_has_pages(client, folder):
    post(*[code_email(f"persona{number}@example.org") for number in range(demo_mail.PER_PAGE + 1)])
    assert "Meno recenti" in client.get(LIST).content.decode()
    assert "Più recenti" in client.get(LIST, {"page": "2"}).content.decode()
    assert client.get(LIST, {"page": "sciocchezze"}).status_code == 200


def test_the_html_part_runs_nothing_and_asks_nobody(folder):
    post(code_email("anna@example.org"))
    (email,) = demo_mail.kept_emails(folder)
    response = Client().get(f"{LIST}{email.key}/html/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy
    assert "<h1" in response.content.decode()


def test_an_email_without_html_has_no_such_page(client, folder):
    post(EmailMessage("Solo testo", "Ciao\n" + "-" * 30 + "\nfine", to=["a@example.org"]))
    (email,) = demo_mail.kept_emails(folder)
    assert "fine" in email.text
    assert client.get(f"{LIST}{email.key}/html/").status_code == 404
    assert "/html/" not in client.get(f"{LIST}{email.key}/").content.decode()


def test_what_an_email_says_is_not_markup(client, folder):
    post(EmailMessage("<b>ciao</b>", "<script>alert(1)</script>", to=["a@example.org"]))
    (email,) = demo_mail.kept_emails(folder)
    html = client.get(f"{LIST}{email.key}/").content.decode()
    assert "<script>alert" not in html
    assert "<b>ciao" not in html


@pytest.mark.parametrize(
    "key",
    ["..", "../secret-0", "..%2Fsecret-0", "secret-0", "20261122-213104-1-0", "20261122-213104-1-99", "-0", "x"],
)
def test_only_what_is_in_the_letterbox_can_be_opened(client, folder, key):
    folder.mkdir()
    (folder.parent / "secret.log").write_text("Subject: segreto\n\nsegreto")
    (folder / "secret.log").write_text("Subject: segreto\n\nsegreto")
    assert client.get(f"{LIST}{key}/").status_code == 404
    assert demo_mail.find_email(folder, key) is None


@pytest.mark.parametrize("view", ["mailbox", "letter", "letter_html"])
def test_outside_the_demo_there_is_no_letterbox(folder, settings, view):
    post(code_email("anna@example.org"))
    (email,) = demo_mail.kept_emails(folder)
    settings.DEMO = False
    arguments = [] if view == "mailbox" else [email.key]
    with pytest.raises(Http404):
        getattr(demo_mail, view)(RequestFactory().get(LIST), *arguments)


@pytest.mark.parametrize("demo", [True, False])
def test_the_address_exists_only_in_the_demo(settings, demo):
    settings.DEMO = demo
    namespace = runpy.run_path(str(BASE_DIR / "portal" / "urls.py"))
    addresses = [str(item.pattern) for item in namespace["private_urls"]]
    assert any(address.startswith("demo/") for address in addresses) is demo


def test_posting_is_refused(client, folder):
    assert client.post(LIST).status_code == 405
