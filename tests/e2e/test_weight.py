"""What a first visit transfers: small enough for a phone on a mountain."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAGE_BYTES, SCRIPT_BYTES = 150_000, 30_000
PATHS = [
    "/", "/visione/", "/piano/", "/progetti/", "/progetti/will/", "/bandi/?stato=tutti", "/eventi/", "/notizie/",
    "/governance/", "/patti/", "/sportello/", "/account/login/", "/cerca/?q=comuni",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_first_visit_is_light(visitor, path):
    cdp = visitor.context.new_cdp_session(visitor.page)
    cdp.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes = {"all": 0, "Script": 0}

    def received(event):
        kinds[event["requestId"]] = event["type"]

    def finished(event):
        sizes["all"] += event["encodedDataLength"]
        if kinds.get(event["requestId"]) == "Script":
            sizes["Script"] += event["encodedDataLength"]

    cdp.on("Network.responseReceived", received)
    cdp.on("Network.loadingFinished", finished)
    response = visitor.open(path)
    visitor.page.wait_for_load_state("networkidle")
    assert response.status == 200
    assert 0 < sizes["all"] <= PAGE_BYTES, sizes
    assert sizes["Script"] <= SCRIPT_BYTES, sizes
