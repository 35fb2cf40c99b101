"""What every test of the matching starts from: a day that is given, not read from a clock."""

from datetime import date

import pytest


@pytest.fixture
def today():
    return date(2026, 11, 22)
