"""What is best known of a person who is registered several times, and one key for all of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.data.linkage.linkage import Linkage

    Row = dict[str, Any]

KEY = "patient_id"


def golden(patients: pa.Table, linkage: Linkage) -> pa.Table:
    """Write one row for each person.

    The row has the key of the earliest registration. Each field has the value that most
    registrations of the person give; among equally frequent ones that of the registration with
    most fields filled, and then that of the earliest. A missing value is never preferred.

    Parameters
    ----------
    patients : pyarrow.Table
        The register that was linked; it is not altered.
    linkage : Linkage
        Which registrations are of one person.

    Returns
    -------
    pyarrow.Table
        In the schema of the register; persons registered several times last.
    """
    joined = linkage.joined
    several = pa.concat_arrays(
        [joined["golden_id"].unique(), joined["patient_id"].combine_chunks()]
    )
    twice = pc.is_in(patients[KEY], several)
    persons: dict[str, list[Row]] = defaultdict(list)
    whose = dict(zip(*(joined[name].to_pylist() for name in joined.column_names), strict=True))
    for row in patients.filter(twice).to_pylist():
        persons[whose.get(row[KEY], row[KEY])].append(row)
    best = pa.Table.from_pylist([survivor(rows) for rows in persons.values()], patients.schema)
    return pa.concat_tables([patients.filter(pc.invert(twice)), best])


def survivor(rows: Sequence[Row]) -> Row:
    """Choose the value of each field among the registrations of one person.

    Parameters
    ----------
    rows : sequence of dict
        The registrations, the earliest first, all with the same fields.

    Returns
    -------
    dict
        One row with the key of the earliest.

    Examples
    --------
    >>> rows = [
    ...     {"patient_id": "P1", "phone": "1", "sex": None},
    ...     {"patient_id": "P2", "phone": "2", "sex": "male"},
    ... ]
    >>> survivor(rows)
    {'patient_id': 'P1', 'phone': '2', 'sex': 'male'}
    """
    fullest = sorted(rows, key=lambda row: sum(value is None for value in row.values()))
    return {field: _frequent([row[field] for row in fullest]) for field in rows[0]} | {
        KEY: rows[0][KEY]
    }


def _frequent(values: Sequence[Any]) -> Any:  # noqa: ANN401 - a field of any type
    # The sort above and the counter keep the order, so the first of equals wins.
    counted = Counter(value for value in values if value is not None).most_common(1)
    return counted[0][0] if counted else None


def under_golden(table: pa.Table, linkage: Linkage) -> pa.Table:
    """Put the key of the person in the place of the keys of the registrations.

    Parameters
    ----------
    table : pyarrow.Table
        Any table; one without a column ``patient_id`` comes back as it is.
    linkage : Linkage
        Which registrations are of one person.

    Returns
    -------
    pyarrow.Table
        The same rows in the same order and schema.
    """
    place = table.schema.get_field_index(KEY)
    if place < 0:
        return table
    joined, ids = linkage.joined, table[KEY]
    found = pc.index_in(ids, joined["patient_id"].combine_chunks())
    keys = pc.coalesce(joined["golden_id"].take(found), ids)
    return table.set_column(place, table.schema.field(place), keys)
