"""Print how the search of offers answers under load: ``python -m benchmarks.search``, or ``make bench-search``.

It starts a PostgreSQL of its own (loopback, thrown away at the end), fills it with 20,000 offers and 100,000 young
people who live where Italy's do, starts gunicorn as production runs it (2 workers of 4 threads) and asks 50 times a
second for 30 seconds, several times: first so that no page was asked for before and each has to be made, then the mix
of an ordinary day, with the pages that production keeps for anonymous readers.
"""

import argparse
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOAL_MS = 200


def main() -> int:
    """Measure, print the table; exit status 1 if the goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--offers", type=int, default=20_000)
    parser.add_argument("--youths", type=int, default=100_000)
    parser.add_argument("--rate", type=int, default=50, help="requests a second")
    parser.add_argument("--seconds", type=int, default=30, help="length of each run, 300 at most")
    parser.add_argument("--runs", type=int, default=3, help="how many of each of the two ways of asking")
    parser.add_argument("--database-url", default="", help="an empty or already filled PostgreSQL of your own")
    arguments = parser.parse_args()
    arguments.seconds = min(arguments.seconds, 300)
    with tempfile.TemporaryDirectory(prefix="bench-search-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o711)  # noqa: S103  PostgreSQL runs as another user when we are root
        cluster = f"{folder}/cluster"
        url = arguments.database_url or _postgres("start", cluster)
        try:
            return _measure(arguments, url, folder)
        finally:
            if not arguments.database_url:
                _postgres("stop", cluster)


def _postgres(action: str, cluster: str) -> str:
    done = subprocess.run(  # noqa: S603  a script of ours
        [ROOT / "scripts" / "postgres.sh", action, cluster], capture_output=True, text=True, check=False
    )
    if done.returncode == 3:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    return done.stdout.strip()


def _measure(arguments: argparse.Namespace, url: str, folder: str) -> int:
    os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="portal.settings.dev", DEMO_FOLDER=folder)
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from benchmarks import rows

    from .load import run
    from .questions import never_asked_before, questions

    started = time.monotonic()
    call_command("migrate", verbosity=0)
    rows.fill(arguments.youths, arguments.offers, timezone.localdate())
    call_command("collectstatic", interactive=False, verbosity=0)
    print(
        f"{arguments.offers:,} offers, {arguments.youths:,} young people, ready in {time.monotonic() - started:.0f} s. "
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.\n"
    )
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "portal.wsgi"], cwd=ROOT, env={**os.environ, "PORT": str(port)}
    )
    try:
        _wait(port, server)
        asked = questions("search", timezone.localdate())
        run(port, asked, 10, 5)  # The first requests of each worker load templates and catalogues.
        print("| pages | run | requests | p50 ms | p95 ms | p99 ms | slowest ms | errors | load of the machine |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        missed = False
        ways = (("each made anew", never_asked_before(asked)), ("as on an ordinary day", asked))
        for (way, addresses), number in product(ways, range(1, arguments.runs + 1)):
            got = run(port, addresses, arguments.rate, arguments.seconds)
            missed |= got.quantile(0.95) >= GOAL_MS or bool(got.errors)
            print(
                f"| {way} | {number} | {len(got.milliseconds):,} | {got.quantile(0.5):.0f} | {got.quantile(0.95):.0f} "
                f"| {got.quantile(0.99):.0f} | {max(got.milliseconds):.0f} | {len(got.errors)} "
                f"| {os.getloadavg()[0]:.1f} |",
                flush=True,
            )
            for problem in got.errors[:5]:
                print(problem, file=sys.stderr)
    finally:
        server.terminate()
        server.wait(30)
    return int(missed)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int, server: subprocess.Popen) -> None:
    for _try in range(120):
        if server.poll() is not None:
            sys.exit("gunicorn did not start.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live/", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    sys.exit("The portal did not answer.")


if __name__ == "__main__":
    sys.exit(main())
