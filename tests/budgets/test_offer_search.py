"""Queries of the public search of offers: six at most, and the same at N and at 3N."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
        "?giorno=0&giorno=1&fascia=morning&dal=2020-01-01&ore=30&indennita=si",
    ],
)
def test_six_and_no_more(query):
    # The counts beside the sectors are read once a minute. Only where a place is looked up, too, they are relied on.
    host = HostFactory(organisation__municipality=MunicipalityFactory(name="Chieri"))
    counts = []
    for n in (3, 6):
        for _n in range(n):
            make_offer(host, municipality=host.organisation.municipality, skills=[SkillFactory()], seats_count=3)
        client = StrictClient()
        client.get("/sportello/")
        if "vicino" not in query:
            cache.delete_many(["offer-facets-it", "offer-facets-en"])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/sportello/{query}").status_code == 200
        counts.append([row["sql"] for row in captured.captured_queries])
    few, many = counts
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= SEARCH, f"{len(many)}:\n" + "\n".join(many)
