"""Somebody who writes pages in the admin: fields by name, tabs by title, choosers by what they show."""

from __future__ import annotations

import re

from tests.e2e.conftest import Visitor

DATA, CONTENT = "Dati", "Contenuto"


class Writer:
    """A signed-in visitor in the editing forms of Wagtail."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def new(self, address: str) -> None:
        """Open a form and wait until it can be filled in."""
        self.visitor.open(address)
        self.page.wait_for_selector("main form")

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    def fill(self, **values: str) -> None:
        """Write into fields by their names; a date is typed, as the picker must leave it alone."""
        for name, value in values.items():
            field = self.page.locator(f"form [name='{name}']")
            if field.evaluate("node => node.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.click()
                field.fill("")
                self.page.keyboard.type(value)
                self.page.keyboard.press("Tab")

    def choose(self, field: str, title: str) -> None:
        """Choose a page or a row in the window of a chooser."""
        chooser = self.page.locator(f"#id_{field}-chooser")
        chooser.get_by_role("button").first.click()
        window = self.page.locator(".modal.in, .modal.show, .modal-content").last
        window.get_by_role("link", name=title, exact=True).first.click()
        self.page.wait_for_function(
            "([id]) => document.getElementById(id).value", arg=[f"id_{field}"]
        )

    def add_row(self, relation: str) -> None:
        self.page.locator(f"#id_{relation}-ADD").click()

    def publish(self) -> None:
        """Publish through the menu beside «Salva bozza», and fail with what the form says if it does not go."""
        self._act("action-publish")

    def save(self) -> None:
        """Save a draft, or a row."""
        self.page.locator("footer button[type=submit], form button[type=submit].action-save").first.click()
        self.page.wait_for_load_state()

    def _act(self, name: str) -> None:
        self.page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
        with self.page.expect_navigation():
            self.page.locator(f"button[name={name}]").first.click()

    @property
    def message(self) -> str:
        return self.page.locator(".messages").first.inner_text()

    def errors(self) -> list[str]:
        """What the form says beside its fields."""
        found = self.page.locator(".w-field__errors .error-message, .w-field__errors p").all_inner_texts()
        return [re.sub(r"\s+", " ", text).strip() for text in found if text.strip()]
