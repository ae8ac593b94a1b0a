"""A secret that is used and never shown."""

from __future__ import annotations

import hashlib
import hmac
from typing import NoReturn, final

SHORTEST = 32
"""Bytes; as long as the digest, below which RFC 2104 discourages a key."""


@final
class Key:
    """A secret that makes codes, and that no print, log, copy on disk or error can hold.

    Whoever holds the key can find out whose pseudonym is whose by trying every identifier, so it
    is kept apart from what was made with it.

    Parameters
    ----------
    secret : bytes
        At least 32 random bytes.

    Raises
    ------
    ValueError
        If it is too short; the message tells the length alone.

    Examples
    --------
    >>> Key(bytes(range(32)))
    Key(secret not shown)
    >>> Key(b"short")
    Traceback (most recent call last):
    ValueError: a key must have at least 32 bytes, but has 5

    References
    ----------
    Krawczyk, H., Bellare, M. and Canetti, R. (1997). HMAC: Keyed-Hashing for Message
    Authentication. RFC 2104.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SHORTEST:
            message = f"a key must have at least {SHORTEST} bytes, but has {len(secret)}"
            raise ValueError(message)
        self._secret = secret

    def code(self, *parts: str) -> bytes:
        """Return the HMAC-SHA-256 of some texts, different for any other texts or division.

        Parameters
        ----------
        *parts : str
            What the code is for, then of what.

        Returns
        -------
        bytes
            32 of them.

        Examples
        --------
        >>> key = Key(bytes(32))
        >>> key.code("ab", "c") == key.code("a", "bc")
        False
        """
        code = hmac.new(self._secret, digestmod=hashlib.sha256)
        for part in parts:
            # Signs that no encoding has may stand in a broken file; they must not end in an error
            # that shows the value.
            encoded = part.encode("utf-8", "surrogatepass")
            code.update(len(encoded).to_bytes(8, "big") + encoded)
        return code.digest()

    def __repr__(self) -> str:
        """Show that it is a key, and nothing of it."""
        return "Key(secret not shown)"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        message = "a key is not pickled or copied: it would lie wherever the copy lies"
        raise TypeError(message)
