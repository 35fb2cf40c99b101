"""The demo's applications in every state that ends one, by the steps of a person; and a host in each of its states.

Done before the others: nobody may have more than five open, and an acceptance closes what overlaps. See `demo`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from portal.registry.enums import OrganisationKind
from portal.registry.models import Municipality

from .actions import applications, applications_acceptance, applications_guarantee, applications_host, host_data, hosts
from .actions.host_answers import refresh_answers
from .application_enums import CLOSED_STATES
from .enums import ApplicationState
from .errors import ActionError
from .logos import redraw_logo
from .models import Application, ApplicationEvent, Host, Offer, YouthProfile

S = ApplicationState

CLOSED = (
    ("", "due-settimane-dietro-il-banco", "declined"),
    ("", "il-tuo-primo-sito-pubblicato", "rescinded"),
    ("", "in-fattoria-con-le-persone", "rejected"),
    ("elena-saggini", "due-settimane-dietro-il-banco", "cancelled"),
    ("chiara-fittizi", "una-settimana-in-studio", "withdrawn_by_desk"),
    ("davide-modelli", "due-settimane-di-pagine-accessibili", "expired_seat"),
    # Marta takes the site, whose days are the same: see `demo.STORIES`.
    ("marta-esempio", "due-settimane-di-pagine-accessibili", "submitted"),
)
"""The empty name is the demo's own account of a young person."""

SIGNS = {"bottega-legno-immaginario": "#175E4C", "pagina-bianca-web": "#B4532A"}
"""Businesses with a logo, and its colour."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a loader needs to know of the people in the file."""

    people: Mapping[str, YouthProfile]
    offers: Mapping[str, Offer]
    motivations: Mapping[str, str]
    operator: object
    say: Callable[[str], object]


def load_closed(told: Told) -> int:
    """Bring each of `CLOSED` to its end; return how many were brought there now."""
    made = 0
    for person, slug, outcome in CLOSED:
        youth, offer = told.people[person], told.offers[slug]
        if Application.objects.filter(youth=youth, offer=offer).exists():
            continue
        try:
            row = applications.apply(youth, offer, told.motivations[person], youth.user)
            _bring_to(row, outcome, told.operator)
        except ActionError as error:
            told.say(f"  {person or 'demo account'}, {slug}, {outcome}: {error}")
            continue
        made += 1
    return made


def _bring_to(row: Application, outcome: str, operator) -> None:
    owner, person = row.offer.host.memberships.active().order_by("pk")[0].user, row.youth.user
    if outcome == "submitted":
        return
    if outcome == "withdrawn_by_desk":
        applications.withdraw(row, operator, "Ha telefonato: in quei giorni ha gli esami.")
        return
    if outcome == "rejected":
        applications_host.reject(
            row,
            owner,
            "Cerchiamo chi può fermarsi anche il martedì pomeriggio.",
            message="Grazie: la tua lettera ci è piaciuta. Questa volta gli orari non combaciano, riprova in autunno.",
            share=True,
        )
        return
    row = applications_host.offer_seat(row, owner)
    if outcome == "declined":
        applications.decline(row, person)
    elif outcome == "rescinded":
        applications_host.rescind(row, owner, "Chi doveva accompagnare si è ammalato.", share=True)
    elif outcome == "expired_seat":
        applications_guarantee.expire(row, timezone.now() + timedelta(days=9))
    elif outcome == "cancelled":
        applications_acceptance.accept(row, person)
        row.refresh_from_db()
        applications_acceptance.cancel(row, operator, "Ha trovato un lavoro: auguri!")


def answered_in_days(host: Host) -> None:
    """Spread what a host has answered over the days before, so that its page can say how it answers.

    The log stays as it is: only the day on which an application was sent is moved back.
    """
    now = timezone.now()
    fresh = Application.objects.filter(offer__host=host, submitted_at__gte=now - timedelta(hours=1))
    answered = ApplicationEvent.objects.filter(application__in=fresh, actor="host").values("application")
    for number, row in enumerate(fresh.filter(pk__in=answered, state__in=(*CLOSED_STATES, S.OFFERED)).order_by("pk")):
        since = now - timedelta(days=2 + number % 4)
        Application.objects.filter(pk=row.pk).update(submitted_at=since)
    refresh_answers()


def load_logos(rows: Mapping[str, Host]) -> None:
    """Give the businesses of `SIGNS` a logo, drawn here: nobody's trademark."""
    for slug, colour in SIGNS.items():
        host = rows[slug]
        if host.logo:
            continue
        picture = Image.new("RGB", (240, 240), "#FBF9F4")
        draw = ImageDraw.Draw(picture)
        draw.rounded_rectangle((16, 16, 224, 224), radius=28, fill=colour)
        for n in range(4):
            draw.rectangle((56, 60 + 34 * n, 184 - 28 * (n % 2), 74 + 34 * n), fill="#FBF9F4")
        content = BytesIO()
        picture.save(content, "PNG")
        owner = host.memberships.active().order_by("pk")[0].user
        upload = SimpleUploadedFile("logo.png", content.getvalue(), content_type="image/png")
        host_data.update_host(host, owner, {"logo": redraw_logo(upload)})


def load_hosts(make_owner: Callable, codes: tuple[str, str], municipality: Municipality, operator) -> None:
    """A host that is verified and has not signed, and one that the desk has suspended."""
    for code, name, email, first, last in (
        (codes[0], "Sartoria Punto Inventato", "sartoria@example.org", "Mirella", "Orli"),
        (codes[1], "Officina Sospesa d'Esempio", "officina@example.org", "Gino", "Fermi"),
    ):
        if Host.objects.filter(fiscal_code=code).exists():
            continue
        host = hosts.register_host(
            user=make_owner(email, first, last),
            name=name,
            kind=OrganisationKind.BUSINESS,
            fiscal_code=code,
            municipality=municipality,
            contact_name=f"{first} {last}",
            description="Realtà inventata, per vedere come si presenta.",
            permanent_staff=3,
            is_example=True,
        )
        host = hosts.verify_host(host, operator)
        if code == codes[1]:
            hosts.suspend_host(host, operator, "Non risponde più al telefono: la riapriamo quando ci sentiamo.")
