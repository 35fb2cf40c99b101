"""The built front end is what its sources make, and has what the templates ask for. No Node: reads the manifest."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from portal.settings.env import BASE_DIR

REBUILD = "run: cd frontend && npm ci && npm run build"
MANIFEST = json.loads((BASE_DIR / "frontend/manifest.json").read_text())


def changed(recorded: dict[str, str]) -> list[str]:
    """Files that are not, byte for byte, those of the last build."""
    return [
        name
        for name, digest in recorded.items()
        if not (BASE_DIR / name).is_file() or hashlib.sha256((BASE_DIR / name).read_bytes()).hexdigest() != digest
    ]


@pytest.mark.parametrize("part", ["inputs", "outputs"])
def test_built_files_are_current(part):
    assert changed(MANIFEST[part]) == [], REBUILD


def test_every_source_is_in_the_manifest():
    sources = {str(path.relative_to(BASE_DIR)) for path in (BASE_DIR / "frontend/src").rglob("*.css")}
    assert sources <= set(MANIFEST["inputs"]), REBUILD


def test_a_changed_file_is_noticed(tmp_path):
    name = next(iter(MANIFEST["outputs"]))
    assert changed({name: "0" * 64}) == [name]
    assert changed({"static/no-such-file.css": "0" * 64}) == ["static/no-such-file.css"]


def class_names(template: str) -> set[str]:
    """Words of every class attribute, with the template language taken out."""
    values = re.findall(r'class="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\})*)"', template)
    return {word for value in values for word in re.sub(r"\{[%{].*?[%}]\}", " ", value).split()}


def test_templates_use_no_class_that_the_purge_took_away():
    dropped = set(MANIFEST["dropped_classes"].split())
    wrong = {
        str(path.relative_to(BASE_DIR)): sorted(found)
        for path in (BASE_DIR / "templates").rglob("*.html")
        if "emails" not in path.parts and (found := class_names(path.read_text()) & dropped)
    }
    assert wrong == {}, f"{REBUILD} (or use a class of frontend/src)"


def test_class_names_are_found():
    assert class_names('<p class="a {% if x %}b{% endif %} c--{{ d }}"><i class="e">') == {"a", "b", "c--", "e"}


def icons_of(template: str) -> set[str]:
    """Names of the symbols that a template asks for."""
    return set(re.findall(r'"(it-[a-z-]+)"', template))


def test_templates_and_code_use_only_icons_of_the_sprite():
    sprite = (BASE_DIR / "static/vendor" / MANIFEST["vendor"] / "svg/sprites.svg").read_text()
    symbols = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    files = [*(BASE_DIR / "templates").rglob("*.html")]
    for app in ("portal", "home", "progetti", "bandi", "sportello"):
        files += (BASE_DIR / app).rglob("*.py")
    missing = {str(path.relative_to(BASE_DIR)): sorted(icons_of(path.read_text()) - symbols) for path in files}
    # Card classes of Bootstrap Italia begin like its icons.
    wrong = {name: [i for i in icons if not i.startswith("it-card")] for name, icons in missing.items()}
    assert {name: icons for name, icons in wrong.items() if icons} == {}, "add them to frontend/icons.txt and rebuild"


def test_style_sheets_stay_light():
    sheets = [
        BASE_DIR / "static/vendor" / MANIFEST["vendor"] / "css/bootstrap-italia.min.css",
        BASE_DIR / "static/css/portal.css",
    ]
    assert sum(len(gzip.compress(sheet.read_bytes(), 9)) for sheet in sheets) <= 22_000


def test_style_sheets_ask_for_nothing_inline_or_elsewhere():
    for sheet in (BASE_DIR / "static").rglob("*.css"):
        targets = re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text())
        assert [t for t in targets if t.startswith(("data:", "http:", "https:", "//"))] == [], sheet


def luminance(colour: str) -> float:
    """Relative luminance of a #rrggbb colour, as WCAG 2.1 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TOKENS = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", Path(BASE_DIR / "frontend/src/tokens.css").read_text()))
TEXT_ON_GROUND = [
    *[(text, ground) for text in ("ink", "ink-soft", "bosco") for ground in ("paper", "white", "cielo", "cielo-light")],
    *[(text, ground) for text in ("terra", "success", "warning", "danger", "info") for ground in ("paper", "white")],
    *[(state, f"{state}-light") for state in ("success", "warning", "danger", "info")],
    *[("white", ground) for ground in ("bosco", "bosco-dark", "bosco-deep", "terra", "terra-dark")],
    *[("cielo", ground) for ground in ("bosco", "bosco-deep")],
    *[(text, "terra-light") for text in ("ink", "terra-dark")],
]


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_palette_is_readable(text, ground):
    """Success criterion 1.4.3: 4.5:1 for text."""
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["white", "paper"])
def test_edges_of_controls_are_visible(ground):
    """Success criterion 1.4.11: 3:1 for what tells a control from its ground."""
    assert contrast(TOKENS["line-strong"], TOKENS[ground]) >= 3


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
