"""What the guard is told of a patient: medicines that are taken, allergies, and genes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.treat.genes.results import GENE_TESTS
from salus.treat.moments import Moment, moment_table
from salus.treat.past import courses, standard_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, order=True)
class Coded:
    """A code as a source wrote it.

    Parameters
    ----------
    code : str
        The code.
    display : str
        What it means, in words of the source; may be empty.
    """

    code: str
    display: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a patient takes and does not tolerate.

    Parameters
    ----------
    medicines : tuple of Coded
        Taken at the moment.
    allergies : tuple of Coded
        Known at the moment; those without a date are held to be known.
    genes : tuple of Coded
        Results of gene tests known at the moment: LOINC, and what was found in words.
    """

    medicines: tuple[Coded, ...] = ()
    allergies: tuple[Coded, ...] = ()
    genes: tuple[Coded, ...] = ()


def records(
    tables: Mapping[str, pa.Table], moments: pa.Table | Sequence[Moment]
) -> tuple[Record, ...]:
    """Read what each patient took and did not tolerate at each moment.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name; ``medication``, ``allergy`` and ``observation`` are read.
    moments : pyarrow.Table or sequence of Moment
        Whose record, as of when.

    Returns
    -------
    tuple of Record
        One for each moment, in their order.

    Raises
    ------
    InputError
        If a table does not have its standard columns.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> row = {"allergy_id": ["a"], "patient_id": ["p"], "code": ["J01C"], "source": ["s"]}
    >>> records({"allergy": pa.table(row)}, [Moment("p", datetime(2026, 1, 1, tzinfo=UTC))])
    (Record(medicines=(), allergies=(Coded(code='J01C', display=''),), genes=()),)
    """
    keys = moment_table(moments)
    people = pc.unique(keys["patient_id"])
    medicines = _by_person(courses(standard_rows(tables, "medication", people)), len(people))
    allergies = _by_person(standard_rows(tables, "allergy", people), len(people))
    genes = _by_person(_gene_tests(tables, people), len(people))
    whose = pc.index_in(keys["patient_id"], value_set=people).to_pylist()
    return tuple(
        Record(
            _taken(medicines[person], at), _known(allergies[person], at), _found(genes[person], at)
        )
        for person, at in zip(whose, keys["at"], strict=True)
    )


def _gene_tests(tables: Mapping[str, pa.Table], people: pa.Array) -> pa.Table:
    # Of millions of observations a few are of genes; the others are not looked at twice.
    codes = pa.array(sorted(GENE_TESTS))
    some = {
        name: table.filter(pc.is_in(table["code"], value_set=codes))
        for name, table in tables.items()
        if name == "observation"
    }
    return standard_rows(some, "observation", people)


def _found(rows: pa.Table, at: pa.Scalar) -> tuple[Coded, ...]:
    kept = rows.filter(
        pc.and_(pc.is_valid(rows["value_text"]), pc.less_equal(rows["observed_at"], at))
    )
    pairs = zip(kept["code"].to_pylist(), kept["value_text"].to_pylist(), strict=True)
    return tuple(sorted({Coded(code, words) for code, words in pairs}))


def _by_person(rows: pa.Table, people: int) -> list[pa.Table]:
    rows = rows.sort_by("whose")
    cuts = np.searchsorted(rows["whose"].to_numpy(), np.arange(people + 1))
    return [rows.slice(low, high - low) for low, high in pairwise(cuts)]


def _taken(rows: pa.Table, at: pa.Scalar) -> tuple[Coded, ...]:
    ended = pc.fill_null(pc.less_equal(rows["ended_at"], at), fill_value=False)
    return _coded(rows.filter(pc.and_not(pc.less_equal(rows["started_at"], at), ended)))


def _known(rows: pa.Table, at: pa.Scalar) -> tuple[Coded, ...]:
    return _coded(
        rows.filter(pc.fill_null(pc.less_equal(rows["recorded_at"], at), fill_value=True))
    )


def _coded(rows: pa.Table) -> tuple[Coded, ...]:
    pairs = zip(rows["code"].to_pylist(), rows["display"].to_pylist(), strict=True)
    return tuple(sorted({Coded(code, display or "") for code, display in pairs}))
