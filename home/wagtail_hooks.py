"""The editors' tools in the Wagtail admin: lists, dashboard, report, content checks."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .editorial import report
from .editorial.beginning import BeginningPanel
from .editorial.checker import use_our_checker
from .editorial.copying import start_over, what_to_change
from .editorial.listings import listing_viewsets, page_viewsets
from .editorial.menu_order import put_in_its_place
from .editorial.panels import ToDoPanel
from .editorial.readers import who_reads_now
from .editorial.reviewers import TerritoryReviewerViewSet

register_snippet(TerritoryReviewerViewSet)


@hooks.register("register_admin_viewset")
def register_lists():
    """Lists of projects, calls, events and news; the editor with advice."""
    return [*page_viewsets(), *listing_viewsets()]


@hooks.register("construct_homepage_panels")
def add_to_do_panel(request, panels):
    """Where to begin while the portal is new, and what is to be put right, for who edits pages."""
    if report.has_report(request.user):
        beginning = BeginningPanel(request)
        if beginning.is_needed():
            panels.append(beginning)
        panels.append(ToDoPanel(request))


@hooks.register("register_admin_urls")
def register_report_urls():
    """The addresses of the report on quality."""
    return report.urlpatterns()


class _ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return report.has_report(request.user)


@hooks.register("register_reports_menu_item")
def register_report():
    """The report in the menu «Rapporti», first: it is the one to work through."""
    return _ReportMenuItem(
        _("Qualità dei contenuti"),
        reverse(report.URL_NAME),
        name="quality",
        icon_name="clipboard-list",
        order=100,
    )


@hooks.register("after_copy_page")
def start_the_copy_over(request, page, new_page):
    """A duplicate is a draft without the dates, acts and codes of its original."""
    if new_page.alias_of_id is None:
        words = what_to_change(start_over(new_page, request.user))
        if words:
            messages.warning(request, words)


@hooks.register("construct_wagtail_userbar")
def check_content_our_way(request, items, page):
    """Wagtail's checker with our rules on links and alternative texts."""
    use_our_checker(items)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_who_reads(request, page):
    """After sending a page to review, its author knows whom to expect."""
    if "action-submit" in request.POST:
        words = who_reads_now(page)
        if words:
            messages.info(request, words)


@hooks.register("after_create_page")
def put_vision_and_plan_first(request, page):
    """The first vision and the first plan of a portal open its menu."""
    put_in_its_place(page)
