"""The weights of the score: a small table that a desk may change, always with a version."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

TOTAL = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    def __post_init__(self) -> None:
        """Raise ValueError unless the weights are whole numbers from 0 that add up to 100."""
        weights = asdict(self)
        for name, weight in weights.items():
            # bool is an int in Python, and True is no weight.
            if type(weight) is not int or weight < 0:
                raise ValueError(f"the weight of {name} must be a whole number from 0, not {weight!r}")
        if sum(weights.values()) != TOTAL:
            raise ValueError(f"the weights {weights} must add up to {TOTAL}, not {sum(weights.values())}")


@dataclass(frozen=True, slots=True, kw_only=True)
class YouthWeights(_Side):
    """How much each factor counts for the young person."""

    interest: int = 25
    skills: int = 20
    travel: int = 20
    schedule: int = 15
    goals: int = 10
    reliability: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class HostWeights(_Side):
    """How much each factor counts for the host."""

    skills: int = 35
    availability: int = 25
    motivation: int = 20
    travel: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Both tables, and the version under which a desk publishes them."""

    version: str = "2026-1"
    youth: YouthWeights = field(default_factory=YouthWeights)
    host: HostWeights = field(default_factory=HostWeights)

    def as_document(self) -> dict[str, Any]:
        """Return the weights as plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what `as_document` wrote.

        Raises ValueError when a key is missing or unknown, or when the weights do not add up.
        """
        try:
            youth, host = YouthWeights(**document["youth"]), HostWeights(**document["host"])
            version = document["version"]
        except (KeyError, TypeError) as error:
            raise ValueError(f"this is no table of weights: {error}") from error
        if not isinstance(version, str) or set(document) != {"version", "youth", "host"}:
            raise ValueError("a table of weights has exactly a version (text), youth and host")
        if set(document["youth"]) != set(asdict(youth)) or set(document["host"]) != set(asdict(host)):
            raise ValueError("a table of weights names every factor")
        return cls(version=version, youth=youth, host=host)

    @property
    def sha256(self) -> str:
        """The fingerprint that a round keeps beside its result."""
        text = json.dumps(self.as_document(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


DEFAULT_WEIGHTS = Weights()
