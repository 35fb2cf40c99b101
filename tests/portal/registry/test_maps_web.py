"""The maps on the web: addresses that say everything, pictures kept for ever, tags, the country's map."""

import gzip
from dataclasses import dataclass, field
from xml.etree import ElementTree

import html5lib
import pytest
from django.template import Context, Template
from django.utils.translation import override

from portal.registry.maps.addresses import MOST_CODES, UnknownMap, map_url, read_codes
from portal.registry.maps.atlas import atlas, region_code
from portal.registry.maps.italy import HEIGHT, WIDTH, country_map

WILL = ["016024", "020030", "013075", "003106", "004078", "034027", "035033", "039014", "028060", "029041"]


@dataclass
class Mapped:
    map_codes: list[str] = field(default_factory=list)
    map_seed: int = 0


@dataclass
class Place:
    name: str
    lat: float
    lon: float
    url: str
    label: str


def places(codes):
    return [
        Place(town.name, town.latitude, town.longitude, f"/territori/{town.code}/", "2 progetti")
        for town in (atlas().municipalities[code] for code in codes)
    ]


def render(source, **context):
    return Template("{% load maps %}" + source).render(Context(context))


def test_an_address_says_style_variant_seed_and_codes_in_order():
    assert map_url("card", ["r-lombardia", "001078"], 17) == "/mappe/v1/card/17/001078_r-lombardia.svg"
    assert map_url("share", [], 256) == "/mappe/v1/share/0/italia.png"
    assert map_url("header", ["001078", "001078", "nowhere"], 3) == "/mappe/v1/header/3/001078.svg"


def test_an_address_is_the_same_in_every_language():
    with override("en"):
        assert map_url("card", ["001078"], 1) == "/mappe/v1/card/1/001078.svg"


def test_too_many_municipalities_become_provinces_and_then_regions():
    towns = sorted(atlas().municipalities)
    piedmont = [code for code in towns if atlas().municipalities[code].region == "r-piemonte"]

    assert "/p-AL_p-AT_p-BI_p-CN_p-NO_p-TO_p-VB_p-VC.svg" in map_url("card", piedmont, 0)
    whole = map_url("card", towns, 0).rpartition("/")[2].removesuffix(".svg").split("_")
    assert whole == sorted(atlas().regions)


@pytest.mark.parametrize("text", ["", "999999", "001078_001077", "001078_001078", "r-padania", "italia_001078"])
def test_codes_that_no_address_has_are_unknown(text):
    with pytest.raises(UnknownMap):
        read_codes(text)


def test_more_codes_than_allowed_are_unknown():
    codes = sorted(atlas().municipalities)[: MOST_CODES + 1]

    assert read_codes("_".join(codes[:-1])) == codes[:-1]
    with pytest.raises(UnknownMap):
        read_codes("_".join(codes))


@pytest.mark.parametrize(
    ("variant", "kind"),
    [("card", "image/svg+xml"), ("header", "image/svg+xml"), ("share", "image/png")],
)
def test_a_picture_is_served_for_ever(client, variant, kind):
    response = client.get(map_url(variant, WILL, 7))

    assert response.status_code == 200
    assert response["Content-Type"].partition(";")[0] == kind
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize(
    "address",
    [
        "/mappe/v0/card/7/001078.svg",
        "/mappe/v1/poster/7/001078.svg",
        "/mappe/v1/card/256/001078.svg",
        "/mappe/v1/card/07/001078.svg",
        "/mappe/v1/card/-1/001078.svg",
        "/mappe/v1/card/7/001078.png",
        "/mappe/v1/share/7/001078.svg",
        "/mappe/v1/card/7/999999.svg",
        "/mappe/v1/card/7/001078_001077.svg",
        "/mappe/v1/card/7/.svg",
        "/mappe/v1/card/7/%3Cscript%3E.svg",
    ],
)
@pytest.mark.django_db
def test_an_address_that_no_page_has_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_picture_can_only_be_read(client):
    assert client.post(map_url("card", WILL, 7)).status_code == 405


def test_the_picture_tag_is_decorative_and_late_unless_told_otherwise():
    page = Mapped(["001078"], 5)

    assert render('{% map_picture page "card" %}', page=page).strip() == (
        '<img class="map-picture map-picture--card" src="/mappe/v1/card/5/001078.svg" alt="" '
        'width="480" height="320" loading="lazy" decoding="async">'
    )
    first = render('{% map_picture page "header" alt=names eager=True %}', page=page, names="Mappa: Chieri & <altri>")
    assert 'alt="Mappa: Chieri &amp; &lt;altri&gt;"' in first
    assert 'width="1440" height="480"' in first
    assert "lazy" not in first


def test_the_address_of_a_page_map():
    page = Mapped(["035033", "001078"], 5)

    assert render('{% map_address page "share" %}', page=page) == "/mappe/v1/share/5/001078_035033.png"


def test_the_country_says_the_same_in_picture_and_list():
    towns = places(WILL)
    document = html5lib.parse(render("{% italy_map places %}", places=towns), namespaceHTMLElements=False)
    links = [link for link in document.iter() if link.tag.endswith("}a")]
    listed = list(document.iter("a"))

    assert [(link.get("href"), link.get("aria-label")) for link in links] == [
        (town.url, f"{town.name}: 2 progetti") for town in towns
    ]
    assert [(link.get("href"), link.text) for link in listed] == [(town.url, town.name) for town in towns]
    assert not [element for element in document.iter() if "style" in element.attrib or "onclick" in element.attrib]


def test_the_country_is_light_and_has_no_place_when_there_is_none():
    markup = render("{% italy_map places %}", places=[])

    assert len(gzip.compress(markup.encode())) < 14 * 1024
    assert "<ul" not in markup
    assert "<a" not in markup


def test_places_on_the_country_are_inside_and_never_cover_each_other():
    same = places(["001078"] * 5)
    islands = places([town.code for town in atlas().municipalities.values() if town.name in ("Pantelleria", "Lecce")])
    country = country_map([*same, *places(WILL), *islands])
    points = [(int(spot.x) / 10, int(spot.y) / 10) for spot in country.spots]

    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in points)
    for i, (x, y) in enumerate(points):
        assert all((x - a) ** 2 + (y - b) ** 2 >= 12.5**2 for a, b in points[:i])


def test_the_country_is_valid_xml():
    markup = render("{% italy_map places %}", places=places(WILL))
    start, end = markup.index("<svg"), markup.index("</svg>") + len("</svg>")

    ElementTree.fromstring(markup[start:end])


def test_places_have_their_names_and_codes():
    assert len(atlas().municipalities) == 7899
    assert len(atlas().provinces) == 107
    assert len(atlas().regions) == 20
    assert atlas().name("001078") == "Chieri"
    assert atlas().name("p-TO") == "Torino"
    assert atlas().name("r-trentino-alto-adige") == "Trentino-Alto Adige"
    assert region_code("Valle d'Aosta/Vallée d'Aoste") == "r-valle-daosta"
    assert "p-XX" not in atlas()
    with pytest.raises(KeyError):
        atlas().name("p-XX")
