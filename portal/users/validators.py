"""Rules for passwords, in the portal's words."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LengthValidator(MinimumLengthValidator):
    """Django's rule of the minimum length; its message has no Italian translation in Django 5.2."""

    def get_error_message(self) -> str:
        """What is wrong with a password that is too short."""
        return ngettext(
            "È troppo corta: serve almeno %(min_length)d carattere.",
            "È troppo corta: servono almeno %(min_length)d caratteri.",
            self.min_length,
        ) % {"min_length": self.min_length}

    def get_help_text(self) -> str:
        """The rule itself, shown before anything is wrong."""
        return ngettext("Almeno %(min_length)d carattere.", "Almeno %(min_length)d caratteri.", self.min_length) % {
            "min_length": self.min_length
        }
