"""The score: points that add up, facts that are never read, sentences for every case."""

import json
import string
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sportello.matching import (
    BANDS,
    DEFAULT_WEIGHTS,
    HostWeights,
    OfferFacts,
    Point,
    PreparedOffer,
    PreparedYouth,
    Vocabulary,
    Weights,
    YouthFacts,
    YouthWeights,
    hints,
    pair_values,
    score_pair,
)
from sportello.matching.catalogue import CATALOGUE, LABELS
from sportello.matching.score import harmonic_mean
from sportello.matching.wording import say

words = st.none() | st.frozensets(st.sampled_from("abcdef"), max_size=4)
slots = st.none() | st.frozensets(st.tuples(st.integers(0, 6), st.sampled_from(BANDS)), max_size=6)
points = st.none() | st.builds(Point, st.floats(44.9, 45.1), st.floats(7.9, 8.1))
days = st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31))


def in_order(offer):
    start, end = offer.get("start"), offer.get("end")
    return {**offer, "start": end, "end": start} if start and end and end < start else offer


youths = st.builds(
    YouthFacts,
    home=points,
    max_distance_km=st.none() | st.floats(0, 30),
    interests=words,
    skills=words,
    languages=words,
    study_path=st.none() | st.sampled_from("abc"),
    goals=words,
    availability=slots,
    weekly_hours_max=st.none() | st.integers(0, 40),
    available_from=days,
    available_until=days,
    motivation_length=st.none() | st.integers(0, 1000),
)
offers = st.fixed_dictionaries(
    {
        "sector": st.none() | st.sampled_from("abc"),
        "skills": words,
        "languages": words,
        "study_paths": words,
        "learning_goals": words,
        "place": points,
        "remote": st.booleans(),
        "schedule": slots,
        "weekly_hours": st.none() | st.integers(0, 40),
        "start": days,
        "end": days,
        "duration_days": st.none() | st.integers(1, 90),
        "host_answer_rate": st.none() | st.floats(0, 1),
        "host_days_to_answer": st.none() | st.floats(0, 40),
    }
).map(lambda values: OfferFacts(**in_order(values)))


def parts_of(total, count):
    return st.lists(st.integers(0, total), min_size=count - 1, max_size=count - 1).map(
        lambda cuts: [b - a for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), total], strict=True)]
    )


tables = st.builds(
    lambda young, host: Weights(
        version="drawn",
        youth=YouthWeights(**dict(zip([f.name for f in fields(YouthWeights)], young, strict=True))),
        host=HostWeights(**dict(zip([f.name for f in fields(HostWeights)], host, strict=True))),
    ),
    parts_of(100, 6),
    parts_of(100, 4),
)


@given(youths, offers, tables)
@settings(max_examples=250, deadline=None)
def test_points_add_up_to_the_score(youth, offer, weights):
    pair = score_pair(youth, offer, weights)

    for side, table in ((pair.youth, weights.youth), (pair.host, weights.host)):
        assert sum(factor.points for factor in side.factors) == side.value
        assert [factor.key for factor in side.factors] == [field.name for field in fields(table)]
        exact = sum(factor.value * factor.weight for factor in side.factors) / 100
        assert abs(side.value - exact) <= 0.5
        for factor in side.factors:
            assert factor.weight == getattr(table, factor.key)
            assert 0 <= factor.value <= 100
            assert abs(factor.points - factor.value * factor.weight / 100) < 1
            assert 0 <= factor.points <= factor.weight
            assert not factor.missing or factor.value == 50
            assert factor.missing == factor.wording.endswith(".missing")
    a, b = pair.youth.value, pair.host.value
    assert abs(pair.value - (2 * a * b / (a + b) if a + b else 0)) <= 0.5
    assert pair.weights_version == "drawn"


@given(youths, st.lists(offers, max_size=4), tables)
@settings(max_examples=150, deadline=None)
def test_the_fast_path_and_the_explained_one_agree(youth, many, weights):
    vocabulary = Vocabulary()
    prepared = [PreparedOffer(offer, vocabulary) for offer in many]
    explained = [score_pair(youth, offer, weights) for offer in many]

    assert pair_values(PreparedYouth(youth, vocabulary), prepared, weights) == [
        (pair.value, pair.youth.value, pair.host.value) for pair in explained
    ]


@given(youths, offers)
@settings(max_examples=150, deadline=None)
def test_every_factor_has_its_sentences(youth, offer):
    pair = score_pair(youth, offer)
    for factor in (*pair.youth.factors, *pair.host.factors):
        for language in ("it", "en"):
            assert factor.label(language)
            for audience in ("youth", "staff"):
                sentence = factor.sentence(language, audience)
                assert sentence.endswith(".")
                assert "{" not in sentence


class Poisoned:
    """Stands in for facts: gives what the score may read, and fails the test at anything else."""

    def __init__(self, facts, forbidden):
        self._facts = facts
        self._forbidden = forbidden

    def __getattr__(self, name):
        if name in self._forbidden or not hasattr(self._facts, name):
            raise AssertionError(f"the score read {name}")
        return getattr(self._facts, name)


@given(youths, offers)
@settings(max_examples=100, deadline=None)
def test_age_and_what_is_protected_are_never_read(youth, offer):
    private = {"birth_date", "status", "key", "refused_offers", "past_hosts", "consent"}
    protected = {"gender", "sex", "origin", "citizenship", "nationality", "disability", "religion", "name", "age"}
    ages = {"minimum_age", "maximum_age", "hazards", "night", "open_applications", "seats_free", "host_staff"}

    poisoned = score_pair(Poisoned(youth, private | protected), Poisoned(offer, ages))

    assert poisoned == score_pair(youth, offer)


def test_protected_traits_are_no_facts_at_all():
    known = {field.name for field in (*fields(YouthFacts), *fields(OfferFacts))}
    for trait in ("gender", "sex", "origin", "citizen", "national", "disab", "relig", "surname", "ethnic", "isee"):
        assert not [name for name in known if trait in name]


SUMMER = date(2027, 6, 14)
GOOD_YOUTH = YouthFacts(
    home=Point(45, 8),
    max_distance_km=20,
    interests=frozenset({"digitale"}),
    skills=frozenset({"html", "css"}),
    languages=frozenset({"en"}),
    study_path="tecnico",
    goals=frozenset({"squadra", "clienti"}),
    availability=frozenset({(0, "morning"), (1, "morning")}),
    weekly_hours_max=20,
    available_from=SUMMER,
    available_until=SUMMER + timedelta(days=60),
    motivation_length=500,
)
GOOD_OFFER = OfferFacts(
    sector="digitale",
    skills=frozenset({"html", "css"}),
    languages=frozenset({"en"}),
    study_paths=frozenset({"tecnico"}),
    learning_goals=frozenset({"squadra", "clienti"}),
    place=Point(45, 8),
    schedule=frozenset({(0, "morning"), (1, "morning")}),
    weekly_hours=8,
    start=SUMMER,
    end=SUMMER + timedelta(days=29),
    host_answer_rate=1.0,
    host_days_to_answer=1,
)


def value(side, key, youth=None, offer=None):
    pair = score_pair(replace(GOOD_YOUTH, **(youth or {})), replace(GOOD_OFFER, **(offer or {})))
    factor = getattr(pair, side).factor(key)
    return None if factor.missing else factor.value


def test_a_perfect_pair_is_a_hundred_and_an_empty_one_is_neutral():
    best = score_pair(GOOD_YOUTH, GOOD_OFFER)
    assert (best.value, best.youth.value, best.host.value) == (100, 100, 100)
    unknown = score_pair(YouthFacts(), OfferFacts())
    assert (unknown.value, unknown.youth.value, unknown.host.value) == (50, 50, 50)
    assert all(factor.missing for factor in (*unknown.youth.factors, *unknown.host.factors))


@pytest.mark.parametrize(
    ("side", "key", "youth", "offer", "expected"),
    [
        ("youth", "interest", {"interests": frozenset({"sociale"})}, {}, 0),
        ("youth", "interest", {"interests": frozenset()}, {}, None),
        ("youth", "interest", {}, {"sector": None}, None),
        ("youth", "skills", {"skills": frozenset({"html"})}, {}, 84),
        ("youth", "skills", {"skills": frozenset({"html"})}, {"study_paths": None}, 67),
        ("youth", "skills", {"study_path": "liceo"}, {}, 50),
        ("youth", "skills", {}, {"skills": None, "languages": None}, 100),
        ("host", "skills", {}, {"skills": None, "languages": None}, None),
        ("host", "skills", {"skills": frozenset({"html"}), "languages": None}, {}, 33),
        # A skill called like a language is not that language.
        ("host", "skills", {"skills": frozenset({"en"}), "languages": None}, {"skills": None}, 0),
        ("youth", "travel", {"max_distance_km": 0}, {}, 100),
        ("youth", "travel", {}, {"place": Point(45.0899, 8)}, 63),
        ("youth", "travel", {}, {"place": Point(46, 8)}, 0),
        ("youth", "travel", {}, {"place": Point(46, 8), "remote": True}, 100),
        ("youth", "travel", {"max_distance_km": None}, {}, None),
        ("host", "travel", {"home": None}, {}, None),
        ("youth", "schedule", {"availability": frozenset({(0, "morning")})}, {}, 50),
        ("youth", "schedule", {"availability": frozenset({(5, "evening")})}, {}, 0),
        ("youth", "schedule", {}, {"schedule": frozenset()}, None),
        ("youth", "goals", {"goals": frozenset({"squadra"})}, {}, 100),
        ("youth", "goals", {"goals": frozenset({"squadra", "impresa"})}, {}, 50),
        ("youth", "goals", {"goals": frozenset({"squadra", "a", "b", "c", "d"})}, {}, 33),
        ("youth", "reliability", {}, {"host_answer_rate": 0.5, "host_days_to_answer": None}, 50),
        ("youth", "reliability", {}, {"host_answer_rate": 0.5, "host_days_to_answer": 9}, 50),
        ("youth", "reliability", {}, {"host_answer_rate": 1.0, "host_days_to_answer": 40}, 70),
        ("youth", "reliability", {}, {"host_answer_rate": None}, None),
        ("host", "availability", {"weekly_hours_max": 4}, {}, 83),
        ("host", "availability", {"available_until": SUMMER + timedelta(days=14)}, {}, 83),
        ("host", "availability", {"available_until": SUMMER + timedelta(days=14)}, {"duration_days": 15}, 100),
        ("host", "availability", {"available_from": date(2028, 1, 1), "available_until": None}, {}, 67),
        ("host", "motivation", {"motivation_length": 100}, {}, 25),
        ("host", "motivation", {"motivation_length": 0}, {}, None),
    ],
)
def test_factor_values(side, key, youth, offer, expected):
    assert value(side, key, youth, offer) == expected


def test_a_score_has_only_its_own_factors():
    with pytest.raises(KeyError):
        score_pair(GOOD_YOUTH, GOOD_OFFER).host.factor("interest")


def test_harmonic_mean_punishes_the_one_sided():
    assert [harmonic_mean(*pair) for pair in ((100, 100), (100, 0), (0, 0), (90, 10), (50, 51))] == [100, 0, 0, 18, 50]


def test_hints_tell_what_would_raise_the_score_and_are_true():
    youth = replace(GOOD_YOUTH, motivation_length=None, skills=frozenset({"html"}), goals=None, interests=None)
    found = hints(youth, GOOD_OFFER)

    assert {hint.key for hint in found} == {"motivation", "skills", "goals", "interest"}
    assert [hint.gain for hint in found] == sorted((hint.gain for hint in found), reverse=True)
    now = score_pair(youth, GOOD_OFFER).value
    for hint, change in (
        ("motivation", {"motivation_length": 400}),
        ("skills", {"skills": frozenset({"html", "css"})}),
        ("goals", {"goals": GOOD_OFFER.learning_goals}),
        ("interest", {"interests": frozenset({"digitale"})}),
    ):
        gain = next(line.gain for line in found if line.key == hint)
        assert score_pair(replace(youth, **change), GOOD_OFFER).value == now + gain
    assert all(hint.sentence(language) for hint in found for language in ("it", "en"))


def test_no_hint_where_nothing_of_the_persons_could_help():
    assert hints(GOOD_YOUTH, GOOD_OFFER) == ()
    # The sector that the offer does not tell is not the person's to tell, and interests are not to be bent.
    assert hints(GOOD_YOUTH, replace(GOOD_OFFER, sector=None)) == ()
    assert hints(replace(GOOD_YOUTH, interests=frozenset({"sociale"})), GOOD_OFFER) == ()


def test_a_hint_for_time_and_distance():
    youth = replace(GOOD_YOUTH, availability=frozenset({(0, "morning")}), weekly_hours_max=4)
    assert [hint.key for hint in hints(youth, GOOD_OFFER)] == ["availability"]
    far = replace(GOOD_OFFER, place=Point(45.15, 8))
    assert [hint.key for hint in hints(GOOD_YOUTH, far)] == ["travel"]
    assert [hint.key for hint in hints(replace(GOOD_YOUTH, home=None), GOOD_OFFER)] == ["travel"]


def test_default_weights_are_those_of_the_design():
    assert DEFAULT_WEIGHTS.as_document() == {
        "version": "2026-1",
        "youth": {"interest": 25, "skills": 20, "travel": 20, "schedule": 15, "goals": 10, "reliability": 10},
        "host": {"skills": 35, "availability": 25, "motivation": 20, "travel": 20},
    }


def test_weights_survive_json_and_have_a_fingerprint():
    document = json.loads(json.dumps(DEFAULT_WEIGHTS.as_document()))
    assert Weights.from_document(document) == DEFAULT_WEIGHTS
    assert Weights.from_document(document).sha256 == DEFAULT_WEIGHTS.sha256
    assert Weights(version="2026-2").sha256 != DEFAULT_WEIGHTS.sha256


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d["youth"].update(interest=26),
        lambda d: d["youth"].update(interest=25.0),
        lambda d: d["youth"].update(interest=True, skills=44),
        lambda d: d["host"].update(skills=-1, travel=56),
        lambda d: d["host"].update(luck=0),
        lambda d: d["host"].pop("skills"),
        lambda d: d.pop("version"),
        lambda d: d.update(version=2),
        lambda d: d.update(note=""),
        lambda d: d.update(host=[]),
    ],
)
def test_weights_that_are_not_a_table_are_refused(spoil):
    document = DEFAULT_WEIGHTS.as_document()
    spoil(document)
    with pytest.raises(ValueError, match="weight"):
        Weights.from_document(document)


def test_every_sentence_speaks_both_languages_with_the_same_numbers():
    for key, sentences in CATALOGUE.items():
        assert len(sentences) == 4
        assert sentences[0] != sentences[2]
        for sentence in sentences:
            assert sentence[0].isupper(), key
            assert sentence[-1] == ".", key
            assert not {"he", "she", "lui", "lei"} & set(sentence.lower().replace(",", " ").split()), key
        it_youth, it_staff, en_youth, en_staff = (
            {name for _, name, _, _ in string.Formatter().parse(sentence) if name} for sentence in sentences
        )
        assert it_youth == en_youth, key
        assert it_staff == en_staff, key
    assert all(len(set(names)) == 2 for names in LABELS.values())


def test_a_language_or_an_audience_that_nobody_speaks():
    with pytest.raises(ValueError, match="'de'"):
        say("travel.remote", "de")
    with pytest.raises(ValueError, match="'mayor'"):
        say("travel.remote", "it", "mayor")
    with pytest.raises(KeyError):
        say("travel.nowhere")
