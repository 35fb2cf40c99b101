"""The lottery that breaks ties inside a band: public, fair, and the same for whoever checks it.

Each offer draws for itself (a "multiple tie-breaking" lottery, see Abdulkadiroğlu and Sönmez, "School Choice:
A Mechanism Design Approach", American Economic Review 93, 2003, and Abdulkadiroğlu, Pathak and Roth,
"Strategy- proofness versus Efficiency in Matching with Indifferences", ibid. 99, 2009). The draw is a hash of
a seed that is published before the lists close, so nobody can choose it once the names are known.
"""

from hashlib import sha256


def ticket(seed: str, offer: str, youth: str) -> str:
    """Return what is drawn for a young person at an offer: the three names, a line feed between."""
    return f"{seed}\n{offer}\n{youth}"


def draw(of: str) -> bytes:
    """Return the SHA-256 of a ticket in UTF-8; the smallest goes first."""
    return sha256(of.encode()).digest()


def personal_draw(youth: str, offer: str) -> bytes:
    """Return what orders offers that are level in one person's list: no offer wins everywhere by its name."""
    return sha256(f"{youth}\n{offer}".encode()).digest()
