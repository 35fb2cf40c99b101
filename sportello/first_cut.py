"""The first cut: of thousands of offers, or young people, the keys of the few that are worth scoring for somebody.

The database leaves out what cannot be (place, age, hours, days) from indexes that hold all of it (`offer_in_reach`,
`youth_in_reach`), and puts the rest in an order of its own: interest and skills, which weigh most in the score and
differ most from pair to pair, less the penalty of the crowded. A test, and ``make bench-candidates``, compare what is
left with the score of everything.

These are statements, not querysets: to build and compile them anew each time took longer than to run them. Both
databases speak this SQL; they stand inside a queryset (``pk__in``), so that nothing else is.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from math import cos, radians
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from sportello.matching import EARTH_RADIUS_KM, OfferFacts, RuleFacts, Weights, YouthFacts, age_on, bounding_box
from sportello.matching.exposure import PENALTY_MAX, POINTS_EACH
from sportello.matching.factors import GOALS_ENOUGH, NEUTRAL
from sportello.matching.facts import HOURS_IN_A_SLOT

from .enums import OPEN_STATES, HostState, OfferState, StudyPath, YouthStatus
from .enums_matching import ProposalState
from .models import Offer, YouthProfile

DEFAULT_RADIUS_KM = 30.0
"""How far offers are looked for when the person has not told how far they go."""
WIDEST_RADIUS_KM = 60.0
"""How far from an offer the young people are looked for; nobody is asked to go farther than they told."""
YOUTHS_ORDERED = 5_000
"""How many young people, the last to have touched their profile, are put in order round one offer: a city has more."""
SHARING_LOOKED_AT, SHARING_MEASURED, TOUCHED_MEASURED = 6_000, 1_500, 2_000
"""For an offer that is done from home: of how many who share most of its sector and skills the rest is looked at, and
how many of those who fit, and which of the last so many to have touched their profile, are measured by all of it: a
desk of two thousand is looked at whole."""

_POSTGRESQL = {"least": "LEAST", "greatest": "GREATEST", "day": ""}
_ONES = "".join(str(number.bit_count()) for number in range(1 << 7))
"""How many ones the numbers from 0 to 127 have: three look-ups count the parts of a week of 21 bits."""


def _hours_in(week: str) -> str:
    """Return SQL for the hours that the parts of a week are worth."""
    sevens = (f"({week} & 127)", f"(({week} >> 7) & 127)", f"({week} >> 14)")
    ones = " + ".join(f"CAST(SUBSTR('{_ONES}', 1 + {seven}, 1) AS INTEGER)" for seven in sevens)
    return f"{HOURS_IN_A_SLOT} * ({ones})"


_WAITING = ", ".join(f"'{state}'" for state in OPEN_STATES)
_NEAR = """
    SELECT id FROM registry_municipality
    WHERE latitude BETWEEN %(south)s AND %(north)s AND longitude BETWEEN %(west)s AND %(east)s
"""

_ON_SHOW = f"""
    offer.state = '{OfferState.PUBLISHED}' AND offer.end_date >= %(today)s AND offer.host_id NOT IN (
        SELECT id FROM sportello_host
        WHERE (NOT (state = '{HostState.SIGNED}') OR paused_until IS NOT NULL)
        AND (NOT (state = '{HostState.SIGNED}') OR paused_until >= %(today)s)
    )%(wanted)s
"""  # noqa: S608  constants
# What the database can tell of the hard filters: whoever is between two ages passes, the filters decide.
_OFFER_FITS = f"""
    offer.minimum_age <= %(age)s + 1 AND COALESCE(offer.maximum_age, %(age)s) >= %(age)s
    AND offer.weekly_hours <= %(hours)s AND offer.end_date >= %(free_from)s AND offer.start_date <= %(free_until)s
    AND offer.kind IN (%(kinds)s)
    AND (offer.schedule = 0 OR %(week)s = 0 OR (offer.schedule & %(week)s) = offer.schedule
        OR {_hours_in("(offer.schedule & %(week)s)")} >= offer.weekly_hours)
    AND ((offer.start_date >= %(free_from)s AND offer.end_date <= %(free_until)s)
        OR %(day)s(%(least)s(offer.end_date, %(free_until)s)) - %(day)s(%(greatest)s(offer.start_date, %(free_from)s))
        >= %(least)s(
            %(day)s(offer.end_date) - %(day)s(offer.start_date), COALESCE(offer.duration_weeks * 7 - 1, 99999)
        ))
"""
# In hundredths of points of both sides together; the value of a pair is about the half of these.
_OFFER_WORTH = f"""
    CASE WHEN offer.sector_id IN (
        SELECT sector_id FROM sportello_youthprofile_interests WHERE youthprofile_id = %(youth)s
    ) THEN 100 * %(interest)s ELSE 0 END
    + %(skills)s * COALESCE((
        SELECT 100 * SUM(CASE WHEN skill_id IN (
            SELECT skill_id FROM sportello_youthprofile_skills WHERE youthprofile_id = %(youth)s
        ) THEN 1 ELSE 0 END) / COUNT(*)
        FROM sportello_offer_skills AS asked WHERE asked.offer_id = offer.id
    ), {NEUTRAL})
    - 200 * %(least)s({PENALTY_MAX}, {POINTS_EACH} * (
        SELECT COUNT(*) FROM sportello_application AS waiting
        WHERE waiting.offer_id = offer.id AND waiting.state IN ({_WAITING})
    ) / offer.seats_count)
"""  # noqa: S608  constants
# What can be done from home, and what is near: each is one stretch of the index.
_OFFERS = f"""
    SELECT id FROM (
        SELECT offer.id, offer.published_at, {_OFFER_WORTH} AS worth FROM (
            SELECT id, published_at, sector_id, seats_count FROM sportello_offer AS offer
            WHERE offer.remote = TRUE AND {_ON_SHOW} AND {_OFFER_FITS}
            UNION ALL
            SELECT id, published_at, sector_id, seats_count FROM sportello_offer AS offer
            WHERE offer.remote = FALSE AND offer.municipality_id IN ({_NEAR}) AND {_ON_SHOW} AND {_OFFER_FITS}
        ) AS offer
        ORDER BY 3 DESC, 2 DESC, 1 DESC LIMIT %(most)s
    ) AS fitting
"""  # noqa: S608  constants
_OFFERS_LEFT_OUT = f"""
    UNION ALL SELECT id FROM (
        SELECT offer.id, offer.published_at FROM sportello_offer AS offer
        WHERE offer.remote = FALSE AND offer.municipality_id IN ({_NEAR}) AND {_ON_SHOW} AND NOT ({_OFFER_FITS})
        ORDER BY 2 DESC, 1 DESC LIMIT %(others)s
    ) AS others
"""  # noqa: S608  constants

# Who has told no skills, no interest or no goals counts neutral, as in the score.
_LIKED = f"""
    COALESCE((
        SELECT 100 * MAX(CASE WHEN sector_id = %(sector)s THEN 1 ELSE 0 END)
        FROM sportello_youthprofile_interests AS liked WHERE liked.youthprofile_id = youth.id
    ), {NEUTRAL})
"""  # noqa: S608  constants
_COVERED = f"""
    COALESCE((
        SELECT 100 * SUM(CASE WHEN skill_id IN (
            SELECT skill_id FROM sportello_offer_skills WHERE offer_id = %(offer)s
        ) THEN 1 ELSE 0 END) / NULLIF(%(asked)s, 0)
        FROM sportello_youthprofile_skills AS known WHERE known.youthprofile_id = youth.id
    ), {NEUTRAL})
"""  # noqa: S608  constants
_YOUTH_FITS = f"""
    youth.desk_id = %(desk)s AND youth.matching_consent_at IS NOT NULL
    AND youth.birth_date <= %(youngest)s
    AND (youth.weekly_hours_max IS NULL OR youth.weekly_hours_max >= %(hours)s)
    AND (youth.available_from IS NULL OR youth.available_from <= %(last_start)s)
    AND (youth.available_until IS NULL OR youth.available_until >= %(first_end)s)
    AND (youth.available_from IS NULL OR youth.available_until IS NULL
        OR %(day)s(youth.available_until) - %(day)s(youth.available_from) >= %(length)s - 1)
    AND youth.status IN (%(statuses)s)
    AND (youth.availability = 0 OR %(week)s = 0 OR (youth.availability & %(week)s) = %(week)s
        OR {_hours_in("(youth.availability & %(week)s)")} >= %(hours)s)
    AND youth.user_id NOT IN (SELECT id FROM users_user WHERE NOT is_active)
    AND youth.id NOT IN (SELECT youth_id FROM sportello_application WHERE offer_id = %(offer)s)
    AND youth.id NOT IN (
        SELECT youth_id FROM sportello_proposal WHERE offer_id = %(offer)s AND state = '{ProposalState.DECLINED}'
    )
"""  # noqa: S608  constants
_YOUTHS_NEAR = f"""
    SELECT id FROM (
        SELECT youth.id, youth.updated_at, %(interest)s * {_LIKED} + %(skills)s * {_COVERED} AS worth FROM (
            SELECT youth.id, youth.updated_at FROM sportello_youthprofile AS youth %(home_near)s {_YOUTH_FITS}
            ORDER BY youth.updated_at DESC, youth.id DESC LIMIT %(ordered)s
        ) AS youth
        ORDER BY 3 DESC, 2 DESC, 1 DESC LIMIT %(most)s
    ) AS fitting
"""  # noqa: S608  constants
# As far as each one goes, by sums and products; a kilometre more is let pass, the matching measures.
_HOME_NEAR = f"""
    JOIN registry_municipality AS home ON home.id = youth.home_id
    WHERE youth.home_id IN ({_NEAR})
    AND (youth.max_distance_km IS NULL OR (youth.max_distance_km + 1) * (youth.max_distance_km + 1) >=
        (home.latitude - %(latitude)s) * (home.latitude - %(latitude)s) * %(north_km2)s
        + (home.longitude - %(longitude)s) * (home.longitude - %(longitude)s) * %(east_km2)s) AND
"""

# From home everybody is near: first come those who share most of what the offer is about, then those who touched their
# profile last. Thousands may be level by interest and skills, and to all of them travel, hours and days are worth the
# same, so they stand in the order of all the rest that the score knows.
_SHARING = f"""
    SELECT youth.id FROM (
        SELECT id, SUM(points) AS points FROM (
            SELECT youthprofile_id AS id, 100 * %(interest)s AS points FROM sportello_youthprofile_interests
            WHERE sector_id = %(sector)s
            UNION ALL
            SELECT youthprofile_id AS id, 100 * %(skills)s / NULLIF(%(asked)s, 0) AS points
            FROM sportello_youthprofile_skills
            WHERE skill_id IN (SELECT skill_id FROM sportello_offer_skills WHERE offer_id = %(offer)s)
        ) AS shared GROUP BY id ORDER BY 2 DESC, 1 DESC LIMIT %(looked_at)s
    ) AS sharing JOIN sportello_youthprofile AS youth ON youth.id = sharing.id
    WHERE {_YOUTH_FITS} ORDER BY sharing.points DESC, youth.id DESC LIMIT %(measured)s
"""  # noqa: S608  constants
# Cut before it is filtered: PostgreSQL takes the filters for so narrow that it would rather look at everybody.
_TOUCHED = f"""
    SELECT youth.id FROM (
        SELECT * FROM sportello_youthprofile WHERE desk_id = %(desk)s AND matching_consent_at IS NOT NULL
        ORDER BY updated_at DESC, id DESC LIMIT %(touched)s
    ) AS youth WHERE {_YOUTH_FITS}
"""  # noqa: S608  constants
_WISHED = f"""
    COALESCE((
        SELECT %(least)s(100, 100 * SUM(CASE WHEN skill_id IN (
            SELECT skill_id FROM sportello_offer_goals WHERE offer_id = %(offer)s
        ) THEN 1 ELSE 0 END) / %(least)s({GOALS_ENOUGH}, COUNT(*)))
        FROM sportello_youthprofile_goals AS wished WHERE wished.youthprofile_id = youth.id HAVING COUNT(*) > 0
    ), {NEUTRAL})
"""  # noqa: S608  constants
_STUDIED = """
    CASE WHEN youth.study_path = '' THEN NULL WHEN youth.study_path IN (%(paths)s) THEN 100 ELSE 0 END
"""
_PARTS = f"""
    CASE WHEN youth.availability = 0 OR %(week)s = 0 THEN NULL
    ELSE 100 * {_hours_in("(youth.availability & %(week)s)")} / %(week_hours)s END
"""
_HOURS_AND_DAYS_TOLD = """
    CASE WHEN youth.weekly_hours_max IS NULL THEN 0 ELSE 1 END
    + CASE WHEN youth.available_from IS NULL AND youth.available_until IS NULL THEN 0 ELSE 1 END
"""
# The limit of the rows that are measured cuts none: it keeps the databases from measuring again what is named again.
_YOUTHS_ANYWHERE = f"""
    SELECT id FROM (
        SELECT id, updated_at,
            %(interest)s * liked + %(skills)s * covered + %(goals)s * wished
            + %(studies)s * (COALESCE(studied, covered) - covered) / 2
            + %(schedule)s * COALESCE(parts, {NEUTRAL})
            + %(availability)s * COALESCE(
                (COALESCE(parts, 0) + 100 * told) / NULLIF(told + CASE WHEN parts IS NULL THEN 0 ELSE 1 END, 0),
                {NEUTRAL}
            ) AS worth
        FROM (
            SELECT youth.id, youth.updated_at, {_LIKED} AS liked, {_COVERED} AS covered, {_WISHED} AS wished,
                {_STUDIED} AS studied, {_PARTS} AS parts, {_HOURS_AND_DAYS_TOLD} AS told
            FROM sportello_youthprofile AS youth
            WHERE youth.id IN (SELECT id FROM ({_SHARING}) AS sharing UNION SELECT id FROM ({_TOUCHED}) AS touched)
            LIMIT %(measured)s + %(touched)s
        ) AS youth
        ORDER BY 3 DESC, 2 DESC, 1 DESC LIMIT %(most)s
    ) AS fitting
"""  # noqa: S608  constants


def offers_to_score(
    profile: YouthProfile,
    facts: YouthFacts,
    kinds: Iterable[str],
    weights: Weights,
    today: date,
    most: int,
    others: int,
    wanted: QuerySet | None = None,
) -> RawSQL:
    """Return the keys of the offers that are worth scoring for a young person, `most` at most.

    Args:
        kinds: the kinds of experience that may be open to them.
        others: of how many of those near home that do not fit, the newest, the keys come too.
        wanted: the offers that the person asked for by filters; without it all.
    """
    values = _box(facts.home, facts.max_distance_km or DEFAULT_RADIUS_KM) | {
        "youth": profile.pk,
        "today": today,
        "age": age_on(profile.birth_date, today),
        "hours": profile.weekly_hours_max or 168,
        "week": profile.availability,
        "free_from": max(profile.available_from or today, today),
        "free_until": profile.available_until or date.max,
        "interest": weights.youth.interest,
        # Who has told no skills misses them everywhere.
        "skills": weights.youth.skills + weights.host.skills if facts.skills or facts.languages else 0,
        "most": most,
        "others": others,
        "wanted": wanted,
    }
    return _statement(_OFFERS + (_OFFERS_LEFT_OUT if others else ""), values, kinds=kinds)


def youths_to_score(
    offer: Offer, facts: OfferFacts, rule: RuleFacts | None, weights: Weights, today: date, most: int
) -> RawSQL:
    """Return the keys of the young people whom an offer is worth proposing to, `most` at most.

    They are of an age that can be, go as far as the offer is, are free in its period, and have neither applied to it
    nor said no when it was proposed to them.
    """
    asked = len(facts.skills or ()) + len(facts.languages or ())
    begins, length = max(today, offer.start_date), offer.days_needed
    # At least so old when it begins, whatever the day is on which that will be.
    age = max(offer.minimum_age, (rule.minimum_age if rule else None) or 0)
    statuses = (rule.statuses if rule else None) or YouthStatus.values
    values = {
        "offer": offer.pk,
        "desk": offer.desk_id,
        "sector": offer.sector_id,
        "youngest": today.replace(year=today.year - max(age - 1, 14), day=min(today.day, 28)),
        "hours": offer.weekly_hours,
        "week": offer.schedule,
        "length": length,
        "last_start": offer.end_date - timedelta(days=length - 1),
        "first_end": begins + timedelta(days=length - 1),
        "interest": weights.youth.interest,
        "skills": weights.youth.skills + weights.host.skills,
        "asked": asked,
        "ordered": YOUTHS_ORDERED,
        "most": most,
    }
    if facts.place is None or offer.remote:
        paths = [path for path in offer.study_paths if path in StudyPath.values]
        # Studies are half of the young person's side of the skills, or all of it where no skills are asked for.
        values |= {
            "studies": weights.youth.skills * (1 if asked else 2) if paths else 0,
            "goals": weights.youth.goals if facts.learning_goals else 0,
            "schedule": weights.youth.schedule,
            "availability": weights.host.availability,
            "week_hours": HOURS_IN_A_SLOT * max(1, offer.schedule.bit_count()),
            "looked_at": SHARING_LOOKED_AT,
            "measured": SHARING_MEASURED,
            "touched": TOUCHED_MEASURED,
        }
        return _statement(_YOUTHS_ANYWHERE, values, statuses=statuses, paths=paths)
    km = (radians(1) * EARTH_RADIUS_KM) ** 2
    values |= _box(facts.place, WIDEST_RADIUS_KM) | {
        "latitude": facts.place.latitude,
        "longitude": facts.place.longitude,
        "north_km2": km,
        "east_km2": km * cos(radians(facts.place.latitude)) ** 2,
    }
    return _statement(_YOUTHS_NEAR.replace("%(home_near)s", _HOME_NEAR), values, statuses=statuses)


def _box(place: Any, radius_km: float) -> dict[str, Any]:
    """A box round a place, or one that holds nothing; distances are measured by the matching."""
    sides = bounding_box(place, float(radius_km)) if place is not None else (1.0, 0.0, 0.0, 0.0)
    return dict(zip(("south", "west", "north", "east"), sides, strict=True))


def _statement(text: str, values: dict[str, Any], **lists: Iterable[str]) -> RawSQL:
    """Put values where the statement names them, in the order in which they stand, and lists of our own words."""
    sqlite = connection.vendor == "sqlite"
    words = {"least": "MIN", "greatest": "MAX", "day": "julianday"} if sqlite else _POSTGRESQL
    for name, items in lists.items():
        words = {**words, name: ", ".join(f"'{item}'" for item in sorted(items)) or "NULL"}
    for name, word in words.items():
        text = text.replace(f"%({name})s", word)
    parameters: list[Any] = []

    def put(found: re.Match) -> str:
        value = values[found[1]]
        if found[1] != "wanted":
            parameters.append(value)
            return "%s"
        if value is None:
            return ""
        inside, its_own = value.order_by().values("pk").query.sql_with_params()
        parameters.extend(its_own)
        return f" AND offer.id IN ({inside})"

    return RawSQL(re.sub(r"%\((\w+)\)s", put, text), parameters)  # noqa: S611  ours, with parameters
