"""The order of the menu is that of the tree, and new pages come last: but vision and plan open a portal."""

from wagtail.models import Page

from home.models import HomePage
from progetti.models import PlanPage, VisionPage


def put_in_its_place(page: Page) -> None:
    """Move the first vision of a home page before all its sections, and the first plan right after the visions.

    Whatever the editors order afterwards stays: a second vision or plan goes nowhere.
    """
    page = page.specific
    if not isinstance(page, (VisionPage, PlanPage)) or page.get_siblings(inclusive=False).type(type(page)).exists():
        return
    home = page.get_parent()
    if home.specific_class is not HomePage:
        return
    vision = home.get_children().type(VisionPage).exclude(pk=page.pk).order_by("path").last()
    first = home.get_children().order_by("path").first()
    target, side = (vision, "right") if vision is not None else (first, "left")
    if target.pk != page.pk:
        # A copy of its own: a move leaves stale paths in the instance that somebody else holds.
        Page.objects.get(pk=page.pk).move(target, side)
