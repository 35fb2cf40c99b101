"""Which offers a young person is shown, and which young people an offer: the right ones, in three queries."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from benchmarks import rows
from benchmarks.candidates import comparison
from portal.registry.models import Municipality
from sportello import candidates, first_cut, scoring
from sportello.actions import applications, applications_acceptance, applications_host
from sportello.enums import OfferKind, StudyPath, YouthStatus
from sportello.errors import GuardRefused
from sportello.fact_columns import OFFER_COLUMNS, YOUTH_COLUMNS
from sportello.matching.score import harmonic_mean
from sportello.models import Offer, ProgrammeRule, YouthProfile
from sportello.rulebook import RuleBook
from tests.factories.sportello import (
    DeskFactory,
    HostFactory,
    MunicipalityFactory,
    SectorFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_offered,
    operator_of,
    owner_of,
)
from tests.sportello.test_host_members import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def host():
    return HostFactory()


@pytest.fixture
def young(host):
    return YouthProfile.objects.for_matching().get(pk=YouthFactory(desk=host.desk).pk)


def offers_of(young, today, limit=20, blocked=10):
    return candidates.offers_for(young, scoring.youth_facts(young), today, limit=limit, blocked=blocked)


def titles(found) -> list[str]:
    return [found.rows[line.offer.key].title for line in found.ranked]


def test_columns_and_objects_give_the_same_facts(host, young, today):
    make_offer(host)
    row = Offer.objects.with_counts().with_hosted().values(*OFFER_COLUMNS).get()
    assert candidates.offer_facts_of(row) == scoring.offer_facts(Offer.objects.for_matching().get())
    row = YouthProfile.objects.values(*YOUTH_COLUMNS).get()
    assert candidates.youth_facts_of(row) == scoring.youth_facts(young)


def test_three_queries_however_many_offers(host, young, today, django_assert_num_queries):
    for wanted in (3, 9):
        while Offer.objects.count() < wanted:
            make_offer(host)
        cache.clear()
        with django_assert_num_queries(3):
            found = offers_of(young, today, limit=2)
        assert len(found.ranked) == 2
        assert found.more == wanted - 2


def test_three_queries_however_many_young_people(host, today, django_assert_num_queries):
    offer = Offer.objects.for_matching().get(pk=make_offer(host).pk)
    for wanted in (3, 9):
        while YouthProfile.objects.count() < wanted:
            YouthFactory(desk=host.desk)
        cache.clear()
        with django_assert_num_queries(3):
            found = candidates.youths_for(offer, scoring.offer_facts(offer), today, limit=2)
        assert len(found.ranked) == 2
        assert found.more == wanted - 2
        assert {line.youth.key for line in found.ranked} == set(found.rows)


def test_the_first_cut_keeps_what_interests_most(host, young, today, monkeypatch):
    liked = make_offer(host, title="Quello che mi piace", sector=SectorFactory())
    young.interests.set([liked.sector])
    young.refresh_terms()
    other = SectorFactory(slug="altro-settore", name="Altro settore")
    for number in range(3):
        make_offer(host, title=f"Più nuova {number}", sector=other)
    monkeypatch.setattr(candidates, "OFFERS_SCORED", 2)
    found = offers_of(young, today)
    assert titles(found)[0] == "Quello che mi piace"
    assert len(found.ranked) == 2


def test_who_has_told_no_interest_yet_is_shown_the_newest(host, young, today):
    young.interests.clear()
    young.refresh_terms()
    for number in range(2):
        make_offer(host, title=f"Numero {number}")
    assert set(titles(offers_of(young, today))) == {"Numero 0", "Numero 1"}


def test_what_the_rule_of_its_kind_refuses_is_not_possible_and_says_why(host, young, today):
    ProgrammeRule.objects.all().delete()
    offer = make_offer(host, kind=OfferKind.PCTO)
    ProgrammeRule.objects.create(
        kind=OfferKind.PCTO, valid_from=date(2020, 1, 1), statuses=[YouthStatus.SCHOOL], source="Prova"
    )
    found = offers_of(young, today)
    assert found.ranked == ()
    ((facts, obstacles),) = found.blocked
    assert (facts.key, obstacles[0].key) == (str(offer.pk), "status")
    assert scoring.obstacles(young, Offer.objects.for_matching().get())[0].key == "status"
    young.status = YouthStatus.SCHOOL
    young.save()
    assert len(offers_of(young, today).ranked) == 1


def test_a_region_may_have_rules_of_its_own_until_they_end():
    ProgrammeRule.objects.all().delete()
    kind = OfferKind.TRAINEESHIP
    for region, year, values in (
        ("", 2020, {"minimum_age": 18}),
        ("Piemonte", 2022, {"minimum_age": 16}),
        ("Piemonte", 2024, {"ends": True}),
    ):
        ProgrammeRule.objects.create(kind=kind, region=region, valid_from=date(year, 1, 1), source="Prova", **values)
    book = RuleBook()
    for region, year, expected in (
        ("Piemonte", 2019, None),
        ("Piemonte", 2021, 18),
        ("Piemonte", 2023, 16),
        ("Piemonte", 2025, 18),
        ("Lazio", 2023, 18),
        ("", 2023, 18),
    ):
        rule = ProgrammeRule.objects.in_force(kind, region, date(year, 6, 1))
        facts = book.facts_for(kind, region, date(year, 6, 1))
        assert (facts.minimum_age if facts else None) == expected, (region, year)
        assert (rule.minimum_age if rule else None) == expected, (region, year)


def test_what_one_has_refused_is_not_proposed_again(host, young, today):
    offer = make_offer(host)
    applications_host.reject(make_application(offer, young), owner_of(host), "Abbiamo già scelto.")
    found = offers_of(young, today)
    assert found.ranked == ()
    assert found.blocked[0][1][0].key == "refused"


def test_an_offer_too_far_or_for_other_ages_is_not_possible(host, young, today):
    far = MunicipalityFactory(istat_code="999001", latitude=41.0, longitude=16.0)
    make_offer(host, title="Troppo lontana", municipality=far)
    make_offer(host, title="Da remoto", municipality=far, remote=True)
    make_offer(host, title="Per chi è più grande", minimum_age=30)
    found = offers_of(young, today)
    assert titles(found) == ["Da remoto"]
    assert [obstacles[0].key for _facts, obstacles in found.blocked] == ["too_young"]


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({}, True),
        ({"matching_consent_at": None}, False),
        ({"desk": "another"}, False),
        ({"birth_date": date(2012, 1, 1)}, False),
        ({"weekly_hours_max": 1}, False),
        ({"available_until": date(2020, 1, 1), "available_from": None}, False),
        ({"home": "far"}, False),
    ],
)
def test_whom_an_offer_may_be_proposed_to(change, seen, host, today):
    offer = Offer.objects.for_matching().get(pk=make_offer(host).pk)
    if change.get("desk"):
        change = {"desk": DeskFactory()}
    if change.get("home"):
        change = {"home": MunicipalityFactory(istat_code="999002", latitude=41.0, longitude=16.0)}
    profile = YouthFactory(**{"desk": host.desk, **change})
    found = candidates.youths_for(offer, scoring.offer_facts(offer), today, limit=5)
    assert [row.pk for row in found.rows.values()] == ([profile.pk] if seen else [])


def test_who_has_applied_is_not_looked_for_again(host, young, today):
    offer = make_offer(host)
    other = YouthFactory(desk=host.desk)
    application = make_application(offer, young)
    applications.withdraw(application, young.user)
    offer = Offer.objects.for_matching().get(pk=offer.pk)
    found = candidates.youths_for(offer, scoring.offer_facts(offer), today, limit=5)
    assert [row.pk for row in found.rows.values()] == [other.pk]


@pytest.mark.parametrize("remote", [False, True])
def test_the_interested_are_looked_at_first(remote, host, today, monkeypatch):
    offer = Offer.objects.for_matching().get(pk=make_offer(host, remote=remote).pk)
    interested = YouthFactory(desk=host.desk)
    interested.interests.set([offer.sector])
    interested.refresh_terms()
    for _n in range(3):
        YouthFactory(desk=host.desk, lists=False)
    YouthProfile.objects.filter(pk=interested.pk).update(updated_at=timezone.now() - timedelta(days=90))
    monkeypatch.setattr(candidates, "YOUTHS_SCORED", 1)
    monkeypatch.setattr(first_cut, "TOUCHED_MEASURED", 1)
    found = candidates.youths_for(offer, scoring.offer_facts(offer), today, limit=5)
    assert [row.pk for row in found.rows.values()] == [interested.pk]


@pytest.fixture
def crowded_valley(today):
    """A hundred young people and 250 offers in nine municipalities, with their candidatures: more than is scored."""
    Municipality.objects.bulk_create(
        Municipality(
            istat_code=f"{n:06d}",
            name=f"Prova {n}",
            province_code="RE",
            latitude=44.6 + 0.1 * (n % 3),
            longitude=10.4 + 0.1 * (n // 3),
            population=9_000,
            population_15_29=1_200,
        )
        for n in range(9)
    )
    rows.fill(100, 250, today, "valle di prova")
    ProgrammeRule.objects.all().delete()


def test_the_first_cut_loses_hardly_any_of_the_best(crowded_valley, today, monkeypatch):
    """A fifth of the offers, a third of the people: nearly all of the top ten of a scorer that looks at all of them."""
    monkeypatch.setattr(candidates, "OFFERS_SCORED", 50)
    monkeypatch.setattr(candidates, "YOUTHS_SCORED", 30)
    offers, regions, people = comparison.everything()
    profiles = YouthProfile.objects.for_matching().order_by("pk")[:15]
    found = comparison.offers_found(profiles, offers, regions, today)
    assert found.wanted > 100
    assert found.same >= 0.97 * found.wanted, found
    found = comparison.people_found(
        Offer.objects.for_matching().filter(remote=False).order_by("pk")[:15], people, today
    )
    assert found.wanted > 100
    assert found.same >= 0.9 * found.wanted, found

    # From home everybody is near: whatever the offers tell or leave untold, fourteen of a hundred are scored.
    remote = list(Offer.objects.order_by("pk").values_list("pk", flat=True)[15:45])
    Offer.objects.filter(pk__in=remote).update(remote=True)
    Offer.objects.filter(pk__in=remote[5:10]).update(schedule=0)
    Offer.objects.filter(pk__in=remote[10:20]).update(study_paths=[StudyPath.LYCEUM])
    for offer in Offer.objects.filter(pk__in=remote[15:25]):
        offer.skills.clear()
        offer.refresh_terms()
    monkeypatch.setattr(candidates, "YOUTHS_SCORED", 14)
    found = comparison.people_found(Offer.objects.for_matching().filter(pk__in=remote), people, today)
    assert found.wanted > 200
    assert found.as_good >= 0.99 * found.wanted, found


def test_from_home_a_desk_does_not_lose_its_own_among_the_many_of_another(host, today, monkeypatch):
    """The best of all may be somebody else's: the last of this desk to touch their profile are looked at as well."""
    monkeypatch.setattr(first_cut, "SHARING_LOOKED_AT", 3)
    offer = make_offer(host, remote=True)
    ours = YouthFactory(desk=host.desk, lists=False)
    for _n in range(4):
        YouthFactory(desk=DeskFactory()).interests.set([offer.sector])
    offer = Offer.objects.for_matching().get(pk=offer.pk)
    found = candidates.youths_for(offer, scoring.offer_facts(offer), today, limit=5)
    assert [row.pk for row in found.rows.values()] == [ours.pk]


def test_each_number_on_the_page_can_be_done_again(host, young):
    make_application(make_offer(host), YouthFactory(desk=host.desk))
    page = signed_in(young.user).get("/area/giovane/offerte/").content.decode()
    # What it loses in the list is told at once, not behind a click.
    assert re.search(r"Scende di \d+ punti nell", page.split("Perché<span")[0])
    yours, hosts, together = map(
        int, re.search(r"fanno (\d+) punti, dal lato di chi ospita (\d+). Insieme: (\d+),", page).groups()
    )
    points = [int(n) for n in re.findall(r"(\d+) su \d+</span>", page)]
    assert (sum(points[:6]), sum(points[6:]), len(points)) == (yours, hosts, 10)
    assert together == harmonic_mean(yours, hosts)
    assert f'<span class="factors__score">{together}</span>' in page
    # The same on the desk's page, where what nobody told is marked too.
    page = signed_in(operator_of(host.desk)).get(reverse("sportello_match:youth", args=[young.pk])).content.decode()
    told = re.search(r"fanno (\d+) punti, dal lato di chi ospita (\d+). Insieme: (\d+),", page).groups()
    lines = re.findall(r"<li>[^<:]*: (\d+) su \d+( \(dato mancante\))?\.", page)[:10]
    points = [int(n) for n, _missing in lines]
    assert (sum(points[:6]), sum(points[6:])) == (yours, hosts) == tuple(map(int, told[:2]))
    assert [bool(missing) for _n, missing in lines].count(True) >= 1


def test_a_host_with_as_many_people_as_it_may_is_told_beforehand(young, today):
    host = HostFactory(desk=young.desk, permanent_staff=3)
    busy = make_offered(make_offer(host, title="Occupata"))
    start, end = busy.start_date, busy.end_date
    offers = {
        "Gli stessi giorni": {},
        "Un giorno in comune": {"start_date": end, "end_date": end + timedelta(days=90)},
        "Dal giorno dopo": {"start_date": end + timedelta(days=1), "end_date": end + timedelta(days=90)},
        "Più breve, anche dopo": {"end_date": end + timedelta(days=90), "duration_weeks": 9},
        "Più breve, non dopo": {"duration_weeks": 9},
        "Un altro tipo": {"kind": OfferKind.VOLUNTEERING},
    }
    made = {title: make_offer(host, title=title, **{"start_date": start, **more}) for title, more in offers.items()}
    # A seat that is only offered may still be free: nobody is sent away for it.
    assert len(offers_of(young, today).ranked) == len(offers) + 1
    applications_acceptance.accept(busy, busy.youth.user)
    found = offers_of(young, today)
    full = {"Gli stessi giorni", "Un giorno in comune", "Più breve, non dopo", "Occupata"}
    assert {found.rows[offer.key].title for offer, _obstacles in found.blocked} == full
    assert {obstacles[0].key for _offer, obstacles in found.blocked} == {"host_cap"}
    with pytest.raises(GuardRefused) as refusal:
        applications.apply(young, made["Gli stessi giorni"], "Vorrei imparare.", young.user)
    assert refusal.value.code == "host_cap"
    assert "tutte le persone che la legge le permette" in str(refusal.value)
    assert applications.apply(young, made["Più breve, anche dopo"], "Vorrei imparare.", young.user).pk
