"""The same stand-in for the same person, which tells nothing without the key."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from salus.core.checks import named

if TYPE_CHECKING:
    from salus.trust.pseudonym.key import Key

LENGTH = 24
"""Signs of a pseudonym, 5 bits each: two of a billion people share one with a chance of 4e-19."""


def pseudonym(key: Key, purpose: str, identifier: str) -> str:
    """Make the pseudonym of a person for one purpose.

    Pseudonyms of two purposes, or of two keys, cannot be matched with each other.

    Parameters
    ----------
    key : Key
        Kept apart from the pseudonyms.
    purpose : str
        What the pseudonyms are for, such as ``"stroke study 2026"``.
    identifier : str
        What tells the person apart, taken as it is: bring spaces, case and leading zeros into one
        form before.

    Returns
    -------
    str
        24 signs of base32 (A to Z, 2 to 7): the first 120 bits of an HMAC-SHA-256.

    Raises
    ------
    ValueError
        If purpose or identifier is empty.

    Examples
    --------
    >>> from salus.trust.pseudonym.key import Key
    >>> key = Key(bytes(range(32)))
    >>> pseudonym(key, "study", "7001002003")
    'CYBY6MOTBG3YLC2IFRIJVPX3'
    >>> pseudonym(key, "research", "7001002003") == pseudonym(key, "study", "7001002003")
    False

    References
    ----------
    Krawczyk, H., Bellare, M. and Canetti, R. (1997). HMAC: Keyed-Hashing for Message
    Authentication. RFC 2104. Josefsson, S. (2006). The Base16, Base32, and Base64 Data Encodings.
    RFC 4648.
    """
    named("purpose", purpose)
    named("identifier", identifier)
    code = key.code("pseudonym", purpose, identifier)
    return base64.b32encode(code)[:LENGTH].decode()
