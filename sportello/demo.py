"""Invented businesses, young people, offers and candidatures, so that the demo can be walked from every side.

Everything goes through the actions, so the demo cannot hold what a person could not have done. Nobody is written to.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from stdnum import luhn

from portal.registry.enums import OrganisationKind
from portal.registry.models import Municipality, Territory
from portal.users.actions import create_verified_user

from . import demo_closed, demo_desk, demo_offers, week
from .actions import (
    applications,
    applications_acceptance,
    applications_host,
    desks,
    host_data,
    hosts,
    offers,
    pacts,
    youth,
)
from .actions.common import silently
from .demo_applications import go_further
from .demo_members import load_members
from .demo_minor import load_minor
from .demo_rounds import load as load_rounds
from .errors import ActionError
from .models import Application, Desk, Host, HostMembership, Offer, Sector, Skill, YouthProfile
from .pacts import text_in_force

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_YEAR = timedelta(days=364)
"""Whole weeks, so that Monday stays Monday."""

NOT_PUBLISHED = {
    "orto-frutteto-e-registro": "in_review",
    "un-estate-tra-i-libri": "returned",
}
"""Offers that show the desk's queue; all the others are published."""

# (young person, offer, what became of it): one of each kind, for whoever opens the demo.
STORIES = (
    ("", "rimettere-in-piedi-una-sedia", "offered"),
    ("", "falegnameria-dal-disegno-allo-sgabello", "submitted"),
    ("luca-immaginati", "falegnameria-dal-disegno-allo-sgabello", "submitted"),
    ("luca-immaginati", "sabati-nell-orto", "shortlisted"),
    ("marta-esempio", "il-tuo-primo-sito-pubblicato", "accepted"),
    ("yusuf-campioni", "due-settimane-di-pagine-accessibili", "shortlisted"),
    ("chiara-fittizi", "rilievi-disegni-e-modelli", "offered"),
    ("sofia-inventati", "in-fattoria-con-le-persone", "submitted"),
    ("sofia-inventati", "sabati-nell-orto", "withdrawn"),
    ("amin-provini", "imparare-il-mestiere-del-forno", "submitted"),
    ("davide-modelli", "la-vetrina-racconta", "shortlisted"),
    ("davide-modelli", "due-settimane-dietro-il-banco", "rejected"),
)
"""The empty name is the demo's own account of a young person."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """E-mail addresses of the demo's own accounts that get a part in it."""

    operator: str
    host: str
    youth: str
    supervisor: str = "supervisore@example.org"
    minor: str = "minore@example.org"
    guardian: str = "tutore@example.org"


@dataclass
class Demo:
    """One run of the loader: what the file says, and what exists already."""

    data: dict
    accounts: Accounts
    say: Callable[[str], object]
    people: dict[str, YouthProfile] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    shift: timedelta = timedelta()

    def load(self) -> None:
        """Make what is missing; what exists stays as it is."""
        with silently(), transaction.atomic():
            self.shift = _shift(self.data["offer"], timezone.localdate())
            self._lists()
            desk = self._desk()
            operator = _user(self.accounts.operator, "Olga", "Opera")
            desks.appoint(desk, operator)
            made = [
                self._businesses(operator),
                self._offers(operator),
                self._young_people(),
                self._applications(operator),
            ]
            demo_desk.enrich(
                desk,
                operator,
                _user(self.accounts.supervisor, "Susanna", "Sorveglia"),
                _user("ciclofficina@example.org", "Ivo", "Inventato"),
                _vat_number(len(self.data["business"]) + 1),
                _municipality(self.data["desk"]["municipality"]),
            )
            first = self.hosts[self.data["business"][0]["slug"]]
            turned_down = [self.people[slug] for slug in ("amin-provini", "elena-saggini")]
            demo_offers.enrich(first, _owner(first), operator, timezone.localdate(), self.people[""], turned_down)
            demo_closed.answered_in_days(first)
            load_members(
                first,
                _owner(first),
                _user("seleziona@example.org", "Rita", "Recluta"),
                _user("accompagna@example.org", "Tito", "Accompagna"),
                [self.offers["falegnameria-dal-disegno-allo-sgabello"]],
            )
            demo_closed.load_logos(self.hosts)
            number = len(self.data["business"])
            demo_closed.load_hosts(
                _user,
                (_vat_number(number + 2), _vat_number(number + 3)),
                _municipality(self.data["desk"]["municipality"]),
                operator,
            )
            load_minor(
                _user(self.accounts.minor, "Mina", "Minori"),
                _user(self.accounts.guardian, "Tullia", "Tutrice"),
                self.offers,
                self.people["luca-immaginati"],
                self.say,
            )
            # Last: whoever takes a seat after a round was run keeps it from being published.
            load_rounds(desk, operator, self.people[""], _user(self.accounts.supervisor, "Susanna", "Sorveglia"))
        self.say("Desk: {} new businesses, {} offers, {} young people, {} applications.".format(*made))

    def _lists(self) -> None:
        for model, rows in ((Sector, self.data["sector"]), (Skill, self.data["skill"])):
            for row in rows:
                values = {name: value for name, value in row.items() if name != "slug"}
                model.objects.update_or_create(slug=row["slug"], defaults=values)
        self.sectors = {row.slug: row for row in Sector.objects.all()}
        self.skills = {row.slug: row for row in Skill.objects.all()}

    def _desk(self) -> Desk:
        row = self.data["desk"]
        municipality = _municipality(row["municipality"])
        territory = Territory.objects.filter(kind="municipality", municipalities=municipality).order_by("pk").first()
        if territory is None:
            territory = Territory.objects.create(name=municipality.name, slug=row["slug"])
            territory.municipalities.add(municipality)
            territory.save()
        desk, _created = Desk.objects.get_or_create(
            territory=territory, defaults={"name": row["name"], "email": row["email"]}
        )
        return desk

    def _businesses(self, operator) -> int:
        made = 0
        for n, row in enumerate(self.data["business"], start=1):
            owner = _user(row["email"], *row["contact_name"].split(" ", 1))
            code = _vat_number(n)
            if Host.objects.filter(fiscal_code=code).exists():
                continue
            host = hosts.register_host(
                user=owner,
                name=row["name"],
                kind=OrganisationKind.BUSINESS,
                fiscal_code=code,
                municipality=_municipality(row["municipality"]),
                contact_name=row["contact_name"],
                description=row["description"],
                permanent_staff=row["permanent_staff"],
                is_example=True,
            )
            hosts.verify_host(host, operator)
            self._sign(host, owner, row)
            made += 1
        first = Host.objects.get(fiscal_code=_vat_number(1))
        own = _user(self.accounts.host, "Aldo", "Accoglie")
        if not HostMembership.objects.filter(user=own).exists():
            HostMembership.objects.create(host=first, user=own)
        self.hosts = {
            row["slug"]: Host.objects.get(fiscal_code=_vat_number(n)) for n, row in enumerate(self.data["business"], 1)
        }
        return made

    def _sign(self, host: Host, owner, row: dict) -> None:
        """The pact is signed as in life, and what the host says of itself is there."""
        text = text_in_force(host.desk)
        if text is None:
            raise LookupError("No Patto di corresponsabilità is in force: load the content of the portal first.")
        pacts.sign_pact(host, owner, text.sha256, row["contact_name"])
        sectors = {offer["sector"] for offer in self.data["offer"] if offer["business"] == row["slug"]}
        values = {"about": row.get("about", ""), "sectors": [self.sectors[slug] for slug in sorted(sectors)]}
        host_data.update_host(host, owner, values)

    def _offers(self, operator) -> int:
        made = 0
        for row in self.data["offer"]:
            host = self.hosts[row["business"]]
            offer = Offer.objects.filter(host=host, title=row["title"]).first()
            if offer is None:
                owner = _owner(host)
                offer = offers.submit_offer(offers.save_offer(host, owner, self._offer_values(row, host)), owner)
                wanted = NOT_PUBLISHED.get(row["slug"], "published")
                if wanted == "published":
                    offer = offers.publish_offer(offer, operator)
                elif wanted == "returned":
                    offer = offers.return_offer(offer, operator, "Manca chi accompagna nei pomeriggi di luglio.")
                made += 1
            self.offers[row["slug"]] = offer
        return made

    def _offer_values(self, row: dict, host: Host) -> dict:
        return {
            "title": row["title"],
            "summary": row["description"],
            "kind": row["kind"],
            "sector": self.sectors[row["sector"]],
            "tasks": row["tasks"],
            "learning": "\n".join(row.get("learning_goals", [])),
            "goals": [self.skills[slug] for slug in row.get("goals", [])],
            "skills": [self.skills[slug] for slug in [*row.get("skills", []), *row.get("languages", [])]],
            "study_paths": row.get("study_paths", []),
            "schedule": _week(row["schedule"]),
            "weekly_hours": row["weekly_hours"],
            "start_date": row["start_from"] + self.shift,
            "end_date": row["ends_by"] + self.shift,
            "duration_weeks": row.get("duration_weeks"),
            "municipality": _municipality(row["municipality"]),
            "remote": row.get("remote", False),
            "indemnity": row.get("indemnity_eur_month"),
            "hazards": ", ".join(row.get("hazards", [])),
            "minimum_age": row["minimum_age"],
            "tutor_name": host.contact_name,
            "seats_count": row["seats"],
        }

    def _young_people(self) -> int:
        made = 0
        own = {
            **next(row for row in self.data["young_person"] if row["slug"] == "luca-immaginati"),
            "slug": "",
            "email": self.accounts.youth,
            "first_name": "Gaia",
            "surname": "Giovane",
            "home_municipality": self.data["desk"]["municipality"],
            "availability": [f"{day}-{band}" for day in WEEKDAYS[:6] for band in ("morning", "afternoon")],
            "max_distance_km": 20,
        }
        for row in [*self.data["young_person"], own]:
            user = _user(row["email"], row["first_name"], row["surname"])
            profile = YouthProfile.objects.filter(user=user).first()
            if profile is None:
                profile = youth.save_profile(user, self._profile_values(row))
                made += 1
            self.people[row["slug"]] = profile
        self.motivations = {row["slug"]: row["motivation"] for row in [*self.data["young_person"], own]}
        return made

    def _profile_values(self, row: dict) -> dict:
        return {
            "first_name": row["first_name"],
            "last_name": row["surname"],
            "birth_date": row["birth_date"],
            "home": _municipality(row["home_municipality"]),
            "status": row["status"],
            "study_path": row["study_path"],
            "study_note": row.get("study_note", ""),
            "interests": [self.sectors[slug] for slug in row["interests"]],
            "skills": [self.skills[slug] for slug in [*row["skills"], *row.get("languages", [])]],
            "goals": [self.skills[slug] for slug in row.get("goals", [])],
            "availability": _week(row["availability"]),
            "weekly_hours_max": row.get("weekly_hours"),
            "available_from": row["available_from"] + self.shift,
            "available_until": row["available_to"] + self.shift,
            "travel_means": row.get("means", []),
            "max_distance_km": row["max_distance_km"],
            "matching_consent": True,
            "is_example": True,
        }

    def _applications(self, operator) -> int:
        told = demo_closed.Told(self.people, self.offers, self.motivations, operator, self.say)
        made = demo_closed.load_closed(told)
        for person, slug, outcome in STORIES:
            profile, offer = self.people[person], self.offers[slug]
            if Application.objects.filter(youth=profile, offer=offer).exists():
                continue
            try:
                application = applications.apply(profile, offer, self.motivations[person], profile.user)
                _bring_to(application, outcome)
            except ActionError as error:
                self.say(f"  {person or 'demo account'} did not apply to {slug}: {error}")
                continue
            made += 1
        return made + go_further(self.people, self.offers, self.motivations, self.say)


def load(path: Path, accounts: Accounts, say: Callable[[str], object]) -> None:
    """Load the invented desk from a TOML file; run again, it only adds what is missing."""
    Demo(tomllib.loads(path.read_text(encoding="utf-8")), accounts, say).load()


def _bring_to(application: Application, outcome: str) -> None:
    owner, person = _owner(application.offer.host), application.youth.user
    if outcome == "shortlisted":
        applications_host.shortlist(application, owner)
    elif outcome in ("offered", "accepted"):
        applications_host.offer_seat(application, owner)
        if outcome == "accepted":
            application.refresh_from_db()
            applications_acceptance.accept(application, person)
    elif outcome == "rejected":
        applications_host.reject(
            application, owner, "Questa volta cerchiamo qualcuno per le mattine: se puoi, candidati per la primavera."
        )
    elif outcome == "withdrawn":
        applications.withdraw(application, person)


def _owner(host: Host):
    return host.memberships.active().select_related("user").order_by("pk")[0].user


def _user(email: str, first_name: str, last_name: str = ""):
    """The account with this address, made without a password if there is none: it can then be shown, not entered."""
    user = get_user_model().objects.filter(email=email).first()
    return user or create_verified_user(email, first_name=first_name, last_name=last_name)


def _municipality(code: str) -> Municipality:
    return Municipality.objects.get(istat_code=code)


def _week(names: list[str]) -> int:
    return week.mask((WEEKDAYS.index(name.split("-")[0]), name.split("-")[1]) for name in names)


def _vat_number(n: int) -> str:
    """A made-up VAT number with a right check digit, in a range that no office of ours hands out."""
    base = f"{9_900_000 + n:07d}001"
    return base + luhn.calc_check_digit(base)


def _shift(rows: list[dict], today: date) -> timedelta:
    """How far to move the dates of the file, in whole years, so that every offer still has to begin."""
    first = min(row["start_to"] for row in rows)
    shift = timedelta()
    while first + shift <= today:
        shift += A_YEAR
    return shift
