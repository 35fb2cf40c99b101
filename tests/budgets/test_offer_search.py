"""Queries of the public search of offers: six at most when nothing is kept, and the same at N and at 3N."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from tests.factories.sportello import HostFactory, MunicipalityFactory, SkillFactory, make_offer
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
SEARCH = 6


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=sgabello&tipo=traineeship&ordine=inizio&minori=si",
        "?vicino=Chieri&entro=50&ordine=vicine",
        "?pagina=2",
        "?giorno=0&giorno=1&fascia=morning&dal=2020-01-01&ore=30&indennita=si",
    ],
)
def test_six_and_no_more(query):
    host = HostFactory(organisation__municipality=MunicipalityFactory(name="Chieri"))
    counts = []
    for n in (13, 26):
        for _n in range(n):
            make_offer(host, municipality=host.organisation.municipality, skills=[SkillFactory()], seats_count=3)
        client = StrictClient()
        client.get("/sportello/")
        cache.clear()
        # Wagtail's own, which it reads once an hour.
        Site.get_site_root_paths()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/sportello/{query}").status_code == 200
        counts.append([row["sql"] for row in captured.captured_queries])
    few, many = counts
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= SEARCH, f"{len(many)}:\n" + "\n".join(many)
