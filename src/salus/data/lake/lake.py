"""Tables kept encrypted on any file system of Arrow, a key for each sensitivity class."""

from __future__ import annotations

import re
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset as pads
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from salus.core.errors import (
    EnvironmentFaultError,
    Fault,
    Faults,
    ForbiddenError,
    InputError,
    MismatchError,
    Where,
)
from salus.core.messages import say
from salus.data.lake.files import (
    HashingStream,
    alone,
    digest,
    footer_digest,
    replace_file,
    safe,
)
from salus.data.lake.keys import Encryption
from salus.data.lake.manifest import Manifest, Part, read_manifest, write_manifest
from salus.data.lake.scan import JoinedDataset, LakeDataset
from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salus.data.lake.keys import Keys

MANIFEST = "manifest.sealed"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_=-]*")
COLUMN = re.compile(r"\w+")
GROUP = 250_000
"""Rows of a row group at most."""


class Lake:
    """Tables of a lake, each in a folder of its own: encrypted parts, and a sealed manifest.

    A part counts from the moment the manifest names it, so that a write that is interrupted leaves
    the table as it was. Only one writer of a table may be at work at a time where the lake lies in
    an object store; on a disk they wait for one another.

    Parameters
    ----------
    filesystem : pyarrow.fs.FileSystem
        A disk, an object store, or anything else that Arrow writes to.
    root : str
        Folder within it; made when missing.
    keys : Keys
        Who keeps the keys.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from salus.domain.records.person import ENCOUNTER
    >>> from salus.trust.vault.folder import KeyFolder
    >>> home = Path(tempfile.mkdtemp())
    >>> lake = Lake(pafs.LocalFileSystem(), str(home / "lake"), KeyFolder(home / "keys").vault())
    >>> lake.write("encounter", ENCOUNTER.schema().empty_table(), "2026-06")
    >>> lake.tables(), lake.dataset("encounter").count_rows()
    (('encounter',), 0)
    """

    def __init__(self, filesystem: pafs.FileSystem, root: str, keys: Keys) -> None:
        self._files, self._root, self._keys = filesystem, root.rstrip("/"), keys
        self._encryption = Encryption(keys)

    def tables(self) -> tuple[str, ...]:
        """Name the tables that are here, in alphabetical order."""
        selector = pafs.FileSelector(self._root, allow_not_found=True)
        folders = [each for each in self._files.get_file_info(selector) if not each.is_file]
        manifests = self._files.get_file_info([f"{each.path}/{MANIFEST}" for each in folders])
        pairs = zip(folders, manifests, strict=True)
        return tuple(sorted(folder.base_name for folder, found in pairs if found.is_file))

    def write(self, table_name: str, table: pa.Table, part: str) -> None:
        """Write a part of a table; it takes the place of an earlier part of its name.

        Parameters
        ----------
        table_name : str
            Letters, digits, ``_``, ``=`` and ``-``.
        table : pyarrow.Table
            Flat columns, each with its sensitivity in the metadata of its field, as
            :meth:`salus.domain.records.table.StandardTable.schema` gives it.
        part : str
            What the part is called; as the name of a table.

        Raises
        ------
        InputError
            If earlier parts have another schema.
        EnvironmentFaultError
            If the place cannot be written; nothing half-written counts.
        ValueError
            If a name cannot be one, or a column is nested or undeclared.
        """
        kinds = _kinds(table.schema)
        folder = self._folder(table_name)
        _named(part)
        file = f"{part}-{secrets.token_hex(8)}.parquet"
        with self._faults(table_name):
            self._files.create_dir(folder, recursive=True)
            try:
                written = self._write_file(f"{folder}/{file}", table, kinds)
                self._count(table_name, table.schema, Part(part, file, table.num_rows, *written))
            except BaseException:
                with suppress(OSError):
                    self._files.delete_file(f"{folder}/{file}")
                raise

    def dataset(self, table_name: str) -> pads.Dataset:
        """Return a table, to be scanned by Arrow or registered in DuckDB; it is read when asked.

        Columns whose keys are not given to this reader are not among its columns: Arrow ends the
        whole process when a filter names one that it cannot decrypt. Every part must be there, with
        the size and the footer that the manifest names; whether each page is as it was written is
        told by its own tag when it is read.

        Parameters
        ----------
        table_name : str
            One of :meth:`tables`.

        Returns
        -------
        pyarrow.dataset.Dataset
            What it cannot open when it is scanned it tells in words of Arrow: :meth:`read` and
            :func:`salus.data.lake.query.query` tell it as advice.

        Raises
        ------
        InputError
            If there is no such table, or it was written with other keys.
        MismatchError
            Naming every part that is missing or was altered.
        """
        with self._faults(table_name):
            manifest = self._manifest(table_name)
            self._refuse_damaged(table_name, manifest, whole=False)
            options = pads.ParquetFragmentScanOptions(decryption_config=self._encryption.reading())
            format_ = pads.ParquetFileFormat(default_fragment_scan_options=options)
            paths = [f"{self._folder(table_name)}/{part.file}" for part in manifest.parts]
            return LakeDataset(
                [format_.make_fragment(path, filesystem=self._files) for path in paths],
                pa.schema([item for item, seen in self._seen(manifest) if seen]),
                format_,
                self._files,
            )

    def read(
        self,
        table_name: str,
        columns: Sequence[str] | None = None,
        where: pads.Expression | None = None,
    ) -> pa.Table:
        """Read a table, or some of it.

        Parameters
        ----------
        table_name : str
            One of :meth:`tables`.
        columns : sequence of str, optional
            All that this reader has the keys of when not given.
        where : pyarrow.dataset.Expression, optional
            Which rows.

        Returns
        -------
        pyarrow.Table

        Raises
        ------
        InputError
            If there is no such table, or it was written with other keys.
        MismatchError
            Naming every part that is missing or was altered.
        ForbiddenError
            If the key of a column is not given to this reader.
        EnvironmentFaultError
            If a part was written anew while it was read, or the place cannot be read.
        """
        with self.advised(table_name):
            dataset = self.dataset(table_name)
            try:
                chosen = None if columns is None else [*columns]
                return dataset.to_table(columns=chosen, filter=where)
            except pa.ArrowInvalid as error:
                self.refuse_unseen(table_name, str(error))
                raise

    def verify(self, table_name: str) -> int:
        """Read every byte of a table, and hold it against the manifest.

        Parameters
        ----------
        table_name : str
            One of :meth:`tables`.

        Returns
        -------
        int
            Parts that were checked.

        Raises
        ------
        InputError
            If there is no such table, or it was written with other keys.
        MismatchError
            Naming every part that is missing or was altered.
        """
        with self._faults(table_name):
            manifest = self._manifest(table_name)
            self._refuse_damaged(table_name, manifest, whole=True)
        return len(manifest.parts)

    def delete(self, table_name: str) -> None:
        """Delete a table with all its parts; nothing happens where there is none.

        Raises
        ------
        EnvironmentFaultError
            If the place cannot be written.
        """
        folder = self._folder(table_name)
        with self._faults(table_name), suppress(FileNotFoundError):
            # What is left of a deletion that is interrupted is no table any more.
            self._files.delete_file(f"{folder}/{MANIFEST}")
            self._files.delete_dir(folder)

    @contextmanager
    def advised(self, *table_names: str) -> Iterator[None]:
        """Turn what cannot be opened while tables are scanned into advice.

        Parameters
        ----------
        *table_names : str
            Tables that are scanned.

        Raises
        ------
        SalusError
            The refusal of a key, or else a :class:`~salus.core.errors.MismatchError` that names
            the parts that are missing or were altered, or else an
            :class:`~salus.core.errors.EnvironmentFaultError`: a part was written anew meanwhile,
            or its place is gone.
        """
        self._encryption.refusal()
        try:
            yield
        except OSError as error:
            refusal = self._encryption.refusal()
            if refusal:
                raise refusal from None
            for name in table_names:
                self.verify(name)
            raise EnvironmentFaultError(self._unusable(", ".join(table_names), error)) from error

    def refuse_unseen(self, table_name: str, said: str) -> None:
        """Say that a column is there, but its key is not given to this reader.

        Parameters
        ----------
        table_name : str
            One of :meth:`tables`.
        said : str
            What was asked, or how it was refused.

        Raises
        ------
        ForbiddenError
            If it names such a column.
        """
        words = set(COLUMN.findall(said))
        unseen = [item for item, seen in self._seen(self._manifest(table_name)) if not seen]
        faults = Faults()
        for item in unseen:
            if item.name in words:
                what = say(
                    "the keys of this class are not given to this reader: {kind}", kind=_kind(item)
                )
                remedy = say("leave these columns out, or ask the person who keeps the keys")
                faults.add(what, Where(table_name, column=item.name), remedy)
        faults.stop(ForbiddenError)

    def _seen(self, manifest: Manifest) -> list[tuple[pa.Field, bool]]:
        return [(item, self._may(_kind(item))) for item in manifest.schema]

    def _may(self, kind: Sensitivity) -> bool:
        try:
            self._keys.newest(kind)
        except ForbiddenError:
            return False
        return True

    def _folder(self, table_name: str) -> str:
        return f"{self._root}/{_named(table_name)}"

    def _write_file(
        self, path: str, table: pa.Table, kinds: Sequence[tuple[str, Sensitivity]]
    ) -> tuple[int, str, str]:
        with self._files.open_output_stream(path) as stream:
            hashing = HashingStream(stream)
            with pq.ParquetWriter(
                hashing,
                table.schema,
                compression="zstd",
                encryption_properties=self._encryption.writing(kinds),
            ) as writer:
                writer.write_table(table, row_group_size=GROUP)
        safe(self._files, path)
        return hashing.size, hashing.sha256, footer_digest(self._files, path, hashing.size)

    def _count(self, table_name: str, schema: pa.Schema, part: Part) -> None:
        folder = self._folder(table_name)
        with alone(self._files, folder):
            manifest = self._found(table_name) or Manifest(schema)
            if not manifest.schema.equals(schema, check_metadata=True):
                what = say("this part has other columns than the table in the lake")
                remedy = say("bring it into the schema of the table, or write another table")
                raise InputError(Fault(what, Where(table_name), remedy))
            before = manifest.part(part.name)
            document = write_manifest(manifest.with_part(part))
            sealed = self._keys.seal(Sensitivity.PLAIN, document, bound_to=_bound(table_name))
            replace_file(self._files, f"{folder}/{MANIFEST}", sealed)
        if before:
            self._files.delete_file(f"{folder}/{before.file}")

    def _found(self, table_name: str) -> Manifest | None:
        try:
            with self._files.open_input_stream(f"{self._folder(table_name)}/{MANIFEST}") as stream:
                sealed = stream.read()
        except FileNotFoundError:
            return None
        bound_to = _bound(table_name)
        return read_manifest(self._keys.open(Sensitivity.PLAIN, sealed, bound_to=bound_to))

    def _manifest(self, table_name: str) -> Manifest:
        manifest = self._found(table_name)
        if manifest is None:
            what = say("there is no such table in the lake")
            remedy = say("use one of: {names}", names=", ".join(self.tables()) or "-")
            raise InputError(Fault(what, Where(table_name), remedy))
        return manifest

    def _refuse_damaged(self, table_name: str, manifest: Manifest, *, whole: bool) -> None:
        faults, folder = Faults(), self._folder(table_name)
        paths = [f"{folder}/{part.file}" for part in manifest.parts]
        for part, info in zip(manifest.parts, self._files.get_file_info(paths), strict=True):
            where = Where(info.path)
            if not info.is_file:
                remedy = say("put a copy back, or load the export again with --force")
                faults.add(say("a part of the table is missing"), where, remedy)
            elif info.size != part.size or not self._same(info.path, part, whole=whole):
                remedy = say("put a genuine copy back, or load the export again with --force")
                faults.add(say("a part of the table was altered"), where, remedy)
        faults.stop(MismatchError)

    def _same(self, path: str, part: Part, *, whole: bool) -> bool:
        if whole:
            return digest(self._files, path) == part.sha256
        return footer_digest(self._files, path, part.size) == part.footer

    @contextmanager
    def _faults(self, table_name: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise EnvironmentFaultError(self._unusable(table_name, error)) from error

    def _unusable(self, table_name: str, error: OSError) -> Fault:
        what = say("the lake cannot be read or written")
        remedy = say("try again, or see whether the setting lake names a place you may use")
        return Fault(what, Where(f"{self._root}/{table_name}"), remedy, error.strerror)


def joined(lakes: Sequence[Lake], table_name: str) -> pads.Dataset:
    """Return a table whose parts lie in several lakes, as one.

    Parameters
    ----------
    lakes : sequence of Lake
        On one file system or on several; each has parts of the table.
    table_name : str
        One of the tables of each.

    Returns
    -------
    pyarrow.dataset.Dataset

    Raises
    ------
    InputError
        If one of the lakes has no such table, or was written with other keys.
    MismatchError
        Naming every part that is missing or was altered.
    """
    datasets = [lake.dataset(table_name) for lake in lakes]
    return JoinedDataset(datasets[0].schema, datasets)


def _kinds(schema: pa.Schema) -> list[tuple[str, Sensitivity]]:
    found = []
    for item in schema:
        declared = (item.metadata or {}).get(b"sensitivity")
        # What Parquet does not find by its name it would leave in clear.
        if declared is None or item.type.num_fields or not COLUMN.fullmatch(item.name):
            message = f"each column must be flat and declare its sensitivity, but {item.name!r} not"
            raise ValueError(message)
        found.append((item.name, _kind(item)))
    return found


def _kind(item: pa.Field) -> Sensitivity:
    return Sensitivity(item.metadata[b"sensitivity"].decode())


def _named(name: str) -> str:
    if not NAME.fullmatch(name):
        message = f"a name must be of letters, digits, '_', '=' and '-', but is {name!r}"
        raise ValueError(message)
    return name


def _bound(table_name: str) -> str:
    return f"manifest of {table_name}"
