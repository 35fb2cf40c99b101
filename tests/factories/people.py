"""Minors, who answers for them and what they consented to."""

import secrets
from datetime import date, timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sportello import consents
from sportello.actions import applications_host, cv, guardians
from sportello.actions import consents as actions
from sportello.enums_people import ConsentPurpose, GuardianRelation
from sportello.models import (
    Application,
    Consent,
    ConsentText,
    CurriculumVitae,
    Guardian,
    GuardianLink,
    Host,
    YouthProfile,
)
from tests.factories.sportello import UserFactory, YouthFactory, make_application, make_offer


def birth_date(age: int, in_days: int = 0) -> date:
    """The birth date of who turns `age` in so many days, today by default."""
    day = timezone.localdate() + timedelta(days=in_days)
    return date(day.year - age, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def make_minor(youth: YouthProfile | None = None, age: int = 16, guardian: bool = True, **changes) -> YouthProfile:
    """A young person under age with a complete profile, and somebody who answers for them unless told otherwise."""
    youth = youth or YouthFactory(**changes)
    youth.birth_date = birth_date(age)
    youth.save()
    if guardian:
        make_guardian(youth)
    return youth


def make_guardian(youth: YouthProfile, user=None) -> GuardianLink:
    """Somebody who has confirmed to answer for a young person."""
    user = user or UserFactory(first_name="Rita", last_name="Tutrice")
    guardian, _created = Guardian.objects.get_or_create(user=user, defaults={"email": user.email})
    now = timezone.now()
    return GuardianLink.objects.create(
        youth=youth, guardian=guardian, invited_at=now, confirmed_at=now, relation=GuardianRelation.PARENT
    )


def make_invitation(youth: YouthProfile, email: str = "invitata@example.org") -> tuple[GuardianLink, str]:
    """An invitation that waits for its answer, and its key."""
    key, now = secrets.token_urlsafe(32), timezone.now()
    link = GuardianLink.objects.create(
        youth=youth,
        guardian=Guardian.objects.get_or_create(email=email)[0],
        invited_at=now,
        key_digest=guardians.digest_of(key),
        key_expires_at=now + timedelta(days=14),
    )
    return link, key


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def make_cv(youth: YouthProfile, application: Application | None = None, content: bytes = PDF) -> CurriculumVitae:
    """A CV in use, attached to an application if one is given."""
    row = cv.upload(youth, SimpleUploadedFile("cv.pdf", content), youth.user)
    if application is not None:
        cv.attach(application, youth.user)
    return row


def make_world(host: Host, name: str) -> dict:
    """For the role matrix: a minor called `name` with a guardian, yeses given and a seat offered, and an invitation."""
    first, last = name.split(" ")
    minor = make_minor(desk=host.desk, user__first_name=first, user__last_name=last)
    guardian = guardian_of(minor)
    allow(minor)
    offered = applications_host.offer_seat(
        make_application(make_offer(host, minimum_age=15), minor), host.memberships.get().user
    )
    actions.grant(minor, ConsentPurpose.EXPERIENCE, guardian, offered)
    _link, key = make_invitation(make_minor(guardian=False, desk=host.desk), "altra@example.org")
    return {"guardian": guardian, "minor": minor, "minors_offered": offered, "key": SimpleNamespace(pk=key)}


def guardian_of(youth: YouthProfile):
    """The account of who answers for a young person."""
    return youth.guardian_links.standing().select_related("guardian__user").order_by("pk")[0].guardian.user


def allow(youth: YouthProfile, *purposes: str) -> list[Consent]:
    """The guardian's yes to general purposes: to apply, unless told otherwise."""
    return [actions.grant(youth, purpose, guardian_of(youth)) for purpose in purposes or (ConsentPurpose.APPLYING,)]


def consent_to(application: Application) -> None:
    """Every yes of a guardian for one application, written straight into the tables whatever its state."""
    for purpose in (ConsentPurpose.APPLYING, ConsentPurpose.EXPERIENCE):
        about = application if purpose == ConsentPurpose.EXPERIENCE else None
        Consent.objects.create(
            youth=application.youth,
            purpose=purpose,
            application=about,
            text=ConsentText.objects.current(purpose),
            given_by=guardian_of(application.youth),
            given_as="guardian",
            granted_at=timezone.now(),
            evidence={"days": consents.days_of(application)} if about else {},
        )
