"""The desk's screens that are not a list of one table: inbox and what belongs to it."""

from collections.abc import Callable

from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from ..desk.access import figures_desks_of, log_desks_of, may
from ..permissions import desks_of
from ..views.desk_consents import ConsentTextFormView, ConsentTextsView
from ..views.desk_exports import ExportsLogView
from ..views.desk_figures import FiguresCsvView, FiguresView
from ..views.desk_inbox import InboxBatchView, InboxResultView, InboxView
from ..views.desk_matching import OffersForYouthView, ProposeView, WeightsView, YouthsForOfferView
from ..views.desk_notes import NotesLogView, NotesView, RemoveNoteView
from ..views.desk_page import DeskChoiceView


class DeskPagesViewSet(ViewSet):
    """Some screens and one entry of the menu, shown to who may open it."""

    desks: Callable = staticmethod(desks_of)

    @property
    def menu_item_class(self):
        desks = self.desks

        class DeskMenuItem(MenuItem):
            def is_shown(self, request):
                return may(desks(request.user))

        return DeskMenuItem


class InboxViewSet(DeskPagesViewSet):
    name = "sportello_inbox"
    url_prefix = "sportello/in-arrivo"
    icon = "tasks"
    menu_label = gettext_lazy("In arrivo")

    def get_urlpatterns(self):
        return [
            path("", InboxView.as_view(), name="index"),
            path("azione/", InboxBatchView.as_view(), name="batch"),
            path("esito/", InboxResultView.as_view(), name="result"),
            path("sportello/", DeskChoiceView.as_view(), name="choose_desk"),
        ]


class MatchViewSet(DeskPagesViewSet):
    """The weights are in the menu; matches are reached from the page of a person or of an offer."""

    name = "sportello_match"
    url_prefix = "sportello/abbinamenti"
    icon = "sliders"
    menu_label = gettext_lazy("Pesi dell'abbinamento")

    def get_urlpatterns(self):
        return [
            path("pesi/", WeightsView.as_view(), name="weights"),
            path("giovane/<int:pk>/", OffersForYouthView.as_view(), name="youth"),
            path("offerta/<int:pk>/", YouthsForOfferView.as_view(), name="offer"),
            path("proponi/<int:youth>/<int:offer>/", ProposeView.as_view(), name="propose"),
        ]


class NotesViewSet(DeskPagesViewSet):
    """The log is in the menu; the notes of a person are reached from their page."""

    name = "sportello_notes"
    url_prefix = "sportello/note"
    icon = "history"
    menu_label = gettext_lazy("Registro di note e curriculum")
    desks = staticmethod(log_desks_of)

    def get_urlpatterns(self):
        return [
            path("", NotesLogView.as_view(), name="log"),
            path("giovane/<int:pk>/", NotesView.as_view(), name="person"),
            path("<int:pk>/togli/", RemoveNoteView.as_view(), name="remove"),
        ]


class ExportsViewSet(DeskPagesViewSet):
    name = "sportello_exports"
    url_prefix = "sportello/esportazioni"
    icon = "download"
    menu_label = gettext_lazy("Registro delle esportazioni")
    desks = staticmethod(log_desks_of)

    def get_urlpatterns(self):
        return [path("", ExportsLogView.as_view(), name="log")]


class FiguresViewSet(DeskPagesViewSet):
    name = "sportello_figures"
    url_prefix = "sportello/numeri"
    icon = "table"
    menu_label = gettext_lazy("Numeri")
    desks = staticmethod(figures_desks_of)

    def get_urlpatterns(self):
        return [
            path("", FiguresView.as_view(), name="index"),
            path("<slug:key>.csv", FiguresCsvView.as_view(), name="csv"),
        ]


class ConsentTextsViewSet(DeskPagesViewSet):
    """What people say yes to, in which words: read by the desk, written by its supervisors."""

    name = "sportello_consents"
    url_prefix = "sportello/consensi"
    icon = "doc-full"
    menu_label = gettext_lazy("Testi dei consensi")

    def get_urlpatterns(self):
        return [
            path("", ConsentTextsView.as_view(), name="index"),
            path("<slug:purpose>/nuovo/", ConsentTextFormView.as_view(), name="new"),
        ]
