"""The accounts of the demo: one for each kind of person of the editorial staff; the Sportello makes its own."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from home.models import TerritoryReviewer
from portal.registry.models import Territory
from portal.users import roles
from portal.users.actions import create_verified_user
from portal.users.models import User

# Printed by `load_demo` and written in the README: the demo is for trying out, and holds no real person's data.
DEMO_PASSWORD = "territorio-demo-2026"  # noqa: S105  published on purpose


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Who may sign in to the demo, and as what."""

    email: str
    first_name: str
    last_name: str
    what: str
    groups: tuple[str, ...] = ()
    superuser: bool = False
    reviews: tuple[str, ...] = ()
    """Slugs of the territories whose pages the person reviews."""


ACCOUNTS = (
    DemoAccount("admin@example.org", "Ada", "Amministra", "amministrazione: può fare tutto", superuser=True),
    DemoAccount("redazione@example.org", "Rita", "Redige", "redazione: scrive e manda in revisione", (roles.AUTHORS,)),
    DemoAccount(
        "territorio@example.org",
        "Teresa",
        "Territorio",
        "redazione: rivede le pagine di Valli e Dolomiti Friulane",
        (roles.AUTHORS,),
        reviews=("valli-e-dolomiti-friulane",),
    ),
    DemoAccount(
        "revisore@example.org",
        "Renzo",
        "Rivede",
        "redazione: approva e pubblica",
        (roles.REVIEWERS, roles.PUBLISHERS),
    ),
    DemoAccount("operatore@example.org", "Olga", "Opera", "Sportello: lavora le richieste", (roles.DESK_OPERATORS,)),
    DemoAccount(
        "supervisore@example.org",
        "Susanna",
        "Sorveglia",
        "Sportello: supervisiona, legge anche i registri",
        (roles.DESK_SUPERVISORS,),
    ),
    DemoAccount("azienda@example.org", "Aldo", "Accoglie", "realtà ospitante"),
    DemoAccount("seleziona@example.org", "Rita", "Recluta", "la stessa realtà: seleziona e risponde"),
    DemoAccount("accompagna@example.org", "Tito", "Accompagna", "la stessa realtà: tutor, legge ciò che segue"),
    DemoAccount("giovane@example.org", "Gaia", "Giovane", "giovane in cerca di un'esperienza"),
    DemoAccount("minore@example.org", "Mina", "Minori", "giovane di 16 anni"),
    DemoAccount("tutore@example.org", "Tullia", "Tutrice", "chi risponde per la giovane di 16 anni"),
)


def ensure_accounts(groups: dict[str, Group]) -> int:
    """Create the accounts that are missing, with a verified address; how many were made.

    An account that exists keeps its password and its groups: somebody may be trying something out with it.
    """
    made = 0
    for account in ACCOUNTS:
        if User.objects.filter(email=account.email).exists():
            continue
        user = create_verified_user(
            account.email,
            DEMO_PASSWORD,
            first_name=account.first_name,
            last_name=account.last_name,
            is_staff=account.superuser,
            is_superuser=account.superuser,
        )
        user.groups.set([groups[name] for name in account.groups])
        for territory in Territory.objects.filter(slug__in=account.reviews):
            TerritoryReviewer.objects.create(territory=territory, person=user)
        made += 1
    return made
