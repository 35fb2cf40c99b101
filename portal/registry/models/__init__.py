"""The nouns that every app shares: municipalities, territories, organisations, topics."""

from .organisation import Organisation
from .territory import Municipality, Territory
from .topic import Topic

__all__ = ["Municipality", "Organisation", "Territory", "Topic"]
