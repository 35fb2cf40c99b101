"""The steps in which a host writes an offer: their order, and which fields of `Offer` each of them asks for.

An offer is kept from the first step on. What the later steps will ask has a suggestion until then, and
`Offer.steps_left` names the steps that its host has not been through: while there are any, it cannot be sent.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Host, Offer


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the wizard.

    Attributes:
        key: its name in the address and in `Offer.steps_left`.
        fields: what it asks for, in order; a municipality is asked for as `municipality_name`.
    """

    key: str
    title: str | Promise
    lead: str | Promise
    fields: tuple[str, ...]


STEPS = (
    Step(
        "che-cosa",
        _("Che cosa offri"),
        _("Scrivi come lo racconteresti a voce a chi non conosce il tuo lavoro."),
        ("kind", "title", "summary", "sector"),
    ),
    Step(
        "attivita",
        _("Che cosa si fa e si impara"),
        _("Le cose concrete di una settimana qualunque: chi legge deve potersi vedere lì."),
        ("tasks", "learning", "goals"),
    ),
    Step(
        "quando",
        _("Quando"),
        _("In quale periodo, in quali momenti della settimana e per quante ore."),
        ("start_date", "end_date", "duration_weeks", "schedule", "weekly_hours"),
    ),
    Step("dove", _("Dove"), _("Serve a dire quanto è lontano da casa."), ("municipality", "address", "remote")),
    Step(
        "per-chi",
        _("Per chi e con chi"),
        _("Chiedi solo quello che serve davvero: il resto si impara da te."),
        ("minimum_age", "maximum_age", "hazards", "skills", "study_paths", "tutor_name"),
    ),
    Step(
        "posti",
        _("Posti e indennità"),
        _("Quante persone accogli, e se ricevono qualcosa."),
        ("seats_count", "indemnity"),
    ),
)
BY_KEY = {step.key: step for step in STEPS}


def all_steps() -> list[str]:
    """The keys of the steps, in order."""
    return [step.key for step in STEPS]


def step_of(field: str) -> Step:
    """Return the step that asks for a field of `Offer`; what is the host's own is asked with the places."""
    return next((step for step in STEPS if field in step.fields), BY_KEY["posti"])


def after(key: str, left: list[str]) -> str:
    """Return the step to go to after one: the next that is left, from here on and then from the start; "" if none."""
    order = all_steps()
    later = order[order.index(key) + 1 :]
    return next((step for step in [*later, *order] if step in left and step != key), "")


def suggestions(host: Host, today: date) -> dict:
    """What a new offer of a host has until it is asked for: the host's own municipality, three months from now."""
    home = host.organisation.municipality or host.desk.territory.municipalities.order_by("-population", "pk").first()
    return {
        "municipality": home,
        "start_date": today + timedelta(days=30),
        "end_date": today + timedelta(days=119),
        "weekly_hours": 20,
        "tutor_name": host.contact_name,
        "steps_left": " ".join(all_steps()),
    }


def steps_left(offer: Offer) -> list[str]:
    """The keys of the steps that its host has not been through, in order."""
    left = offer.steps_left.split()
    return [key for key in all_steps() if key in left]
