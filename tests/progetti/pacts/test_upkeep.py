"""What time does to pacts: reminders before they end, what is forgotten, what the editors are asked to put right."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from home.editorial.problems import Problem
from home.editorial.quality import judge
from home.roles import ensure_roles
from portal.users import roles
from progetti.models import PactPage, PactReminder, PactRequest, PactSignatory
from progetti.pact_upkeep import forget_old_requests, remind_of_endings
from tests.factories.editorial import staff
from tests.factories.pacts import day_ago, make_request, make_signatory, make_version
from tests.factories.progetti import pact
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    user = UserFactory(email="revisora@example.org")
    user.groups.add(ensure_roles()[roles.REVIEWERS])
    return user


@pytest.fixture
def remind(django_capture_on_commit_callbacks):
    def run(days_ahead: int = 0) -> int:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return remind_of_endings(day_ago(-days_ahead))

    return run


def test_reminders_go_out_at_sixty_and_fourteen_days_each_once(remind, reviewer):
    end = day_ago(-61)
    page = pact(end=end, renewable=True, renewal="Si decide insieme.", contact_email="cura@example.org")
    pact(end=None)
    assert remind() == 0
    assert remind(1) == 1
    assert {message.to[0] for message in mail.outbox} == {"revisora@example.org", "cura@example.org"}
    letter = mail.outbox[0]
    assert letter.subject == "Un patto sta per scadere"
    for words in (page.title, "tra 60 giorni", "Può essere rinnovato.", "Si decide insieme."):
        assert words in letter.body
    assert [remind(1), remind(46), remind(47), remind(47), remind(60)] == [0, 0, 1, 0, 0]
    # Its end is moved: a new end is reminded of again.
    PactPage.objects.filter(pk=page.pk).update(end=day_ago(-200))
    assert remind(60) == 0
    assert remind(200 - 14) == 1


@pytest.mark.parametrize(("days_left", "sent"), [(10, 1), (0, 1), (-1, 0)])
def test_run_late_it_sends_one_reminder_for_all_that_passed(remind, days_left, sent):
    pact(end=day_ago(-days_left), contact_email="cura@example.org")
    assert remind() == sent
    assert len(mail.outbox) == sent
    assert PactReminder.objects.count() == 2 * sent
    assert remind() == 0
    call_command("remind_pacts", verbosity=0)


def test_with_nobody_in_the_redazione_the_administrators_are_told(remind):
    UserFactory(is_superuser=True, is_staff=True, email="capo@example.org")
    pact(end=day_ago(-20))
    assert remind() == 1
    assert [message.to for message in mail.outbox] == [["capo@example.org"]]


def test_what_need_not_be_kept_is_forgotten_and_nothing_else():
    version = make_version(days_ago=900)
    now = timezone.now()

    def request(days, **fields):
        moment = now - timedelta(days=days)
        values = {"asked_at": moment, "created_at": moment, "email": f"{len(kept)}{days}@example.org"}
        return make_request(version, **values | {"confirmed_at": moment} | fields)

    kept: set = set()
    kept |= {
        request(29, state="waiting", confirmed_at=None).pk,
        # Confirmed and still undecided: that is the redazione's fault, not its author's.
        request(800, state="confirmed").pk,
        request(800, state="refused", reason="No", decided_at=now - timedelta(days=364)).pk,
    }
    request(31, state="waiting", confirmed_at=None)
    request(900, state="refused", reason="No", decided_at=now - timedelta(days=366))
    request(901, state="cancelled", decided_at=now - timedelta(days=366))
    # Written long ago, asked to confirm a new text yesterday.
    kept.add(request(500, state="waiting", confirmed_at=None, asked_at=now - timedelta(days=1)).pk)
    long_ago = {"signed_on": day_ago(800), "verified_on": day_ago(800), "withdrawn_on": day_ago(400)}
    person = make_signatory(version, person_name="Ada", email="ada@example.org", **long_ago)
    firm = make_signatory(version, organisation_name="Ditta", person_name="Ugo", email="ugo@example.org", **long_ago)
    standing = make_signatory(version, person_name="Eva", email="eva@example.org", signed_on=day_ago(800))
    request(800, state="accepted", signatory=person)
    assert forget_old_requests() == 6
    assert set(PactRequest.objects.values_list("pk", flat=True)) == kept
    firm.refresh_from_db()
    assert (firm.organisation_name, firm.person_name, firm.email) == ("Ditta", "", "")
    assert set(PactSignatory.objects.values_list("pk", flat=True)) == {firm.pk, standing.pk}
    assert forget_old_requests() == 0
    call_command("forget_pact_requests", verbosity=0)


def test_editors_are_asked_about_texts_ends_and_signatures():
    user = staff(roles.PUBLISHERS)
    bare = pact(title="Senza testo")
    ending = make_version(pact(end=day_ago(-29)))
    over = make_version(pact(end=day_ago(3)))
    told = make_version(pact(end=day_ago(3), last_review=day_ago(1)))
    make_request(over)
    make_request(told, state="waiting", confirmed_at=None)

    def problems(page) -> set:
        found = judge(user, [page.pk], timezone.localdate()).get(page.pk)
        wanted = (Problem.EXPIRING, Problem.STALE, Problem.SIGNATURES)
        told = found.findings if found else []
        return {row.problem for row in told if row.problem in wanted or "testo in vigore" in row.words}

    assert problems(bare) == {Problem.INCOMPLETE}
    assert problems(ending.pact) == {Problem.EXPIRING}
    assert problems(over.pact) == {Problem.STALE, Problem.SIGNATURES}
    assert problems(told.pact) == set()
