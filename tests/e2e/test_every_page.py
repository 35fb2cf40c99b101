"""Every page that each kind of user can reach: it answers, axe finds nothing, nothing leaves the portal."""

from __future__ import annotations

import pytest

from tests.e2e import accounts
from tests.e2e.axe import violations
from tests.e2e.crawl import walk

pytestmark = pytest.mark.browser

# Of pages with the same template that were all read once, so many are read again in English and on a phone.
AGAIN = 2
# Pages of applications and offers are drawn by one template too, but each is in a state of its own.
IN_EVERY_STATE = 12
FEWEST_PAGES = {"anonymous": 40, "anonymous in English": 8, "youth": 20, "host": 15, "minor": 6, "guardian": 3}


def check_all(visitor, start: str, name: str, within: tuple[str, ...] = ("/",), **options: int) -> None:
    problems: list[str] = []
    visited = 0
    for path, response in walk(visitor, start, within, **options):
        visited += 1
        if response is None or response.status >= 400:
            problems.append(f"{path}: status {response and response.status}")
            continue
        problems += [f"{path}: {line}" for line in violations(visitor.page)]
        width = visitor.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if width > 0:
            problems.append(f"{path}: scrolls sideways by {width} px")
    problems += [f"console: {line}" for line in visitor.errors]
    problems += [f"outside request: {url}" for url in visitor.outside]
    assert not problems, "\n".join(problems)
    assert visited >= FEWEST_PAGES[name], f"only {visited} pages were reached"


def test_public_pages(visitor):
    check_all(visitor, "/", "anonymous")


def test_public_pages_in_english(visitor):
    check_all(visitor, "/en/", "anonymous in English", side_by_side=AGAIN)


@pytest.mark.parametrize("visitor", [{"width": 320, "height": 640}], indirect=True)
def test_public_pages_on_the_narrowest_phone(visitor):
    check_all(visitor, "/", "anonymous", side_by_side=AGAIN)


@pytest.mark.parametrize("visitor", [{"width": 360, "height": 740}, {"width": 1280, "height": 900}], indirect=True)
@pytest.mark.parametrize("account", [accounts.YOUTH, accounts.HOST], ids=lambda account: account.role)
def test_reserved_pages(visitor, account):
    visitor.sign_in(account)
    check_all(visitor, "/area/", account.role, within=("/area/", "/account/"), side_by_side=IN_EVERY_STATE)


@pytest.mark.parametrize("visitor", [{"width": 360, "height": 740}], indirect=True)
@pytest.mark.parametrize("account", [accounts.MINOR, accounts.GUARDIAN], ids=lambda account: account.role)
def test_reserved_pages_of_minors_and_who_answers_for_them(visitor, account):
    visitor.sign_in(account)
    check_all(visitor, "/area/", account.role, within=("/area/",), side_by_side=IN_EVERY_STATE)


def test_axe_can_fail(visitor):
    visitor.open("/")
    visitor.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/img/favicon.svg\">')"
    )
    assert any(line.startswith("image-alt") for line in violations(visitor.page))
