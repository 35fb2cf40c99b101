"""Why an action refuses. The message is a sentence for the person who tried, ready to be shown."""

from django.utils.translation import gettext_lazy as _


class ActionError(Exception):
    """An action did not happen, and nothing was changed.

    Attributes:
        message: what to tell the person, translated when it is shown.
        code: a short name of the reason, for tests and logs.
    """

    code = "refused"
    message = _("Non è stato possibile: riprova tra poco.")

    def __init__(self, message=None, code: str = "") -> None:
        self.message = message or self.message
        self.code = code or self.code
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message)


class NotPermitted(ActionError):
    """Whoever tried has no part in this."""

    code = "not_permitted"
    message = _("Non puoi fare questa operazione.")


class WrongState(ActionError):
    """The thing is not, or no longer, in a state that allows it."""

    code = "wrong_state"


class GuardRefused(ActionError):
    """The state would allow it, a rule does not."""

    code = "guard"
