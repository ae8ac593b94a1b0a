"""The secrets of an installation: a password of the broker, the key of pseudonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sqlalchemy import delete, insert, select, update

from salus.core.checks import named
from salus.data.store.secret_tables import SECRET
from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from salus.data.store.engine import Store

KIND = Sensitivity.IDENTIFYING
"""With the key of pseudonyms one finds out who is who, so secrets are as well kept as names."""

BROKER = "broker"
"""Name of the password of the broker of readings."""


class Sealer(Protocol):
    """Seals and opens; :class:`salus.trust.vault.vault.Vault` is one."""

    def seal(self, kind: Sensitivity, plaintext: bytes, *, bound_to: str) -> bytes:
        """Encrypt a value."""

    def open(self, kind: Sensitivity, sealed: bytes, *, bound_to: str) -> bytes:
        """Decrypt a value."""


class Secrets:
    """The secrets of a store; each lies sealed, bound to its name.

    Parameters
    ----------
    store : Store
        An open store.
    vault : Sealer
        What seals and opens.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> from salus.trust.vault.folder import KeyFolder
    >>> home = Path(tempfile.mkdtemp())
    >>> secrets = Secrets(open_store(home), KeyFolder(home / "keys").vault())
    >>> secrets.put("broker", b"password of the broker")
    >>> secrets.get("broker"), secrets.get("another")
    (b'password of the broker', None)
    """

    def __init__(self, store: Store, vault: Sealer) -> None:
        self._store, self._vault = store, vault

    def get(self, name: str) -> bytes | None:
        """Read a secret; None where there is none of this name.

        Raises
        ------
        InputError
            If it was sealed with the keys of another home.
        MismatchError
            If it was altered, or is the secret of another name.
        """
        with self._store.reading() as connection:
            sealed = connection.scalar(select(SECRET.c.sealed).where(SECRET.c.name == name))
        return None if sealed is None else self._open(name, sealed)

    def put(self, name: str, value: bytes) -> None:
        """Keep a secret, in the place of one of its name.

        Raises
        ------
        ValueError
            If the name is empty.
        EnvironmentFaultError
            If the store cannot be written.
        """
        named("name", name)
        row = {"name": name, "sealed": self._seal(name, value)}
        with self._store.writing() as connection:
            connection.execute(delete(SECRET).where(SECRET.c.name == name))
            connection.execute(insert(SECRET).values(row))

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens where there is none."""
        with self._store.writing() as connection:
            connection.execute(delete(SECRET).where(SECRET.c.name == name))

    def names(self) -> tuple[str, ...]:
        """Name the secrets that are kept, in alphabetical order."""
        with self._store.reading() as connection:
            return tuple(connection.scalars(select(SECRET.c.name).order_by(SECRET.c.name)))

    def seal_again(self) -> int:
        """Seal every secret with the newest keys: all of them, or none.

        Returns
        -------
        int
            How many there are.

        Raises
        ------
        InputError, MismatchError
            As :meth:`get`.
        """
        with self._store.writing() as connection:
            rows = connection.execute(select(SECRET)).all()
            for name, sealed in rows:
                again = self._seal(name, self._open(name, sealed))
                connection.execute(update(SECRET).where(SECRET.c.name == name).values(sealed=again))
        return len(rows)

    def _seal(self, name: str, value: bytes) -> bytes:
        return self._vault.seal(KIND, value, bound_to=_bound(name))

    def _open(self, name: str, sealed: bytes) -> bytes:
        return self._vault.open(KIND, sealed, bound_to=_bound(name))


def _bound(name: str) -> str:
    return f"secret {name}"
