"""The files of a FHIR export: bundles and resources in JSON, bulk data in NDJSON, also gzipped.

A JSON file is whole or refused. An NDJSON file is read line by line, and a line that is no JSON is
faulty by itself.
"""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from salus.core.canonical import digest_file
from salus.core.errors import Fault, Faults, InputError, Where
from salus.core.messages import Message, say
from salus.data.fhir.json_text import parsed, written
from salus.data.fhir.keys import Keys, aliases
from salus.data.fhir.reason import Reason
from salus.data.fhir.types import RESOURCE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    Item: TypeAlias = "tuple[int, object, Keys]"

LINES = (".ndjson", ".jsonl")
WHOLE = (".json",)
ZIPPED = ".gz"
BOM = b"\xef\xbb\xbf"
LONGEST_LINE = 64 * 2**20
"""Bytes of a line; a longer one is no resource, and is passed over without being held."""
LARGEST_FILE = 2**30
"""Bytes of a bundle; larger ones are to be exported as NDJSON, which needs no memory."""
BULK_NAME = re.compile(r"([A-Z][A-Za-z]+)(\.\d+)?\.(?:ndjson|jsonl)(\.gz)?")
LOG = "log.ndjson"
"""What the client of a bulk export calls its log; what holds a resource is none."""
NO_KEYS = Keys()


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that is no resource.

    Parameters
    ----------
    reason : Reason
        Why.
    original : str
        What stands there; empty where it is too large to be kept.
    """

    reason: Reason
    original: str


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of an export.

    Parameters
    ----------
    number : int
        Its place among the files in the order of their names, from 1.
    path : Path
        Where it is.
    name : str
        Its name below the folder; it may be that of a patient.
    sha256 : str
        Its content, in hexadecimal.
    stamp : tuple of (int, int)
        Its size in bytes, and when it was last written, in nanoseconds.
    """

    number: int
    path: Path
    name: str
    sha256: str
    stamp: tuple[int, int] = (0, 0)

    @property
    def shown(self) -> str | Message:
        """Name it where a patient must not be named: in full only where its name is of bulk data.

        A name of bulk data begins with a type of resource; any other word may be a family name.

        Examples
        --------
        >>> from pathlib import Path
        >>> ExportFile(1, Path("x"), "Patient.000.ndjson", "ab").shown
        'Patient.000.ndjson'
        >>> str(ExportFile(7, Path("x"), "Jane_Roe.json", "8d969eef6ecad3c2").shown)
        'file 7 (sha256 8d969eef6ecad3c2)'
        """
        bulk = BULK_NAME.fullmatch(self.name)
        if bulk and bulk[1] in RESOURCE_TYPES:
            return self.name
        return say("file {number} (sha256 {digest})", number=self.number, digest=self.sha256[:16])


def export_files(path: Path) -> tuple[tuple[ExportFile, ...], int]:
    """List the files of an export, each with its digest, and count those that are passed over.

    Parameters
    ----------
    path : Path
        A file, or a folder that is searched to its depth; hidden files are not seen.

    Returns
    -------
    tuple of (tuple of ExportFile, int)
        In the order of their names; files of other endings, and the log that a bulk export writes
        beside its files, are counted.

    Raises
    ------
    InputError
        If there is nothing to read, or it cannot be read.
    """
    where = Where(say("the export"))
    if not path.exists():
        what, remedy = say("there is no such file or folder"), say("check the path")
        raise InputError(Fault(what, where, remedy))
    root = path if path.is_dir() else path.parent
    try:
        every = sorted(_below(path)) if path.is_dir() else [path]
        ours = [each for each in every if _ending(each) in {*LINES, *WHOLE} and not _is_log(each)]
        if not ours:
            what = say("there is no file of FHIR here")
            remedy = say("name a folder with files in {endings}", endings=(*WHOLE, *LINES))
            raise InputError(Fault(what, where, remedy))
        found = tuple(
            ExportFile(
                number, each, each.relative_to(root).as_posix(), digest_file(each), _stamp(each)
            )
            for number, each in enumerate(ours, 1)
        )
    except OSError as error:
        what, remedy = say("a file cannot be read"), say("allow this account to read it")
        raise InputError(Fault(what, where, remedy, error.strerror)) from None
    return found, len(every) - len(ours)


def items(file: ExportFile) -> Iterator[Item]:
    """Walk the resources of a file, each with its position and the keys of its document.

    Parameters
    ----------
    file : ExportFile
        Which file.

    Yields
    ------
    tuple of (int, object, Keys)
        Line or entry from 1; what was parsed there, or :class:`Unread`.

    Raises
    ------
    InputError
        If a JSON file is not whole, or a gzip is broken.
    """
    try:
        with _opened(file.path) as stream:
            yield from (_lines(stream) if _ending(file.path) in LINES else _whole(stream, file))
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise InputError(_broken(file)) from None
    except OSError as error:
        what, remedy = say("a file cannot be read"), say("allow this account to read it")
        raise InputError(Fault(what, Where(file.shown), remedy, error.strerror)) from None


def refuse_changed(files: Iterable[ExportFile]) -> None:
    """Refuse an export that was written while it was read: its digest would name something else.

    Parameters
    ----------
    files : iterable of ExportFile
        What was read.

    Raises
    ------
    InputError
        With a fault for each file that changed or is gone.
    """
    faults = Faults()
    for each in files:
        if not each.path.exists() or _stamp(each.path) != each.stamp:
            what = say("the file changed while it was in use")
            faults.add(what, Where(each.shown), say("run again"))
    faults.stop()


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _below(folder: Path) -> Iterator[Path]:
    for each in folder.rglob("*"):
        below = each.relative_to(folder).parts
        if each.is_file() and not any(part.startswith(".") for part in below):
            yield each


def _ending(path: Path) -> str:
    name = path.name.lower().removesuffix(ZIPPED)
    return name[name.rfind(".") :] if "." in name else ""


def _is_log(path: Path) -> bool:
    if path.name.lower().removesuffix(ZIPPED) != LOG:
        return False
    lines = items(ExportFile(0, path, path.name, ""))
    return not any(type(each) is dict and "resourceType" in each for _, each, _ in lines)


def _opened(path: Path) -> BinaryIO:
    if path.name.lower().endswith(ZIPPED):
        return gzip.open(path, "rb")  # type: ignore[return-value]  # it reads bytes as others do
    return path.open("rb")


def _whole(stream: BinaryIO, file: ExportFile) -> Iterator[Item]:
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        what = say("the file is larger than {most:,} bytes", most=LARGEST_FILE)
        raise InputError(Fault(what, Where(file.shown), say("export it as NDJSON")))
    try:
        found = parsed(content.removeprefix(BOM))
    except ValueError:
        raise InputError(_broken(file)) from None
    if type(found) is not dict or found.get("resourceType") != "Bundle":
        yield 1, found, NO_KEYS
        return
    yield from _entries(found)


def _entries(bundle: dict[str, object]) -> Iterator[Item]:
    entries = bundle.get("entry", [])
    if type(entries) is not list:
        yield 0, Unread(Reason.WRONG_TYPE, ""), NO_KEYS
        return
    whole = [each if type(each) is dict else {} for each in entries]
    keys = Keys(aliases(whole))
    for position, each in enumerate(entries, 1):
        if type(each) is not dict or "resource" not in each:
            yield position, Unread(Reason.MISSING, written(each)), keys
            continue
        resource, address = each["resource"], each.get("fullUrl")
        if type(resource) is dict and "id" not in resource and type(address) is str:
            resource = {**resource, "id": keys.of(address)}  # named by its address alone
        yield position, resource, keys


def _lines(stream: BinaryIO) -> Iterator[Item]:
    position = 0
    while line := stream.readline(LONGEST_LINE + 1):
        position += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            yield position, Unread(Reason.TOO_LARGE, ""), NO_KEYS
            continue
        line = (line.removeprefix(BOM) if position == 1 else line).strip()
        if not line:
            continue
        try:
            found = parsed(line)
        except ValueError:
            yield position, Unread(Reason.NOT_JSON, line.decode("utf-8", "replace")), NO_KEYS
            continue
        yield position, found, NO_KEYS


def _broken(file: ExportFile) -> Fault:
    what = say("the file is no whole JSON in UTF-8: it is empty, truncated or something else")
    remedy = say("export it again; lines of JSON belong into a file that ends in .ndjson")
    return Fault(what, Where(file.shown), remedy)
