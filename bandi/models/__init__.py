"""Calls and what happens to them."""

from .act import CallAct
from .call import CallIndexPage, CallPage
from .interest import CallInterest
from .outcome import CallOutcome
from .recipient import Recipient

__all__ = ["CallAct", "CallIndexPage", "CallInterest", "CallOutcome", "CallPage", "Recipient"]
