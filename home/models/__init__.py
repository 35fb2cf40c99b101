"""The square of the portal: home page, content pages, news, events."""

from .home import HomePage

__all__ = ["HomePage"]
