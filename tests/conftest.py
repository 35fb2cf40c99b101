"""Fixtures and strictness for the whole suite."""

from __future__ import annotations

import gc
import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Template, engines
from django.test import SimpleTestCase
from django.test.signals import template_rendered
from django.utils import translation

from portal.settings.env import BASE_DIR
from tests.helpers import indexing
from tests.helpers.database import keep_what_migrations_put_in, migrated_copy, migrated_database
from tests.helpers.strict import StrictClient, UndefinedVariable


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that touch no database: they say the same on each, so they run with the first only",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests need the demo and a Chromium: they run only when asked for by `-m browser`."""
    if "browser" in (config.option.markexpr or ""):
        return
    only_database = config.getoption("database_only")
    wanted = [
        item for item in items if "browser" not in item.keywords and (uses_the_database(item) or not only_database)
    ]
    if len(wanted) < len(items):
        chosen = set(wanted)
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    # What needs no database first: meanwhile it is migrated, by another process. The others stay in their order.
    items[:] = sorted(wanted, key=uses_the_database)


def uses_the_database(item: pytest.Item) -> bool:
    """Whether pytest-django lets a test reach the database: any other that tries fails."""
    case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or (isinstance(case, type) and issubclass(case, SimpleTestCase))
        or not {"db", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ()))
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: the collector of cycles need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_sessionstart(session: pytest.Session) -> None:
    indexing.install()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before the fixtures, those of the module too: whether this test's pages are written to the indexes."""
    indexing.keep(item.get_closest_marker("indexed") is not None)


@pytest.fixture(autouse=True, scope="session")
def only_whole_pages_are_recorded(django_test_environment):
    """Keep for `response.context` the context of each page, not copies of it for each of its hundred includes."""

    def render(self, context):
        if context.template is self:
            template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    instrumented, Template._render = Template._render, render
    yield
    Template._render = instrumented


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, tmp_path_factory):
    """A copy of a migrated database for each worker."""
    with ExitStack() as stack:
        # Open while it is made and thrown away, not between: a test that does not ask for the database has none.
        with django_db_blocker.unblock():
            if connection.vendor == "sqlite":
                name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
                migrated_copy(Path(name))
            else:
                name = f"test_portal_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
                stack.enter_context(migrated_database(os.environ["DATABASE_URL"], name))
            connection.close()
            connection.settings_dict["NAME"] = name
            if connection.vendor == "postgresql":
                keep_what_migrations_put_in(connection)
        yield
        stack.enter_context(django_db_blocker.unblock())
        connection.close()


@pytest.fixture(autouse=True, scope="session")
def undefined_template_variables_fail():
    """An undefined variable in a template of ours fails the test that renders it."""
    engine = engines["django"].engine
    engine.string_if_invalid = UndefinedVariable(BASE_DIR / "templates")
    yield
    engine.string_if_invalid = ""


@pytest.fixture(autouse=True)
def clean_slate():
    """Each test starts with an empty cache and in Italian."""
    cache.clear()
    translation.activate("it")
    yield
    translation.activate("it")


@pytest.fixture
def client() -> StrictClient:
    """The strict client, for anonymous and signed-in readers."""
    return StrictClient()
