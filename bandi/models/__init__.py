"""Calls and what happens to them."""

from .act import CallAct
from .call import CallIndexPage, CallPage
from .outcome import CallOutcome
from .recipient import Recipient

__all__ = ["CallAct", "CallIndexPage", "CallOutcome", "CallPage", "Recipient"]
