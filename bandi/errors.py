"""Why an action on a call refuses. The message is a sentence for the person who tried, ready to be shown."""

from django.utils.functional import Promise


class ActionRefused(Exception):
    """An action did not happen, and nothing was changed.

    Attributes:
        message: what to tell the person, translated when it is shown.
        code: a short name of the reason, for tests and logs.
    """

    def __init__(self, message: str | Promise, code: str) -> None:
        self.message = message
        self.code = code
        super().__init__(code)

    def __str__(self) -> str:
        return str(self.message)
