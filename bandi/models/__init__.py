"""Calls and what happens to them."""

from .act import CallAct
from .call import CallIndexPage, CallPage
from .recipient import Recipient

__all__ = ["CallAct", "CallIndexPage", "CallPage", "Recipient"]
