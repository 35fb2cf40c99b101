"""What an owner, a recruiter and a tutor may open, at every address of the host's area, known or new.

The addresses come from the role matrix: whatever a host may open a recruiter may too, unless it is listed here; a tutor
opens nothing that is not listed.
"""

import pytest

from sportello.actions import applications_messages, host_members
from sportello.enums import HostRole, OfferState
from sportello.models import HostMembership
from sportello.wizard import all_steps
from tests.factories import sportello as make
from tests.factories.people import make_cv
from tests.role_table import MATRIX
from tests.test_role_matrix import address_of, is_refusal, state_of_everything, world  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db

OWNERS_ONLY = {
    "area:host_edit",
    "area:host_invite",
    "area:host_member",
    "area:host_invitation_resend",
    "area:host_invitation_cancel",
    # A colleague's: leaving oneself is tried in test_host_members.
    "area:host_member_end",
}
TUTORS_TOO = {
    "area:host_inbox",
    "area:host_offers",
    "area:host_offer",
    "area:host_application",
    "area:host_profile",
    "area:host_members",
    "area:host_choose",
}
HOST_PAGES = sorted(
    name for name, (roles, _thing) in MATRIX.items() if name.startswith("area:host_") and "host" in roles
)


def join(host, role: str, **fields):
    user = make.UserFactory(**fields)
    return HostMembership.objects.create(host=host, user=user, role=role)


def test_each_part_opens_its_own_pages(world, client):  # noqa: F811  the fixture
    host = world.objects["host"]
    recruiter, tutor = join(host, HostRole.RECRUITER), join(host, HostRole.TUTOR)
    follows = [world.objects[name] for name in ("offer", "open_offer", "draft", "in_review")]
    host_members.change_member(tutor, world.users["host"], HostRole.TUTOR, follows)
    before = state_of_everything()
    for name in HOST_PAGES:
        if name == "area:host_invitation":
            continue
        address = address_of(name, world)
        for membership, opens in ((recruiter, name not in OWNERS_ONLY), (tutor, name in TUTORS_TOO)):
            client.force_login(membership.user)
            response = client.get(address)
            if opens:
                assert response.status_code == 200, f"{membership.role} should open {address}"
                continue
            assert is_refusal(response), f"{membership.role} opened {address}"
            posted = client.post(address, {"reason": "Una prova", "role": "owner"})
            assert is_refusal(posted), f"{membership.role} posted to {address}"
    assert state_of_everything() == before
    assert sorted(host.memberships.values_list("role", "is_active")) == [
        ("owner", True),
        ("recruiter", True),
        ("tutor", True),
    ]


def test_a_tutor_sees_only_the_offers_they_follow(client):
    host = make.HostFactory()
    followed, other = make.make_offer(host, title="Seguita"), make.make_offer(host, title="Altrui")
    mine, theirs = make.make_application(followed), make.make_application(other)
    unfinished = make.make_offer(host, OfferState.DRAFT, title="A metà")
    type(unfinished).objects.filter(pk=unfinished.pk).update(steps_left=all_steps()[-1])
    tutor = join(host, HostRole.TUTOR)
    client.force_login(tutor.user)
    for address in ("/area/azienda/", "/area/azienda/offerte/"):
        assert "Non segui ancora nessuna offerta" in client.get(address).content.decode()
    host_members.change_member(tutor, make.owner_of(host), HostRole.TUTOR, [followed])
    lists = client.get("/area/azienda/").content.decode() + client.get("/area/azienda/offerte/").content.decode()
    assert mine.applicant_name in lists
    assert "Seguita" in lists
    assert theirs.applicant_name not in lists
    assert "Altrui" not in lists
    page = client.get(f"/area/azienda/candidature/{mine.pk}/").content.decode()
    assert "Offri un posto" not in page
    assert "Fai sapere che" not in page
    for address in (f"/area/azienda/candidature/{theirs.pk}/", f"/area/azienda/offerte/{other.pk}/"):
        assert client.get(address).status_code == 404
    # Nothing is offered that would be refused then: no answer, no messages, no draft to go on with.
    assert "A questa candidatura risponde chi seleziona" in page
    offer_words = ("Da rispondere", "messaggio", "Continua a scriverla")
    host_members.change_member(tutor, make.owner_of(host), HostRole.TUTOR, [followed, unfinished])
    applications_messages.write(mine, mine.youth.user, "Si arriva in autobus?")
    lists = client.get("/area/azienda/").content.decode() + client.get("/area/azienda/offerte/").content.decode()
    assert "Le candidature che segui" in lists
    assert not [words for words in offer_words if words in lists]
    client.force_login(make.owner_of(host))
    lists = client.get("/area/azienda/").content.decode() + client.get("/area/azienda/offerte/").content.decode()
    assert all(words in lists for words in offer_words)
    client.force_login(tutor.user)
    # The page shows no button, and the action refuses as well.
    for address in (f"candidature/{mine.pk}/offri/", f"offerte/{followed.pk}/pausa/"):
        assert client.post(f"/area/azienda/{address}").status_code == 404


def test_a_tutor_opens_the_cvs_of_the_offers_they_follow_and_no_other(client):
    host = make.HostFactory()
    followed, other = make.make_offer(host), make.make_offer(host)
    tutor = join(host, HostRole.TUTOR)
    host_members.change_member(tutor, make.owner_of(host), HostRole.TUTOR, [followed])
    client.force_login(tutor.user)
    for offer, status in ((followed, 200), (other, 404)):
        row = make.make_application(offer)
        cv = make_cv(row.youth, row)
        assert client.get(f"/area/curriculum/{cv.pk}/").status_code == status


def test_the_actions_refuse_a_tutor_too():
    from sportello.actions import applications_host, offers, pacts
    from sportello.errors import NotPermitted

    offer = make.make_offer()
    application = make.make_application(offer)
    tutor, recruiter = join(offer.host, HostRole.TUTOR).user, join(offer.host, HostRole.RECRUITER).user
    for attempt in (
        lambda: applications_host.shortlist(application, tutor),
        lambda: offers.pause_offer(offer, tutor),
        lambda: offers.save_offer(offer.host, tutor, {"title": "Altro"}),
        lambda: pacts.sign_pact(offer.host, recruiter, make.pact_in_force().sha256, "Non titolare"),
        lambda: host_members.invite(offer.host, recruiter, "x@example.org", HostRole.TUTOR),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    applications_host.shortlist(application, recruiter)
