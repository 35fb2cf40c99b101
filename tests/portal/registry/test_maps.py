"""The pictures of territories: always the same, never the same for two pages, whole, light and valid."""

import gzip
import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image

from portal.registry.maps.atlas import atlas
from portal.registry.maps.compose import draw
from portal.registry.maps.framing import VARIANTS
from portal.registry.maps.geometry import overlap
from portal.registry.maps.labels import Placer
from portal.registry.maps.lettering import Style, measure
from portal.registry.maps.png import to_png
from portal.registry.maps.scene import Dots, Label, Paint, Scene
from portal.registry.maps.svg import to_svg

CHIERI = ["001078"]
DEIVA_AND_FRAMURA = ["011012", "011014"]
WILL = ["016024", "020030", "013075", "003106", "004078", "034027", "035033", "039014", "028060", "029041"]
VALLEYS = [
    f"093{number:03}"
    for number in (1, 2, 6, 11, 12, 14, 15, 16, 19, 20, 24, 25, 26, 27, 30, 42, 45, 46, 47, 52, 49, 50)
]
LOMBARDY = ["r-lombardia"]
BYTES = {"card": 12 * 1024, "header": 18 * 1024}
SVG = "{http://www.w3.org/2000/svg}"


def code_of(name: str) -> str:
    return next(place.code for place in atlas().municipalities.values() if place.name == name)


EDGES = [code_of(name) for name in ("Lampedusa e Linosa", "Pantelleria", "Campione d'Italia", "Ponza", "Isole Tremiti")]
EDGES += [code_of(name) for name in ("Trieste", "Ventimiglia", "Otranto", "Courmayeur", "Predoi/Prettau", "Carloforte")]
SETS = {
    "one": CHIERI,
    "two on the coast": DEIVA_AND_FRAMURA,
    "ten cities": WILL,
    "twenty-two villages": VALLEYS,
    "region": LOMBARDY,
    "province": ["p-TO"],
    "mixed": ["001078", "p-AT", "r-liguria"],
    "far apart": [code_of("Lampedusa e Linosa"), code_of("Predoi/Prettau")],
    "everywhere": [],
    "all regions": list(atlas().regions),
    **{f"edge {code}": [code] for code in EDGES},
}


def accents(scene: Scene) -> list[tuple[float, float]]:
    """Where the chosen places are: the first dots in the accent colour (the locator's come after)."""
    dots = [layer for layer in scene.layers if isinstance(layer, Dots) and layer.fill == "#b4532a"]
    return [(x, y) for x, y, _ in dots[0].circles] if dots else []


@pytest.mark.parametrize("variant", ["card", "header"])
@pytest.mark.parametrize("codes", SETS.values(), ids=SETS)
def test_every_set_gives_a_light_and_valid_picture(variant, codes):
    for seed in (0, 77):
        svg = to_svg(draw(atlas(), variant, codes, seed))
        root = ElementTree.fromstring(svg)

        assert root.get("viewBox") == f"0 0 {VARIANTS[variant].width * 10} {VARIANTS[variant].height * 10}"
        assert not [element for element in root.iter() if "style" in element.attrib or element.tag == f"{SVG}style"]
        assert not [element for element in root.iter() if element.tag in (f"{SVG}script", f"{SVG}image")]
        assert "nan" not in svg
        assert len(gzip.compress(svg.encode())) <= BYTES[variant]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("codes", [CHIERI, DEIVA_AND_FRAMURA, WILL, VALLEYS, *([code] for code in EDGES)])
def test_the_chosen_places_are_inside_the_frame_and_its_slot(variant, codes):
    kind = VARIANTS[variant]
    for seed in (0, 91, 255):
        points = accents(draw(atlas(), variant, codes, seed))

        assert len(points) == len(codes)
        for x, y in points:
            assert kind.slot[0] * kind.width - 0.01 <= x <= kind.slot[2] * kind.width + 0.01
            assert kind.slot[1] * kind.height - 0.01 <= y <= kind.slot[3] * kind.height + 0.01


def test_a_sample_of_all_municipalities_draws():
    for index, code in enumerate(sorted(atlas().municipalities)[::197]):
        scene = draw(atlas(), "card", [code], index % 256)

        assert scene.title == atlas().name(code)
        names = {scene.title, scene.title.split("/")[0]}  # a long bilingual name may be cut to its Italian half
        assert any(isinstance(layer, Label) and layer.text in names for layer in scene.layers)
        ElementTree.fromstring(to_svg(scene))


def test_every_province_and_region_draws_its_outline():
    for code in [*atlas().provinces, *atlas().regions]:
        scene = draw(atlas(), "card", [code], 5)

        assert scene.shapes["chosen"]
        xs, ys = zip(*(point for ring in scene.shapes["chosen"] for point in ring), strict=True)
        assert 0 <= min(xs) < max(xs) <= scene.width
        assert 0 <= min(ys) < max(ys) <= scene.height


def test_names_never_touch_each_other_and_stay_in_the_picture():
    for codes in (CHIERI, WILL, VALLEYS, LOMBARDY):
        for variant in VARIANTS:
            for seed in (1, 50, 200):
                scene = draw(atlas(), variant, codes, seed)
                boxes = []
                for label in (layer for layer in scene.layers if isinstance(layer, Label)):
                    points = [start for start, _ in label.contours]
                    xs, ys = zip(*points, strict=True)
                    boxes.append((min(xs), min(ys), max(xs), max(ys)))
                assert boxes
                for i, box in enumerate(boxes):
                    assert 0 < box[0] < box[2] < scene.width
                    assert 0 < box[1] < box[3] < scene.height
                    assert not any(overlap(box, other) for other in boxes[i + 1 :])


def test_the_same_page_has_the_same_picture_in_every_process():
    program = (
        "from hashlib import sha256; from portal.registry.maps.atlas import atlas;"
        "from portal.registry.maps.compose import draw; from portal.registry.maps.svg import to_svg;"
        f"print([sha256(to_svg(draw(atlas(), v, c, s)).encode()).hexdigest()"
        f" for v in ('card', 'header') for c in ({WILL}, {LOMBARDY}, []) for s in (0, 200)])"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for hash_seed in ("1", "2")
    }

    assert len(prints) == 1


def test_the_order_and_repetition_of_codes_change_nothing():
    assert to_svg(draw(atlas(), "card", WILL, 9)) == to_svg(draw(atlas(), "card", [*reversed(WILL), WILL[0]], 9))


def test_pages_on_the_same_place_have_different_pictures():
    pictures = {sha256(to_svg(draw(atlas(), "card", CHIERI, seed)).encode()).hexdigest() for seed in range(0, 256, 8)}

    assert len(pictures) == 32


def test_an_unknown_place_or_variant_is_an_error():
    with pytest.raises(KeyError):
        draw(atlas(), "card", ["999999"], 0)
    with pytest.raises(KeyError):
        draw(atlas(), "poster", CHIERI, 0)


def test_names_are_escaped():
    scene = draw(atlas(), "card", [code_of("Reggio nell'Emilia")], 0)
    scene.title = "Qui & <là>"

    assert ElementTree.fromstring(to_svg(scene)).findtext(f"{SVG}title") == "Qui & <là>"


def test_land_has_no_name_of_a_sea_and_inland_pictures_have_none():
    scene = draw(atlas(), "card", [code_of("Perugia")], 4)

    assert not [layer for layer in scene.layers if isinstance(layer, Label) and layer.text.startswith("Mar")]


def test_every_letter_of_every_name_can_be_drawn():
    names = [place.name for place in atlas().municipalities.values()]
    for style in (Style("regular", 10), Style("semibold", 10)):
        assert all(measure(name, style) > 0 for name in names)


def test_a_name_without_room_is_left_out():
    placer = Placer((0, 0, 40, 40))

    assert not placer.name("Presicce-Acquarica", (20, 20), 5, Style("regular", 12), ("#000000", "#ffffff"))
    assert placer.labels == []


def test_the_share_image_is_a_png_of_the_size_networks_expect():
    scene = draw(atlas(), "share", WILL, 12)
    data = to_png(scene)
    picture = Image.open(BytesIO(data)).convert("RGB")

    assert picture.size == (1200, 630)
    assert len(data) < 300 * 1024
    assert data == to_png(scene)
    for x, y in accents(scene):  # the same geometry as the SVG: the accent colour is where the places are
        red, green, blue = picture.getpixel((round(x), round(y)))
        assert abs(red - 0xB4) + abs(green - 0x53) + abs(blue - 0x2A) < 30


def test_borders_are_drawn_once():
    scene = draw(atlas(), "card", LOMBARDY, 3)
    dashed = next(layer for layer in scene.layers if isinstance(layer, Paint) and layer.dash)
    steps = [frozenset(pair) for line in dashed.lines for pair in pairwise(line)]

    assert len(steps) == len(set(steps))
