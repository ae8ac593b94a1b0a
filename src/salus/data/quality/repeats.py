"""Rows that say again what an earlier row has said, or use its key."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.core.messages import say
from salus.data.quality.rule import Done, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.domain.records.table import StandardTable

MOST_RUNS = 1_000
AGAIN = say("The row says the same as an earlier one.")
OTHER = say("The row has the key of an earlier one and says something else.")


def without_repeats(table: pa.Table, kind: StandardTable) -> tuple[pa.Table, tuple[Finding, ...]]:
    """Keep the first row of each key.

    Rows that are the same in every column, and rows that share only the key, are listed apart. Of
    a device, the key is its source and the sequence number that it gave.

    Parameters
    ----------
    table : pyarrow.Table
        In the schema of its kind.
    kind : StandardTable
        Which standard table it is.

    Returns
    -------
    tuple of (pyarrow.Table, tuple of Finding)
        The rows that are kept, in their order, and what was left out.

    Examples
    --------
    >>> from salus.domain.records.person import PATIENT
    >>> rows = pa.table({"patient_id": ["P1", "P1"], "source": ["a", "a"]})
    >>> kept, (finding,) = without_repeats(PATIENT.take(rows), PATIENT)
    >>> kept.num_rows, finding.rule, finding.rows.to_pylist()
    (1, 'repeated_row', [{'patient_id': 'P1'}])
    """
    findings = []
    if not _unique(table, kind.key):
        for rule, sentence, columns in (
            ("repeated_row", AGAIN, table.column_names),
            ("repeated_key", OTHER, kind.key),
        ):
            later = _later(table, columns)
            rows = table.select(kind.key).filter(later)
            table = table.filter(pc.invert(later))
            if rows.num_rows:
                findings.append(Finding(rule, kind.name, sentence, Done.LEFT_OUT, rows))
    return table, tuple(findings)


def _unique(table: pa.Table, key: Sequence[str]) -> bool:
    if len(key) == 1 and _ascends(table[key[0]].combine_chunks()):
        return True
    groups = table.select(key).group_by(list(key), use_threads=False).aggregate([])
    return bool(groups.num_rows == table.num_rows)


def _ascends(keys: pa.Array) -> bool:
    """Tell whether keys come in a few ascending runs that do not overlap, as exports write them."""
    later, sooner = keys.slice(1), keys.slice(0, max(0, len(keys) - 1))
    falls = np.flatnonzero(pc.less_equal(later, sooner).to_numpy(zero_copy_only=False))
    if len(falls) > MOST_RUNS or not len(keys):
        return not len(keys)
    first = keys.take(pa.array([0, *(falls + 1)])).to_pylist()
    last = keys.take(pa.array([*falls, len(keys) - 1])).to_pylist()
    runs = sorted(zip(first, last, strict=True))
    return all(one[1] < other[0] for one, other in pairwise(runs))


def _later(table: pa.Table, columns: Sequence[str]) -> pa.Array:
    """Tell which rows repeat an earlier one in these columns."""
    # A name with a space can be no column of a standard table.
    numbered = table.select(columns).append_column(
        "row number", pa.array(np.arange(table.num_rows))
    )
    groups = numbered.group_by(list(columns), use_threads=False).aggregate([("row number", "min")])
    later = np.ones(table.num_rows, dtype=bool)
    later[groups["row number_min"].to_numpy()] = False
    return pa.array(later)
