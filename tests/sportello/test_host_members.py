"""Invitations to act for a host, roles, leaving, and several hosts for one person."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from sportello.actions import host_members
from sportello.enums import HostRole
from sportello.errors import ActionError
from sportello.models import HostInvitation, HostMembership
from tests.budgets.test_sportello import same_cost
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_operator,
    owner_of,
)
from tests.helpers.strict import StrictClient
from tests.sportello.test_path import link_in, new_mail

pytestmark = pytest.mark.django_db
MEMBERS = "/area/azienda/persone/"


def signed_in(user) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def refusal(verb, *args) -> str:
    with pytest.raises(ActionError) as caught:
        verb(*args)
    return caught.value.code


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    def send(client, url, data=None):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, data or {}, follow=True)

    return send


def test_from_invitation_to_colleague_to_gone(post):
    host = HostFactory()
    owner = owner_of(host)
    client = signed_in(owner)
    page = post(client, f"{MEMBERS}invita/", {"email": "Nina@Example.org", "role": "recruiter"}).content.decode()
    assert "Invito mandato" in page
    assert "nina@example.org" in page
    (letter,) = new_mail()
    assert letter.to == ["nina@example.org"]
    assert "Selezione" in letter.body
    assert "L'invito vale fino a" in letter.body
    assert host.organisation.name not in letter.subject
    link = link_in(letter)

    # The link only asks: opened by anybody, also signed in, it changes nothing.
    page = StrictClient().get(link).content.decode()
    assert "Vuoi agire per" in page
    assert "account/signup/?next=" in page
    assert post(StrictClient(), link).status_code == 200
    newcomer = UserFactory(email="nina@example.org")
    theirs = signed_in(newcomer)
    assert "Accetto l&#x27;invito" in theirs.get(link).content.decode().replace("'", "&#x27;")
    assert not HostMembership.objects.filter(user=newcomer).exists()

    page = post(theirs, link).content.decode()
    assert "Ora agisci per" in page
    membership = HostMembership.objects.get(user=newcomer)
    assert (membership.host, membership.role) == (host, HostRole.RECRUITER)
    (letter,) = new_mail()
    assert letter.to == [owner.email]
    assert "nina" not in letter.subject
    # Used once: afterwards it says so, to them and to others.
    assert "Hai già accettato" in theirs.get(link).content.decode()
    again = signed_in(UserFactory()).post(link)
    assert again.status_code == 410
    assert "non vale più" in again.content.decode()

    # Another role, with a word to who gets it; then gone, with a word too.
    offer = make_offer(host)
    url = f"{MEMBERS}{membership.pk}/"
    post(client, url, {"role": "tutor", "offers": [offer.pk]})
    membership.refresh_from_db()
    assert membership.role == HostRole.TUTOR
    assert membership.offers.get() == offer
    (letter,) = new_mail()
    assert letter.to == [newcomer.email]
    assert "Tutor" in letter.body
    post(client, f"{url}togli/")
    (letter,) = new_mail()
    assert letter.to == [newcomer.email]
    assert theirs.get("/area/azienda/").status_code == 302
    assert not HostMembership.objects.active().filter(user=newcomer).exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"email": "nina", "role": "tutor"}, "Questo indirizzo non è scritto bene"),
        ({"email": "", "role": "tutor"}, "obbligatorio"),
        ({"email": "nina@example.org", "role": ""}, "Scegli che cosa farà"),
        ({"email": "nina@example.org", "role": "re"}, "Scegli"),
        ({"email": "PRESENTE@example.org", "role": "tutor"}, "fa già parte della tua realtà"),
        ({"email": "Invitata@example.org", "role": "tutor"}, "ha già un invito in attesa"),
    ],
)
def test_a_bad_invitation_is_said_beside_the_field(data, message):
    host = HostFactory()
    owner = owner_of(host)
    HostMembership.objects.create(host=host, user=UserFactory(email="presente@example.org"), role=HostRole.TUTOR)
    host_members.invite(host, owner, "invitata@example.org", HostRole.TUTOR)
    page = signed_in(owner).post(f"{MEMBERS}invita/", data).content.decode()
    assert "Qualcosa va corretto" in page
    assert message in page
    assert data["email"] in page
    assert HostInvitation.objects.count() == 1


def test_too_many_invitations_at_once(monkeypatch):
    monkeypatch.setattr(host_members, "MAX_PENDING_INVITATIONS", 2)
    host = HostFactory()
    for n in range(2):
        host_members.invite(host, owner_of(host), f"persona-invitata-{n}@example.org", HostRole.TUTOR)
    assert refusal(host_members.invite, host, owner_of(host), "x@example.org", HostRole.TUTOR) == "too_many"


def test_nobodys_mailbox_is_filled(monkeypatch):
    """Sending again, or taking back and inviting anew: whoever gets the letters, they are letters."""
    host = HostFactory()
    owner = owner_of(host)
    first = host_members.invite(host, owner, "Nina@example.org", HostRole.TUTOR)
    host_members.resend_invitation(first, owner)
    host_members.cancel_invitation(first, owner)
    second = host_members.invite(host, owner, "nina@example.org", HostRole.TUTOR)
    assert refusal(host_members.resend_invitation, second, owner) == "too_often"
    host_members.cancel_invitation(second, owner)
    assert refusal(host_members.invite, host, owner, "nina@example.org", HostRole.TUTOR) == "too_often"
    monkeypatch.setattr(host_members, "SENT_A_DAY", 4)
    other = host_members.invite(host, owner, "ugo@example.org", HostRole.TUTOR)
    assert refusal(host_members.invite, host, owner, "lia@example.org", HostRole.TUTOR) == "too_many"
    HostInvitation.objects.update(sent_at=timezone.now() - timedelta(days=1, minutes=1))
    assert host_members.resend_invitation(other, owner).sends == 1
    host_members.invite(host, owner, "nina@example.org", HostRole.TUTOR)


def test_an_invitation_expires_is_sent_again_and_taken_back(post):
    host = HostFactory()
    owner = owner_of(host)
    invitation = host_members.invite(host, owner, "nina@example.org", HostRole.TUTOR)
    assert invitation.expires_at.date() == (timezone.now() + timedelta(days=14)).date()
    HostInvitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    person = signed_in(UserFactory())
    assert person.get(invitation.link).status_code == 410
    assert refusal(host_members.accept_invitation, invitation, UserFactory()) == "wrong_state"
    client = signed_in(owner)
    assert "È scaduto" in client.get(MEMBERS).content.decode()

    post(client, reverse("area:host_invitation_resend", args=[invitation.pk]))
    (letter,) = new_mail()
    assert letter.to == ["nina@example.org"]
    assert person.get(invitation.link).status_code == 200

    post(client, reverse("area:host_invitation_cancel", args=[invitation.pk]))
    assert person.get(invitation.link).status_code == 410
    assert person.post(invitation.link).status_code == 410
    assert refusal(host_members.resend_invitation, invitation, owner) == "wrong_state"
    assert new_mail() == []
    # Now the address is free for another one.
    host_members.invite(host, owner, "nina@example.org", HostRole.RECRUITER)


def test_a_link_that_lost_a_piece():
    host = HostFactory()
    invitation = host_members.invite(host, owner_of(host), "nina@example.org", HostRole.TUTOR)
    for token in ("nulla", invitation.token[:-3], invitation.token + "x"):
        assert StrictClient().get(reverse("area:host_invitation", args=[token])).status_code == 410
    HostInvitation.objects.update(key="un'altra")
    assert StrictClient().get(invitation.link).status_code == 410


def test_who_has_another_part_here_does_not_accept():
    host = HostFactory()
    invitation = host_members.invite(host, owner_of(host), "nina@example.org", HostRole.TUTOR)
    for user, code, words in (
        (YouthFactory().user, "young", "usane un altro"),
        (make_operator(), "desk", "Lavori allo Sportello"),
        (owner_of(host), "already_member", "Fai già parte"),
    ):
        assert refusal(host_members.accept_invitation, invitation, user) == code
        page = signed_in(user).post(invitation.link, follow=True).content.decode()
        assert words in page
    invitation.refresh_from_db()
    assert invitation.is_open


def test_the_last_owner_neither_leaves_nor_becomes_less():
    host = HostFactory()
    membership = host.memberships.get()
    owner = membership.user
    client = signed_in(owner)
    # Neither page offers what would be refused, and the list says why.
    page = client.get(MEMBERS).content.decode()
    assert "unica persona titolare" in page
    assert "Lascia la realtà" not in page + client.get(f"{MEMBERS}{membership.pk}/").content.decode()
    page = client.post(f"{MEMBERS}{membership.pk}/togli/", follow=True).content.decode()
    assert "prima nomina qualcun altro" in page
    page = client.post(f"{MEMBERS}{membership.pk}/", {"role": "tutor"}).content.decode()
    assert "prima nomina qualcun altro" in page
    membership.refresh_from_db()
    assert membership.owns
    # An owner whose account was closed does not count.
    HostMembership.objects.create(host=host, user=UserFactory(is_active=False), role=HostRole.OWNER)
    assert refusal(host_members.end_membership, membership, owner) == "last_owner"
    HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.OWNER)
    assert "Lascia la realtà" in client.get(MEMBERS).content.decode()
    assert client.post(f"{MEMBERS}{membership.pk}/togli/").url == reverse("area:home")


def test_the_owners_are_told_of_who_goes_by_themselves(post):
    host = HostFactory()
    stays, leaves = owner_of(host), HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.TUTOR)
    post(signed_in(leaves.user), f"{MEMBERS}{leaves.pk}/togli/")
    (letter,) = new_mail()
    assert letter.to == [stays.email]
    assert "non fa più parte" in letter.subject
    assert f"non agisce più per {host.organisation.name}" in letter.body
    assert leaves.user.email not in letter.body


def test_offers_of_others_cannot_be_followed():
    host = HostFactory()
    tutor = HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.TUTOR)
    foreign = make_offer()
    assert refusal(host_members.change_member, tutor, owner_of(host), HostRole.TUTOR, [foreign]) == "offers"
    client = signed_in(owner_of(host))
    make_offer(host)
    page = client.post(f"{MEMBERS}{tutor.pk}/", {"role": "tutor", "offers": [foreign.pk]}).content.decode()
    assert "Qualcosa va corretto" in page


def test_somebody_of_two_hosts_chooses_which_one_acts():
    one, two = HostFactory(), HostFactory()
    user = owner_of(one)
    second = HostMembership.objects.create(host=two, user=user, role=HostRole.RECRUITER)
    client = signed_in(user)
    assert one.organisation.name in client.get("/area/azienda/").content.decode()
    page = client.get("/area/azienda/scegli/").content.decode()
    assert one.organisation.name in page
    assert two.organisation.name in page
    assert client.post("/area/azienda/scegli/", {"membership": second.pk}).status_code == 302
    assert two.organisation.name in client.get("/area/azienda/").content.decode()
    # As recruiter of the second one has no say about its people.
    assert client.get(f"{MEMBERS}invita/").status_code == 404
    # The link of an e-mail about the other host works all the same, and changes nothing.
    application = make_application(make_offer(one))
    assert client.get(f"/area/azienda/candidature/{application.pk}/").status_code == 200
    assert two.organisation.name in client.get("/area/azienda/").content.decode()
    stranger = owner_of(HostFactory())
    foreign = stranger.host_memberships.get()
    assert client.post("/area/azienda/scegli/", {"membership": foreign.pk}).status_code == 404
    assert refusal(host_members.choose_host, foreign, user) == "not_permitted"


def test_letters_go_to_who_answers_not_to_tutors(django_capture_on_commit_callbacks):
    offer = make_offer()
    people = {
        role: HostMembership.objects.create(host=offer.host, user=UserFactory(), role=role).user
        for role in (HostRole.RECRUITER, HostRole.TUTOR)
    }
    with django_capture_on_commit_callbacks(execute=True):
        make_application(offer)
    receivers = {letter.to[0] for letter in mail.outbox}
    assert people[HostRole.RECRUITER].email in receivers
    assert people[HostRole.TUTOR].email not in receivers


def test_an_english_invitation(post):
    host = HostFactory()
    client = signed_in(owner_of(host))
    post(client, "/en/area/azienda/persone/invita/", {"email": "nina@example.org", "role": "tutor"})
    (letter,) = new_mail()
    assert "The invitation" in letter.body
    assert "/en/area/azienda/invito/" in letter.body
    assert letter.alternatives[0].content.count("<h1") == 1


def test_the_database_refuses_by_itself():
    host = HostFactory()
    invitation = host_members.invite(host, owner_of(host), "nina@example.org", HostRole.TUTOR)
    other = host_members.invite(host, owner_of(host), "anna@example.org", HostRole.TUTOR)
    for change, values in (
        ("email = 'NINA@example.org'", []),
        ("state = 'forse'", []),
        ("role = 're'", []),
        ("state = 'accepted'", []),
        ("accepted_by_id = %s", [owner_of(host).pk]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE sportello_hostinvitation SET {change} WHERE id = %s", [*values, other.pk])
    assert invitation.is_open


def test_queries_of_the_people_page():
    host = HostFactory()
    offers = [make_offer(host) for _n in range(2)]

    def fill(n: int) -> None:
        for _n in range(n):
            member = HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.TUTOR)
            member.offers.set(offers)
        for _n in range(n):
            email = f"i{HostInvitation.objects.count()}@example.org"
            host_members.invite(host, owner_of(host), email, HostRole.TUTOR)

    same_cost(fill, MEMBERS, 12, owner_of(host))
