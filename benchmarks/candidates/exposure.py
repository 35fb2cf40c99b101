"""Who is seen when top tens are made through the first cut: ``python -m benchmarks.candidates.exposure``.

People come one after the other, look at ten offers and apply to three, as in ``make bench-matching``; but here each top
ten comes from a database, as on their page, and their candidatures go into it, so that the next ones meet the penalty.
Beside it stands the same season of a scorer that looks at every pair. Each place has a SQLite database in var/, filled
anew.
"""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from benchmarks.matching.desk import TOP, Showing

ROOT = Path(__file__).resolve().parents[2]
PLACES = {"a valley": ("RE", 2_000, 700), "a large place": ("MI", 3_000, 1_200)}
"""Province, young people, offers."""


def main() -> int:
    """Print the table, each place in a process of its own: Django knows one database."""
    if len(sys.argv) > 1:
        return _measure(*PLACES[sys.argv[1]])
    print("\n| place, order | seen enough | half its share | never seen | no application | most per seat | value |")
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    failed = 0
    for place, (province, _people, _offers) in PLACES.items():
        path = ROOT / "var" / f"bench-exposure-{province}.sqlite3"
        path.unlink(missing_ok=True)
        path.parent.mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{path}",
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        }
        command = [sys.executable, "-m", "benchmarks.candidates.exposure", place]
        failed |= subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603  ourselves
    return failed


def _measure(province: str, people: int, offers: int) -> int:
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from benchmarks import rows
    from tests.helpers.database import migrated_copy

    today = timezone.localdate()
    migrated_copy(Path(str(connection.settings_dict["NAME"])))
    rows.fill(people, offers, today, "exposure", provinces=[province], candidatures=False)
    everything, tens, possible, seats = _of_everything(today)
    through, found = _through_the_cut(today)
    size = f"{province}, {people:,} x {offers:,}"
    print(f"| {size}, every pair scored | {everything.row(possible, seats)}")
    print(f"| {size}, through the cut | {through.row(possible, seats)}", flush=True)
    same = sum(ours == theirs for ours, theirs in zip(found, tens, strict=True)) / len(tens)
    print(f"{possible.total() / people:.0f} possible offers a person; {same:.0%} of the top tens are the same.")
    return 0


def _through_the_cut(today: date) -> tuple[Showing, list[list[str]]]:
    """Let people see what their page shows, and apply: what was shown, and each top ten."""
    from django.utils import timezone

    from sportello import candidates, scoring
    from sportello.enums import ApplicationState
    from sportello.models import Application, YouthProfile

    showing, tens = Showing(), []
    for profile in YouthProfile.objects.for_matching().order_by("pk"):
        facts = scoring.youth_facts(profile)
        ranked = candidates.offers_for(profile, facts, today, limit=TOP).ranked
        tens.append([line.offer.key for line in ranked])
        chosen = showing.add({line.offer.key: line.pair.value for line in ranked})
        Application.objects.bulk_create(
            Application(
                youth=profile,
                offer_id=int(key),
                desk_id=profile.desk_id,
                state=ApplicationState.SUBMITTED,
                submitted_at=timezone.now(),
                waiting_from=timezone.now(),
            )
            for key in chosen
        )
    return showing, tens


def _of_everything(today: date) -> tuple[Showing, list[list[str]], Counter[str], dict[str, int]]:
    """Do the same with a scorer of every pair; also for how many each offer is possible, and its seats."""
    from benchmarks.candidates import comparison
    from sportello.first_cut import DEFAULT_RADIUS_KM
    from sportello.matching import PreparedOffer, PreparedYouth, Vocabulary, hard_filters, pair_values
    from sportello.matching.exposure import penalty
    from sportello.matching.lottery import personal_draw
    from sportello.rulebook import RuleBook

    facts, regions, people = comparison.everything()
    book, words = RuleBook(), Vocabulary()
    ready = [(PreparedOffer(row, words), book.facts_for(row.kind, regions[row.key], row.start)) for row in facts]
    seats = {row.key: row.seats_free for row in facts}
    showing, tens, possible = Showing(), [], Counter()
    for youth in sorted(people, key=lambda row: int(row.key[1:])):
        fitting = [
            offer
            for offer, rule in ready
            if comparison.in_reach(youth, offer.facts, youth.home, DEFAULT_RADIUS_KM)
            and not hard_filters(youth, offer.facts, today, rule)
        ]
        possible.update(offer.facts.key for offer in fitting)
        lines = []
        for offer, (value, _, _) in zip(fitting, pair_values(PreparedYouth(youth, words), fitting), strict=True):
            key = offer.facts.key
            down = penalty(showing.applications[key], seats[key])
            lines.append((down - value, down, personal_draw(youth.key, key), key, value))
        shown = {key: value for *_, key, value in sorted(lines)[:TOP]}
        showing.add(shown)
        tens.append(list(shown))
    return showing, tens, possible, {key: count for key, count in seats.items() if possible[key]}


if __name__ == "__main__":
    sys.exit(main())
