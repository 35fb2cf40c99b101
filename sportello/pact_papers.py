"""The signed pact as a PDF: made once from the signature, kept privately."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.pages.words import moment_words
from progetti.pact_pdf import Signature, pact_pdf

from .models import PactSignature


def signed_paper(signature: PactSignature) -> bytes:
    """Return the PDF of a signature, kept from the first time it was asked for.

    It is in Italian, as the text that was signed.
    """
    if not signature.pdf:
        signature.keep_pdf(_draw(signature))
    with signature.pdf.open("rb") as file:
        return file.read()


def _draw(signature: PactSignature) -> bytes:
    with translation.override("it"):
        day = timezone.localdate(signature.at)
        row = Signature(
            name=signature.organisation_name,
            role=_("firma di %(who)s, titolare") % {"who": signature.signer_name},
            signed_on=day,
            commitments=_("Gli impegni di chi ospita, scritti qui sopra. Partita IVA o codice fiscale: %(code)s.")
            % {"code": signature.fiscal_code},
        )
        note = _("Firmato nel portale da %(who)s, per %(host)s: %(when)s. Firma numero %(number)s.") % {
            "who": signature.signer_name,
            "host": signature.organisation_name,
            "when": moment_words(signature.at),
            "number": signature.pk,
        }
        return pact_pdf(signature.version, [row], note=note, issued_on=day)
