"""What a lake needs of whoever keeps the keys, and how Parquet is given it."""

from __future__ import annotations

import base64
import binascii
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import pyarrow.parquet.encryption as pe

from salus.core.errors import Fault, MismatchError, SalusError, Where
from salus.core.messages import say
from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from collections.abc import Iterable

ALGORITHM = "AES_GCM_V1"
"""Every page is authenticated; with AES_GCM_CTR_V1 an altered page would be read as it is."""
CACHED = timedelta(minutes=10)


class Keys(Protocol):
    """Keeps a key for each sensitivity class; :class:`salus.trust.vault.vault.Vault` is one."""

    def newest(self, kind: Sensitivity) -> str:
        """Name the key that seals what is new of a class."""

    def wrap(self, key: str, plaintext: bytes, /) -> bytes:
        """Seal the key of a file under a key that is named."""

    def unwrap(self, key: str, wrapped: bytes, /) -> bytes:
        """Open the key of a file."""

    def seal(self, kind: Sensitivity, plaintext: bytes, *, bound_to: str) -> bytes:
        """Encrypt a value."""

    def open(self, kind: Sensitivity, sealed: bytes, *, bound_to: str) -> bytes:
        """Decrypt a value."""


class Doorkeeper(pe.KmsClient):  # type: ignore[misc]  # pyarrow ships no types
    """Hands Parquet the keys of files, and remembers the last refusal.

    Parameters
    ----------
    keys : Keys
        Who keeps the keys.
    """

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys
        self.refusal: SalusError | None = None

    def wrap_key(self, key_bytes: bytes, master_key_identifier: str) -> bytes:
        """Seal the key of a file, as text."""
        return base64.b64encode(self._keys.wrap(master_key_identifier, key_bytes))

    def unwrap_key(self, wrapped_key: str, master_key_identifier: str) -> bytes:
        """Open the key of a file.

        Raises
        ------
        SalusError
            As the keeper of the keys refuses it; remembered, for DuckDB tells its text alone.
        """
        try:
            wrapped = base64.b64decode(wrapped_key, validate=True)
            return self._keys.unwrap(master_key_identifier, wrapped)
        except binascii.Error:
            what = say("this was altered, cut off or put in another's place")
            fault = Fault(what, Where(master_key_identifier), say("put a genuine copy back"))
            self.refusal = MismatchError(fault)
        except SalusError as error:
            self.refusal = error
        raise self.refusal


class Encryption:
    """The encryption of Parquet with the keys of one keeper.

    Each column of each file has a key of its own, drawn by Arrow and wrapped in one step by the
    key of the column's class: Arrow's second step would weaken 256 bits to 128.

    Parameters
    ----------
    keys : Keys
        Who keeps the keys.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._door = Doorkeeper(keys)
        self._factory = pe.CryptoFactory(lambda _connection: self._door)
        self._connection = pe.KmsConnectionConfig()

    def writing(self, columns: Iterable[tuple[str, Sensitivity]]) -> pe.EncryptionConfiguration:
        """Return what a :class:`pyarrow.parquet.ParquetWriter` encrypts a new file with.

        Parameters
        ----------
        columns : iterable of (str, Sensitivity)
            Every column of the file: one that is not named here would lie in clear.

        Returns
        -------
        pyarrow.parquet.FileEncryptionProperties
        """
        by_key: dict[str, list[str]] = {}
        for name, kind in columns:
            by_key.setdefault(self._keys.newest(kind), []).append(name)
        configuration = pe.EncryptionConfiguration(
            self._keys.newest(Sensitivity.PLAIN),
            column_keys=by_key,
            encryption_algorithm=ALGORITHM,
            plaintext_footer=False,
            double_wrapping=False,
            cache_lifetime=CACHED,
            data_key_length_bits=256,
        )
        return self._factory.file_encryption_properties(self._connection, configuration)

    def reading(self) -> pe.EncryptionConfiguration:
        """Return what a :class:`pyarrow.dataset.ParquetFragmentScanOptions` decrypts files with."""
        from pyarrow.dataset import ParquetDecryptionConfig  # noqa: PLC0415 - half a second

        configuration = pe.DecryptionConfiguration(cache_lifetime=CACHED)
        return ParquetDecryptionConfig(self._factory, self._connection, configuration)

    def refusal(self) -> SalusError | None:
        """Take the last refusal of a key, if there was one since it was asked."""
        refusal, self._door.refusal = self._door.refusal, None
        return refusal
