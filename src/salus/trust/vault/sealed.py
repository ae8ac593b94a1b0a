"""What a sealed value looks like: a header that names its key, then what the key encrypts."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from salus.domain.sensitivity import Sensitivity

MAGIC = b"SALS"
VERSION = 1
LAYOUT = struct.Struct(">4sBBH8s")
"""Magic, version of the format, class, number and fingerprint of the key; 16 bytes."""
CLASSES = (
    Sensitivity.IDENTIFYING,
    Sensitivity.QUASI,
    Sensitivity.SENSITIVE,
    Sensitivity.PLAIN,
)
"""The order is part of the format: a class is written as its place here."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before a sealed value, in clear, and is bound to it.

    Parameters
    ----------
    kind : Sensitivity
        Class of what is sealed.
    number : int
        Number of the key within its class.
    fingerprint : str
        Of the key, 16 hexadecimal digits.

    Examples
    --------
    >>> header = Header(Sensitivity.SENSITIVE, 2, "00112233aabbccdd")
    >>> read_header(header.bytes() + b"and more") == header
    True
    >>> header.key
    'sensitive.2.00112233aabbccdd'
    """

    kind: Sensitivity
    number: int
    fingerprint: str

    @property
    def key(self) -> str:
        """Name the key."""
        return f"{self.kind}.{self.number}.{self.fingerprint}"

    def bytes(self) -> bytes:
        """Write the header."""
        place = CLASSES.index(self.kind)
        return LAYOUT.pack(MAGIC, VERSION, place, self.number, bytes.fromhex(self.fingerprint))


def read_header(sealed: bytes) -> Header | None:
    """Read the header; None where this is nothing that was sealed here.

    Parameters
    ----------
    sealed : bytes
        A sealed value, or what may be one.

    Returns
    -------
    Header or None

    Examples
    --------
    >>> read_header(b"%PDF-1.7 and so on") is None
    True
    """
    if len(sealed) < LAYOUT.size:
        return None
    magic, version, place, number, fingerprint = LAYOUT.unpack_from(sealed)
    if magic != MAGIC or version != VERSION or place >= len(CLASSES):
        return None
    return Header(CLASSES[place], number, fingerprint.hex())
