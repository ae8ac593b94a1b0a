"""A secret that encrypts and is never shown."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from typing import NoReturn, Self, final

from salus.core.extras import lacking

EXTRA = "privacy"
"""Where the encryption comes from."""
SIZE = 32
"""Bytes of a key of AES-256."""
NONCE = 12
"""Bytes drawn for each sealing (NIST SP 800-38D, 8.2.2)."""
TAG = 16
"""Bytes that tell whether anything was altered."""


@final
class Secret:
    """A key of AES-256-GCM that no print, log, copy or error can hold.

    Sealing draws its nonce by chance, so one key may seal 4 billion times before two nonces are
    equal with a chance of 2e-10; renew it long before.

    Parameters
    ----------
    key : bytes
        32 random bytes.

    Raises
    ------
    ValueError
        If there are not 32 of them; the message tells the length alone.
    EnvironmentFaultError
        If the extra ``[privacy]`` is not installed.

    Examples
    --------
    >>> secret = Secret(bytes(range(32)))
    >>> secret
    Secret(not shown)
    >>> secret.open(secret.seal(b"salus", b"name"), b"name")
    b'salus'
    >>> secret.open(secret.seal(b"salus", b"name"), b"another name") is None
    True

    References
    ----------
    Dworkin, M. (2007). Recommendation for Block Cipher Modes of Operation: Galois/Counter Mode
    (GCM) and GMAC. NIST Special Publication 800-38D.
    """

    __slots__ = ("_cipher", "_key")

    def __init__(self, key: bytes) -> None:
        if len(key) != SIZE:
            message = f"a secret must have {SIZE} bytes, but has {len(key)}"
            raise ValueError(message)
        try:
            from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 - an extra
                AESGCM,
            )
        except ModuleNotFoundError as error:
            raise lacking(EXTRA, error) from error
        self._key, self._cipher = key, AESGCM(key)

    @classmethod
    def new(cls) -> Self:
        """Draw a new secret from the operating system."""
        return cls(secrets.token_bytes(SIZE))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Take a secret from its base64; None where it is none.

        Examples
        --------
        >>> Secret.read("c2FsdXM=") is None
        True
        """
        try:
            key = base64.b64decode(text.strip().encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError):
            return None
        return cls(key) if len(key) == SIZE else None

    @property
    def fingerprint(self) -> str:
        """Tell secrets apart without telling anything of them: 64 bits in hexadecimal."""
        code = hmac.new(self._key, b"salus: fingerprint of a secret", hashlib.sha256)
        return code.hexdigest()[:16]

    def seal(self, plaintext: bytes, header: bytes) -> bytes:
        """Encrypt, and bind to a header that is not part of the answer.

        Parameters
        ----------
        plaintext : bytes
            Up to 2 GiB.
        header : bytes
            What must be the same when it is opened.

        Returns
        -------
        bytes
            Nonce, ciphertext and tag: 28 bytes longer than the plaintext.
        """
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, plaintext, header)

    def open(self, sealed: bytes, header: bytes) -> bytes | None:
        """Decrypt; None where a bit of it or of the header is not as it was sealed."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - an extra

        if len(sealed) < NONCE + TAG:
            return None
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], header)
        except InvalidTag:
            return None

    def wrap(self, other: Secret, header: bytes) -> bytes:
        """Seal another secret under this one."""
        return self.seal(other._key, header)

    def unwrap(self, wrapped: bytes, header: bytes) -> Secret | None:
        """Open a secret that was sealed under this one; None where it is altered."""
        key = self.open(wrapped, header)
        return Secret(key) if key and len(key) == SIZE else None

    def text(self) -> str:
        """Write the secret out, in base64: for the file that keeps it, and nothing else."""
        return base64.b64encode(self._key).decode()

    def __repr__(self) -> str:
        """Show that it is a secret, and nothing of it."""
        return "Secret(not shown)"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        message = "a secret is not pickled or copied: it would lie wherever the copy lies"
        raise TypeError(message)
