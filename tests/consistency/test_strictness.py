"""The strict helpers can fail: each is shown a page with the fault it is there for."""

import socket

import pytest
from django.template import Context, Origin, engines
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

from portal.settings.env import BASE_DIR
from tests.helpers.strict import StrictClient, page_problems

GOOD = '<!doctype html><html lang="it"><head><title>x</title></head><body><h1>x</h1></body></html>'


def with_body(body: str) -> str:
    return GOOD.replace("<h1>x</h1>", body)


def test_a_good_page_has_no_problem():
    assert page_problems(GOOD) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<p>x</p>", "0 <h1>"),
        ("<h1>a</h1><h1>b</h1>", "2 <h1>"),
        ('<h1 onclick="x()">a</h1>', "inline handler"),
        ('<h1 style="color:red">a</h1>', "inline style"),
        ("<h1>a</h1><script>1</script>", "inline script"),
        ("<h1>a</h1><style>p{}</style>", "inline style sheet"),
        ('<h1 id="a">a</h1><p id="a">b</p>', "twice"),
        ('<h1>a</h1><img src="https://cdn.example.org/x.png" alt="">', "outside server"),
        ("<h1>a</h1><p><div>b</div></p>", "invalid HTML"),
    ],
)
def test_each_fault_is_seen(body, problem):
    assert any(problem in found for found in page_problems(with_body(body)))


def render(source: str) -> str:
    """Render a template as if it were a file of ours."""
    template = engines["django"].engine.from_string(source)
    ours = Origin(str(BASE_DIR / "templates" / "made-up.html"))
    template.origin = ours
    for node in template.nodelist:
        node.origin = ours
    return template.render(Context({}))


def test_an_undefined_variable_in_a_template_of_ours_fails():
    with pytest.raises(AssertionError, match="nobody_defined_this"):
        render("{{ nobody_defined_this }}")


def test_a_variable_with_a_default_may_be_missing():
    assert render("{{ nobody_defined_this|default:'x'|upper }}") == "X"


@pytest.mark.django_db
def test_the_client_reads_the_pages_it_gets(monkeypatch):
    monkeypatch.setattr("tests.helpers.strict.page_problems", lambda html: ["planted"])
    with pytest.raises(AssertionError, match="planted"):
        StrictClient().get("/questa-pagina-non-esiste/")


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_call_to_the_outside_fails():
    with pytest.raises((SocketBlockedError, SocketConnectBlockedError)):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
