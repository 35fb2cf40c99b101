"""The square of the portal: home page, content pages, news, events; and who reviews pages."""

from .content import ContentPage
from .events import EventIndexPage, EventPage
from .home import HomePage
from .news import NewsIndexPage, NewsPage, NewsPerson
from .territory_review import TerritoryReviewer, TerritoryReviewTask, TerritoryTaskState

__all__ = [
    "ContentPage",
    "EventIndexPage",
    "EventPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "NewsPerson",
    "TerritoryReviewTask",
    "TerritoryReviewer",
    "TerritoryTaskState",
]
