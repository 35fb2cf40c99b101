"""axe-core in the page: every rule that is on, and the size of targets (WCAG 2.2, 2.5.8), which axe leaves off."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it is now, one line each; no rule is switched off."""
    page.evaluate(_AXE.axe_script)
    # What passed is not sent over: that takes a third of the time.
    found = page.evaluate(
        "axe.run({resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
        ".then(result => result.violations)"
    )
    return [
        f"{item['id']} ({item['impact']}): {item['help']}; "
        + " | ".join(node["html"][:160] for node in item["nodes"][:3])
        for item in found
    ]
