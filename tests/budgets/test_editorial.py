"""The admin's lists, report and dashboard cost the same however many pages there are."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from bandi.enums import CallActKind
from bandi.models import CallAct
from home.editorial.problems import PAGE_TYPES
from home.editorial.quality import count_problems, judge, pages_with
from portal.users import roles
from tests.factories.bandi import call, call_index, full_call
from tests.factories.editorial import staff
from tests.factories.home import event, news
from tests.factories.pacts import make_request, make_signatory, make_version
from tests.factories.progetti import full_project

pytestmark = pytest.mark.django_db

N = 3


def make_pages(count: int) -> None:
    for _number in range(count):
        full_call()
        full_project()
        event()
        news()
        make_signatory(make_version())
        act = CallAct(
            kind=CallActKind.EXTENSION,
            date=timezone.localdate(),
            reason="Più tempo",
            new_deadline=timezone.now() + timedelta(days=40),
        )
        call(acts=[act])


def cost(ask) -> int:
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def same_cost(ask) -> int:
    """What it costs with N of each page; it must be the same with 3N."""
    make_pages(N)
    ask()
    first = cost(ask)
    make_pages(2 * N)
    assert cost(ask) == first
    return first


@pytest.fixture
def editor(client):
    user = staff(roles.PUBLISHERS)
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", ["progetti", "bandi", "eventi", "notizie", "sedute", "decisioni", "patti"])
def test_lists(client, editor, name):
    same_cost(lambda: client.get(reverse(f"{name}:index")))


@pytest.mark.parametrize("kind", ["version", "signatory", "request"])
def test_lists_of_pacts(client, editor, kind):
    def make(count):
        for number in range(count):
            version = make_version()
            make_signatory(version)
            make_request(version, organisation_name=f"Ditta {number}")

    def ask():
        assert client.get(reverse(f"progetti_pact_{kind}:index")).status_code == 200

    make(N)
    ask()
    first = cost(ask)
    make(2 * N)
    assert cost(ask) == first


def test_the_tree(client, editor):
    """Each row's menu costs two queries of wagtail-localize's, as in Wagtail's own tree; our columns cost none."""

    def ask():
        client.get(reverse("wagtailadmin_explore", args=[call_index().pk]))

    make_pages(N)
    ask()
    first = cost(ask)
    make_pages(2 * N)
    rows = call_index().get_children().count()
    assert cost(ask) == first + 2 * (rows - rows // 3)


def test_the_report(client, editor):
    same_cost(lambda: client.get(reverse("portal_quality_report")))


def test_the_report_as_csv(client, editor):
    def export():
        answer = client.get(reverse("portal_quality_report"), {"export": "csv"})
        assert b"".join(answer.streaming_content)

    same_cost(export)


def test_the_dashboard(client, editor):
    same_cost(lambda: client.get(reverse("wagtailadmin_home")))


def test_counting_takes_a_query_for_each_type_and_four_more(editor):
    # The types of page; the language, the permissions and the actions of plans.
    assert same_cost(lambda: count_problems(editor)) <= len(PAGE_TYPES) * 2 + 2


def test_judging_takes_a_query_for_each_type(editor):
    assert same_cost(lambda: judge(editor)) <= len(PAGE_TYPES) * 2 + 2
    assert cost(lambda: list(pages_with(editor))) <= len(PAGE_TYPES) + 3
