"""Walk the demo as a reader does: follow every link of the portal, each address once."""

from __future__ import annotations

from collections import Counter, deque
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import Error as PlaywrightError

from tests.e2e.conftest import Visitor

# Not pages: files, Wagtail's own admin (checked by Wagtail), and what would end the session.
SKIPPED = (
    "/admin/", "/en/admin/", "/documenti/", "/media/", "/mappe/", "/static/", "/account/logout", "/en/account/logout",
)  # fmt: skip
FILE_ENDINGS = ("/csv/", "/pdf/", ".ics", ".xml", ".csv", ".pdf", ".svg", ".png", ".txt", ".json", ".xlsx")
SIDE_BY_SIDE = 6
"""How many pages beside each other are read at most, unless a walk says that fewer will do."""
# Links inside the map of Italy are SVG's, whose `href` is an object: the attribute serves both.
LINKS = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"


def walk(visitor: Visitor, start: str, within: tuple[str, ...] = ("/",), side_by_side: int = SIDE_BY_SIDE):
    """Yield (path, response) for each page reachable from `start` whose path begins as `within` says.

    Queries after `?` count once for each path. Of pages that lie side by side (`/piano/...`) the first ones are read:
    they are drawn by the same template.
    """
    queue, seen = deque([start]), {start}
    siblings: Counter[str] = Counter()
    while queue:
        path = queue.popleft()
        try:
            response = visitor.open(path)
        except PlaywrightError as error:
            if "Download is starting" in str(error):
                # A file to keep, not a page to read.
                continue
            raise
        yield path, response
        for href in visitor.page.eval_on_selector_all("a[href]", LINKS):
            url = urlsplit(urldefrag(href).url)
            if not href.startswith(visitor.address) or url.path.startswith(SKIPPED) or url.path.endswith(FILE_ENDINGS):
                continue
            folder = url.path.rstrip("/").rpartition("/")[0]
            if url.path not in seen and url.path.startswith(within) and siblings[folder] < side_by_side:
                seen.add(url.path)
                siblings[folder] += 1
                queue.append(url.path + (f"?{url.query}" if url.query else ""))
