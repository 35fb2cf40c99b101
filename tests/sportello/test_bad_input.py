"""What people type wrong, where they should not be, and what a GET must never do."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from portal.registry.models import Organisation
from sportello.actions import applications, host_members
from sportello.enums import ApplicationState, HostRole, OfferState
from sportello.models import Application, ApplicationEvent, Host, Placement, Seat, YouthProfile
from sportello.urls.area import urlpatterns as area_urls
from sportello.urls.people import people_patterns
from tests.factories.sportello import (
    DeskFactory,
    HostFactory,
    MunicipalityFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_offered,
    make_operator,
    operator_of,
    owner_of,
    vat_number,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db


def signed_in(user) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def registration(**changes) -> dict:
    return {
        "name": "Bottega Nuova",
        "kind": "business",
        "fiscal_code": vat_number(4321),
        "municipality_name": "Chieri",
        "contact_name": "Piera Fantini",
    } | changes


class TestRegistration:
    def test_a_code_that_is_known_already(self):
        host = HostFactory()
        MunicipalityFactory(name="Chieri")
        client = signed_in(UserFactory())
        page = client.post("/area/azienda/registrazione/", registration(fiscal_code=host.fiscal_code))
        assert page.status_code == 200
        assert "è già registrato" in page.content.decode()
        assert 'value="Bottega Nuova"' in page.content.decode()
        assert Host.objects.count() == 1
        assert Organisation.objects.count() == 1

    def test_a_double_click(self):
        DeskFactory()
        MunicipalityFactory(name="Chieri")
        client = signed_in(UserFactory())
        for _click in range(2):
            assert client.post("/area/azienda/registrazione/", registration()).url == "/area/azienda/"
        assert Host.objects.count() == 1

    @pytest.mark.parametrize("code", ["123", "12345678901", "<script>", ""])
    def test_a_code_that_is_none(self, code):
        DeskFactory()
        MunicipalityFactory(name="Chieri")
        page = signed_in(UserFactory()).post("/area/azienda/registrazione/", registration(fiscal_code=code))
        assert page.status_code == 200
        assert not Host.objects.exists()

    def test_a_name_that_means_several_municipalities(self):
        DeskFactory()
        MunicipalityFactory(name="Samone", province="Torino", province_code="TO")
        trento = MunicipalityFactory(name="Samone", province="Trento", province_code="TN")
        client = signed_in(UserFactory())
        page = client.post("/area/azienda/registrazione/", registration(municipality_name="samone")).content.decode()
        assert "Intendevi…?" in page
        assert "Samone (Trento)" in page
        chosen = registration(municipality_name="samone", municipality_code=trento.istat_code)
        assert client.post("/area/azienda/registrazione/", chosen).status_code == 302
        assert Organisation.objects.get().municipality == trento

    @pytest.mark.parametrize("typed", ["chieri", "Chieri (TO)", " CHIERI ", "Forli", "Forli'", "forlì"])
    def test_ways_to_write_a_name(self, typed):
        DeskFactory()
        MunicipalityFactory(name="Chieri")
        MunicipalityFactory(name="Forlì", province="Forlì-Cesena", province_code="FC")
        data = registration(municipality_name=typed)
        assert signed_in(UserFactory()).post("/area/azienda/registrazione/", data).status_code == 302

    def test_a_place_that_does_not_exist(self):
        DeskFactory()
        data = registration(municipality_name="Atlantide")
        page = signed_in(UserFactory()).post("/area/azienda/registrazione/", data)
        assert "Non troviamo questo comune" in page.content.decode()


def test_what_is_not_public_does_not_exist_for_the_public(client):
    for state in (OfferState.DRAFT, OfferState.IN_REVIEW):
        offer = make_offer(state=state)
        assert client.get(offer.get_absolute_url()).status_code == 404
        assert offer.title not in client.get("/sportello/").content.decode()


class TestApplying:
    def test_twice_leads_to_the_first(self):
        offer = make_offer()
        young = YouthFactory(desk=offer.desk)
        client = signed_in(young.user)
        url = reverse("area:youth_apply", args=[offer.pk])
        first = client.post(url, {"motivation": "Mi piace."}).url
        assert client.post(url, {"motivation": "Mi piace."}).url == first
        assert client.get(url).url == first
        assert Application.objects.count() == 1
        assert ApplicationEvent.objects.count() == 2

    def test_without_a_word(self):
        offer = make_offer()
        young = YouthFactory(desk=offer.desk)
        page = signed_in(young.user).post(reverse("area:youth_apply", args=[offer.pk]), {"motivation": " "})
        assert "bastano poche righe" in page.content.decode()

    def test_of_who_is_under_14_nothing_is_kept(self):
        DeskFactory()
        MunicipalityFactory(name="Chieri")
        user = UserFactory(first_name="", last_name="")
        birth = timezone.localdate() - timedelta(days=13 * 365)
        page = signed_in(user).post(
            "/area/giovane/profilo/",
            {"first_name": "Ada", "last_name": "Minore", "birth_date": birth, "home_name": "Chieri"},
        )
        html = page.content.decode()
        assert "Ti aspettiamo a 14 anni" in html
        assert "sportello@example.org" in html
        assert "Ada" not in html
        user.refresh_from_db()
        assert (user.first_name, YouthProfile.objects.count()) == ("", 0)

    @pytest.mark.parametrize("birth", ["2031-01-01", "1890-01-01", "ieri", ""])
    def test_a_birth_date_that_is_none(self, birth):
        DeskFactory()
        MunicipalityFactory(name="Chieri")
        page = signed_in(UserFactory()).post(
            "/area/giovane/profilo/",
            {"first_name": "Ada", "last_name": "Prova", "birth_date": birth, "home_name": "Chieri"},
        )
        assert "Qualcosa va corretto" in page.content.decode()
        assert not YouthProfile.objects.exists()


def answer_pages(application: Application) -> dict[str, str]:
    """Every address that asks before it changes something, by who may open it."""
    names = {
        "youth": ["youth_application_accept", "youth_application_decline", "youth_application_withdraw"],
        "host": [
            "host_application_shortlist",
            "host_application_offer",
            "host_application_reject",
            "host_application_rescind",
        ],
    }
    return {reverse(f"area:{name}", args=[application.pk]): side for side, some in names.items() for name in some}


def test_nothing_changes_by_get():
    application = make_offered()
    people = {"youth": application.youth.user, "host": owner_of(application.offer.host)}
    before = list(Application.objects.values()), ApplicationEvent.objects.count()
    for url, side in answer_pages(application).items():
        assert signed_in(people[side]).get(url).status_code == 200, url
    assert (
        signed_in(people["host"]).get(reverse("area:host_application_read", args=[application.pk])).status_code == 405
    )
    assert (list(Application.objects.values()), ApplicationEvent.objects.count()) == before
    assert not mail.outbox


def test_a_double_click_on_accept_is_one_placement():
    application = make_offered()
    client = signed_in(application.youth.user)
    url = reverse("area:youth_application_accept", args=[application.pk])
    client.post(url)
    page = client.post(url, follow=True).content.decode()
    assert "Nel frattempo qualcosa è cambiato" in page
    assert Placement.objects.count() == 1


def reserved_pages(application: Application) -> dict[str, str]:
    """Every reserved address, from the URL patterns themselves, and the side it belongs to.

    Guardians, consents and own data have more sides than two: the role matrix tries them.
    """
    pages = {}
    host = application.offer.host
    things = {
        "host_offer": application.offer,
        "youth_apply": application.offer,
        "host_member": host.memberships.get(),
        "host_invitation": host.invitations.first()
        or host_members.invite(host, owner_of(host), "nuova@example.org", HostRole.TUTOR),
        "host_pact_pdf": host.pact_signature,
    }
    elsewhere = {pattern.name for pattern in people_patterns} - {"youth_profile"}
    for pattern in area_urls:
        if pattern.name in elsewhere or "<str:token>" in str(pattern.pattern):
            # Whoever holds the link may open it: see tests/sportello/test_host_members.py.
            continue
        needs_pk = "<int:pk>" in str(pattern.pattern)
        name = pattern.name
        thing = next((thing for prefix, thing in things.items() if name.startswith(prefix)), application)
        rest = ["quando"] if "<slug:step>" in str(pattern.pattern) else []
        pages[reverse(f"area:{name}", args=[thing.pk, *rest] if needs_pk else [])] = name.split("_")[0]
    return pages


HOST_OWN_PAGES = (
    "host_inbox",
    "host_offers",
    "host_rounds",
    "host_offer_new",
    "host_profile",
    "host_edit",
    "host_pact",
    "host_members",
    "host_invite",
    "host_choose",
)


def test_everybody_else_is_kept_out():
    application = make_application()
    desk = application.desk
    others = {
        "other youth": YouthFactory().user,
        "other host": owner_of(HostFactory()),
        "operator": operator_of(desk),
        "other operator": make_operator(),
    }
    entries = {"area:home", "area:youth_profile", "area:host_register"}
    entry_urls = {reverse(name) for name in entries}
    own_lists = {
        "other youth": {reverse(f"area:youth_{name}") for name in ("offers", "applications", "proposals", "rounds")},
        "other host": {reverse(f"area:{name}") for name in HOST_OWN_PAGES},
    }
    for who, user in others.items():
        client = signed_in(user)
        for url in reserved_pages(application):
            if url in entry_urls or url in own_lists.get(who, ()):
                continue
            status = client.get(url).status_code
            applying = who == "other youth" and url == reverse("area:youth_apply", args=[application.offer_id])
            assert status == 200 if applying else status in (404, 405), f"{who} at {url}: {status}"
            if not applying:
                assert client.post(url, {"reason": "x"}).status_code in (404, 405), f"{who} posts to {url}"
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_anonymous_readers_sign_in_first():
    application = make_application()
    for url in reserved_pages(application):
        response = StrictClient().get(url)
        if response.status_code != 405:
            assert response.status_code == 302, url
            assert response.url.startswith(reverse("account_login")), url


def test_reserved_pages_are_neither_cached_nor_indexed():
    application = make_application()
    people = {"youth": application.youth.user, "host": owner_of(application.offer.host)}
    read = 0
    for url, side in reserved_pages(application).items():
        response = signed_in(people.get(side, people["youth"])).get(url)
        # Answers to forms only; and addresses of things that the application does not have, like a meeting.
        if response.status_code in (404, 405):
            continue
        read += 1
        assert "no-store" in response.headers["Cache-Control"], url
        assert "noindex" in response.headers["X-Robots-Tag"], url
    assert read >= 20


def test_the_desk_sees_only_its_own_and_others_nothing():
    application = make_application()
    offer, host = application.offer, application.offer.host
    pages = [
        reverse("sportello_host:inspect", args=[host.pk]),
        reverse("sportello_host:verify", args=[host.pk]),
        reverse("sportello_host:suspend", args=[host.pk]),
        reverse("sportello_offer:inspect", args=[offer.pk]),
        reverse("sportello_offer:publish", args=[offer.pk]),
        reverse("sportello_offer:return", args=[offer.pk]),
        reverse("sportello_application:inspect", args=[application.pk]),
        reverse("sportello_youth:inspect", args=[application.youth.pk]),
    ]
    lists = [
        reverse(f"sportello_{name}:{view}")
        for name in ("host", "offer", "application", "youth")
        for view in ("index", "index_results")
    ]
    mine, others = signed_in(operator_of(host.desk)), signed_in(make_operator())
    for url in [*pages, *lists]:
        assert mine.get(url).status_code == 200, url
    for url in pages:
        assert others.get(url).status_code == 404, url
        assert others.post(url, {"reason": "x"}).status_code in (404, 405), url
    for url in lists:
        html = others.get(url).content.decode()
        assert application.applicant_name not in html
        assert host.organisation.name not in html
    for user in (application.youth.user, owner_of(host)):
        for url in [*pages, *lists]:
            assert signed_in(user).get(url).status_code in (302, 403, 404), url
    redazione = UserFactory()
    from portal.users.roles import AUTHORS, ensure_roles

    redazione.groups.add(ensure_roles()[AUTHORS])
    for url in [*pages, *lists]:
        assert signed_in(redazione).get(url).status_code == 404, url
    menu = signed_in(redazione).get(reverse("wagtailadmin_home")).content.decode()
    assert "/admin/sportello/" not in menu
    assert "/admin/sportello/" in mine.get(reverse("wagtailadmin_home")).content.decode()


def test_a_return_needs_its_reason_in_the_admin():
    offer = make_offer(state=OfferState.IN_REVIEW)
    client = signed_in(operator_of(offer.desk))
    url = reverse("sportello_offer:return", args=[offer.pk])
    assert "Scrivi il motivo" in client.post(url, {"reason": " "}).content.decode()
    client.post(url, {"reason": "Manca l'orario."})
    offer.refresh_from_db()
    assert (offer.state, offer.state_reason) == (OfferState.RETURNED, "Manca l'orario.")
    inbox = signed_in(owner_of(offer.host)).get("/area/azienda/").content.decode()
    assert "Manca l&#x27;orario." in inbox


def test_nobodys_data_is_on_public_pages(client):
    application = make_offered()
    person = application.youth.user
    type(person).objects.filter(pk=person.pk).update(first_name="Zaccheo", last_name="Piantato")
    html = (
        client.get("/sportello/").content.decode() + client.get(application.offer.get_absolute_url()).content.decode()
    )
    for secret in ("Zaccheo", "Piantato", person.email, application.motivation, application.offer.host.fiscal_code):
        assert secret not in html


def test_a_full_offer_says_so_and_takes_no_applications(client):
    offer = make_offer(seats_count=1)
    make_offered(offer)
    html = client.get(offer.get_absolute_url()).content.decode()
    assert "Posti esauriti" in html
    assert reverse("area:youth_apply", args=[offer.pk]) not in html
    young = YouthFactory(desk=offer.desk)
    page = signed_in(young.user).post(reverse("area:youth_apply", args=[offer.pk]), {"motivation": "Mi piace."})
    assert "non accetta più candidature" in page.content.decode()
    assert Seat.objects.filter(offer=offer).free().count() == 0


def test_the_host_reads_the_reason_of_a_seat_that_is_gone():
    application = make_application(make_offer(seats_count=1))
    make_offered(application.offer)
    client = signed_in(owner_of(application.offer.host))
    url = reverse("area:host_application_offer", args=[application.pk])
    offer = application.offer
    days = {"start_date": offer.start_date, "end_date": offer.end_date}
    assert "Non ci sono più posti liberi" in client.post(url, days, follow=True).content.decode()


def test_withdrawing_is_told_in_the_timeline():
    application = make_application()
    applications.withdraw(application, application.youth.user)
    page = signed_in(application.youth.user).get(reverse("area:youth_application", args=[application.pk]))
    assert "Hai ritirato la candidatura" in page.content.decode()
