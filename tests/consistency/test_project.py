"""The project about itself: migrations, settings, templates, locks."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.template.loader import get_template

from portal.settings.env import BASE_DIR

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.prod",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "portale.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
}


def manage(*args: str, **environment: str) -> subprocess.CompletedProcess:
    """Run manage.py as its user does, in an environment of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", *args],
        cwd=BASE_DIR,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", stdout=io.StringIO())


@pytest.mark.django_db
def test_migrations_do_not_conflict():
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.django_db
def test_migrations_are_linear():
    loader = MigrationLoader(None)
    for config in apps.get_app_configs():
        if Path(config.path).is_relative_to(BASE_DIR) and ".venv" not in Path(config.path).parts:
            assert len(loader.graph.leaf_nodes(config.label)) <= 1, config.label


def test_migrations_hold_no_block_definitions():
    for path in BASE_DIR.glob("*/**/migrations/0*.py"):
        if ".venv" in path.parts:
            continue
        text = path.read_text()
        assert "block_lookup" not in text, path
        assert len(text) < 40_000, path


def test_production_passes_the_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_refuses_to_start_without(name):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    result = manage("check", **environment)
    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


def our_templates() -> list[str]:
    folder = BASE_DIR / "templates"
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html"))


def test_every_template_compiles():
    for name in our_templates():
        get_template(name)


# Templates that a library or a handler names, not a file of ours.
NAMED_ELSEWHERE = (
    "account/", "mfa/", "socialaccount/", "usersessions/", "allauth/", "django/",
    "wagtailadmin/", "wagtailcore/", "wagtailembeds/",
    "400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html",
)  # fmt: skip


def named_in(sources: str) -> set[str]:
    """Every string in quotes, and what the few helpers that complete a name make of it."""
    names = set(re.findall(r"[\"']([\w/.{}-]+)[\"']", sources))
    # area_page(request, "minor", ...) and ConfirmView.template name pages of the Sportello without folder and ending;
    # the e-mails are named without folder, and allauth's adapter puts its own in users/.
    return (
        names
        | {f"pages/sportello/{name}.html" for name in names}
        | {f"emails/{name}{ending}" for name in names for ending in (".html", ".txt", ".subject.txt")}
    )


def test_no_template_is_left_unused():
    sources = [path.read_text() for path in (BASE_DIR / "templates").rglob("*") if path.is_file()]
    for folder in ("portal", "home", "progetti", "bandi", "sportello"):
        sources += [path.read_text() for path in (BASE_DIR / folder).rglob("*.py")]
    named = named_in("\n".join(sources))
    own = [name for name in our_templates() if not name.startswith((*NAMED_ELSEWHERE, "emails/users/"))]
    assert [name for name in own if name not in named] == []


def test_an_unused_template_would_be_seen():
    named = named_in('area_page(request, "minor", {}) render(request, "pages/home/search.html") "sportello/notice"')
    assert {"pages/sportello/minor.html", "pages/home/search.html", "emails/sportello/notice.html"} <= named
    assert "pages/home/nobody-names-this.html" not in named


def test_locks_name_no_host():
    for path in BASE_DIR.glob("requirements/*.txt"):
        text = path.read_text()
        assert "http" not in text, path
        assert not re.search(r"^\s*--(index|extra-index|find-links)", text, re.MULTILINE), path
        assert "--hash=sha256:" in text
    for path in BASE_DIR.glob("frontend/package-lock.json"):
        assert '"resolved"' not in path.read_text(), path


def test_every_dependency_says_why_it_is_here():
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[<>=\[]", item)[0].lower() for item in named]
    page = (BASE_DIR / "docs/dependencies.md").read_text().lower()
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_static_file_that_styles_name_exists():
    call_command("collectstatic", "--noinput", "--dry-run", verbosity=0)
    for css in (BASE_DIR / "static").rglob("*.css"):
        for target in re.findall(r"url\([\"']?([^\"')]+)", css.read_text()):
            if not target.startswith(("data:", "#")):
                assert (css.parent / target.split("?")[0].split("#")[0]).resolve().exists(), f"{css}: {target}"
