"""The desks themselves, and the programme rules that all of them share."""

from django.urls import path
from django.utils.translation import gettext_lazy

from ..views.desk_rules import RuleFormView, RulesView, RuleView, WithdrawRuleView
from ..views.desks import AppointView, DeskFormView, DesksView, DeskView, EndDeskMembershipView
from .pages import DeskPagesViewSet


class DesksViewSet(DeskPagesViewSet):
    name = "sportello_desks"
    url_prefix = "sportello/sportelli"
    icon = "group"
    menu_label = gettext_lazy("Sportelli")

    def get_urlpatterns(self):
        return [
            path("", DesksView.as_view(), name="index"),
            path("nuovo/", DeskFormView.as_view(page_title=gettext_lazy("Apri uno Sportello")), name="new"),
            path("<int:pk>/", DeskView.as_view(), name="desk"),
            path("<int:pk>/modifica/", DeskFormView.as_view(), name="edit"),
            path("<int:pk>/persone/", AppointView.as_view(), name="appoint"),
            path("persone/<int:pk>/togli/", EndDeskMembershipView.as_view(), name="end"),
        ]


class RulesViewSet(DeskPagesViewSet):
    name = "sportello_rules"
    url_prefix = "sportello/regole"
    icon = "list-ul"
    menu_label = gettext_lazy("Regole")

    def get_urlpatterns(self):
        return [
            path("", RulesView.as_view(), name="index"),
            path("nuova/", RuleFormView.as_view(), name="new"),
            path("<int:pk>/", RuleView.as_view(), name="rule"),
            path("<int:pk>/togli/", WithdrawRuleView.as_view(), name="withdraw"),
        ]
