"""The lottery that breaks ties inside a band: public, fair, and the same for whoever checks it.

Each offer draws for itself (a "multiple tie-breaking" lottery, see Abdulkadiroğlu and Sönmez, "School Choice:
A Mechanism Design Approach", American Economic Review 93, 2003, and Abdulkadiroğlu, Pathak and Roth,
"Strategy- proofness versus Efficiency in Matching with Indifferences", ibid. 99, 2009). The draw is a hash of
a seed that is published before the lists close, so nobody can choose it once the names are known.
"""

import hashlib


def draw(seed: str, offer: str, youth: str) -> bytes:
    """Return the SHA-256 of seed, offer and young person, a line feed between; the smallest goes first."""
    return hashlib.sha256(f"{seed}\n{offer}\n{youth}".encode()).digest()


class Lottery:
    """The draws of one offer, made faster: what all of them begin with is hashed once."""

    __slots__ = ("_begun",)

    def __init__(self, seed: str, offer: str) -> None:
        self._begun = hashlib.sha256(f"{seed}\n{offer}\n".encode())

    def draw(self, youth: str) -> bytes:
        """Return the same as the function ``draw``."""
        ticket = self._begun.copy()
        ticket.update(youth.encode())
        return ticket.digest()


def personal_draw(youth: str, offer: str) -> bytes:
    """Return what orders offers that are level in one person's list: no offer wins everywhere by its name."""
    return hashlib.sha256(f"{youth}\n{offer}".encode()).digest()
