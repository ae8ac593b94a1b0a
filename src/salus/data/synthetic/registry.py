"""The register of patients, with some of them registered twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.columns import chosen, patient_keys, same
from salus.data.synthetic.contacts import DAY, NEVER
from salus.data.synthetic.published import published
from salus.data.synthetic.typing_errors import mistyped, other_date
from salus.domain.records.person import PATIENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec

SOURCE = "synthetic"
TWICE = 0.02
"""Share registered twice; hospitals report 8 to 12 % (Just and others 2016, Perspect Health Inf
Manag 13:1e), a city with one register fewer: our own choice."""
MISSING, MISTYPED = 0.35, 0.3
COMMON = 0.7
"""The k-th most common name is held in proportion to 1 / k to this power: our own choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Twins:
    """Second registrations.

    Parameters
    ----------
    person : ndarray of int, shape (n,)
        Place of the person among the people of this part.
    number : ndarray of int, shape (n,)
        Number of the second registration, beyond all first ones.
    """

    person: NDArray[np.int64]
    number: NDArray[np.int64]


def register_twice(spec: CitySpec, people: People, already: int) -> Twins:
    """Choose who is registered twice.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    people : People
        A part of its people.
    already : int
        Second registrations of the parts before.
    """
    rng = stream(spec.seed, f"twice/{people.first}")
    person = np.flatnonzero(rng.random(len(people)) < TWICE)
    return Twins(person, spec.people + already + np.arange(len(person)))


def numbers_at(
    spec: CitySpec, people: People, twins: Twins, person: NDArray[np.int64], salt: str
) -> NDArray[np.int64]:
    """Return under which number each person was seen; half of the time under the second.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    people, twins : People, Twins
        A part of its people, and their second registrations.
    person : ndarray of int, shape (n,)
        Places of the persons seen.
    salt : str
        Names the random stream.

    Returns
    -------
    ndarray of int, shape (n,)
    """
    second = np.full(len(people), -1)
    second[twins.person] = twins.number
    rng = stream(spec.seed, f"{salt}/{people.first}")
    use = (second[person] >= 0) & (rng.random(len(person)) < 0.5)  # noqa: PLR2004  an even coin
    return np.where(use, second[person], people.first + person)


def patient_table(
    spec: CitySpec, layout: Layout, people: People, twins: Twins, died: NDArray[np.int64]
) -> pa.Table:
    """Write the register of a part of the people.

    Parameters
    ----------
    spec, layout
        Of the city.
    people, twins : People, Twins
        Its people, and their second registrations.
    died : ndarray of int, shape (n_people,)
        When each died, seconds; ``NEVER`` for the living.

    Returns
    -------
    pyarrow.Table
        In the schema of the patient table: first registrations, then second ones.
    """
    first = _first(spec, layout, people, died)
    return pa.concat_tables([first, _second(spec, people, twins, first)])


def _first(spec: CitySpec, layout: Layout, people: People, died: NDArray[np.int64]) -> pa.Table:
    rng, n = stream(spec.seed, f"register/{people.first}"), len(people)
    names = published("names")
    families = [head + tail for head in names["family_first"] for tail in names["family_last"]]
    roads = [f"{street} {kind}" for street in names["streets"] for kind in names["kinds"]]
    given = np.where(
        people.male,
        _common(names["male"], n, rng),
        _common(names["female"], n, rng),
    )
    house, road = rng.integers(1, 240, n), rng.integers(len(roads), size=n)
    columns = {
        "patient_id": patient_keys(people.first + np.arange(n)),
        "identifier": _digits(rng.integers(10**9, 10**10, n)),
        "family_name": pa.array(_common(families, n, rng)),
        "given_name": pa.array(given),
        "phone": _digits(5_550_000_000 + rng.integers(0, 10_000_000, n)),
        "address": pa.array([f"{h} {roads[r]}" for h, r in zip(house, road, strict=True)]),
        "birth_date": pa.array(people.birth),
        "sex": chosen(["female", "male"], people.male.astype(np.int64)),
        "district_id": chosen(layout.district_ids, people.district),
        "death_date": pa.array(died // DAY, mask=died == NEVER).cast(pa.int32()).cast(pa.date32()),
        "synthetic": pa.repeat(pa.scalar(value=True), n),
        "source": same(SOURCE, n),
    }
    return PATIENT.take(pa.table(columns))


def _second(spec: CitySpec, people: People, twins: Twins, first: pa.Table) -> pa.Table:
    """Copy the rows, with what goes wrong at a second desk."""
    rng = stream(spec.seed, f"typing/{people.first}")
    rows = first.take(pa.array(twins.person)).to_pylist()
    for row, number in zip(rows, patient_keys(twins.number).to_pylist(), strict=True):
        row["patient_id"] = number
        row["death_date"] = None
        for field in ("identifier", "phone"):
            kept, fate = row[field], rng.random()
            row[field] = None if fate < MISSING else kept
            if MISSING <= fate < MISSING + MISTYPED:
                row[field] = mistyped(kept, rng)
        for field in ("family_name", "given_name", "address"):
            if rng.random() < MISTYPED:
                row[field] = mistyped(row[field], rng)
        if rng.random() < MISTYPED / 2:
            row["birth_date"] = other_date(row["birth_date"], rng)
    return pa.Table.from_pylist(rows, schema=PATIENT.schema())


def _common(values: list[str], n: int, rng: np.random.Generator) -> NDArray[np.str_]:
    weights = (1.0 + np.arange(len(values))) ** -COMMON
    # Shuffled by a fixed stride, so that common names do not all begin alike.
    order = (np.arange(len(values)) * 37) % len(values)
    drawn = np.searchsorted(np.cumsum(weights / weights.sum()), rng.random(n))
    return np.array(values)[order[drawn.clip(max=len(values) - 1)]]


def _digits(values: NDArray[np.int64]) -> pa.Array:
    return pa.array(values).cast(pa.string())
