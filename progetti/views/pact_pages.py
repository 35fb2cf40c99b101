"""The pages of a pact: itself, its texts, its signatories, the form to join."""

from http import HTTPStatus
from itertools import groupby
from typing import Any

from allauth.core import ratelimit
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from portal.navigation.menus import Link, language_links
from portal.pages.base import BasePage
from portal.pages.reading import breadcrumbs

from ..actions.pact_requests import ask_to_join
from ..errors import ActionRefused
from ..models import PactPage, PactSignatory, PactVersion
from ..models.pact_terms import badge_of
from ..pact_enums import SignatoryRole
from ..pact_forms import JoinForm
from ..pact_pdf import Signature, pact_pdf

# More signatures than these have pages of their own: the page of the pact stays readable.
SHOWN = 24
PAGE_SIZE = 60


def whole(page: PactPage, request: HttpRequest) -> HttpResponse:
    """The pact: what it is for, its text in force, who signed."""
    versions = list(PactVersion.objects.of_pact(page).begun().defer("text", "text_en"))
    version = versions[0] if versions else None
    state = page.state_with(version is not None)
    signatures = PactSignatory.objects.for_page(page)
    shown = list(signatures[: SHOWN + 1])
    total = len(shown) if len(shown) <= SHOWN else signatures.count()
    context = page.get_context(request)
    context.update(
        state=badge_of(state),
        version=version,
        earlier=versions[1:],
        groups=by_role(shown[:SHOWN]),
        total=total,
        has_more=total > SHOWN,
        takes_signatures=page.takes_signatures(state),
        has_examples=any(row.is_example for row in shown),
    )
    return TemplateResponse(request, page.get_template(request), context)


def signatories(page: PactPage, request: HttpRequest) -> HttpResponse:
    """All who signed, some at a time."""
    paginator = Paginator(PactSignatory.objects.for_page(page), PAGE_SIZE)
    results = paginator.get_page(request.GET.get("pagina"))
    context = _context(page, request, "firme/")
    context.update(
        results=results, groups=by_role(list(results)), total=paginator.count, in_force=page.version_in_force()
    )
    return TemplateResponse(request, "pages/progetti/pact_signatories.html", context)


def version(page: PactPage, request: HttpRequest, number: int) -> HttpResponse:
    """One version of the text, with the hash that anybody can check."""
    found = _version_or_404(page, number)
    in_force = page.version_in_force()
    context = _context(page, request, f"versioni/{number}/")
    context.update(version=found, in_force=in_force, is_in_force=found == in_force)
    return TemplateResponse(request, "pages/progetti/pact_version.html", context)


def version_text(page: PactPage, request: HttpRequest, number: int) -> HttpResponse:
    """The canonical text as a file: its SHA-256 is the hash of the version."""
    found = _version_or_404(page, number)
    response = HttpResponse(found.canonical.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}-{number}.txt"'
    return response


def version_pdf(page: PactPage, request: HttpRequest, number: int) -> HttpResponse:
    """Text, signatures of that version and hash, to print and keep."""
    found = _version_or_404(page, number)
    unnamed = gettext("una persona")
    rows = [
        Signature(
            row.public_name or unnamed,
            str(SignatoryRole(row.role).label),
            row.signed_on,
            row.commitments_label,
            row.resources_label,
        )
        for row in PactSignatory.objects.for_page(page).filter(version=found)
    ]
    response = HttpResponse(pact_pdf(found, rows), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(found.title)}-{number}.pdf"'
    return response


def join(page: PactPage, request: HttpRequest) -> HttpResponse:
    """The form to join. What a program fills in is thanked for and thrown away."""
    in_force = page.version_in_force()
    state = page.state_with(in_force is not None)
    context = _context(page, request, "aderisci/")
    context.update(version=in_force, is_open=page.takes_signatures(state), form=JoinForm(), problem="")
    status = HTTPStatus.OK
    if request.method == "POST" and context["is_open"]:
        form = context["form"] = JoinForm(request.POST)
        if form.is_trap_sprung:
            return _done(page, request)
        if form.is_valid():
            if not _within_limits(request, form.cleaned_data["email"]):
                status = HTTPStatus.TOO_MANY_REQUESTS
                context["problem"] = gettext("Hai fatto troppe richieste in poco tempo: aspetta un'ora e riprova.")
            else:
                try:
                    ask_to_join(page, form.values(), (get_language() or "it").split("-")[0])
                except ActionRefused as refused:
                    context["problem"] = str(refused)
                else:
                    return _done(page, request)
    response = TemplateResponse(request, "pages/progetti/pact_join.html", context, status=status)
    add_never_cache_headers(response)
    return response


def joined(page: PactPage, request: HttpRequest) -> HttpResponse:
    """What happens after the form: look into the mail."""
    return TemplateResponse(request, "pages/progetti/pact_joined.html", _context(page, request, "aderisci/"))


def by_role(rows: list[PactSignatory]) -> list[tuple[str, list[PactSignatory]]]:
    """Signatures in the order of `for_page`, under the name of each role."""
    return [(str(SignatoryRole(role).label), list(group)) for role, group in groupby(rows, key=lambda row: row.role)]


def _done(page: PactPage, request: HttpRequest) -> HttpResponse:
    return redirect(f"{page.get_url(request)}aderisci/fatto/")


def _within_limits(request: HttpRequest, email: str) -> bool:
    """Whether this reader, and this address, may still send a request: see ACCOUNT_RATE_LIMITS."""
    return ratelimit.consume(request, action="join_pact", key=email.lower())


def _version_or_404(page: PactPage, number: int) -> PactVersion:
    """A version that is or has been in force: what is still to come is a draft."""
    found = PactVersion.objects.of_pact(page).begun().filter(number=number).select_related("pact").first()
    if found is None:
        raise Http404(f"no version {number} of pact {page.pk}")
    return found


def _context(page: PactPage, request: HttpRequest, below: str) -> dict[str, Any]:
    """What every page below the pact needs: in another language it leads to the same thing below that pact."""
    context = BasePage.get_context(page, request)

    def links() -> list[Link]:
        return [
            Link(link.title, f"{link.url}{below}" if link.exact else link.url, link.active, link.code, link.exact)
            for link in language_links(request, page)
        ]

    context["language_links"] = SimpleLazyObject(links)
    context["crumbs"] = [*breadcrumbs(request, page), Link(title=page.title, url=page.get_url(request) or "")]
    context["pact_url"] = page.get_url(request) or ""
    return context
