"""A file of a folder, understood: each column as texts, numbers or dates, each key checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import Where
from salus.core.messages import say
from salus.core.sheets.cells import NOTHING_KNOWN, Cells
from salus.core.sheets.column import Kind
from salus.core.sheets.csvfile import NO_TEXT, read_text_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from salus.core.errors import Faults
    from salus.core.sheets.column import Column, Table
    from salus.core.sheets.csvfile import TextTable


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The rows of one file, column by column.

    Parameters
    ----------
    table : Table
        What the columns mean.
    rows : tuple of int
        Line of each row; the header is line 1.
    texts : mapping of str to tuple of str
        Text columns; empty texts for a column that the file does not have.
    numbers : mapping of str to ndarray, shape (n_rows,)
        Number columns; NaN where nothing is known.
    dates : mapping of str to tuple of date or None
        Date columns.
    unread : tuple of str
        Headers that are not known.
    cleaned : tuple of (int, str)
        Row, from 0, and column of each text that is not as it was written.
    encoding : str
        How the file was read.
    """

    table: Table
    rows: tuple[int, ...]
    texts: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, NDArray[np.float64]]
    dates: Mapping[str, tuple[date | None, ...]]
    unread: tuple[str, ...]
    cleaned: tuple[tuple[int, str], ...]
    encoding: str

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def where(self, index: int, column: str | None = None) -> Where:
        """Return the place of a row, or of one of its cells, in the file."""
        return Where(self.table.file, self.rows[index], column)


def read_sheet(folder: Path, table: Table, faults: Faults) -> Sheet:
    """Read and check one file of a folder.

    Parameters
    ----------
    folder : Path
        Where the file is.
    table : Table
        Which file, and what its columns are.
    faults : Faults
        Gathers everything that is wrong with the file.

    Returns
    -------
    Sheet
        Without rows when there is no such file, or too little of it to go on.
    """
    path = folder / table.file
    if path.exists():
        text = _text_of(path, table, faults)
        sheet = _understood(text, table, faults)
        if _has_key(text.names, table):
            _refuse_doubles(sheet, text, faults)
        return sheet
    if table.needed:
        remedy = say("put this file into the folder; each row is {row}", row=table.meaning)
        faults.add(say("the file is missing"), Where(table.file), remedy)
    return _understood(NO_TEXT, table, faults)


def _text_of(path: Path, table: Table, faults: Faults) -> TextTable:
    before = len(faults)
    text = read_text_table(path, table, faults)
    if table.needed and not (text.rows or table.bare) and len(faults) == before:
        remedy = say("write at least one row; each is {row}", row=table.meaning)
        faults.add(say("the file has no rows"), Where(table.file), remedy)
    return text


def refuse_unknown_keys(sheet: Sheet, column: str, known: Collection[str], faults: Faults) -> None:
    """Gather a fault for each cell whose key is not listed where it should be.

    Parameters
    ----------
    sheet : Sheet
        The file that refers.
    column : str
        Column with the key.
    known : collection of str
        All keys that are listed.
    faults : Faults
        Gathers the unknown ones.
    """
    stated = sheet.table.column(column)
    for index, key in enumerate(sheet.texts[column]):
        if key and key not in known:
            remedy = say("list it in {file}, or correct the key", file=stated.refers)
            shown = None if stated.private else key
            faults.add(say("this key is not listed"), sheet.where(index, column), remedy, shown)


def _understood(text: TextTable, table: Table, faults: Faults) -> Sheet:
    columns = _columns(text.names, table)
    cells = {
        name: Cells(table.file, name, column, text.rows, text.column(name), faults)
        for name, column in columns.items()
    }
    texts = {name: cell.texts() for name, cell in cells.items() if cell.column.kind is Kind.TEXT}
    return Sheet(
        table,
        text.rows,
        texts,
        {name: cell.numbers() for name, cell in cells.items() if cell.column.kind is Kind.NUMBER},
        {name: cell.dates() for name, cell in cells.items() if cell.column.kind is Kind.DATE},
        tuple(name for name in dict.fromkeys(text.names) if name and name not in columns),
        tuple(_cleaned(cells, texts)),
        text.encoding,
    )


def _cleaned(
    cells: Mapping[str, Cells], texts: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    for name, read in texts.items():
        for index, (written, value) in enumerate(zip(cells[name].values, read, strict=True)):
            if written != value:
                yield index, name


def _columns(names: tuple[str, ...], table: Table) -> dict[str, Column]:
    """List the columns of the table, and any further one where it may have some.

    A column that the header lacks was refused once, not again for each empty cell; without a key,
    one of the further columns may be the key under another name.
    """
    columns = {
        column.name: column if column.name in names else replace(column, filled=False)
        for column in table.columns
    }
    if table.others is not None and _has_key(names, table):
        columns |= {name: table.others for name in names if name and name not in columns}
    return columns


def _has_key(names: tuple[str, ...], table: Table) -> bool:
    return all(name in names for name in table.key if table.column(name).needed)


def _refuse_doubles(sheet: Sheet, text: TextTable, faults: Faults) -> None:
    first: dict[tuple[str | date, ...], int] = {}
    parts = [_key_part(sheet, text, name) for name in sheet.table.key]
    for index, key in enumerate(zip(*parts, strict=True)):
        if first.setdefault(key, index) != index and _whole(key, sheet.table):
            what = say("this key stands already in row {row}", row=sheet.rows[first[key]])
            remedy = say("keep one of the two rows, or correct the key")
            value = ", ".join(str(part) for part in key if part)
            faults.add(what, sheet.where(index, sheet.table.key[-1]), remedy, value)


def _whole(key: tuple[str | date, ...], table: Table) -> bool:
    """Tell whether each part is filled that must be; an empty one was refused before."""
    parts = zip(key, table.key, strict=True)
    return all(part or not table.column(name).needed for part, name in parts)


def _key_part(sheet: Sheet, text: TextTable, name: str) -> tuple[str | date, ...]:
    """Return texts, numbers and dates; what was refused stays as it is written."""
    if name in sheet.texts:
        return sheet.texts[name]
    if name in sheet.numbers:
        both = zip(sheet.numbers[name], text.column(name), strict=True)
        return tuple(cell if np.isnan(number) else f"{number:g}" for number, cell in both)
    return tuple(
        day or ("" if cell.lower() in NOTHING_KNOWN else cell)
        for day, cell in zip(sheet.dates[name], text.column(name), strict=True)
    )
