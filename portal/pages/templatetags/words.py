"""Filters that write dates and money in words; each gives an empty text for a missing value."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from portal.pages import words

register = template.Library()


@register.filter
def day_words(value: date | None) -> str:
    """«martedì 3 marzo 2027»."""
    return words.day_words(value) if value else ""


@register.filter
def moment_words(value: datetime | None) -> str:
    """«martedì 3 marzo 2027, ore 12»."""
    return words.moment_words(value) if value else ""


@register.filter
def money_words(value: Decimal | None) -> str:
    """«80.000 €»."""
    return words.money_words(value) if value is not None else ""
