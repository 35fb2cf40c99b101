"""The desk's room in the Wagtail admin: hosts to verify, offers to moderate, applications, young people."""

from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.model import ModelViewSetGroup

from .applications import ApplicationViewSet
from .desks import DesksViewSet, RulesViewSet
from .hosts import HostViewSet
from .offers import OfferViewSet
from .pages import ConsentTextsViewSet, ExportsViewSet, FiguresViewSet, InboxViewSet, MatchViewSet, NotesViewSet
from .queues import QueuesViewSet
from .rounds import RoundViewSet
from .youth import YouthViewSet


class SportelloViewSetGroup(ModelViewSetGroup):
    """«Sportello» in the menu of the admin."""

    menu_label = gettext_lazy("Sportello")
    menu_icon = "group"
    menu_order = 150
    items = (
        InboxViewSet,
        QueuesViewSet,
        HostViewSet,
        OfferViewSet,
        ApplicationViewSet,
        YouthViewSet,
        FiguresViewSet,
        RoundViewSet,
        MatchViewSet,
        NotesViewSet,
        ExportsViewSet,
        RulesViewSet,
        ConsentTextsViewSet,
        DesksViewSet,
    )
