"""Who may open each reserved address: its name -> (roles, the object of the test's world that its `pk` is)."""

from . import desk, editors, guardian, host, youth
from .roles import ROLES
from .rounds import TABLE as ROUNDS

MATRIX = youth.TABLE | guardian.TABLE | host.TABLE | desk.TABLE | editors.TABLE

MATRIX |= ROUNDS

__all__ = ["MATRIX", "ROLES"]
