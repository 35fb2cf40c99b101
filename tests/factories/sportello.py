"""People, hosts, offers and applications for tests. States are reached through the actions, as in real life.

But for hosts verified and signed, operators, and offers published, which nearly every test needs: they are written as
the actions leave them, in a third of the time (tests/sportello/test_factories.py compares).
"""

from datetime import date, timedelta

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from stdnum import luhn
from wagtail.models import Locale, Page

from portal.registry.models import Municipality, Organisation, Territory
from portal.users.roles import ensure_roles
from progetti.actions.pacts import publish_version
from progetti.enums import PactKind
from progetti.models import PactPage, PactVersion
from progetti.pact_reading import corresponsabilita_in_force
from sportello import week
from sportello.actions import applications, applications_host, desks, hosts, offers, pacts
from sportello.actions.common import silently
from sportello.enums import (
    REASONED_STATES,
    SEATED_STATES,
    ApplicationState,
    DeskRole,
    HostRole,
    HostState,
    OfferKind,
    OfferState,
    StudyPath,
    YouthStatus,
)
from sportello.models import (
    Application,
    Desk,
    DeskMembership,
    Host,
    HostMembership,
    Offer,
    PactSignature,
    Seat,
    Sector,
    Skill,
    YouthProfile,
)

MORNINGS = week.mask((day, "morning") for day in range(5))


def vat_number(n: int) -> str:
    """A number with the form of a VAT number, different for each n, with its right check digit."""
    base = f"{n + 1:07d}001"
    return base + luhn.calc_check_digit(base)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    email = factory.Sequence(lambda n: f"persona{n}@example.org")
    first_name = factory.Sequence(lambda n: f"Nome{n}")
    last_name = "Esempio"
    password = factory.django.Password("una-frase-lunga")


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("istat_code",)

    istat_code = factory.Sequence(lambda n: f"{900000 + n}")
    name = factory.Sequence(lambda n: f"Comune {n}")
    province, province_code, region = "Torino", "TO", "Piemonte"
    latitude, longitude = 45.01, 7.82
    population, population_15_29 = 36000, 5000


class DeskFactory(DjangoModelFactory):
    class Meta:
        model = Desk

    name = factory.Sequence(lambda n: f"Sportello {n}")
    email = "sportello@example.org"

    @factory.lazy_attribute
    def territory(self):
        n = Territory.objects.count()
        return Territory.objects.create(name=f"Territorio {n}", slug=f"territorio-{n}")


class SectorFactory(DjangoModelFactory):
    class Meta:
        model = Sector

    name = factory.Sequence(lambda n: f"Settore {n}")
    name_en = factory.Sequence(lambda n: f"Sector {n}")
    slug = factory.Sequence(lambda n: f"settore-{n}")


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    name = factory.Sequence(lambda n: f"Competenza {n}")
    name_en = factory.Sequence(lambda n: f"Skill {n}")
    slug = factory.Sequence(lambda n: f"competenza-{n}")


def make_operator(desk: Desk | None = None, role: str = DeskRole.OPERATOR):
    """Somebody who works at a desk."""
    user = UserFactory()
    DeskMembership.objects.create(desk=desk or DeskFactory(), user=user, role=role)
    name = desks.GROUPS[role]
    user.groups.add(Group.objects.filter(name=name).first() or ensure_roles()[name])
    return user


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Bottega {n}")
    slug = factory.Sequence(lambda n: f"bottega-{n}")
    kind = "business"
    municipality = factory.SubFactory(MunicipalityFactory)


def pact_in_force() -> PactVersion:
    """The text of the Patto di corresponsabilità that hosts sign; made once for each test, outside the site's tree."""
    found = corresponsabilita_in_force()
    if found is not None:
        return found
    locale, _new = Locale.objects.get_or_create(language_code="it")
    page = PactPage(
        title="Patto di corresponsabilità",
        slug="patto-di-corresponsabilita",
        short_description="Che cosa promette chi ospita.",
        common_good="Il lavoro che si impara",
        kind=PactKind.CORRESPONSABILITA,
        locale=locale,
    )
    # Tests that commit empty every table afterwards, the root of the pages too.
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    root.add_child(instance=page)
    return publish_version(
        page,
        title="Patto di corresponsabilità",
        text="<p>Chi ospita accompagna, chi arriva si impegna.</p>",
        in_force_from=timezone.localdate() - timedelta(days=90),
        by=None,
    )


def sign_pact(host: Host) -> Host:
    """Let the host's owner sign the pact in force, without e-mails nor PDF."""
    with silently():
        pacts.sign_pact(host, owner_of(host), pact_in_force().sha256, "Piera Fantini")
    host.refresh_from_db()
    return host


class HostFactory(DjangoModelFactory):
    """A host with its owner, verified and with the pact signed unless told otherwise."""

    class Meta:
        model = Host
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    desk = factory.SubFactory(DeskFactory)
    fiscal_code = factory.Sequence(vat_number)
    contact_name = "Piera Fantini"
    # Enough for any number of places: the cap by headcount has tests of its own.
    permanent_staff = 1_000_000

    @factory.post_generation
    def verified(self, create, value, **kwargs):
        HostMembership.objects.create(host=self, user=UserFactory(), role=HostRole.OWNER)
        if value is not False:
            self.state, self.verified_at, self.verified_by = HostState.VERIFIED, timezone.now(), operator_of(self.desk)
            self.save(update_fields=["state", "verified_at", "verified_by"])

    @factory.post_generation
    def signed(self, create, value, **kwargs):
        if value is not False and self.state == HostState.VERIFIED:
            version = pact_in_force()
            self.pact_signature = PactSignature.objects.create(
                host=self,
                version=version,
                sha256=version.sha256,
                organisation_name=self.organisation.name,
                fiscal_code=self.fiscal_code,
                signer_name=self.contact_name,
                signed_by=owner_of(self),
            )
            self.state = HostState.SIGNED
            self.save(update_fields=["state", "pact_signature"])
            # As whoever reads it from the database: days are days, texts are texts.
            self.refresh_from_db()


def operator_of(desk: Desk):
    """Somebody who works at the desk, made if there is nobody yet."""
    membership = DeskMembership.objects.working().filter(desk=desk).select_related("user").first()
    return membership.user if membership else make_operator(desk)


def owner_of(host: Host):
    """The host's owner."""
    return host.memberships.active().select_related("user").get(role=HostRole.OWNER).user


def offer_values(**changes) -> dict:
    """What a host writes in a good offer."""
    today = timezone.localdate()
    values = {
        "title": "In bottega: dal disegno allo sgabello",
        "summary": "Sei mesi per imparare come un'idea diventa un mobile.",
        "kind": OfferKind.TRAINEESHIP,
        "tasks": "Prendere misure, montare, rifinire.",
        "schedule": MORNINGS,
        "weekly_hours": 20,
        "indemnity": 500,
        "start_date": today + timedelta(days=30),
        "end_date": today + timedelta(days=120),
        "tutor_name": "Piera Fantini, titolare",
        "seats_count": 2,
        "minimum_age": 18,
    }
    values.update(changes)
    values.setdefault("sector", None)
    values["sector"] = values["sector"] or SectorFactory()
    values.setdefault("municipality", None)
    values["municipality"] = values["municipality"] or MunicipalityFactory()
    return values


def make_offer(host: Host | None = None, state: str = OfferState.PUBLISHED, **changes) -> Offer:
    """An offer brought to draft, in_review or published by its host and its desk.

    It may break the rules of its kind: most tests are about something else, and want any age and any length.
    """
    host = host or HostFactory()
    owner = owner_of(host)
    offer = offers.save_offer(host, owner, offer_values(**changes))
    if state == OfferState.DRAFT:
        return offer
    offer.state, offer.submitted_at = OfferState.IN_REVIEW, timezone.now()
    if state == OfferState.PUBLISHED:
        if host.state == HostState.REGISTERED:
            hosts.verify_host(host, operator_of(host.desk))
            sign_pact(host)
        offer.state = OfferState.PUBLISHED
        offer.published_at = offer.confirmed_at = offer.moderated_at = timezone.now()
        offer.moderated_by = operator_of(host.desk)
    offer.save()
    return offer


class YouthFactory(DjangoModelFactory):
    """A young person of age with a complete profile."""

    class Meta:
        model = YouthProfile
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    desk = factory.SubFactory(DeskFactory)
    birth_date = date(2004, 5, 14)
    home = factory.SubFactory(MunicipalityFactory)
    status = YouthStatus.SEEKING
    study_path = StudyPath.VOCATIONAL
    availability = week.ALL_WEEK
    max_distance_km = 30
    matching_consent_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def lists(self, create, value, **kwargs):
        if value is not False:
            self.interests.add(SectorFactory())
            self.skills.add(SkillFactory())
            self.refresh_terms()


def make_application(offer: Offer | None = None, youth: YouthProfile | None = None, **changes) -> Application:
    """A submitted application."""
    offer = offer or make_offer()
    youth = youth or YouthFactory(desk=offer.desk)
    return applications.apply(youth, offer, changes.get("motivation", "Mi piace lavorare il legno."), youth.user)


def make_offered(offer: Offer | None = None, youth: YouthProfile | None = None) -> Application:
    """An application whose seat has been offered."""
    application = make_application(offer, youth)
    return applications_host.offer_seat(application, owner_of(application.offer.host))


def bare_application(state: str, actor_reason: str = "motivo") -> Application:
    """An application put straight into any state, whatever way leads there; for walking the transition table."""
    offer = make_offer()
    youth = YouthFactory(desk=offer.desk)
    seated = state in SEATED_STATES
    return Application.objects.create(
        youth=youth,
        offer=offer,
        desk=offer.desk,
        state=state,
        seat=Seat.objects.get(offer=offer, n=1) if seated else None,
        start_date=offer.start_date if seated else None,
        end_date=offer.end_date if seated else None,
        expires_at=timezone.now() + timedelta(days=7) if state == ApplicationState.OFFERED else None,
        reason=actor_reason if state in REASONED_STATES else "",
        motivation="Mi piace lavorare il legno.",
        submitted_at=None if state in (ApplicationState.DRAFT, ApplicationState.IN_REVIEW) else timezone.now(),
        waitlisted_at=timezone.now() if state == ApplicationState.WAITLISTED else None,
    )


def any_rule():
    """One of the programme rules that hold from the start."""
    from sportello.models import ProgrammeRule

    return ProgrammeRule.objects.order_by("pk").first()
