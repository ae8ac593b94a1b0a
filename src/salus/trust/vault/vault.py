"""Seal and open with a key for each sensitivity class."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, final

from salus.core.errors import Fault, ForbiddenError, InputError, MismatchError, Where
from salus.core.messages import say
from salus.domain.sensitivity import Sensitivity
from salus.trust.vault.ring import secrets_of
from salus.trust.vault.sealed import LAYOUT, Header, read_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from salus.trust.vault.ring import Ring
    from salus.trust.vault.secret import Secret

    Keys = tuple[Ring, Secret]

EVERY = frozenset(Sensitivity)
PARQUET = "a key of a Parquet file"


@final
class Vault:
    """What seals and opens; it holds the unwrapped keys, and shows none of them.

    Parameters
    ----------
    ring : Ring
        The wrapped data keys.
    master : Secret
        What wraps them.
    kinds : frozenset of Sensitivity
        Classes whose keys this vault may use; the others it refuses.
    again : callable, optional
        Reads ring and master key anew when a key is unknown: another process may have renewed
        them since.

    Raises
    ------
    InputError
        If the ring is of another master key, or was altered.

    Examples
    --------
    >>> from salus.trust.vault.ring import new_ring
    >>> from salus.trust.vault.secret import Secret
    >>> master = Secret(bytes(range(32)))
    >>> vault = Vault(new_ring(master), master)
    >>> sealed = vault.seal(Sensitivity.SENSITIVE, b"salus", bound_to="note 1")
    >>> vault.open(Sensitivity.SENSITIVE, sealed, bound_to="note 1")
    b'salus'
    >>> vault.open(Sensitivity.SENSITIVE, sealed, bound_to="note 2")
    Traceback (most recent call last):
    salus.core.errors.MismatchError: note 2: this was altered, cut off or put in another's place;
    put a genuine copy back
    >>> vault
    Vault(keys not shown)
    """

    __slots__ = ("_again", "_kinds", "_ring", "_secrets")

    def __init__(
        self,
        ring: Ring,
        master: Secret,
        kinds: frozenset[Sensitivity] = EVERY,
        again: Callable[[], Keys] | None = None,
    ) -> None:
        self._ring, self._secrets = ring, secrets_of(ring, master)
        self._kinds, self._again = kinds, again

    def limited(self, kinds: Iterable[Sensitivity]) -> Vault:
        """Return a vault that has the keys of some classes only."""
        other = object.__new__(Vault)
        other._ring, other._secrets, other._again = self._ring, self._secrets, self._again
        other._kinds = self._kinds & frozenset(kinds)
        return other

    def seal(self, kind: Sensitivity, plaintext: bytes, *, bound_to: str) -> bytes:
        """Encrypt a value under the newest key of its class.

        Parameters
        ----------
        kind : Sensitivity
            Class of the value.
        plaintext : bytes
            Up to 2 GiB.
        bound_to : str
            Name of its place; opened under any other name it is refused.

        Returns
        -------
        bytes
            44 bytes longer: header of 16, nonce of 12, tag of 16.

        Raises
        ------
        ForbiddenError
            If this vault does not have the keys of the class.
        """
        self._allow(kind, bound_to)
        newest = self._ring.newest(kind)
        header = Header(kind, newest.number, newest.fingerprint).bytes()
        return header + self._secrets[newest.id].seal(plaintext, _bound(header, bound_to))

    def open(self, kind: Sensitivity, sealed: bytes, *, bound_to: str) -> bytes:
        """Decrypt a value.

        Parameters
        ----------
        kind : Sensitivity
            Class that it must be of.
        sealed : bytes
            What :meth:`seal` returned.
        bound_to : str
            Name of its place.

        Returns
        -------
        bytes

        Raises
        ------
        InputError
            If it was sealed with the keys of another installation, or is nothing sealed at all.
        MismatchError
            If it was altered, cut off, or sealed for another place or class.
        ForbiddenError
            If this vault does not have the keys of the class.
        """
        self._allow(kind, bound_to)
        where, header = Where(bound_to), read_header(sealed)
        if header is None:
            what, remedy = say("this was not sealed by Salus"), say("put a genuine copy back")
            raise InputError(Fault(what, where, remedy))
        secret = self._secret(header.key, where)
        head, body = sealed[: LAYOUT.size], sealed[LAYOUT.size :]
        plaintext = secret.open(body, _bound(head, bound_to)) if header.kind is kind else None
        return _altered(where) if plaintext is None else plaintext

    def newest(self, kind: Sensitivity) -> str:
        """Name the key that seals what is new of a class.

        Raises
        ------
        ForbiddenError
            If this vault does not have the keys of the class.
        """
        self._allow(kind, kind.value)
        return self._ring.newest(kind).id

    def wrap(self, key: str, plaintext: bytes) -> bytes:
        """Seal the key of a Parquet file under a data key that is named.

        Parameters
        ----------
        key : str
            Id of the data key, as :meth:`newest` gave it.
        plaintext : bytes
            The key of the file.

        Returns
        -------
        bytes

        Raises
        ------
        InputError
            If there is no such key here.
        ForbiddenError
            If this vault does not have the keys of its class.
        """
        return self._secret(key, Where(key)).seal(plaintext, _bound(key.encode(), PARQUET))

    def unwrap(self, key: str, wrapped: bytes) -> bytes:
        """Open the key of a Parquet file.

        Parameters
        ----------
        key : str
            Id of the data key, as the file names it.
        wrapped : bytes
            What :meth:`wrap` returned.

        Returns
        -------
        bytes

        Raises
        ------
        InputError
            If there is no such key here: the file is of another installation.
        MismatchError
            If it was altered.
        ForbiddenError
            If this vault does not have the keys of its class.
        """
        where = Where(key)
        plaintext = self._secret(key, where).open(wrapped, _bound(key.encode(), PARQUET))
        return _altered(where) if plaintext is None else plaintext

    def _secret(self, key: str, where: Where) -> Secret:
        if key not in self._secrets and self._again:
            self._ring, master = self._again()
            self._secrets = secrets_of(self._ring, master)
        if key not in self._secrets:
            what = say("this was sealed with a key that is not here: {key}", key=key)
            remedy = say("name the home it was made in, or put its folder of keys back")
            raise InputError(Fault(what, where, remedy))
        self._allow(Sensitivity(key.partition(".")[0]), key)
        return self._secrets[key]

    def _allow(self, kind: Sensitivity, name: str) -> None:
        if kind not in self._kinds:
            what = say("the keys of this class are not given to this reader: {kind}", kind=kind)
            remedy = say("leave these columns out, or ask the person who keeps the keys")
            raise ForbiddenError(Fault(what, Where(name), remedy))

    def __repr__(self) -> str:
        """Show that it is a vault, and nothing of it."""
        return "Vault(keys not shown)"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        message = "a vault is not pickled or copied: its keys would lie wherever the copy lies"
        raise TypeError(message)


def _bound(header: bytes, name: str) -> bytes:
    # The length keeps a header and a name from being divided another way.
    return len(header).to_bytes(2, "big") + header + name.encode("utf-8", "surrogatepass")


def _altered(where: Where) -> NoReturn:
    what = say("this was altered, cut off or put in another's place")
    raise MismatchError(Fault(what, where, say("put a genuine copy back")))
