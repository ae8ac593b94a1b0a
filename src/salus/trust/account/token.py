"""Tokens of sessions and invitations: random, handed out once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32


def new_token() -> str:
    """Draw a token that nobody guesses.

    Returns
    -------
    str
        256 random bits of the operating system, in 43 signs that a URL may hold.

    Examples
    --------
    >>> len(new_token()), new_token() == new_token()
    (43, False)
    """
    return secrets.token_urlsafe(BYTES)


def digest_of(token: str) -> str:
    """Return what is stored in place of a token.

    A token has 256 random bits, so its plain SHA-256 cannot be searched; whoever reads the store
    cannot sign in with it.

    Examples
    --------
    >>> digest_of("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def shown(token: str) -> str:
    """Return the first digits of the digest, by which the audit names a token.

    Examples
    --------
    >>> shown("a")
    'ca978112ca1b'
    """
    return digest_of(token)[:12]
