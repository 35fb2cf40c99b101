"""Finding offers: by words, place, week and the rest; the list, its feed and what search engines are told."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.pages.words import ROME
from sportello import search, week
from sportello.actions import offers
from sportello.enums import OfferState
from sportello.models import Offer
from tests.factories.sportello import (
    HostFactory,
    MunicipalityFactory,
    SectorFactory,
    SkillFactory,
    YouthFactory,
    make_offer,
    make_offered,
    owner_of,
)

pytestmark = pytest.mark.django_db
LIST = "/sportello/"
CHIERI = {"istat_code": "001078", "name": "Chieri", "latitude": 45.0125, "longitude": 7.8228}
ASTI = {"name": "Asti", "province": "Asti", "province_code": "AT", "latitude": 44.9, "longitude": 8.2065}
PESCARA = {"name": "Pescara", "province": "Pescara", "province_code": "PE", "latitude": 42.4618, "longitude": 14.2161}


def titles(client, query: str = "", path: str = LIST) -> list[str]:
    """The titles on a page of the list, in order."""
    html = client.get(path + query).content.decode()
    return [re.sub(r"<[^>]+>", "", title).strip() for title in re.findall(r'it-card-title">(.*?)</h2>', html)]


@pytest.fixture
def host():
    return HostFactory(organisation__name="Bottega Però", organisation__municipality=MunicipalityFactory(**CHIERI))


class TestWords:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("sgabello", True),
            ("SGABELLI", True),
            ("falegname", True),  # falegnameria: a beginning is enough
            ("attivita", True),
            ("attività", True),
            ("bottega", True),
            ("botteghe", True),
            ("pero", True),  # the name of who offers it
            ("il sgabello con la bottega", True),  # articles and prepositions do not count
            ("tirocinio", True),  # its kind
            ("restauro", True),  # its sector
            ("sgabello astronave", False),
            ("astronave", False),
            ("ort", False),  # not the middle of a word: «rapporti»
            ("'; DROP TABLE sportello_offer; --", False),
            ("& | ! ( ) : * <->", True),  # no word at all: nothing is filtered
        ],
    )
    def test_are_found_however_they_are_written(self, client, host, query, found):
        make_offer(
            host,
            title="Dal disegno allo sgabello",
            summary="Attività di falegnameria: rapporti.",
            sector=SectorFactory(name="Restauro e artigianato"),
        )
        page = client.get(LIST, {"q": query})
        assert page.status_code == 200
        assert ("Dal disegno allo sgabello" in page.content.decode()) is found

    def test_follow_the_offer_when_it_changes(self, client, host):
        offer = make_offer(host, OfferState.DRAFT, title="Dal disegno allo sgabello", summary="Legno.")
        offer = offers.save_offer(host, owner_of(host), {"title": "Dalla farina al pane"}, offer)
        assert " farina al pane " in offer.search_words
        assert "sgabello" not in offer.search_words

    def test_as_they_are_kept(self):
        assert search.document(["Più attività!", "L'orto"]) == " piu attivita l orto "
        assert search.words_of("Il pane e la pasta") == ["pane", "pasta"]
        assert len(search.words_of(" ".join(f"parola{n}" for n in range(50)))) == search.MAX_WORDS
        assert [search.beginning(word) for word in ("botteghe", "bottega", "oro", "cuochi")] == [
            "botteg", "botteg", "oro", "cuoc",
        ]  # fmt: skip


class TestPlace:
    @pytest.fixture(autouse=True)
    def places(self, host):
        for where in (CHIERI, ASTI, PESCARA):
            make_offer(host, title=f"A {where['name']}", municipality=MunicipalityFactory.create(**where))
        make_offer(host, title="Da casa", municipality=MunicipalityFactory(**PESCARA), remote=True)

    def test_within_so_many_kilometres(self, client):
        assert set(titles(client, "?vicino=chieri")) == {"A Chieri"}
        assert set(titles(client, "?vicino=chieri&entro=50")) == {"A Chieri", "A Asti"}
        # What is done from a distance is near from anywhere.
        assert titles(client, "?vicino=chieri&distanza=si") == ["Da casa"]
        assert "A Pescara" not in titles(client, "?vicino=chieri&entro=100")

    def test_nearest_first_and_how_far(self, client):
        assert titles(client, "?vicino=Chieri+(TO)&entro=50&ordine=vicine") == ["A Chieri", "A Asti"]
        assert "a 33 km da Chieri" in client.get(f"{LIST}?vicino=chieri&entro=50").content.decode()

    def test_a_place_that_is_none_or_several(self, client):
        page = client.get(f"{LIST}?vicino=Atlantide").content.decode()
        assert "Non troviamo il comune «Atlantide»" in page
        assert "A Pescara" in page
        MunicipalityFactory(
            **{
                **CHIERI,
                "province": "Trento",
                "province_code": "TN",
                "population": 3,
                "population_15_29": 1,
                "istat_code": "999001",
            }
        )
        page = client.get(f"{LIST}?vicino=chieri").content.decode()
        assert "Cerchiamo vicino a Chieri (TO). Intendevi Chieri (TN)?" in page

    def test_the_order_of_ones_own_profile_is_on_ones_own_page(self, client, host):
        """The list is the same for every reader: it offers the order, and leads to where it is."""
        page = client.get(LIST).content.decode()
        assert '<option value="adatte"' in page
        suited = client.get(f"{LIST}?ordine=adatte")
        assert suited.url == reverse("area:youth_offers")
        make_offer(host, title="Per chi sa cucire")
        client.force_login(YouthFactory(desk=host.desk).user)
        assert "Per chi sa cucire" in client.get(f"{LIST}?ordine=adatte", follow=True).content.decode()
        assert client.get("/sportello/feed.xml?ordine=adatte").status_code == 200

    def test_the_filters_go_along_to_ones_own_page_and_back(self, client, host):
        make_offer(host, title="Cucire a mano")
        make_offer(host, title="Leggere ad alta voce")
        make_offer(host, title="Cucire di notte", minimum_age=28)
        mine = reverse("area:youth_offers")
        client.force_login(YouthFactory(desk=host.desk).user)
        answer = client.get(f"{LIST}?ordine=adatte&q=cucire&vicino=chieri", follow=True)
        assert answer.redirect_chain == [(f"{mine}?q=cucire&vicino=chieri", 302)]
        assert [row["offer"].title for row in answer.context["rows"]] == ["Cucire a mano"]
        assert [row["offer"].title for row in answer.context["impossible"]] == ["Cucire di notte"]
        assert '<option value="adatte" selected>' in answer.content.decode()
        assert client.get(f"{mine}?q=cucire&ordine=inizio").url == f"{LIST}?q=cucire&ordine=inizio"
        nothing = client.get(f"{mine}?q=remare").content.decode()
        assert "Con questi filtri non c'è un'esperienza possibile per te" in unescape(nothing)
        assert f'href="{mine}"' in nothing

    def test_who_has_another_part_here_stays_on_the_list_with_their_filters(self, client, host):
        client.force_login(owner_of(host))
        answer = client.get(f"{LIST}?ordine=adatte&q=legno", follow=True)
        assert answer.redirect_chain == [(f"{LIST}?q=legno", 302)]
        assert "viene dal profilo di un giovane" in answer.content.decode()

    @pytest.mark.parametrize("query", ["?ordine=vicine", "?entro=9999&vicino=chieri", "?vicino=%00", "?entro=10"])
    def test_what_makes_no_sense_never_fails(self, client, query):
        assert client.get(LIST + query).status_code == 200


class TestTheRest:
    def test_days_and_parts_of_the_day(self, client, host):
        make_offer(host, title="Mattine", schedule=week.mask([(0, "morning"), (2, "morning")]))
        make_offer(host, title="Sabato sera", schedule=week.mask([(5, "evening")]))
        assert titles(client, "?giorno=0&giorno=1&giorno=2&fascia=morning") == ["Mattine"]
        assert titles(client, "?giorno=0&fascia=morning") == []
        assert titles(client, "?fascia=evening") == ["Sabato sera"]
        assert titles(client, "?giorno=5") == ["Sabato sera"]
        page = client.get(f"{LIST}?giorno=5&giorno=6").content.decode()
        assert "sabato, domenica" in page
        assert client.get(f"{LIST}?giorno=99&fascia=notte").status_code == 200

    def test_dates_hours_age_money_and_from_a_distance(self, client, host):
        today = timezone.localdate()
        make_offer(
            host, title="Presto", start_date=today + timedelta(10), end_date=today + timedelta(80), indemnity=None
        )
        make_offer(
            host, title="Tardi", start_date=today + timedelta(200), end_date=today + timedelta(280), weekly_hours=8,
            minimum_age=16, remote=True,
        )  # fmt: skip
        day = today + timedelta(100)
        assert titles(client, f"?dal={day}") == ["Tardi"]
        assert titles(client, f"?al={day}") == ["Presto"]
        assert titles(client, "?ore=10") == ["Tardi"]
        assert titles(client, "?minori=si") == ["Tardi"]
        assert titles(client, "?indennita=si") == ["Tardi"]
        assert titles(client, "?distanza=si") == ["Tardi"]
        assert titles(client, "?tipo=summer") == []
        page = client.get(f"{LIST}?dal=31/02/2027&ore=mille")
        assert page.status_code == 200
        assert set(titles(client, "?dal=31/02/2027&ore=mille")) == {"Presto", "Tardi"}

    def test_filters_are_in_the_address_and_can_be_taken_off_one_by_one(self, client, host):
        offer = make_offer(host)
        page = client.get(f"{LIST}?q=sgabello&vicino=chieri&entro=10&minori=si").content.decode()
        assert "Nessuna esperienza con questi filtri" in page
        assert 'href="/sportello/?q=sgabello&amp;minori=si"' in page
        assert "Chieri, entro 10 km" in page
        page = client.get(f"{LIST}?settore={offer.sector.slug}").content.decode()
        assert f"{offer.sector.name} (1)" in page

    def test_pages_keep_the_filters(self, client, host):
        for n in range(13):
            make_offer(host, title=f"Sgabello {n}")
        first, second = titles(client, "?q=sgabello"), titles(client, "?q=sgabello&pagina=2")
        assert (len(first), len(second)) == (12, 1)
        assert not set(first) & set(second)
        assert "q=sgabello&amp;pagina=2" in client.get(f"{LIST}?q=sgabello").content.decode()
        assert client.get(f"{LIST}?pagina=999").status_code == 200

    def test_counts_up_to_a_bound(self, client, host, monkeypatch):
        monkeypatch.setattr("sportello.views.public.MOST_COUNTED", 2)
        for n in range(3):
            make_offer(host, title=f"Sgabello {n}")
        assert "Più di 2 esperienze" in client.get(LIST).content.decode()

    def test_the_same_for_every_reader(self, client, host):
        make_offer(host)
        anonymous = client.get(LIST).content.decode()
        client.force_login(YouthFactory(desk=host.desk).user)

        def without_tokens(html: str) -> str:
            return re.sub(r'nonce="[^"]*"|value="[^"]{64}"', "", html)

        assert without_tokens(client.get(LIST).content.decode()) == without_tokens(anonymous)
        assert reverse("area:youth_offers") in anonymous


ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response) -> list[ET.Element]:
    root = ET.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id")
    return root.findall(f"{ATOM}entry")


def test_the_feed_is_atom_and_takes_the_filters(client, host):
    make_offer(host, title="Dal disegno allo sgabello")
    other = make_offer(host, title="Pane <caldo> & dolci", summary="Al forno.")
    make_offer(host, OfferState.IN_REVIEW, title="Non ancora")
    response = client.get("/sportello/feed.xml?q=pane")
    assert response["Content-Type"].startswith("application/atom+xml")
    (entry,) = entries(response)
    assert entry.findtext(f"{ATOM}title") == "Pane <caldo> & dolci"
    assert entry.find(f"{ATOM}link").get("href").endswith(other.get_absolute_url())
    assert entry.findtext(f"{ATOM}id").endswith(f"offerta-{other.pk}")
    assert entry.findtext(f"{ATOM}updated")
    assert len(entries(client.get("/sportello/feed.xml"))) == 2
    assert "/sportello/feed.xml?q=pane" in client.get(f"{LIST}?q=pane").content.decode()


class TestJobPosting:
    def read(self, client, offer) -> dict | None:
        html = client.get(offer.get_absolute_url()).content.decode()
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        return json.loads(found[1]) if found else None

    def test_says_what_search_engines_ask_for_and_names_nobody(self, client, host):
        offer = make_offer(
            host, title="Legno </script><b>", tasks="Misurare & montare.\nRifinire.", tutor_name="Piera Segreta",
            skills=[SkillFactory(name="Disegno")], address="Via Roma 1", minimum_age=18,
        )  # fmt: skip
        data = self.read(client, offer)
        assert data["@type"] == "JobPosting"
        # Required by schema.org's consumers.
        assert {"title", "description", "datePosted", "hiringOrganization", "jobLocation", "validThrough"} <= set(data)
        assert data["title"] == "Legno </script><b>"
        assert data["description"].count("<p>") == 3
        assert "Misurare &amp; montare." in data["description"]
        assert data["employmentType"] == "INTERN"
        assert data["jobLocation"]["address"]["addressCountry"] == "IT"
        assert data["baseSalary"]["value"] == {"@type": "QuantitativeValue", "value": 500, "unitText": "MONTH"}
        assert data["validThrough"].startswith(offer.end_date.isoformat())
        assert data["url"].endswith(offer.get_absolute_url())
        assert "Piera" not in json.dumps(data)

    def test_its_day_is_that_of_italy(self, client, host):
        offer = make_offer(host)
        just_after_midnight = datetime(2026, 6, 5, 0, 30, tzinfo=ROME)
        Offer.objects.filter(pk=offer.pk).update(published_at=just_after_midnight)
        assert self.read(client, offer)["datePosted"] == "2026-06-05"

    def test_not_for_what_is_no_job_nor_for_what_is_invented_nor_when_full(self, client, host):
        assert self.read(client, make_offer(host, kind="short")) is None
        assert self.read(client, make_offer(host, kind="pcto")) is None
        full = make_offer(host, seats_count=1)
        make_offered(full)
        assert self.read(client, full) is None
        host.organisation.is_example = True
        host.organisation.save()
        assert self.read(client, make_offer(host)) is None


def test_no_person_is_named_on_public_pages(client, host):
    offer = make_offer(host, tutor_name="Piera Segreta, titolare")
    for url in (
        LIST,
        offer.get_absolute_url(),
        "/sportello/feed.xml",
        reverse("sportello:offer_report", args=[offer.pk]),
    ):
        assert "Segreta" not in client.get(url).content.decode(), url
