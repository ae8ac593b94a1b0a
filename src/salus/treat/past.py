"""The rows of the people who are looked at, ready to be asked what was known at each moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.domain.records.catalogue import TABLES
from salus.treat.feature import Feature, Kind
from salus.treat.stream import JOINT, Stream, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Values = NDArray[np.float64]

DAY = 86_400_000_000
"""Microseconds of a day."""

YEAR_DAYS = 365.25
NAMED = pa.array(["84413-4"])
"""Codes of mere names, such as that of a genotype: hundreds, each rare. The guard reads them."""
UNREAD = {"system", "source", "category", "status", "address", "phone", "observation_id"}
"""Columns that nothing here reads; in a large city they would be copied for nothing."""
EVER = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What is on record about the people of some moments.

    Build it with :meth:`of`.

    Parameters
    ----------
    whose : ndarray of int, shape (n_moments,)
        Number of the person of each moment.
    at : ndarray of int, shape (n_moments,)
        The moments, microseconds.
    born : ndarray, shape (n_moments,)
        Day of birth, days since 1970; NaN where not known.
    sex : ndarray, shape (n_moments,)
        1 female, 0 male, NaN otherwise.
    contacts, values, texts, spoken, starts, ends, conditions, allergies : Stream
        The dated rows.
    """

    whose: Whole
    at: Whole
    born: Values
    sex: Values
    contacts: Stream
    values: Stream
    texts: Stream
    spoken: Stream
    starts: Stream
    ends: Stream
    conditions: Stream
    allergies: Stream

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table], moments: pa.Table) -> Past:
        """Gather the rows of the people of these moments.

        Parameters
        ----------
        tables : mapping of str to pyarrow.Table
            Standard tables by name; one that is missing has no rows.
        moments : pyarrow.Table
            As :func:`~salus.treat.moments.moment_table` makes them.

        Returns
        -------
        Past

        Raises
        ------
        InputError
            If a table does not have its standard columns.
        """
        people = pc.unique(moments["patient_id"])
        whose = pc.index_in(moments["patient_id"], value_set=people).to_numpy().astype(np.int64)
        born, sex = _person(tables, people)
        observation = standard_rows(tables, "observation", people)
        named = pc.is_in(observation["code"], value_set=NAMED)
        observation = observation.filter(pc.invert(named)) if pc.any(named).as_py() else observation
        medication = courses(standard_rows(tables, "medication", people))
        condition = standard_rows(tables, "condition", people)
        allergy = standard_rows(tables, "allergy", people)
        measured = observation.filter(pc.is_valid(observation["value"]))
        spoken = observation.filter(pc.is_valid(observation["value_text"]))
        return cls(
            whose,
            ticks(moments["at"]),
            born[whose],
            sex[whose],
            _contacts(standard_rows(tables, "encounter", people), len(people)),
            Stream.of(
                len(people),
                measured,
                _with_detail(measured, "unit"),
                "observed_at",
                measured["value"].to_numpy(),
            ),
            Stream.of(len(people), spoken, _with_detail(spoken, "value_text"), "observed_at"),
            Stream.of(len(people), spoken, spoken["code"], "observed_at"),
            Stream.of(len(people), medication, medication["code"], "started_at"),
            Stream.of(len(people), medication, medication["code"], "ended_at"),
            Stream.of(len(people), condition, category(condition["code"]), "recorded_at"),
            Stream.of(len(people), allergy, allergy["code"], "recorded_at"),
        )

    def candidates(self, fewest: int) -> Iterator[Feature]:
        """List every feature of which there are at least so many rows, at any time."""
        for kind, stream in (
            (Kind.VALUE, self.values),
            (Kind.FRESHNESS, self.values),
            (Kind.TEXT, self.texts),
            (Kind.MEDICINE, self.starts),
            (Kind.CONDITION, self.conditions),
            (Kind.ALLERGY, self.allergies),
            (Kind.CONTACTS, self.contacts),
        ):
            for key, place in stream.places.items():
                if stream.rows[place] >= fewest and key:
                    code, _, detail = key.partition(JOINT)
                    yield Feature(kind, code, detail, stream.words[place])

    def column(self, feature: Feature, window_days: float) -> Values:  # noqa: PLR0911 - one for each kind
        """Fill the column of a feature, shape (n_moments,), in the unit of its kind."""
        since = self.at - np.int64(window_days * DAY)
        ever = np.full_like(self.at, EVER)
        match feature.kind:
            case Kind.AGE:
                age = (self.at / DAY - self.born) / YEAR_DAYS
                return np.asarray(np.where(age >= 0, age, np.nan), dtype=np.float64)
            case Kind.SEX:
                return self.sex
            case Kind.CONTACTS:
                return self.contacts.count(feature.code, self.whose, since, self.at).astype(float)
            case Kind.VALUE:
                return self.values.latest(_key(feature), self.whose, self.at, since)[0]
            case Kind.FRESHNESS:
                when = self.values.latest(_key(feature), self.whose, self.at, since)[1]
                return np.asarray((self.at - when) / DAY, dtype=np.float64)
            case Kind.TEXT:
                this = self.texts.latest(_key(feature), self.whose, self.at, since)[1]
                last = self.spoken.latest(feature.code, self.whose, self.at, since)[1]
                return np.asarray(np.where(np.isnan(last), np.nan, this == last), dtype=np.float64)
            case Kind.MEDICINE:
                begun = self.starts.count(feature.code, self.whose, ever, self.at)
                ended = self.ends.count(feature.code, self.whose, ever, self.at)
                return np.minimum(begun - ended, 1.0)
            case Kind.CONDITION:
                return np.minimum(
                    self.conditions.count(feature.code, self.whose, ever, self.at), 1.0
                )
            case Kind.ALLERGY:
                return np.minimum(
                    self.allergies.count(feature.code, self.whose, ever, self.at), 1.0
                )


def category(codes: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cut codes at the dot: the category of an ICD-10 code; others have none and stay whole.

    Examples
    --------
    >>> category(pa.chunked_array([["E11.9", "38341003"]])).to_pylist()
    ['E11', '38341003']
    """
    return pc.replace_substring_regex(codes, r"\..*$", "")


def standard_rows(tables: Mapping[str, pa.Table], name: str, people: pa.Array) -> pa.Table:
    """Take the rows of some people from a standard table, with ``whose`` beside them.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name; one that is missing has no rows.
    name : str
        Name of the table.
    people : pyarrow.Array of str
        Pseudonyms; ``whose`` is the place in this array.

    Returns
    -------
    pyarrow.Table

    Raises
    ------
    InputError
        If the table does not have its standard columns.
    """
    standard = TABLES[name]
    table = standard.take(tables[name]) if name in tables else standard.schema().empty_table()
    whose = pc.index_in(table["patient_id"], value_set=people).cast(pa.int64())
    known = pc.is_valid(whose)
    read = [column for column in table.column_names if column not in UNREAD]
    return table.select(read).filter(known).append_column("whose", whose.filter(known))


def courses(medication: pa.Table) -> pa.Table:
    """Leave out courses without a start, and those that contradict themselves by ending before it.

    Examples
    --------
    >>> first, then = [pa.scalar(day, pa.timestamp("us", "UTC")) for day in (1, 2)]
    >>> rows = pa.table({"started_at": [first, then], "ended_at": [then, first]})
    >>> courses(rows).num_rows
    1
    """
    backward = pc.less(medication["ended_at"], medication["started_at"])
    kept = pc.invert(pc.fill_null(backward, fill_value=False))
    return medication.filter(pc.and_(pc.is_valid(medication["started_at"]), kept))


def _key(feature: Feature) -> str:
    return feature.code + JOINT + feature.detail


def _person(tables: Mapping[str, pa.Table], people: pa.Array) -> tuple[Values, Values]:
    rows = standard_rows(tables, "patient", people)
    numbers = {"female": 1.0, "male": 0.0}
    sex = np.array([numbers.get(each, np.nan) for each in rows["sex"].to_pylist()])
    born = rows["birth_date"].cast(pa.int32()).cast(pa.float64()).to_numpy()
    return _agreed(rows, born, len(people)), _agreed(rows, sex, len(people))


def _agreed(rows: pa.Table, said: Values, people: int) -> Values:
    # Fmin and fmax pass over what is not known; two rows that differ say nothing.
    low, high = np.full(people, np.nan), np.full(people, np.nan)
    np.fmin.at(low, rows["whose"].to_numpy(), said)
    np.fmax.at(high, rows["whose"].to_numpy(), said)
    return np.where(low == high, low, np.nan)


def _contacts(rows: pa.Table, people: int) -> Stream:
    # Each contact counts twice: under its class, and under no class for the count of all.
    every = pa.chunked_array([pa.array([""] * rows.num_rows, pa.string())])
    both = pa.concat_tables([rows, rows])
    key = pa.chunked_array([*rows["class"].chunks, *every.chunks], pa.string())
    return Stream.of(people, both, key, "started_at")


def _with_detail(rows: pa.Table, detail: str) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(rows["code"], pc.fill_null(rows[detail], ""), JOINT)
