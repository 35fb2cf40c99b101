"""Time the candidates of a match: ``python -m benchmarks.candidates``, or ``make bench-candidates``.

One young person among 20,000 published offers, and one offer among 100,000 young people, each drawn many times: how
many queries, how many milliseconds, on SQLite and on PostgreSQL; offers that are done from home, for which everybody is
near, once more by themselves. Rules and weights are read anew each time. Then, for a few of them, how much is found of
the top ten of a scorer that looks at every pair. The SQLite database is kept in var/ for the next time; PostgreSQL's
is thrown away, or is the one that --postgres names.
"""

import argparse
import gc
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
GOALS = {
    "offers for a young person": (3, 50),
    "young people for an offer": (3, 100),
    "young people for an offer from home": (3, 100),
}
SHOWN, BLOCKED = 20, 10
"""What the young person's page shows: possible offers, and offers that are not."""


def main() -> int:
    """Measure on both databases, print the table; exit status 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.candidates", description=__doc__)
    parser.add_argument("--offers", type=int, default=20_000)
    parser.add_argument("--youths", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=60, help="young people and offers drawn")
    parser.add_argument("--compare", type=int, default=20, help="of how many the top tens are compared; 0: of none")
    parser.add_argument("--postgres", default="", metavar="URL", help="an empty or already filled database of your own")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        return _measure(arguments)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before.")
    missed = 0
    if arguments.only != "postgresql":
        missed |= _elsewhere(_sqlite(arguments))
    if arguments.only != "sqlite":
        with tempfile.TemporaryDirectory(prefix="bench-candidates-", ignore_cleanup_errors=True) as folder:
            os.chmod(folder, 0o711)  # noqa: S103  PostgreSQL runs as another user when we are root
            url = arguments.postgres or _postgres("start", f"{folder}/cluster")
            try:
                missed |= _elsewhere(url)
            finally:
                if not arguments.postgres:
                    _postgres("stop", f"{folder}/cluster")
    return missed


def _elsewhere(url: str) -> int:
    """Each database in a process of its own: Django knows one."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "-m", "benchmarks.candidates", "--here", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603  ourselves


def _sqlite(arguments: argparse.Namespace) -> str:
    path = ROOT / "var" / f"bench-{arguments.offers}-{arguments.youths}.sqlite3"
    path.parent.mkdir(exist_ok=True)
    return f"sqlite:///{path}"


def _postgres(action: str, cluster: str) -> str:
    done = subprocess.run(  # noqa: S603  a script of ours
        [ROOT / "scripts" / "postgres.sh", action, cluster], capture_output=True, text=True, check=False
    )
    if done.returncode == 3:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    return done.stdout.strip()


def _measure(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from benchmarks import rows
    from sportello import candidates, scoring
    from sportello.models import Offer, YouthProfile
    from tests.helpers.database import migrated_copy

    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and not path.exists():
        # Migrating takes minutes; the tests keep a migrated database.
        migrated_copy(path)
    call_command("migrate", verbosity=0)
    today, rng = timezone.localdate(), Random("candidates")  # noqa: S311  the same everywhere
    rows.fill(arguments.youths, arguments.offers, today)
    keys = sorted(YouthProfile.objects.values_list("pk", flat=True))
    people = YouthProfile.objects.for_matching().in_bulk(rng.sample(keys, arguments.times)).values()
    keys = sorted(Offer.objects.values_list("pk", flat=True))
    offers = Offer.objects.for_matching().in_bulk(rng.sample(keys, arguments.times)).values()
    keys = sorted(Offer.objects.filter(remote=True).values_list("pk", flat=True))
    remote = Offer.objects.for_matching().in_bulk(rng.sample(keys, min(len(keys), arguments.times))).values()

    def for_youth(profile: YouthProfile) -> int:
        facts = scoring.youth_facts(profile)
        return len(candidates.offers_for(profile, facts, today, limit=SHOWN, blocked=BLOCKED).ranked)

    def for_offer(offer: Offer) -> int:
        return len(candidates.youths_for(offer, scoring.offer_facts(offer), today, limit=SHOWN).ranked)

    # As the web processes do: see gunicorn.conf.py.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    missed = 0
    drawn = ((for_youth, people), (for_offer, offers), (for_offer, remote))
    print("\n| database | what | queries | median ms | p95 ms | goal |\n| --- | --- | --- | --- | --- | --- |")
    for (what, (most, goal)), (ask, things) in zip(GOALS.items(), drawn, strict=True):
        times, queries, found = [], 0, 0
        for thing in things:
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                ask(thing)
            queries = max(queries, len(captured))
            cache.clear()
            start = time.perf_counter()
            found += ask(thing)
            times.append(1000 * (time.perf_counter() - start))
        middle = statistics.median(times)
        missed |= queries > most or middle > goal
        print(
            f"| {connection.vendor} | {what} ({found / len(times):.0f} shown) | {queries} | {middle:.0f} "
            f"| {sorted(times)[int(0.95 * len(times))]:.0f} | {most} queries, {goal} ms |",
            flush=True,
        )
    if arguments.compare:
        _compare(arguments.compare, people, offers, remote, today)
    return int(missed)


def _compare(most: int, people, offers, remote, today: date) -> None:
    """Print the part of the true top tens that is found; beside the times, for it takes minutes."""
    from benchmarks.candidates import comparison
    from sportello.candidates import OFFERS_SCORED, YOUTHS_SCORED

    everything, regions, everybody = comparison.everything()
    near = [offer for offer in offers if not offer.remote]
    lines = {
        f"offers for a young person, {OFFERS_SCORED} scored": comparison.offers_found(
            list(people)[:most], everything, regions, today
        ),
        f"young people for an offer in a place, {YOUTHS_SCORED} scored": comparison.people_found(
            near[:most], everybody, today
        ),
        f"young people for an offer from home, {YOUTHS_SCORED} scored": comparison.people_found(
            list(remote)[:most], everybody, today
        ),
    }
    print("\n| true top tens | compared | found | as good | the worst |\n| --- | --- | --- | --- | --- |")
    for what, found in lines.items():
        print(f"| {what} | {found} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
