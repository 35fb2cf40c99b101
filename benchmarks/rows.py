"""Fill an empty, migrated database with a population of the matching: hosts, published offers, young people.

Everything is invented and seeded; only where people live is true to ISTAT's counts of residents aged 15 to 29.
"""

from collections.abc import Collection
from datetime import date, timedelta
from random import Random

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from wagtail.models import Locale, Page

from portal.registry.imports import import_municipalities
from portal.registry.models import Municipality, Organisation, Territory
from progetti.actions.pacts import publish_version
from progetti.enums import PactKind
from progetti.models import PactPage
from sportello import search, week
from sportello.actions.host_answers import refresh_answers
from sportello.enums import Actor, ApplicationState, HostState, OfferKind, OfferState, SkillKind, StudyPath, YouthStatus
from sportello.matching import OfferFacts, Point, YouthFacts, draw_population
from sportello.matching import population as words
from sportello.matching.population import Municipality as Place
from sportello.models import (
    Application,
    ApplicationEvent,
    Desk,
    Host,
    Offer,
    PactSignature,
    Seat,
    Sector,
    Skill,
    YouthProfile,
)

BATCH = 2_000
KINDS = {
    "esperienza_breve": OfferKind.SHORT,
    "tirocinio_estivo": OfferKind.SUMMER,
    "tirocinio_extracurriculare": OfferKind.TRAINEESHIP,
    "pcto": OfferKind.PCTO,
}
TRAINEESHIP_DAYS = 60
"""The rule of traineeships would not let shorter ones be published."""
STATUSES = {"student": YouthStatus.SCHOOL, "jobseeker": YouthStatus.SEEKING, "worker": YouthStatus.WORKING}
STUDIES = {
    "liceo": StudyPath.LYCEUM,
    "tecnico": StudyPath.TECHNICAL_TECHNOLOGICAL,
    "professionale": StudyPath.VOCATIONAL,
    "its": StudyPath.SCIENCE,
    "universita": StudyPath.HUMANITIES,
}


TALK = tuple(
    """
    accogliere aiutare allestire ambiente animali aprire arredo ascoltare attività attrezzi banco bambini
    bicicletta bottega botteghe bozzetti cantiere carte ceramica clienti colori colture comporre conti consegna
    contabilità corte cucina cucire cura curare decorare disegno documenti eventi fabbrica falegname falegnami
    farina ferro fiori foglio forno fotografia frutta gente giardini giorno grafica impasto imparare impianti
    incontro insegnare intonaco laboratorio lavagna lavorare legno lettura libri lingua macchine magazzino mani
    mattina mercato mestiere misure mobili montare mostra motori museo musica negozio officina ordini orto
    pagine palco pane parole pasticceria piante pietra pittura poesia preparare prodotti progetto provare pulire
    raccolta radio restauro ricamo ricette ricerca riparare riscaldare sala scaffali scena scrivere sedia semina
    serra sito spazio spettacolo squadra stampa stoffa storia strumenti studio suono tavolo teatro tecnica
    telaio terra testi tornio trattore turismo vendere verdura vetrina viaggio video vigna visitatori voce
    volontari
    """.split()  # noqa: SIM905
)


def fill(
    youths: int,
    offers: int,
    today: date,
    seed: str = "benchmark",
    *,
    provinces: Collection[str] = (),
    candidatures: bool = True,
) -> None:
    """Load so many young people (at least 100) and published offers; what is there already stays.

    Args:
        provinces: where they are, by two letters; all of Italy if none is given.
        candidatures: whether the offers have had any.

    Raises RuntimeError for a database that holds something else: a benchmark is no place for real data.
    """
    have = YouthProfile.objects.count(), Offer.objects.count()
    if have != (youths, offers):
        _fill(youths, offers, today, seed, have, provinces)
    if not YouthProfile.skills.through.objects.exists():
        _load_lists()
    if candidatures and not Application.objects.exists():
        _load_applications(seed)
        refresh_answers()
        _tidy()


def _tidy() -> None:
    """Do what a database in use has done by itself: without it the planner knows nothing of these tables."""
    # PostgreSQL refuses VACUUM inside a transaction, which is where a test fills its few rows.
    with_vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if with_vacuum else "ANALYZE")


def _fill(youths: int, offers: int, today: date, seed: str, have: tuple[int, int], provinces: Collection[str]) -> None:
    if any(have) or get_user_model().objects.exists():
        raise RuntimeError("This database is not empty, and not what the benchmark wants: give it one of its own.")
    if not Municipality.objects.exists():
        import_municipalities()
    homes = {(row.latitude, row.longitude): row.pk for row in Municipality.objects.all()}
    drawn = draw_population(
        [
            Place(row.name, row.province_code, Point(row.latitude, row.longitude), row.population_15_29)
            for row in Municipality.objects.order_by("pk")
            if not provinces or row.province_code in provinces
        ],
        youths,
        seed,
        today,
        offers,
    )
    operator = get_user_model()(email="operatore@example.org")
    operator.save()
    desk = Desk.objects.create(
        name="Sportello di prova",
        territory=Territory.objects.create(name="Italia di prova", slug="italia-di-prova"),
        email="sportello@example.org",
    )
    _load_words()
    _load_offers(drawn.offers, desk, operator, homes)
    _write_words()
    _load_youths(drawn.youths, desk, homes)
    _tidy()


def _load_words() -> None:
    Sector.objects.bulk_create(Sector(name=name, name_en=name, slug=name) for name in words.SECTORS)
    for kind, names in ((SkillKind.SKILL, (*words.SKILLS, *words.GOALS)), (SkillKind.LANGUAGE, words.LANGUAGES)):
        Skill.objects.bulk_create(Skill(name=name, name_en=name, slug=name, kind=kind) for name in names)


def _load_offers(offers: tuple[OfferFacts, ...], desk: Desk, operator, homes: dict) -> None:
    now = timezone.now()
    organisations = Organisation.objects.bulk_create(
        [Organisation(name=f"Bottega {n}", slug=f"bottega-{n}", is_example=True) for n in range(len(offers))], BATCH
    )
    hosts = Host.objects.bulk_create(
        [
            Host(
                organisation=organisation,
                desk=desk,
                fiscal_code=f"{n:011d}",
                contact_name="Prova",
                permanent_staff=facts.host_staff,
                state=HostState.VERIFIED,
                verified_at=now,
                verified_by=operator,
            )
            for n, (organisation, facts) in enumerate(zip(organisations, offers, strict=True))
        ],
        BATCH,
    )
    _sign_pacts(hosts)
    sectors = dict(Sector.objects.values_list("slug", "pk"))
    rows = Offer.objects.bulk_create(
        [
            _offer(facts, host, now - timedelta(minutes=n), sectors, homes, operator)
            for n, (facts, host) in enumerate(zip(offers, hosts, strict=True))
        ],
        BATCH,
    )
    Seat.objects.bulk_create((Seat(offer=row, n=n) for row in rows for n in range(1, row.seats_count + 1)), BATCH)


def _sign_pacts(hosts: list[Host]) -> None:
    """Let every host have signed the pact: nothing of it is before the public otherwise."""
    locale, _new = Locale.objects.get_or_create(language_code="it")
    page = PactPage(
        title="Patto",
        slug="patto-di-prova",
        short_description="Per le misure.",
        common_good="Il lavoro",
        kind=PactKind.CORRESPONSABILITA,
        locale=locale,
    )
    Page.get_first_root_node().add_child(instance=page)
    version = publish_version(page, title="Patto", text="<p>Patto.</p>", in_force_from=timezone.localdate(), by=None)
    PactSignature.objects.bulk_create(
        [
            PactSignature(
                host=host,
                version=version,
                sha256=version.sha256,
                organisation_name="Bottega",
                fiscal_code=host.fiscal_code,
                signer_name="Prova",
            )
            for host in hosts
        ],
        BATCH,
    )
    mine = PactSignature.objects.filter(host=OuterRef("pk")).values("pk")[:1]
    Host.objects.update(state=HostState.SIGNED, pact_signature=Subquery(mine))


# Zipf: few words are in most texts, most words in few.
_COMMON = [1 / rank for rank in range(1, len(TALK) + 1)]


def _write_words() -> None:
    """What somebody may look for: the words of each offer, and as many again as a host writes in a few lines."""
    rows = Offer.objects.select_related("host__organisation", "sector", "municipality").order_by("pk")
    batch = []
    for offer in rows.iterator(chunk_size=BATCH):
        rng = Random(offer.slug)  # noqa: S311  invented texts, the same everywhere
        offer.search_words = offer.words_to_find() + search.document(rng.choices(TALK, weights=_COMMON, k=60))
        batch.append(offer)
        if len(batch) == BATCH:
            Offer.objects.bulk_update(batch, ["search_words"])
            batch = []
    if batch:
        Offer.objects.bulk_update(batch, ["search_words"])


def _offer(facts: OfferFacts, host: Host, published, sectors: dict, homes: dict, operator) -> Offer:
    kind = KINDS[facts.kind or ""]
    if kind == OfferKind.TRAINEESHIP and (facts.duration_days or 0) < TRAINEESHIP_DAYS:
        kind = OfferKind.SHORT
    return Offer(
        host=host,
        desk_id=host.desk_id,
        title=f"Esperienza di {facts.sector} nella bottega {facts.key}",
        slug=f"esperienza-{facts.key}",
        summary=f"Due passi nel mestiere: {facts.sector}.",
        kind=kind,
        sector_id=sectors[facts.sector],
        tasks="Affiancare chi lavora, provare, chiedere.",
        terms={
            "skills": sorted(facts.skills or ()),
            "languages": sorted(facts.languages or ()),
            "goals": sorted(facts.learning_goals or ()),
        },
        study_paths=sorted(STUDIES[path] for path in facts.study_paths or ()),
        schedule=week.mask(facts.schedule or ()),
        weekly_hours=facts.weekly_hours or 12,
        start_date=facts.start,
        end_date=facts.end,
        duration_weeks=max(1, (facts.duration_days or 7) // 7),
        municipality_id=homes[facts.place.latitude, facts.place.longitude] if facts.place else None,
        remote=facts.remote,
        hazards="macchine" if facts.hazards else "",
        minimum_age=facts.minimum_age or 15,
        tutor_name="Prova",
        seats_count=facts.seats_free,
        state=OfferState.PUBLISHED,
        moderated_at=published,
        moderated_by=operator,
        published_at=published,
    )


def _load_youths(youths: tuple[YouthFacts, ...], desk: Desk, homes: dict) -> None:
    now = timezone.now()
    user_model = get_user_model()
    for first in range(0, len(youths), BATCH):
        batch = youths[first : first + BATCH]
        users = user_model.objects.bulk_create(
            user_model(email=f"{facts.key}@example.org", first_name="Prova", last_name=facts.key) for facts in batch
        )
        YouthProfile.objects.bulk_create(
            _youth(facts, user, desk, homes, now) for facts, user in zip(batch, users, strict=True)
        )


def _youth(facts: YouthFacts, user, desk: Desk, homes: dict, now) -> YouthProfile:
    return YouthProfile(
        user=user,
        desk=desk,
        birth_date=facts.birth_date,
        home_id=homes[facts.home.latitude, facts.home.longitude] if facts.home else None,
        status=STATUSES[facts.status or ""],
        study_path=STUDIES[facts.study_path] if facts.study_path else "",
        terms={
            "interests": sorted(facts.interests or ()),
            "skills": sorted(facts.skills or ()),
            "languages": sorted(facts.languages or ()),
            "goals": sorted(facts.goals or ()),
        },
        availability=week.mask(facts.availability or ()),
        available_from=facts.available_from,
        available_until=facts.available_until,
        weekly_hours_max=facts.weekly_hours_max,
        max_distance_km=facts.max_distance_km,
        matching_consent_at=now,
        is_example=True,
    )


def _load_lists() -> None:
    """The rows of the lists that `terms` sum up: the first cut of the candidates asks them."""
    sectors = dict(Sector.objects.values_list("slug", "pk"))
    skills = dict(Skill.objects.values_list("slug", "pk"))
    for model, key in ((YouthProfile, "youthprofile_id"), (Offer, "offer_id")):
        lists = [(model.skills.through, "skill_id", skills, ("skills", "languages"))]
        lists.append((model.goals.through, "skill_id", skills, ("goals",)))
        if model is YouthProfile:
            lists.append((model.interests.through, "sector_id", sectors, ("interests",)))
        rows = list(model.objects.order_by("pk").values_list("pk", "terms"))
        for first in range(0, len(rows), BATCH):
            for through, column, found, names in lists:
                through.objects.bulk_create(
                    through(**{key: pk, column: found[slug]})
                    for pk, terms in rows[first : first + BATCH]
                    for name in names
                    for slug in terms.get(name, ())
                )


APPLICATIONS = (0, 0, 2, 4, 6, 8, 10)
"""How many candidatures an offer has had: somebody else's luck, drawn for each."""


def _load_applications(seed: str) -> None:
    """Two years of candidatures, most of them answered: seats, exposure and reliability are read from them."""
    rng, now = Random(seed), timezone.now()  # noqa: S311  invented, the same everywhere
    people = list(YouthProfile.objects.order_by("pk").values_list("pk", flat=True))
    seats = dict(Seat.objects.filter(n=1).values_list("offer", "pk"))
    applications, answers = [], []
    for offer in Offer.objects.order_by("pk").values("pk", "desk_id", "seats_count", "start_date", "end_date"):
        for n, youth in enumerate(rng.sample(people, rng.choice(APPLICATIONS))):
            sent = now - timedelta(days=rng.uniform(1, 600))
            state = rng.choices(
                [ApplicationState.REJECTED, ApplicationState.WITHDRAWN, ApplicationState.EXPIRED], [6, 2, 2]
            )[0]
            row = Application(
                youth_id=youth,
                offer_id=offer["pk"],
                desk_id=offer["desk_id"],
                state=state,
                reason="Abbiamo già scelto." if state == ApplicationState.REJECTED else "",
                submitted_at=sent,
                waiting_from=sent,
            )
            if n == 0 and offer["seats_count"] > 1:
                row.state, row.reason, row.seat_id = ApplicationState.ACCEPTED, "", seats[offer["pk"]]
                row.start_date, row.end_date = offer["start_date"], offer["end_date"]
            elif n == 1:
                row.state, row.reason = ApplicationState.SUBMITTED, ""
                row.submitted_at = row.waiting_from = sent = now - timedelta(days=rng.uniform(0, 9))
            applications.append(row)
            answered = row.state in (ApplicationState.REJECTED, ApplicationState.ACCEPTED)
            answers.append(sent + timedelta(days=rng.uniform(0.2, 14)) if answered else None)
    written_when = ApplicationEvent._meta.get_field("at")
    written_when.auto_now_add = False
    try:
        for first in range(0, len(applications), BATCH):
            rows = Application.objects.bulk_create(applications[first : first + BATCH])
            ApplicationEvent.objects.bulk_create(
                ApplicationEvent(
                    application=row,
                    from_state=ApplicationState.SUBMITTED,
                    to_state=row.state,
                    actor=Actor.HOST,
                    at=at,
                )
                for row, at in zip(rows, answers[first : first + BATCH], strict=True)
                if at
            )
    finally:
        written_when.auto_now_add = True
