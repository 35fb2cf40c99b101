"""The codes that Italian public money carries."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# CUP: law 3/2003, article 11, and CIPE resolution 143/2002. CIG: law 136/2010, article 3.
CUP_VALIDATOR = RegexValidator(r"^[A-Z][0-9A-Z]{14}\Z", _("Un CUP ha 15 caratteri: lettere maiuscole e cifre."))
CIG_VALIDATOR = RegexValidator(r"^[0-9A-Z]{10}\Z", _("Un CIG ha 10 caratteri: lettere maiuscole e cifre."))
