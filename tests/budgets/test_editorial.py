"""The admin's lists, report and dashboard cost the same however many pages there are."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
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
from tests.helpers.worlds import kept_for_the_module

# Marked although the data is the module's: tests without the mark run after those that empty the database.
pytestmark = pytest.mark.django_db

N = 3


def make_pages(count: int) -> None:
    for _number in range(count):
        full_call()
        full_project()
        event()
        news()
        version = make_version()
        make_signatory(version)
        make_request(version, organisation_name=f"Ditta {version.pk}")
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


LISTS = ("progetti", "bandi", "eventi", "notizie", "sedute", "decisioni", "patti")
PACT_LISTS = ("version", "signatory", "request")


def questions(client: Client, editor) -> dict[str, Callable[[], object]]:
    """What the redazione looks at, by name."""

    def get(address: str, **query: str):
        answer = client.get(address, query)
        assert answer.status_code == 200, address
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    addresses = {
        **{name: reverse(f"{name}:index") for name in LISTS},
        **{name: reverse(f"progetti_pact_{name}:index") for name in PACT_LISTS},
        "tree": reverse("wagtailadmin_explore", args=[call_index().pk]),
        "report": reverse("portal_quality_report"),
        "dashboard": reverse("wagtailadmin_home"),
    }
    return {
        **{name: partial(get, address) for name, address in addresses.items()},
        "report as CSV": partial(get, addresses["report"], export="csv"),
        "count": lambda: count_problems(editor),
        "judge": lambda: judge(editor),
        "pages with problems": lambda: list(pages_with(editor)),
    }


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker):
    """How many queries each question costs with N pages of each type, and with 3N; and the rows of the tree."""
    with kept_for_the_module(django_db_blocker):
        editor, client, measured = staff(roles.PUBLISHERS), Client(), []
        client.force_login(editor)
        for count in (N, 2 * N):
            make_pages(count)
            asked = questions(client, editor)
            for ask in asked.values():
                ask()
            measured.append({name: cost(ask) for name, ask in asked.items()})
        rows = call_index().get_children().count()
    return SimpleNamespace(few=measured[0], many=measured[1], rows=rows)


@pytest.mark.parametrize("name", [*LISTS, *PACT_LISTS, "report", "report as CSV", "dashboard", "count", "judge"])
def test_it_costs_the_same_with_more_pages(name, costs):
    assert costs.many[name] == costs.few[name]


def test_the_tree(costs):
    """Each row's menu costs two queries of wagtail-localize's, as in Wagtail's own tree; our columns cost none."""
    assert costs.many["tree"] == costs.few["tree"] + 2 * (costs.rows - costs.rows // 3)


def test_counting_and_judging_take_a_query_or_two_for_each_type(costs):
    # The types of page; the language, the permissions and the actions of plans.
    assert costs.many["count"] <= len(PAGE_TYPES) * 2 + 2
    assert costs.many["judge"] <= len(PAGE_TYPES) * 2 + 2
    assert costs.many["pages with problems"] <= len(PAGE_TYPES) + 3
