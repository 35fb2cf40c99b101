"""Time kept pages beside an empty view: ``python -m benchmarks.pages [ADDRESS...]``, or ``make bench-pages``.

It asks the portal's own stack in this process, as an anonymous reader whose browser takes compressed pages, of the
database that DATABASE_URL names (the demo's by default: run `make demo` once). The empty view is /health/live/, which
passes the same middleware. Each address is asked three times as often as needed, in turns; the middle is printed.
"""

import argparse
import os
import statistics
import sys
import time

GOAL = 2.0
EMPTY = "/health/live/"


def main() -> int:
    """Measure, print the table; exit status 1 if a kept page takes more than twice as long as the empty view."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("addresses", nargs="*", default=["/", "/sportello/"])
    parser.add_argument("--times", type=int, default=300)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]

    client = Client(headers={"accept-encoding": "gzip"})

    def ask(address: str) -> float:
        start = time.perf_counter()
        response = client.get(address)
        if response.status_code != 200:
            sys.exit(f"{address}: {response.status_code}")
        return 1000 * (time.perf_counter() - start)

    first = {address: ask(address) for address in arguments.addresses}
    first = {address: ask(f"{address}?non-tenuta") for address in arguments.addresses}
    times: dict[str, list[float]] = {address: [] for address in (EMPTY, *arguments.addresses)}
    for _turn in range(arguments.times):
        for address, found in times.items():
            found.append(ask(address))
    empty = statistics.median(times[EMPTY])
    print(f"{connection.vendor}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("| address | not kept ms | kept ms | times the empty view |\n| --- | --- | --- | --- |")
    print(f"| `{EMPTY}` | | {empty:.2f} | 1 |")
    missed = False
    for address in arguments.addresses:
        middle = statistics.median(times[address])
        missed |= middle > GOAL * empty
        print(f"| `{address}` | {first[address]:.0f} | {middle:.2f} | {middle / empty:.2f} |")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
