"""The Patto di corresponsabilità for a host: reading, signing, keeping."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.pages.words import day_words, moment_words
from portal.users.models import User

from .. import pacts
from ..actions.pacts import sign_pact
from ..enums import HostState
from ..errors import ActionError
from ..forms.pacts import SignPactForm
from ..models import PactSignature
from ..pact_papers import signed_paper
from .common import area_page, host_of, host_only, member_of

MAY_SIGN_STATES = (HostState.VERIFIED, HostState.SIGNED)


@host_only
@require_http_methods(["GET", "HEAD", "POST"])
def pact(request: HttpRequest) -> HttpResponse:
    """The text in force, what has been signed, and the signature; only an owner signs."""
    host, me = host_of(request), member_of(request)
    version = pacts.text_in_force(host.desk)
    standing = pacts.standing_of(host, version)
    needed = version is not None and host.state in MAY_SIGN_STATES and (standing.to_renew or not standing.valid)
    form = None
    if version is not None and needed and me.owns:
        initial = {"signer_name": cast(User, request.user).get_full_name(), "sha256": version.sha256}
        form = SignPactForm(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            values = form.cleaned_data
            try:
                sign_pact(host, request.user, values["sha256"], values["signer_name"])
            except ActionError as error:
                messages.error(request, str(error))
            else:
                messages.success(
                    request, _("Patto firmato: grazie. Da ora lo Sportello può pubblicare le tue offerte.")
                )
            return redirect("area:host_pact")
    context = {
        "host": host,
        "organisation": host.organisation,
        "owns": me.owns,
        "version": version,
        "in_force_from": day_words(version.in_force_from, weekday=False) if version else "",
        "form": form,
        "needed": needed,
        "renew": standing.to_renew,
        "renew_by": day_words(standing.renew_by) if standing.renew_by else "",
        "signatures": [
            {
                "number": row.version.number,
                "who": row.signer_name,
                "when": moment_words(row.at),
                "hash": row.sha256,
                "url": reverse("area:host_pact_pdf", args=[row.pk]),
                "current": row.pk == host.pact_signature_id and standing.valid,
            }
            for row in host.pact_signatures.select_related("version")
        ],
    }
    return area_page(request, "host_pact", context)


@host_only
@require_safe
def pact_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the host's signed pacts."""
    signature = get_object_or_404(
        PactSignature.objects.select_related("version__pact").filter(host=host_of(request)), pk=pk
    )
    return pdf_response(signature)


def pdf_response(signature: PactSignature) -> HttpResponse:
    """The signed pact as a download that nobody on the way keeps."""
    response = HttpResponse(signed_paper(signature), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="patto-{signature.host_id}-{signature.pk}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
