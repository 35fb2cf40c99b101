"""Somebody who writes in the admin: fields by their names, windows for choosing, the buttons at the foot of a form."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from tests.e2e.conftest import Visitor


class Writer:
    """A signed-in visitor in the editing forms of Wagtail, who looks for each field on the tab where it is."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def open(self, address: str) -> None:
        """Open a form and wait until it can be filled in."""
        response = self.visitor.open(address)
        assert response is not None
        assert response.status == 200, f"{address}: {response.status}"
        self.page.wait_for_load_state("load")

    def go(self, control: Locator) -> None:
        """Press what leads to another page, and wait for that page; a draft that saves itself is none."""
        self.page.evaluate("window.pageBefore = true")
        control.click()
        self.page.wait_for_function("() => window.pageBefore === undefined && document.readyState === 'complete'")

    def field(self, name: str) -> Locator:
        """A field by its name, once the tab that holds it is in front."""
        field = self.page.locator(f"main form [name='{name}']").last
        self.show(field)
        return field

    def show(self, inside: Locator) -> None:
        """Bring the tab that holds something to the front."""
        tab = inside.evaluate("node => (node.closest('[role=tabpanel]') || {}).id || ''")
        if tab:
            button = self.page.locator(f"[role=tab][href='#{tab}']")
            if button.get_attribute("aria-selected") != "true":
                button.click()

    def write(self, **values: str | bool) -> None:
        """Write into fields: text key by key as a person does, a choice by its words, a box by True or False."""
        for name, value in values.items():
            field = self.field(name)
            if isinstance(value, bool):
                field.set_checked(value)
            elif field.evaluate("node => node.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.click()
                self.page.keyboard.press("ControlOrMeta+A")
                self.page.keyboard.insert_text(value)
                self.page.keyboard.press("Tab")

    def write_text(self, name: str, text: str) -> None:
        """Write into a field for texts with bold words and links."""
        editor = self.page.locator(f"[data-contentpath='{name}'] [contenteditable=true]")
        self.show(editor)
        editor.click()
        self.page.keyboard.type(text)
        # The editor hands over what is in it a moment later.
        self.page.wait_for_function(
            "([name, text]) => document.querySelector(`form [name='${name}']`).value.includes(text)", arg=[name, text]
        )

    def tick(self, name: str, *labels: str) -> None:
        """Tick some of a list of boxes by their words."""
        boxes = self.page.locator(f"main form #id_{name}")
        self.show(boxes)
        for label in labels:
            boxes.get_by_label(label, exact=True).check()

    def _window(self, field: str) -> Locator:
        chooser = self.page.locator(f"#id_{field}-chooser")
        self.show(chooser)
        chooser.locator("[data-chooser-action-choose]:visible").first.click()
        window = self.page.locator(".modal-content").last
        window.locator(".modal-body").wait_for()
        return window

    def _chosen(self, field: str) -> None:
        self.page.wait_for_function("id => document.getElementById(id).value !== ''", arg=f"id_{field}")
        self.page.locator(".modal-content").wait_for(state="hidden")

    def choose(self, field: str, title: str) -> None:
        """Choose a page or a row in the window that a field opens."""
        window = self._window(field)
        window.get_by_role("link", name=title, exact=True).first.click()
        self._chosen(field)

    def add_organisation(self, field: str, name: str, kind: str) -> None:
        """Write an organisation that is not there yet in the window for choosing one."""
        window = self._window(field)
        window.get_by_role("tab", name="Nuova organizzazione").click()
        window.locator("[name='new-organisation-name']").fill(name)
        window.locator("[name='new-organisation-kind']").select_option(label=kind)
        window.get_by_role("button", name="Aggiungi e scegli").click()
        self._chosen(field)

    def add_row(self, relation: str) -> str:
        """Add a row to a list within the form; gives what the names of its fields begin with."""
        button = self.page.locator(f"#id_{relation}-ADD")
        self.show(button)
        number = self.page.locator(f"[name='{relation}-TOTAL_FORMS']").input_value()
        button.click()
        return f"{relation}-{number}"

    def contributes_to(self, node: str, how: str = "") -> None:
        """Say which point of the plan the page helps."""
        row = self.add_row("contributions")
        self.write(**{f"{row}-node_code": node, f"{row}-note": how})

    def save(self) -> None:
        """Save a draft of a page, or a row."""
        self.go(self.page.locator("footer button[type=submit]:visible").first)

    def _act(self, name: str) -> None:
        self.page.locator("footer .w-dropdown__toggle").click()
        self.go(self.page.locator(f"footer button{name}:visible").first)

    def send_for_review(self) -> None:
        """Send the page to who approves it; a form with errors stays open."""
        self._act("[name=action-submit]")

    def approve(self) -> None:
        """Approve what somebody else has written: this publishes it."""
        self._act("[data-workflow-action-name=approve]")

    @property
    def messages(self) -> str:
        """What the admin says on top of the page."""
        return " ".join(self.page.locator(".messages").all_inner_texts())

    def errors(self) -> dict[str, str]:
        """What the form says beside its fields: the id of each field that has an error, and the words."""
        found = self.page.locator(".w-field__errors:has(.error-message)")
        return {
            re.sub(r"^panel-child-.*?-", "", node.evaluate("node => node.id")): re.sub(r"\s+", " ", node.inner_text())
            for node in found.all()
        }


class Keyboard:
    """Hands that never leave the keyboard, and how long a person's would take.

    The pace is that of somebody who copies from a paper: 200 characters a minute, 1.2 seconds to look up the next field
    and move to it, 0.3 seconds for each further stop of the tabulator on the way.
    """

    CHARACTER, FIELD, STOP = 60 / 200, 1.2, 0.3

    def __init__(self, writer: Writer) -> None:
        self.page = writer.page
        self.fields: list[str] = []
        self.characters = self.stops = 0

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return self.characters * self.CHARACTER + len(self.fields) * self.FIELD + self.stops * self.STOP

    def where(self) -> str:
        """The field that has the focus, whatever it is made of."""
        return self.page.evaluate(
            "() => (document.activeElement.closest('[data-contentpath]') || {dataset: {}}).dataset.contentpath || ''"
        )

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.stops += 1

    def to(self, field: str) -> None:
        """Go down to a field with the tabulator."""
        for _stop in range(80):
            self.press("Tab")
            if self.where() == field:
                break
        else:
            raise AssertionError(f"The tabulator does not come to {field}: it is at {self.where()!r}.")
        self.stops -= 1
        self.fields.append(field)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.page.keyboard.type(text)
        self.characters += len(text)

    def choose(self, text: str, name: str) -> None:
        """In the window of a chooser whose button has the focus: search, go to the row, take it."""
        self.press("Enter")
        self.page.locator(".modal-content .modal-body").wait_for()
        search = self.page.locator(".modal-content input[name=q]")
        while not search.evaluate("node => node === document.activeElement"):
            self.press("Tab")
        self.type(text)
        row = self.page.locator(".modal-content").get_by_role("link", name=name, exact=True)
        row.wait_for()
        while not row.evaluate("node => node === document.activeElement"):
            self.press("Tab")
        self.press("Enter")
        self.page.locator(".modal-content").wait_for(state="hidden")
