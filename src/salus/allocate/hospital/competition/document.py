"""The object that a JSON file holds, or what is wrong with the file."""

from __future__ import annotations

import errno
import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.files import read_whole
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salus.core.canonical import Json
    from salus.core.messages import Message

SHOWN = 40
"""No more of a wrong value is shown."""
PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd")
"""How files of gzip, zip, bzip2, xz and zstd begin."""
NAME = say("name a file of the competition")
_SURROGATE = re.compile(rb"\\ud[89a-f]", re.IGNORECASE)


def json_of(path: Path, meant: Message = NAME) -> dict[str, Json]:
    """Read the object that a JSON file holds.

    Parameters
    ----------
    path : Path
        The file.
    meant : Message
        What to name instead of a file that is none such.

    Returns
    -------
    dict

    Raises
    ------
    InputError
        If there is no such file, it is no text, or no whole JSON; its line and column are named.
        If texts hold half of a pair of surrogates, or fields stand in an object twice; their paths
        are named.
    """
    try:
        written = read_whole(path)
    except OSError as error:
        what, remedy = say("this file cannot be read"), say("name a file that is there")
        if isinstance(error, PermissionError):
            remedy = say("allow reading it, or put a readable file there")
        elif error.errno == errno.EFBIG:
            remedy = meant
        raise InputError(Fault(what, Where(str(path)), remedy, error.strerror)) from error
    try:
        text, twice = written.decode("utf-8-sig"), _Twice()
        document = json.loads(text, object_pairs_hook=twice)
    except json.JSONDecodeError as error:
        what, remedy = say("the JSON is cut off or damaged"), say("fetch it again, or mend it here")
        raise InputError(
            Fault(what, Where(path.name, error.lineno, str(error.colno)), remedy)
        ) from error
    except (ValueError, RecursionError) as error:
        what, remedy = _unread(written, error, meant)
        raise InputError(Fault(what, Where(path.name), remedy)) from error
    if not isinstance(document, dict):
        what = say("this is no JSON object")
        raise InputError(Fault(what, Where(path.name), meant, shown(document)))
    if _SURROGATE.search(written) and (torn := _torn(document)):
        what, remedy = (
            say("half of a character stands here, a surrogate without its other"),
            say("write the whole character, or leave it out"),
        )
        raise InputError(*(Fault(what, Where(path.name, column=at), remedy) for at in torn))
    if twice.found:
        what, remedy = say("this field stands here twice"), say("keep one of them")
        doubled = twice.paths(document)
        raise InputError(*(Fault(what, Where(path.name, column=at), remedy) for at in doubled))
    return document


class _Twice:
    """Makes the objects of a document, and remembers the fields that stand in one twice."""

    def __init__(self) -> None:
        self.found: list[tuple[dict[str, Json], list[str]]] = []

    def __call__(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        row = dict(pairs)
        if len(row) < len(pairs):
            count = Counter(key for key, _ in pairs)
            self.found.append((row, [key for key, times in count.items() if times > 1]))
        return row

    def paths(self, document: Json) -> list[str]:
        names = {id(row): doubled for row, doubled in self.found}
        return [
            f"{at}.{name}".lstrip(".")
            for at, value in _values(document)
            for name in names.get(id(value), ())
        ]


def _torn(document: Json) -> list[str]:
    """Find the texts and the names of fields that no file in UTF-8 can hold."""
    found = list[str]()
    for at, value in _values(document):
        if isinstance(value, str) and _escaped(value) != value:
            found.append(at)
        elif isinstance(value, dict):
            torn = (_escaped(key) for key in value if _escaped(key) != key)
            found += [f"{at}.{key}".lstrip(".") for key in torn]
    return found


def _values(document: Json) -> Iterator[tuple[str, Json]]:
    """Go through all that a document holds, from the outside in, each with its path."""
    todo: list[tuple[str, Json]] = [("", document)]
    for at, value in todo:
        yield at, value
        if isinstance(value, list):
            todo += [(f"{at}[{index}]", each) for index, each in enumerate(value)]
        elif isinstance(value, dict):
            todo += [(f"{at}.{_escaped(key)}".lstrip("."), each) for key, each in value.items()]


def _escaped(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _unread(written: bytes, error: Exception, meant: Message) -> tuple[Message, Message]:
    if written.startswith(PACKED):
        return say("this file is packed"), say("unpack it, and name what was in it")
    if isinstance(error, UnicodeDecodeError):
        return say("this is no text in UTF-8"), meant
    if isinstance(error, RecursionError):
        return say("this JSON is nested too deeply"), meant
    return say("a number in this JSON has too many digits"), say("write a shorter number")


def shown(value: Json) -> str:
    """Write a wrong value, or its beginning, as JSON does.

    Examples
    --------
    >>> shown(True), shown("three")
    ('true', '"three"')
    """
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
