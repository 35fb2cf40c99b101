"""Calls for tests."""

import itertools
from datetime import timedelta

from django.utils import timezone

from bandi.enums import InterestState, OutcomeResult
from bandi.models import CallAct, CallIndexPage, CallInterest, CallOutcome, CallPage, Recipient

from .pages import add_page, home_page
from .registry import OrganisationFactory, TerritoryFactory, TopicFactory

_numbers = itertools.count(1)


def call_index() -> CallIndexPage:
    """The list of calls."""
    found = CallIndexPage.objects.filter(locale__language_code="it").first()
    return found or add_page(
        home_page(), CallIndexPage(title="Bandi", slug="bandi", short_description="Tutti i bandi.")
    )


def recipient(name: str = "Comuni") -> Recipient:
    """A kind of recipient."""
    return Recipient.objects.get_or_create(
        name=name, defaults={"name_en": f"{name} (en)", "slug": name.lower().replace(" ", "-")}
    )[0]


def call(acts: list[CallAct] | None = None, **fields) -> CallPage:
    """A published call; open for ten more days unless the fields say otherwise."""
    number = next(_numbers)
    now = timezone.now()
    if "issuing_body" not in fields:
        fields["issuing_body"] = OrganisationFactory()
    values = {
        "title": f"Bando {number}",
        "slug": f"bando-{number}",
        "short_description": f"Che cosa offre il bando {number}.",
        "opening": now - timedelta(days=10),
        "deadline": now + timedelta(days=10),
        **fields,
    }
    page = CallPage(**values)
    for order, act in enumerate(acts or []):
        act.sort_order = order
    page.acts = acts or []
    return add_page(call_index(), page)


def full_call(**fields) -> CallPage:
    """A published call with issuing body, territory, topic and recipient."""
    page = call(organisation=OrganisationFactory(), **fields)
    page.territories = [TerritoryFactory()]
    page.topics = [TopicFactory()]
    page.recipients = [recipient()]
    page.save()
    return CallPage.objects.get(pk=page.pk)


def outcome(page: CallPage, **fields) -> CallOutcome:
    """An application that was funded, by an organisation, unless the fields say otherwise."""
    number = next(_numbers)
    values = {"call": page, "name": f"Associazione {number}", "result": OutcomeResult.FUNDED, **fields}
    row = CallOutcome(**values)
    row.full_clean()
    row.save()
    return row


def closed_call(**fields) -> CallPage:
    """A call whose deadline was forty days ago."""
    now = timezone.now()
    return full_call(**{"opening": now - timedelta(days=80), "deadline": now - timedelta(days=40), **fields})


def interest(page: CallPage, **fields) -> CallInterest:
    """An organisation that is in and may be shown, unless the fields say otherwise."""
    number = next(_numbers)
    values = {
        "call": page,
        "organisation_name": f"Cooperativa {number}",
        "contact_name": "Ada Neri",
        "email": f"cooperativa{number}@example.org",
        "brings": "Uno spazio e due persone.",
        "may_be_shown": True,
        "state": InterestState.ACCEPTED,
        "asked_at": timezone.now(),
        **fields,
    }
    if values["state"] != InterestState.WAITING:
        values.setdefault("confirmed_at", values["asked_at"])
    return CallInterest.objects.create(**values)


def extension(new_deadline) -> CallAct:
    """An extension that came into force a week ago."""
    day = timezone.localdate() - timedelta(days=7)
    return CallAct(kind="extension", date=day, reason="Più tempo", new_deadline=new_deadline)
