"""Checks of form: a right code is not yet a right person, which is why the desk verifies."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.it import codicefiscale, iva


def clean_fiscal_code(value: str) -> str:
    """Return a VAT number (11 digits) or fiscal code (16 characters), normalised, with its check digit verified.

    The fiscal code of an association or public body has the form of a VAT number, and is checked as one.

    Raises:
        ValidationError: neither of the two, with a sentence that says what to look at.
    """
    compact = "".join(value.split()).replace("-", "").replace(".", "").upper().removeprefix("IT")
    try:
        if compact.isdigit():
            return iva.validate(compact)
        return codicefiscale.validate(compact)
    except StdnumError as error:
        raise ValidationError(
            _(
                "Questo numero non è una partita IVA né un codice fiscale valido: controlla le cifre "
                "(11 per la partita IVA, 16 caratteri per il codice fiscale)."
            ),
            code="fiscal_code",
        ) from error


def validate_fiscal_code(value: str) -> None:
    """Refuse what `clean_fiscal_code` refuses."""
    clean_fiscal_code(value)
