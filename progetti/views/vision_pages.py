"""The pages of a vision: itself, its published versions, what changed between two of them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.navigation.menus import Link, language_links
from portal.pages.base import BasePage
from portal.pages.reading import breadcrumbs
from portal.pages.words import moment_words

from ..models import VisionPage
from ..page_versions import Version, contents_of, published_versions
from ..vision_comparison import compare

BELOW = "come-cambia/"


class ChooseForm(forms.Form):
    """Which two versions to compare."""

    da = forms.ChoiceField(label=_("Versione di partenza"))
    a = forms.ChoiceField(label=_("Versione d'arrivo"))

    def __init__(self, versions: list[Version], data: Any = None) -> None:
        super().__init__(data, initial={"da": len(versions) - 1, "a": len(versions)})
        choices = [(version.number, _named(version)) for version in versions]
        self.fields["da"].choices = self.fields["a"].choices = choices  # type: ignore[attr-defined]  # ChoiceFields

    def clean(self):
        super().clean()
        if self.cleaned_data.get("da") and self.cleaned_data.get("da") == self.cleaned_data.get("a"):
            self.add_error("a", _("Scegli due versioni diverse."))
        return self.cleaned_data


def whole(page: VisionPage, request: HttpRequest) -> HttpResponse:
    """The vision; with what its readers could read before, if there is any."""
    context = page.get_context(request)
    context["versions_count"] = 0 if getattr(request, "is_preview", False) else len(published_versions(page))
    return TemplateResponse(request, page.get_template(request), context)


def versions(page: VisionPage, request: HttpRequest) -> HttpResponse:
    """All published versions, the current one first, and the choice of two."""
    found = published_versions(page)
    context = _context(page, request)
    context.update(versions=list(reversed(found)), form=ChooseForm(found), vision_url=page.get_url(request) or "")
    return TemplateResponse(request, "pages/progetti/vision_versions.html", context)


def comparison(page: VisionPage, request: HttpRequest) -> HttpResponse:
    """What was added and removed from one version to another, whichever was chosen first."""
    found = published_versions(page)
    context = _context(page, request)
    form = ChooseForm(found, request.GET if request.GET else {"da": len(found) - 1, "a": len(found)})
    context.update(form=form, vision_url=page.get_url(request) or "", before=None, after=None, changes=[])
    if len(found) > 1 and form.is_valid():
        numbers = sorted(int(form.cleaned_data[name]) for name in ("da", "a"))
        before, after = (found[number - 1] for number in numbers)
        context.update(before=before, after=after, changes=compare(page, *contents_of(page, before, after)))
    context["has_choice"] = len(found) > 1
    return TemplateResponse(request, "pages/progetti/vision_comparison.html", context)


def _named(version: Version) -> str:
    words = {"number": version.number, "day": moment_words(version.published_at)}
    if version.is_current:
        return gettext("Versione %(number)s, %(day)s (quella di oggi)") % words
    return gettext("Versione %(number)s, %(day)s") % words


def _context(page: VisionPage, request: HttpRequest) -> dict[str, Any]:
    """What both pages need: in another language they lead to the versions in that language."""
    context = BasePage.get_context(page, request)

    def links() -> list[Link]:
        return [
            Link(link.title, f"{link.url}{BELOW}" if link.exact else link.url, link.active, link.code, link.exact)
            for link in language_links(request, page)
        ]

    context["language_links"] = SimpleLazyObject(links)
    context["crumbs"] = [*breadcrumbs(request, page), Link(title=page.title, url=page.get_url(request) or "")]
    context["versions_url"] = f"{page.get_url(request) or ''}{BELOW}"
    return context
