"""Time the list of calls, its filters and its other forms: ``python -m benchmarks.calls [--calls 10000]``.

It makes a database of its own, where DATABASE_URL points or in SQLite, fills it, and throws it away at the end. Times
are the best and the middle of several runs of the whole request without any cache, in milliseconds.
"""

import argparse
import os
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")


def measure(count: int, times: int) -> None:
    """Print a table of addresses with queries and milliseconds."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.factories.bandi import call_index

    from .rows import make_calls

    make_calls(call_index(), count)
    client = Client()
    print(f"{count:,} calls, {connection.vendor}")
    print("| address | queries | best ms | middle ms |")
    print("| --- | --- | --- | --- |")
    for address in (
        "/bandi/",
        "/bandi/?pagina=300",
        "/bandi/?stato=tutti",
        "/bandi/?stato=chiusi&ordine=recenti",
        # Each filter by itself over all of them, where it has the most to go through.
        "/bandi/?stato=tutti&q=giovani",
        "/bandi/?stato=tutti&tipo=grants",
        "/bandi/?stato=tutti&destinatari=destinatari-3",
        "/bandi/?stato=tutti&ente=ente-5",
        "/bandi/?stato=tutti&argomento=argomento-3",
        "/bandi/?stato=tutti&territorio=valle-di-prova-7",
        "/bandi/?stato=tutti&importo=50000",
        "/bandi/?stato=tutti&scadenza=30",
        "/bandi/?stato=tutti&q=giovani&argomento=argomento-3",
        "/bandi/?ente=ente-5&importo=20000&scadenza=30&territorio=valle-di-prova-7",
        "/bandi/feed.xml",
        "/bandi/calendario.ics",
        "/api/v2/bandi/?limit=100",
        "/",
    ):
        runs, queries = [], 0
        for _ in range(times):
            cache.clear()
            with CaptureQueriesContext(connection) as found:
                start = time.perf_counter()
                response = client.get(address)
                runs.append(1000 * (time.perf_counter() - start))
            if response.status_code != 200:
                raise AssertionError(f"{address}: {response.status_code}")
            queries = len(found)
        print(f"| `{address}` | {queries} | {min(runs):.0f} | {statistics.median(runs):.0f} |", flush=True)


def main() -> None:
    """Read the arguments, make the database, measure, throw it away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    from tests.helpers.database import migrated_copy, migrated_database

    setup_test_environment(debug=False)
    # A copy of the database that the tests have migrated already, or migrate now.
    if connection.vendor == "sqlite":
        with TemporaryDirectory() as folder:
            connection.settings_dict["NAME"] = str(Path(folder) / "calls.sqlite3")
            migrated_copy(Path(connection.settings_dict["NAME"]))
            measure(arguments.calls, arguments.times)
            connection.close()
        return
    with migrated_database(os.environ["DATABASE_URL"], "portal_calls"):
        connection.settings_dict["NAME"] = "portal_calls"
        measure(arguments.calls, arguments.times)
        connection.close()


if __name__ == "__main__":
    main()
