"""Every address of the portal that depends on who asks, read from the URL patterns themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, get_resolver

OUR_PACKAGES = ("portal.", "home.", "progetti.", "bandi.", "sportello.")
# Wagtail's own screens for tables of ours: what an editor may do there is Wagtail's model permissions.
RESERVED_PREFIXES = ("area/", "demo/")


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its full name, the pattern, and the names of its parameters."""

    name: str
    pattern: str
    parameters: frozenset[str] = field(default_factory=frozenset)


def _walk(patterns, prefix: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str, URLPattern]]:
    for item in patterns:
        route = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            yield ":".join((*namespaces, item.name or "")), route, item
        else:
            inner = (*namespaces, item.namespace) if item.namespace else namespaces
            yield from _walk(item.url_patterns, route, inner)


def _is_ours(pattern: URLPattern) -> bool:
    view = getattr(pattern.callback, "view_class", None) or pattern.callback
    return view.__module__.startswith(OUR_PACKAGES)


def public_names() -> set[str]:
    """The names of the addresses that everybody may open, by whatever hand they are written."""
    closed = (*RESERVED_PREFIXES, "admin/", "account/")
    return {name for name, route, _pattern in _walk(get_resolver().url_patterns) if not route.startswith(closed)}


def reserved_routes() -> list[Route]:
    """The reserved area, and the admin screens that are written here."""
    return [
        Route(name, route, frozenset(pattern.pattern.converters))
        for name, route, pattern in _walk(get_resolver().url_patterns)
        if route.startswith(RESERVED_PREFIXES) or (route.startswith("admin/") and _is_ours(pattern))
    ]
