"""The data keys of an installation, each wrapped by the master key: safe to lie beside the data."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from salus.core.canonical import canonical
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.domain.sensitivity import Sensitivity
from salus.trust.vault.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.core.canonical import Json

FORMAT = "salus-keys/1"


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """One data key, of use to nobody without the master key.

    Parameters
    ----------
    kind : Sensitivity
        Class of what it seals.
    number : int
        Which key of its class, from 1; the highest seals what is new.
    fingerprint : str
        Of the key, 16 hexadecimal digits.
    wrapped : bytes
        The key, sealed under the master key and bound to its id.

    Raises
    ------
    ValueError
        If the number is not one of 1 to 65535.
    """

    kind: Sensitivity
    number: int
    fingerprint: str
    wrapped: bytes

    def __post_init__(self) -> None:
        """Refuse a number that a sealed header cannot name."""
        if not 1 <= self.number < 1 << 16:
            message = f"the number of a key must be between 1 and 65535, but is {self.number}"
            raise ValueError(message)

    @property
    def id(self) -> str:
        """Name the key: its class, number and fingerprint."""
        return f"{self.kind}.{self.number}.{self.fingerprint}"


@dataclass(frozen=True, slots=True)
class Ring:
    """All data keys of an installation, wrapped.

    Parameters
    ----------
    master : str
        Fingerprint of the master key that wraps them.
    keys : tuple of WrappedKey
        At least one of each class.

    Raises
    ------
    ValueError
        If a class has no key, or two keys have one number.

    Examples
    --------
    >>> master = Secret(bytes(range(32)))
    >>> ring = renewed(new_ring(master), master)
    >>> len(ring.keys), ring.newest(Sensitivity.SENSITIVE).number
    (8, 2)
    """

    master: str
    keys: tuple[WrappedKey, ...]

    def __post_init__(self) -> None:
        """Refuse a ring with a gap or a doublet."""
        if {key.kind for key in self.keys} != set(Sensitivity):
            message = f"a ring must have keys of all classes, but has {len(self.keys)} keys"
            raise ValueError(message)
        if len({(key.kind, key.number) for key in self.keys}) != len(self.keys):
            message = f"each key of a class must have its number, but two of {len(self.keys)} agree"
            raise ValueError(message)

    @property
    def number(self) -> int:
        """Return the number of the newest keys."""
        return max(key.number for key in self.keys)

    def newest(self, kind: Sensitivity) -> WrappedKey:
        """Return the key that seals what is new of a class."""
        return max((key for key in self.keys if key.kind is kind), key=lambda key: key.number)


def new_ring(master: Secret) -> Ring:
    """Draw the first key of each class."""
    return Ring(master.fingerprint, tuple(_draw(kind, 1, master) for kind in Sensitivity))


def renewed(ring: Ring, master: Secret) -> Ring:
    """Draw a new key of each class; the ones before stay, to open what they sealed.

    Parameters
    ----------
    ring : Ring
        The keys so far.
    master : Secret
        The master key that wraps them.

    Returns
    -------
    Ring

    Raises
    ------
    InputError
        If the ring is of another master key.
    """
    secrets_of(ring, master)
    more = (_draw(kind, ring.newest(kind).number + 1, master) for kind in Sensitivity)
    return replace(ring, keys=(*ring.keys, *more))


def rewrapped(ring: Ring, old: Secret, new: Secret) -> Ring:
    """Wrap the same keys under another master key.

    Raises
    ------
    InputError
        If the ring is not of the old master key.
    """
    found = secrets_of(ring, old)
    keys = (replace(key, wrapped=new.wrap(found[key.id], _bound(key.id))) for key in ring.keys)
    return Ring(new.fingerprint, tuple(keys))


def secrets_of(ring: Ring, master: Secret) -> dict[str, Secret]:
    """Unwrap all keys.

    Parameters
    ----------
    ring : Ring
        The wrapped keys.
    master : Secret
        What wraps them.

    Returns
    -------
    dict of str to Secret
        By the id of the key.

    Raises
    ------
    InputError
        If the master key is another one, or a key was altered.
    """
    if master.fingerprint != ring.master:
        what = say("the master key is not the one that this home was sealed with")
        remedy = say("put back the master key whose fingerprint is {found}", found=ring.master)
        raise InputError(Fault(what, Where(say("master key")), remedy, master.fingerprint))
    found = {key.id: master.unwrap(key.wrapped, _bound(key.id)) for key in ring.keys}
    lost = [name for name, secret in found.items() if secret is None]
    if lost:
        raise InputError(*(_altered(Where(name)) for name in lost))
    return {name: secret for name, secret in found.items() if secret}


def write_ring(ring: Ring) -> bytes:
    """Write the ring as a JSON document."""
    keys: Sequence[Json] = [
        {
            "kind": key.kind.value,
            "number": key.number,
            "fingerprint": key.fingerprint,
            "wrapped": base64.b64encode(key.wrapped).decode(),
        }
        for key in ring.keys
    ]
    return canonical({"format": FORMAT, "master": ring.master, "keys": keys})


def read_ring(document: bytes, where: Where) -> Ring:
    """Read the document of a ring.

    Parameters
    ----------
    document : bytes
        What :func:`write_ring` wrote.
    where : Where
        The file, for the fault.

    Returns
    -------
    Ring

    Raises
    ------
    InputError
        If it is no such document.
    """
    try:
        read = json.loads(document)
        if read["format"] != FORMAT:
            raise InputError(_altered(where))
        keys = tuple(
            WrappedKey(
                Sensitivity(key["kind"]),
                int(key["number"]),
                str(key["fingerprint"]),
                base64.b64decode(key["wrapped"], validate=True),
            )
            for key in read["keys"]
        )
        return Ring(str(read["master"]), keys)
    except (ValueError, TypeError, KeyError, binascii.Error) as error:
        raise InputError(_altered(where)) from error


def _draw(kind: Sensitivity, number: int, master: Secret) -> WrappedKey:
    secret = Secret.new()
    key = WrappedKey(kind, number, secret.fingerprint, b"")
    return replace(key, wrapped=master.wrap(secret, _bound(key.id)))


def _bound(key: str) -> bytes:
    return f"salus: data key {key}".encode()


def _altered(where: Where) -> Fault:
    what = say("the wrapped keys were altered or cut off")
    return Fault(what, where, say("put a genuine copy of the folder of keys back in its place"))
