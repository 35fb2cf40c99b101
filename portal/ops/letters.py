"""The plain letter that most e-mails to people without an account are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of one e-mail, in its reader's language: what happened, what to do, one link."""

    subject: str
    happened: str
    todo: str
    label: str
    url: str
    quote: str = ""
