"""Alive, ready, and what an error page gives to quote."""

import pytest
from django.db.utils import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from portal.ops import errors, health


def test_alive_asks_nobody(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/health/live/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_nothing_is_missing(client):
    assert client.get("/health/ready/").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("one", False)])
    response = client.get("/health/ready/")
    assert (response.status_code, response.content) == (503, b"migrations\n")


def test_not_ready_without_a_database(client, monkeypatch):
    def refuse(connection):
        raise OperationalError("password of the database")

    monkeypatch.setattr(health, "MigrationExecutor", refuse)
    response = client.get("/health/ready/")
    assert (response.status_code, response.content) == (503, b"database\n")


@pytest.mark.django_db
def test_the_request_id_comes_back_and_is_on_the_error_page(client):
    response = client.get("/non-esiste/", headers={"X-Request-ID": "1f0c8f1e5a5a4b0f9d5e6c7b8a9d0e1f"})
    assert response.status_code == 404
    assert response.headers["X-Request-ID"] == "1f0c8f1e5a5a4b0f9d5e6c7b8a9d0e1f"
    assert "1f0c8f1e5a5a4b0f9d5e6c7b8a9d0e1f" in response.content.decode()


@pytest.mark.django_db
def test_a_made_up_request_id_is_replaced(client):
    response = client.get("/health/live/", headers={"X-Request-ID": "<script>alert(1)</script>"})
    assert "script" not in response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.csrf_failure, 403),
        (errors.page_not_found, 404),
        (errors.too_many_requests, 429),
        (errors.server_error, 500),
    ],
)
@pytest.mark.parametrize(("path", "language"), [("/bandi/", "it"), ("/en/bandi/", "en")])
def test_error_pages_need_no_database(view, status, path, language):
    # No database fixture here: a query would fail the test.
    response: HttpResponse = view(RequestFactory().get(path))
    assert response.status_code == status
    assert f'lang="{language}"' in response.content.decode()
    assert response.headers["Content-Language"] == language
