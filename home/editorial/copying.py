"""What a duplicate starts with: the words of the original, never its dates, acts or outcomes.

A copy is made to write the next edition: a call that carried the deadline, the extension or the codes of the last one
would be wrong the moment it is published. So it is always a draft, with a history of its own.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from bandi.models import CallPage
from home.enums import EventState
from home.models import EventPage, NewsPage
from portal.pages.mixins import ReviewMixin

# Of the edition that was copied, not of the next one.
_OF_A_CALL: dict[str, Any] = {
    "opening": None,
    "deadline": None,
    "until_funds_run_out": False,
    "end_of_procedure": None,
    "publication_of_outcomes": None,
    "questions_deadline": None,
    "outcomes_note": "",
    "official_url": "",
    "cup": "",
    "cig": "",
    "act_number": "",
    "act_date": None,
}
# Alone in their index, these would be a second page about the same fact if they went live at once.
_ALWAYS_DRAFT = (CallPage, EventPage, NewsPage)


@transaction.atomic
def start_over(copy: Page, user: Any) -> Page:
    """Take out of a duplicate what belongs to its original, and leave it as a draft where going live would mislead.

    Copies below the page are left as they are: they are children of a section, not editions of something.

    Returns:
        the copy as a draft.
    """
    page = copy.specific
    if page.alias_of_id is not None:
        return page
    if isinstance(page, ReviewMixin):
        page.last_review = page.next_review = None
        page.update_notes = ""
    if isinstance(page, CallPage):
        for name, value in _OF_A_CALL.items():
            setattr(page, name, value)
        # Outcomes and interests are no part of the page: they stay with the call they are about.
        page.acts = []  # type: ignore[misc]  # modelcluster's relations take a list
    elif isinstance(page, EventPage):
        page.state = EventState.CONFIRMED
    elif isinstance(page, NewsPage):
        page.date = timezone.localdate()
        page.expiry = None
    page.go_live_at = page.expire_at = None
    if page.live and isinstance(page, _ALWAYS_DRAFT):
        page.unpublish(user=user, set_expired=False)
        page.refresh_from_db(fields=["live", "has_unpublished_changes"])
    page.save(clean=False)
    revision = page.save_revision(user=user, clean=False, log_action=False)
    page.revisions.exclude(pk=revision.pk).delete()
    if page.live:
        revision.publish(user=user, log_action=False)
    return page


def what_to_change(page: Page) -> str:
    """What the editor should know of the fresh copy; empty where there is nothing to say."""
    if isinstance(page, CallPage):
        return _("Scadenza, atti, codici e pagina ufficiale non sono stati copiati: sono del bando di prima.")
    if isinstance(page, EventPage):
        return _("Giorno e ora sono ancora quelli dell'evento copiato: cambiali prima di pubblicare.")
    return ""


class PortalCopyForm(CopyForm):
    """Wagtail's form with a title and an address that are free already."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_title"].initial = _("Copia di %(title)s") % {"title": self.page.title}
        self.fields["new_slug"].initial = free_slug(self.page)
        if issubclass(self.page.specific_class, _ALWAYS_DRAFT) and "publish_copies" in self.fields:
            # It would be unpublished again at once: say so before, not after.
            del self.fields["publish_copies"]
            self.fields["new_title"].help_text = gettext_lazy("La copia nasce come bozza.")


def free_slug(page: Page) -> str:
    """The address of the page with the first number that no sibling has: `bando-2`, `bando-3`."""
    taken = set(Page.objects.sibling_of(page).values_list("slug", flat=True))
    number = 2
    while f"{page.slug}-{number}" in taken:
        number += 1
    return f"{page.slug}-{number}"
