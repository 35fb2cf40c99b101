"""Fixtures and strictness for the whole suite."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.template import engines
from django.utils import translation

from portal.settings.env import BASE_DIR
from tests.helpers.strict import StrictClient, UndefinedVariable


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests need the demo and a Chromium: they run only when asked for by `-m browser`."""
    if "browser" in (config.option.markexpr or ""):
        return
    browser = [item for item in items if "browser" in item.keywords]
    if browser:
        config.hook.pytest_deselected(items=browser)
        items[:] = [item for item in items if "browser" not in item.keywords]


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
