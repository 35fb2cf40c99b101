"""The square of the portal: home page, content pages, news, events."""

from .content import ContentPage
from .events import EventIndexPage, EventPage
from .home import HomePage
from .news import NewsIndexPage, NewsPage, NewsPerson

__all__ = [
    "ContentPage",
    "EventIndexPage",
    "EventPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "NewsPerson",
]
