"""The features as data: what each means, where it is read, in which unit, for how long it holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from salus.core.errors import Faults, Where
from salus.core.messages import Message, say
from salus.domain.records.catalogue import TABLES
from salus.treat.feature import Kind
from salus.treat.sheets import Sheet

if TYPE_CHECKING:
    from salus.treat.features import FeatureSpec

AS_MEASURED = "as measured"
"""The unit of a kind whose features each have their own."""

COLUMNS_READ = ("code", "detail", "value", "dated", "ends")
COLUMNS = pa.schema(
    [
        pa.field("feature", pa.string()),
        pa.field("name", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("meaning", pa.string()),
        pa.field("unit", pa.string()),
        pa.field("table", pa.string()),
        pa.field("code", pa.string()),
        pa.field("finding", pa.string()),
        pa.field("window_days", pa.float64()),
    ]
)


class Absent(StrEnum):
    """What a feature is where nothing is on record."""

    UNKNOWN = "unknown"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class KindRecord:
    """What a kind of features is.

    Parameters
    ----------
    kind : Kind
        Which.
    name : Message
        Name for people.
    meaning : str
        What the number says, in English.
    table : str
        Standard table it is read from.
    code, detail, value, dated, ends : str
        Columns of that table: what a row is of, what parts rows of one code, what the row says,
        when it became known, and when it ceased; empty where there is none.
    unit : str
        UCUM, or ``as measured``.
    window : bool
        Whether rows older than the window count as not known.
    absent : Absent
        What the feature is without a row.
    """

    kind: Kind
    name: Message
    meaning: str
    table: str
    code: str
    detail: str
    value: str
    dated: str
    ends: str
    unit: str
    window: bool
    absent: Absent


@cache
def packaged_kinds() -> tuple[KindRecord, ...]:
    """Read the kinds that ship with the package.

    Examples
    --------
    >>> [each.kind.value for each in packaged_kinds()][:4]
    ['age', 'sex', 'contacts', 'value']
    """
    return read_kinds(Path(str(files("salus.treat"))) / "catalogue.toml")


def read_kinds(path: Path) -> tuple[KindRecord, ...]:
    """Read what the kinds of features are.

    Parameters
    ----------
    path : Path
        A TOML file.

    Returns
    -------
    tuple of KindRecord
        In the order of the file.

    Raises
    ------
    InputError
        With every entry that does not fit, every table or column that does not exist, and every
        kind that is missing.
    """
    faults = Faults()
    kinds = tuple(map(_kind, Sheet.read(path, faults).tables("kind")))
    for each in kinds:
        known = {field.name for field in TABLES[each.table].fields} if each.table in TABLES else ()
        used = (each.code, each.detail, each.value, each.dated, each.ends)
        for column in (name for name in used if name and name not in known):
            remedy = say("name a standard table and its columns")
            what = say("no such column in a standard table")
            faults.add(what, Where(path.name, column=each.kind.value), remedy, column)
    for kind in sorted(set(Kind) - {each.kind for each in kinds}):
        faults.add(
            say("a kind of features is not described"), Where(path.name), say("add it"), kind
        )
    faults.stop()
    return kinds


def feature_table(spec: FeatureSpec) -> pa.Table:
    """Lay out the features that were learned, for people and programs.

    Parameters
    ----------
    spec : FeatureSpec
        Which features.

    Returns
    -------
    pyarrow.Table
        One row for each feature, in their order: its key, name and kind, what it means, its unit
        (UCUM), the standard table and the code it is read from, the words of a finding, and the
        window in days, null where it holds for good.
    """
    kinds = {each.kind: each for each in packaged_kinds()}
    rows = []
    for feature in spec.features:
        of = kinds[feature.kind]
        rows.append(
            {
                "feature": feature.name,
                "name": str(feature.label),
                "kind": feature.kind.value,
                "meaning": of.meaning,
                "unit": feature.detail or "1" if of.unit == AS_MEASURED else of.unit,
                "table": of.table,
                "code": feature.code or None,
                "finding": feature.detail if feature.kind is Kind.TEXT else None,
                "window_days": spec.params.window_days if of.window else None,
            }
        )
    return pa.Table.from_pylist(rows, COLUMNS)


def _kind(sheet: Sheet) -> KindRecord:
    sheet.only("key", "name", "meaning", "table", *COLUMNS_READ, "unit", "window", "absent")
    code, detail, value, dated, ends = (
        sheet.text(name) if name in sheet.entries else "" for name in COLUMNS_READ
    )
    return KindRecord(
        sheet.choice("key", Kind),
        Message(sheet.text("name")),
        sheet.text("meaning"),
        sheet.text("table"),
        code,
        detail,
        value,
        dated,
        ends,
        sheet.text("unit"),
        sheet.flag("window"),
        sheet.choice("absent", Absent),
    )
