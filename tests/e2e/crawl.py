"""Walk the demo as a reader does: follow every link of the portal, each address once."""

from __future__ import annotations

from collections import deque
from urllib.parse import urldefrag, urlsplit

from tests.e2e.conftest import Visitor

# Not pages: files, Wagtail's own admin (checked by Wagtail), and what would end the session.
SKIPPED = (
    "/admin/", "/en/admin/", "/documenti/", "/media/", "/mappe/", "/static/", "/account/logout", "/en/account/logout",
)  # fmt: skip
FILE_ENDINGS = (".ics", ".xml", ".csv", ".pdf", ".svg", ".png", ".txt", ".json", ".xlsx")


def walk(visitor: Visitor, start: str, limit: int = 400):
    """Yield (path, response) for each page reachable from `start`; queries after `?` count once for each path."""
    queue, seen = deque([start]), {start}
    visited = 0
    while queue and visited < limit:
        path = queue.popleft()
        response = visitor.open(path)
        visited += 1
        yield path, response
        for href in visitor.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            url = urlsplit(urldefrag(href).url)
            if not href.startswith(visitor.address) or url.path.startswith(SKIPPED) or url.path.endswith(FILE_ENDINGS):
                continue
            if url.path not in seen:
                seen.add(url.path)
                queue.append(url.path + (f"?{url.query}" if url.query else ""))
