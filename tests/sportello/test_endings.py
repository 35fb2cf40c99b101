"""How an application ended is said truly: to each reader, naming who did it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sportello import endings
from sportello.actions import applications, applications_acceptance, applications_guarantee, applications_host, consents
from sportello.application_enums import CLOSED_STATES
from sportello.enums import Actor, ApplicationState
from sportello.models import Application
from sportello.transitions import APPLICATION
from tests.factories.people import allow, guardian_of, make_minor
from tests.factories.sportello import (
    HostFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_offered,
    operator_of,
    owner_of,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
A = ApplicationState


def page(user, name: str, pk: int) -> str:
    client = StrictClient()
    client.force_login(user)
    return client.get(reverse(name, args=[pk])).content.decode()


def test_every_end_of_the_transition_table_has_its_sentences():
    for row in APPLICATION:
        if row.target not in CLOSED_STATES or row.target == A.EXPIRED or row.source == A.DRAFT:
            continue
        for actor in row.actors:
            for say in endings._ENDINGS[row.target, actor]:
                assert say().endswith(".")


def test_what_the_desk_withdrew_is_not_said_to_be_the_young_persons_doing(
    django_capture_on_commit_callbacks, mailoutbox
):
    row = make_application()
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        applications.withdraw(row, operator_of(row.desk), "Ha telefonato.")
    own = page(row.youth.user, "area:youth_application", row.pk)
    assert "ritirata lo Sportello per tuo conto" in own
    assert "Hai ritirato" not in own
    assert "hai ritirata tu" not in own
    host = page(owner_of(row.offer.host), "area:host_application", row.pk)
    assert "ritirata lo Sportello, per conto di chi si era candidato" in host
    letters = {mail.to[0]: mail.body for mail in mailoutbox}
    assert "Lo Sportello ha ritirato la candidatura di" in letters[owner_of(row.offer.host).email]
    assert "ha ritirato per tuo conto" in letters[row.youth.user.email]


def test_a_seat_taken_says_when_where_and_who_and_the_desks_words_are_not_the_hosts():
    row = make_offered()
    desk_words, host_words = (
        f"Che cosa ti scrive {row.desk.name}",
        f"Che cosa ti scrive {row.offer.host.organisation.name}",
    )
    applications_acceptance.accept(row, row.youth.user)
    taken = page(row.youth.user, "area:youth_application", row.pk)
    assert "Il posto è tuo" in taken
    assert f"Ti accompagna {row.offer.tutor_name}." in taken
    # A host that has answered is not asked to say that it has read.
    assert "Fai sapere" not in page(owner_of(row.offer.host), "area:host_application", row.pk)
    applications_acceptance.cancel(row, operator_of(row.desk), "Ha trovato un lavoro.")
    cancelled = page(row.youth.user, "area:youth_application", row.pk)
    assert "Il posto è tuo" not in cancelled
    assert desk_words in cancelled
    assert host_words not in cancelled


def test_what_the_young_person_withdrew_is_theirs():
    row = make_application()
    applications.withdraw(row, row.youth.user)
    assert "hai ritirata tu" in page(row.youth.user, "area:youth_application", row.pk)
    assert "ritirata chi si era candidato" in page(owner_of(row.offer.host), "area:host_application", row.pk)


def test_what_a_guardian_takes_back_is_told_to_the_host_without_the_family(
    django_capture_on_commit_callbacks, mailoutbox
):
    host = HostFactory()
    minor = make_minor(desk=host.desk)
    (given,) = allow(minor)
    sent = make_application(make_offer(host, minimum_age=15), minor)
    held = applications_host.offer_seat(make_application(make_offer(host, minimum_age=15), minor), owner_of(host))
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        consents.revoke(given, guardian_of(minor))
    for row, mine, theirs in (
        (sent, "Si è chiusa perché chi risponde per te ha revocato", "Si è chiusa perché il consenso"),
        (held, "Il posto si è liberato perché chi risponde per te", "Il posto si è liberato perché il consenso"),
    ):
        assert mine in page(minor.user, "area:youth_application", row.pk)
        assert theirs in page(guardian_of(minor), "area:guardian_application", row.pk)
        told = page(owner_of(host), "area:host_application", row.pk)
        assert "manca un consenso che serviva" in told
        assert "chi risponde" not in told
    bodies = [mail.body for mail in mailoutbox if mail.to == [owner_of(host).email]]
    assert len(bodies) == 2
    assert all("manca un consenso che serviva" in body for body in bodies)
    assert len([mail for mail in mailoutbox if mail.to == [minor.user.email]]) == 1


def test_time_over_with_a_seat_and_without_an_answer():
    held = make_offered()
    waiting = make_application()
    for row, days, mine in ((held, 9, "Il tempo per accettare il posto è finito"), (waiting, 16, "non dipende da te")):
        applications_guarantee.expire(Application.objects.get(pk=row.pk), timezone.now() + timedelta(days=days))
        assert mine in page(row.youth.user, "area:youth_application", row.pk)


def test_open_ones_have_no_end():
    row = make_application(youth=YouthFactory())
    row = Application.objects.for_detail().get(pk=row.pk)
    assert endings.how_it_ended(row, Actor.YOUTH) == ""
