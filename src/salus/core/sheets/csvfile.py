"""A CSV file as text: its encoding, its header, its rows with their line numbers."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import Where
from salus.core.files import read_whole
from salus.core.messages import say
from salus.core.names import harmless
from salus.core.sheets.keys import refuse_odd_key

if TYPE_CHECKING:
    from pathlib import Path

    from salus.core.errors import Faults
    from salus.core.sheets.column import Table

ENCODINGS = ("utf-8-sig", "gb18030")
_LETTER = re.compile(rb"(?<![\x80-\xff])[\xc0-\xff](?=[A-Za-z])")
"""A letter such as u with two dots, in Latin-1 and its like, before one of ASCII."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """The cells of a file before they are understood.

    Parameters
    ----------
    names : tuple of str
        Header: the names of known columns, other headers in small letters, made harmless.
    rows : tuple of int
        Line of each row; the header is line 1.
    cells : tuple of tuple of str
        The cells of each row, without white space around them.
    encoding : str
        How the file was read.
    """

    names: tuple[str, ...]
    rows: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]
    encoding: str

    def column(self, name: str) -> tuple[str, ...]:
        """Return the cells of a column; empty ones where the header does not have it."""
        if name not in self.names:
            return ("",) * len(self.rows)
        at = self.names.index(name)
        return tuple(row[at] for row in self.cells)


NO_TEXT = TextTable((), (), (), ENCODINGS[0])
"""A file that is not there, or cannot be read."""


def read_text_table(path: Path, table: Table, faults: Faults) -> TextTable:
    """Read a CSV file in UTF-8, with or without a byte order mark, or in GB18030.

    Parameters
    ----------
    path : Path
        An existing file.
    table : Table
        Whose columns and aliases the header is matched with.
    faults : Faults
        Gathers what is wrong with encoding, quotes, header and length of rows.

    Returns
    -------
    TextTable
        :data:`NO_TEXT` when nothing can be read. Rows of another length than the header are
        faults and not among the rows; lines without any content are no rows.
    """
    decoded = _decode(path, faults)
    if decoded is None:
        return NO_TEXT
    text, encoding = decoded
    lines = _lines(text, path.name, faults)
    if not lines:
        remedy = say("write a header and one line for each row")
        faults.add(say("the file is empty"), Where(path.name), remedy)
        return NO_TEXT
    names = _header(lines[0][1], table, faults)
    if not names:
        return NO_TEXT
    kept = _even(lines[1:], len(names), path.name, faults)
    return TextTable(names, tuple(n for n, _ in kept), tuple(c for _, c in kept), encoding)


def _decode(path: Path, faults: Faults) -> tuple[str, str] | None:
    try:
        content = read_whole(path)
    except OSError as error:
        what = say("the file cannot be read: {reason}", reason=error.strerror or "")
        faults.add(what, Where(path.name), say("allow reading it, or put a readable file there"))
        return None
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != ENCODINGS[0] and _western(content, text):
            break
        _refuse_zero_bytes(text, path.name, faults)
        return text.replace("\0", ""), encoding
    what = say("the file is neither UTF-8 nor GB18030 text")
    faults.add(what, Where(path.name), say("save it again as CSV in UTF-8"))
    return None


def _western(content: bytes, text: str) -> bool:
    """Tell words of one byte a letter, in which GB18030 finds signs of a letter and the next.

    In Chinese text nearly all signs are of two bytes that ASCII does not have.
    """
    signs = sum(not sign.isascii() for sign in text)
    return 2 * len(_LETTER.findall(content)) > signs


def _refuse_zero_bytes(text: str, file: str, faults: Faults) -> None:
    before, found, _ = text.partition("\0")
    if found:
        what = say(
            "the file holds zero bytes (0x00), which no text has: {count:,}",
            count=text.count(found),
        )
        row = before.count("\n") + before.replace("\r\n", "").count("\r") + 1
        remedy = say("remove them, from this row on, or save the file again as CSV in UTF-8")
        faults.add(what, Where(file, row), remedy)


def _lines(text: str, file: str, faults: Faults) -> list[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, start = [], 1
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                lines.append((start, stripped))
            start = reader.line_num + 1
    except csv.Error as error:
        what = say("the quotation marks do not match")
        if "field limit" in str(error):
            what = say("a cell has more than {most:,} signs", most=csv.field_size_limit())
        remedy = say('close each quoted cell, and write "" for a mark inside it')
        faults.add(what, Where(file, start), remedy)
    return lines


def _header(cells: tuple[str, ...], table: Table, faults: Faults) -> tuple[str, ...]:
    known = {
        alias: column.name for column in table.columns for alias in (column.name, *column.aliases)
    }
    plain = [cell.lower().replace(" ", "_") for cell in cells]
    names = tuple(known.get(name, harmless(name)) for name in plain)
    where = Where(table.file, 1)
    if len(cells) == 1 and any(mark in cells[0] for mark in ";\t|"):
        remedy = say("save the file with commas between the columns")
        faults.add(say("the columns are not separated by commas"), where, remedy, cells[0])
        return ()
    if table.others is not None:  # there each further header is a key
        for name in plain:
            refuse_odd_key(name, where, faults)
    _missing_and_double(names, table, faults)
    return names


def _missing_and_double(names: tuple[str, ...], table: Table, faults: Faults) -> None:
    for column in table.columns:
        where = Where(table.file, 1, column.name)
        if column.needed and column.name not in names:
            remedy = say(
                "add a column {column}: {meaning}", column=column.name, meaning=column.meaning
            )
            faults.add(say("the column is missing"), where, remedy)
    for name in dict.fromkeys(names):
        if name and names.count(name) > 1:
            remedy = say("keep one of the columns, or rename the others")
            faults.add(say("the column stands there twice"), Where(table.file, 1, name), remedy)


def _even(
    lines: list[tuple[int, tuple[str, ...]]], width: int, file: str, faults: Faults
) -> list[tuple[int, tuple[str, ...]]]:
    for row, cells in lines:
        if len(cells) != width:
            what = say(
                "the row has {found} cells, but the header has {width}",
                found=len(cells),
                width=width,
            )
            remedy = say("add or remove commas, and quote a cell that holds a comma")
            faults.add(what, Where(file, row), remedy)
    return [line for line in lines if len(line[1]) == width]
