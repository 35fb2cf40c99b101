"""A minor invites who answers for them; the guardian reads, answers question by question, changes their mind."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.users.forms import BIRTH_DATE_KEY
from sportello.actions import applications_host, applications_interviews, guardians
from sportello.enums import ApplicationState
from sportello.errors import GuardRefused
from sportello.models import Consent, Guardian, GuardianLink
from tests.factories.people import (
    allow,
    birth_date,
    guardian_of,
    make_guardian,
    make_invitation,
    make_minor,
)
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    operator_of,
    owner_of,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
S = ApplicationState


def signed_in(user) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


@pytest.fixture
def now_and_mail(django_capture_on_commit_callbacks, mailoutbox):
    """Do something with its e-mails sent; return the e-mails."""

    def do(call):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call()
        return list(mailoutbox)

    return do


def test_the_whole_way(now_and_mail):
    """From the invitation to the accepted seat, each side with its own browser and its own e-mails."""
    offer = make_offer(minimum_age=15, seats_count=1)
    minor = make_minor(guardian=False, desk=offer.desk)
    young = signed_in(minor.user)
    assert "Invita chi risponde per te" in young.get("/area/").content.decode()
    apply_url = reverse("area:youth_apply", args=[offer.pk])
    assert "Manda l&#x27;invito" in young.get(apply_url).content.decode()
    sent = now_and_mail(lambda: young.post("/area/giovane/tutori/", {"email": "Mamma@example.org "}))
    assert [mail.to for mail in sent] == [["mamma@example.org"]]
    assert minor.user.first_name not in sent[0].subject
    path = re.search(r"http://[^/]+(/area/tutore/invito/\S+)", sent[0].body).group(1)
    assert path in sent[0].alternatives[0].content

    stranger = StrictClient()
    page = stranger.get(path).content.decode()
    assert minor.user.first_name in page
    assert minor.user.last_name not in page.replace("example", "").split("<main")[1]
    assert f"/account/signup/?next={path.replace('/', '%2F')}" in page
    assert stranger.post(path, {"relation": "parent", "declaration": "on"}).status_code == 200
    assert not GuardianLink.objects.filter(confirmed_at__isnull=False).exists()

    mother = UserFactory(email="mamma@example.org")
    adult = signed_in(mother)
    assert "Serve questa dichiarazione" in adult.post(path, {"relation": "parent"}).content.decode()
    sent = now_and_mail(lambda: adult.post(path, {"relation": "parent", "declaration": "on"}))
    assert [mail.to for mail in sent] == [[minor.user.email]]
    assert adult.get(path).status_code == 410
    assert adult.get("/area/").url == "/area/tutore/"
    assert "2 domande da leggere" in adult.get("/area/tutore/").content.decode()
    assert "non ha ancora detto di sì" in young.get("/area/").content.decode()

    question = reverse("area:guardian_consent", args=[minor.pk, "applying"])
    assert "Può candidarsi" in adult.get(question).content.decode()
    sent = now_and_mail(lambda: adult.post(question, {"answer": "no"}))
    assert "per ora ha detto di no" in sent[0].body
    sent = now_and_mail(lambda: adult.post(question, {"answer": "yes"}))
    assert "puoi candidarti" in sent[0].body
    assert young.post(apply_url, {"motivation": "Mi piace il legno."}).status_code == 302

    row = minor.applications.get()
    sent = now_and_mail(lambda: applications_host.offer_seat(row, owner_of(offer.host)))
    assert {mail.to[0] for mail in sent} == {minor.user.email, "mamma@example.org"}
    own = reverse("area:youth_application", args=[row.pk])
    assert "serve il sì di chi risponde per te" in young.get(own).content.decode()
    young.post(reverse("area:youth_application_accept", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == S.OFFERED
    asked = reverse("area:guardian_application", args=[row.pk])
    assert "Mi piace il legno" not in adult.get(asked).content.decode()
    now_and_mail(lambda: adult.post(asked, {"answer": "yes"}))
    young.post(reverse("area:youth_application_accept", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == S.ACCEPTED

    back = reverse("area:guardian_revoke_experience", args=[row.pk])
    assert "conferma che va annullato" in adult.post(back).content.decode()
    row.refresh_from_db()
    assert row.state == S.ACCEPTED
    sent = now_and_mail(lambda: adult.post(back, {"cancel_placement": "on"}))
    row.refresh_from_db()
    assert (row.state, row.placement.state) == (S.CANCELLED, "cancelled")
    assert {mail.to[0] for mail in sent} == {
        minor.user.email,
        owner_of(offer.host).email,
        operator_of(offer.desk).email,
    }
    assert "ha ritirato il consenso" in young.get(own).content.decode()


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "obbligatorio"),
        ("mamma", "valido"),
        ("{own}", "Questo è il tuo indirizzo"),
        ("{guardian}", "risponde già per te"),
    ],
)
def test_an_invitation_that_cannot_go(email, message, now_and_mail):
    minor = make_minor()
    words = email.format(own=minor.user.email.upper(), guardian=guardian_of(minor).email)
    young = signed_in(minor.user)
    page = None

    def post():
        nonlocal page
        page = young.post("/area/giovane/tutori/", {"email": words})

    assert now_and_mail(post) == []
    html = page.content.decode()
    assert message in html
    assert f'value="{words}"' in html or not words
    assert GuardianLink.objects.count() == 1


def test_how_many_and_how_often():
    minor = make_minor(guardian=False)
    young = signed_in(minor.user)
    for n in range(3):
        young.post("/area/giovane/tutori/", {"email": f"adulto{n}@example.org"})
    page = young.post("/area/giovane/tutori/", {"email": "quarto@example.org"}).content.decode()
    assert "prima togli un invito" in page
    links = list(minor.guardian_links.order_by("pk"))
    young.post(reverse("area:youth_guardian_cancel", args=[links[0].pk]))
    young.post("/area/giovane/tutori/", {"email": "quarto@example.org"})
    GuardianLink.objects.filter(youth=minor).update(invited_at=timezone.now())
    young.post(reverse("area:youth_guardian_cancel", args=[links[1].pk]))
    young.post("/area/giovane/tutori/", {"email": "quinto@example.org"})
    assert minor.guardian_links.open().count() == 3
    young.post(reverse("area:youth_guardian_cancel", args=[links[2].pk]))
    page = young.post("/area/giovane/tutori/", {"email": "sesto@example.org"}).content.decode()
    assert "riprova domani" in page


def test_one_mailbox_is_not_filled(now_and_mail):
    minor = make_minor(guardian=False)
    young = signed_in(minor.user)
    young.post("/area/giovane/tutori/", {"email": "mamma@example.org"})
    resend = reverse("area:youth_guardian_resend", args=[minor.guardian_links.get().pk])
    sent = [now_and_mail(lambda: young.post(resend)) for _time in range(6)]
    assert [len(letters) for letters in sent] == [1, 1, 1, 1, 0, 0]
    GuardianLink.objects.update(invited_at=timezone.now() - timedelta(days=1, minutes=1))
    assert len(now_and_mail(lambda: young.post(resend))) == 1
    assert minor.guardian_links.get().sends == 1


def test_of_age_there_is_nobody_to_invite():
    page = signed_in(YouthFactory().user).post("/area/giovane/tutori/", {"email": "mamma@example.org"})
    assert not GuardianLink.objects.exists()
    assert "Hai già 18 anni" in page.content.decode()


def test_a_link_that_is_over_says_so(client):
    minor = make_minor(guardian=False)
    link, key = make_invitation(minor)
    path = reverse("area:guardian_invitation", args=[key])
    assert client.get(path).status_code == 200
    GuardianLink.objects.update(key_expires_at=timezone.now() - timedelta(seconds=1))
    for answer in (client.get(path), client.post(path, {"turn_down": "1"}), client.get(path + "x/")):
        assert answer.status_code in (410, 404)
    link.refresh_from_db()
    assert link.ended_at is None
    # A new link ends the former.
    signed_in(minor.user).post(reverse("area:youth_guardian_resend", args=[link.pk]))
    fresh = GuardianLink.objects.get(pk=link.pk)
    assert fresh.key_digest not in ("", guardians.digest_of(key))
    assert fresh.key_expires_at > timezone.now() + timedelta(days=13)


def test_opening_the_link_changes_nothing_and_turning_down_needs_no_account(client, now_and_mail):
    minor = make_minor(guardian=False)
    link, key = make_invitation(minor)
    path = reverse("area:guardian_invitation", args=[key])
    client.get(path)
    assert GuardianLink.objects.get(pk=link.pk).ended_at is None
    sent = now_and_mail(lambda: client.post(path, {"turn_down": "1"}))
    assert [mail.to for mail in sent] == [[minor.user.email]]
    assert GuardianLink.objects.get(pk=link.pk).ended_at
    assert client.get(path).status_code == 410
    # They were told that nobody writes to them again about this: only the desk may, when it has talked to them.
    young = signed_in(minor.user)
    again = now_and_mail(lambda: young.post("/area/giovane/tutori/", {"email": link.guardian.email}))
    assert again == []
    with pytest.raises(GuardRefused) as refused:
        guardians.invite(minor, link.guardian.email, minor.user)
    assert refused.value.code == "turned_down"
    assert guardians.invite(minor, link.guardian.email, operator_of(minor.desk)).ended_at is None


def test_the_young_person_does_not_answer_for_themself():
    minor = make_minor(guardian=False)
    _link, key = make_invitation(minor, "altro.mio@example.org")
    path = reverse("area:guardian_invitation", args=[key])
    friend = make_minor(guardian=False)
    newcomer = signed_in(UserFactory())
    session = newcomer.session
    # A friend who has just made an account for this, and said how old they are.
    session[BIRTH_DATE_KEY] = birth_date(17).isoformat()
    session.save()
    for client in (signed_in(minor.user), signed_in(friend.user), newcomer):
        page = client.post(path, {"relation": "parent", "declaration": "on"})
        assert "per un adulto" in page.content.decode()
    assert not GuardianLink.objects.filter(confirmed_at__isnull=False).exists()


def test_one_account_answers_for_two_whatever_address_was_invited():
    first = make_minor()
    parent = guardian_of(first)
    second = make_minor(guardian=False)
    _link, key = make_invitation(second, "altro.indirizzo@example.org")
    signed_in(parent).post(reverse("area:guardian_invitation", args=[key]), {"relation": "tutor", "declaration": "on"})
    assert GuardianLink.objects.standing().of(parent).count() == 2
    assert not Guardian.objects.filter(email="altro.indirizzo@example.org").exists()


def test_an_invitation_of_somebody_elses_account_stays_theirs():
    known = guardian_of(make_minor())
    minor = make_minor(guardian=False)
    _link, key = make_invitation(minor, known.email)
    path = reverse("area:guardian_invitation", args=[key])
    page = signed_in(UserFactory()).post(path, {"relation": "parent", "declaration": "on"}).content.decode()
    assert "per un altro account" in page
    assert signed_in(known).post(path, {"relation": "parent", "declaration": "on"}).status_code == 302


def test_stepping_back_takes_the_yeses_along_unless_somebody_stays():
    offer = make_offer(minimum_age=15)
    minor = make_minor(desk=offer.desk)
    allow(minor)
    row = make_application(offer, minor)
    first = guardian_of(minor)
    other = make_guardian(minor).guardian.user
    path = reverse("area:guardian_step_back", args=[minor.pk])
    signed_in(first).post(path)
    row.refresh_from_db()
    assert row.state == S.SUBMITTED
    assert signed_in(first).get(reverse("area:guardian_youth", args=[minor.pk])).status_code == 404
    signed_in(other).post(path)
    row.refresh_from_db()
    assert row.state == S.WITHDRAWN
    assert not Consent.objects.standing().exists()


def test_on_the_birthday_the_guardians_pages_close():
    minor = make_minor()
    adult = signed_in(guardian_of(minor))
    minor.birth_date = birth_date(18)
    minor.save()
    assert adult.get(reverse("area:guardian_youth", args=[minor.pk])).status_code == 404
    assert "non rispondi per nessuno" in adult.get("/area/tutore/").content.decode()


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_guardians_letters_in_both_languages(language):
    from sportello import notifications

    minor = make_minor(user__first_name="Mina")
    Guardian.objects.update(language=language)
    link = minor.guardian_links.get()
    (letter,) = notifications.about_guardian(link.pk, "guardian_invited", "/area/tutore/invito/abc/")
    assert ("answer" in letter.context["subject"]) == (language == "en")
    assert letter.context["url"] == "/area/tutore/invito/abc/"
    assert "Mina" not in letter.context["subject"]


class TestWhatAGuardianSees:
    def test_meetings_and_that_there_are_messages_never_their_words(self):
        minor = make_minor()
        allow(minor)
        offer = make_offer(HostFactory(desk=minor.desk), minimum_age=15)
        row = make_application(offer, minor)
        row.messages.create(side="youth", user=minor.user, text="Parole che restano mie")
        owner = owner_of(offer.host)
        applications_host.shortlist(row, owner)
        when = timezone.now() + timedelta(days=3)
        slots = applications_interviews.propose(row, [when], 30, "In bottega", owner)
        url = reverse("area:guardian_application", args=[row.pk])
        page = signed_in(guardian_of(minor)).get(url).content.decode()
        assert "Quando potrebbero incontrarsi" in page
        assert "In bottega" in page
        assert "Su questa candidatura c'è 1 messaggio" in page or "c&#x27;è 1 messaggio" in page
        assert "Parole che restano mie" not in page
        applications_interviews.pick(slots[0], minor.user)
        assert "L'incontro è fissato" in signed_in(guardian_of(minor)).get(url).content.decode()

    def test_who_is_also_a_host_or_at_the_desk_finds_both_parts(self):
        minor = make_minor()
        host = HostFactory(desk=minor.desk)
        make_guardian(minor, owner_of(host))
        make_guardian(minor, operator_of(host.desk))
        inbox = signed_in(owner_of(host)).get(reverse("area:host_inbox")).content.decode()
        assert f'href="{reverse("area:guardian_home")}"' in inbox
        mine = signed_in(owner_of(host)).get(reverse("area:guardian_home")).content.decode()
        assert f'href="{reverse("area:host_inbox")}"' in mine
        desk = signed_in(operator_of(host.desk)).get("/area/", follow=True).content.decode()
        assert f'href="{reverse("wagtailadmin_home")}"' in desk
