"""The public API: every list of pages, by the name that it has in the address of the site. See docs/api.md."""

from wagtail.api.v2.router import WagtailAPIRouter

from bandi.models import CallIndexPage
from home.models import EventIndexPage, NewsIndexPage
from portal.pages.api import endpoint
from progetti.models import DecisionIndexPage, GovernanceIndexPage, MeetingIndexPage, PactIndexPage, ProjectIndexPage

router = WagtailAPIRouter("api")
for name, index_model in {
    "progetti": ProjectIndexPage,
    "bandi": CallIndexPage,
    "eventi": EventIndexPage,
    "notizie": NewsIndexPage,
    "decisioni": DecisionIndexPage,
    "sedute": MeetingIndexPage,
    "organi": GovernanceIndexPage,
    "patti": PactIndexPage,
}.items():
    router.register_endpoint(name, endpoint(index_model))
