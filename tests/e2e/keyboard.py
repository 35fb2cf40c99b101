"""Somebody who uses no mouse: goes from stop to stop with the tabulator, and must always see where they are."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

LONGEST_WAY = 100
"""Stops of the tabulator from one thing to the next, at most: a page whose end is further away is a bad page."""

WHERE = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body || stop === document.documentElement) return {none: true, name: "", tag: "body"};
  const words = text => (text || "").replace(/\\s+/g, " ").trim();
  const label = stop.labels && stop.labels.length ? [...stop.labels].map(node => words(node.innerText)).join(" ") : "";
  // The browser marks the little calendar inside a field for dates by itself, then the field has the focus only within.
  const inside = stop.matches(":focus-within:not(:focus)");
  // A card, or a door, shows the focus of the link in it round itself.
  const marked = [stop, stop.closest(".it-card"), stop.closest(".door"), ...stop.querySelectorAll("*")].some(node => {
    if (!node) return false;
    const style = getComputedStyle(node);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = [...stop.getClientRects()].find(rect => rect.width && rect.height);
  const at = box && document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return {
    none: false,
    tag: stop.tagName.toLowerCase(),
    id: stop.id,
    field: stop.name || "",
    value: stop.value === undefined ? "" : String(stop.value),
    href: stop.getAttribute("href") || "",
    classes: stop.className.baseVal === undefined ? stop.className : "",
    name: words(stop.getAttribute("aria-label") || label || stop.innerText || ""),
    marked: marked || inside,
    shown: Boolean(at) && (stop.contains(at) || at.contains(stop)),
  };
}"""


class Hands:
    """Two hands on a keyboard. Every stop on the way is looked at: marked, and inside the window."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def where(self) -> dict[str, Any]:
        """What has the focus."""
        return self.page.evaluate(WHERE)

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)

    def step(self, key: str = "Tab") -> dict[str, Any]:
        """Go one stop on; fails when a person could not see it."""
        self.press(key)
        stop = self.where()
        if not stop["none"] and not (stop["marked"] and stop["shown"]):
            # What moves or appears on being reached is there with the next picture that the browser draws.
            self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            stop = self.where()
        if not stop["none"]:
            assert stop["marked"], f"{self.page.url}: the focus cannot be seen on {stop}"
            assert stop["shown"], f"{self.page.url}: {stop} has the focus and is hidden or outside the window"
        return stop

    def to(self, name: str = "", *, key: str = "Tab", **wanted: str) -> dict[str, Any]:
        """Go on until the focus is on what has this name, or these facts of `WHERE`; past the menus, as one does."""
        way = []
        if key == "Tab" and self.where()["none"]:
            first = self.step()
            assert first["href"] == "#contenuto", f"{self.page.url}: nothing leads past the menus, but {first}"
            self.press("Enter")
        for _stop in range(LONGEST_WAY):
            stop = self.step(key)
            if name in stop["name"] and all(stop.get(fact) == value for fact, value in wanted.items()):
                return stop
            way.append(stop["name"] or stop.get("field") or stop["tag"])
        raise AssertionError(f"{self.page.url}: {name or wanted} is not on the way {way}")

    def type(self, text: str) -> None:
        """Write where the focus is, in the place of what is there."""
        self.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def suggested(self, text: str, name: str) -> None:
        """Write the beginning of a name, and take the whole one from the suggestions."""
        self.type(text)
        self.page.locator("[role=option]", has_text=name).first.wait_for()
        for _option in range(10):
            self.press("ArrowDown")
            chosen = self.page.locator("[role=option][aria-selected=true]")
            assert chosen.is_visible()
            if name in chosen.inner_text():
                break
        self.press("Enter")
        assert name in self.where()["value"]

    def enter(self, key: str = "Enter") -> None:
        """Press a link or a button, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.press(key)
        expect(self.page.locator("h1")).to_have_count(1)

    def follow(self, name: str, **wanted: str) -> None:
        """Go to a link or a button, and press it."""
        self.to(name, **wanted)
        self.enter()
