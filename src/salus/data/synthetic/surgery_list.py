"""The patients who wait for a planned operation: where, with whom, and how long they may."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.columns import chosen, keys, patient_keys
from salus.data.synthetic.operations import SURGERY_LIST
from salus.data.synthetic.published import published
from salus.data.synthetic.seasons import inverse
from salus.data.synthetic.staff import surgeon_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec
    from salus.data.synthetic.wards import Wards

PEOPLE_PER_LISTED = 500
SPREAD_OF_MINUTES, SPREAD_OF_STAY = 0.2, 0.3
"""Of the logarithm: our own choice."""
STEP, SHORTEST = 5, 30
"""Minutes in which operations are planned, and the fewest."""
READY, READY_WITHIN, NOTICE = 0.6, 13, 4
"""Share of those who could come tomorrow, days within which the others can, and days that are
left to each of them then: our own choice."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, and who waits for it.

    Parameters
    ----------
    name : str
        As the list calls it.
    weight : float
        How common it is on the list, against the others.
    age, spread : float
        Years: mean and standard deviation of those who wait.
    female : float
        Share of women.
    minutes, stay : float
        Minutes in the theatre and days in a ward.
    """

    name: str
    weight: float
    age: float
    spread: float
    female: float
    minutes: float
    stay: float

    def likely(self, people: People) -> NDArray[np.float64]:
        """Return how likely each of the people is to wait for it, against each other."""
        apart = (people.age - self.age) / self.spread
        sex = np.where(people.male, 1 - self.female, self.female)
        return self.weight * sex * np.exp(-(apart**2) / 2) / self.spread


@cache
def operations() -> tuple[Operation, ...]:
    """Return the operations that people wait for.

    Examples
    --------
    >>> operations()[0].name
    'Hip replacement'
    """
    return tuple(Operation(**each) for each in published("surgery")["operation"])


def surgery_list_table(
    spec: CitySpec,
    layout: Layout,
    wards: Wards,
    people: People,
    outside: NDArray[np.bool_],
) -> pa.Table:
    """Write who waits for an operation, among a part of the people.

    Parameters
    ----------
    spec, layout, wards
        Of the city.
    people : People
        A part of its people.
    outside : ndarray of bool, shape (n_people,)
        Who is alive and not in hospital; nobody else waits.

    Returns
    -------
    pyarrow.Table
        One in 500 people waits, for an operation that people of the age and sex have. Everybody
        has waited for a part of the time that the urgency allows, and can come within two weeks.
    """
    rng = stream(spec.seed, f"surgery_list/{people.first}")
    person, operation = _who(people, outside, rng)
    edges = np.cumsum(layout.attraction(), axis=1)[people.district[person]]
    hospital = _among(edges, rng)
    columns = {
        "request_id": keys("S", people.first + np.arange(len(person))),  # not of a person
        "patient_id": patient_keys(people.first + person),
        "facility_id": chosen(wards.hospitals, hospital),
        "surgeon_id": _surgeons(wards, hospital, rng),
        "operation": chosen([each.name for each in operations()], operation),
        "minutes": _minutes(operation, rng),
        "stay": _stays(operation, rng),
        **_days(spec, len(person), rng),
    }
    return SURGERY_LIST.take(pa.table(columns))


def _who(
    people: People, outside: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw who waits for which operation, each person for one."""
    likely = outside[:, None] * np.column_stack([each.likely(people) for each in operations()])
    whole = likely.sum(axis=1)
    n = min(max(1, round(len(people) / PEOPLE_PER_LISTED)), int((whole > 0).sum()))
    person = rng.choice(len(people), n, replace=False, p=whole / whole.sum())
    edges = np.cumsum(likely[person] / whole[person, None], axis=1)
    return person, _among(edges, rng)


def _among(edges: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw a place in each row, each as likely as its step."""
    place: NDArray[np.int64] = (rng.random(len(edges))[:, None] > edges[:, :-1]).sum(axis=1)
    return place


def _surgeons(wards: Wards, hospital: NDArray[np.int64], rng: np.random.Generator) -> pa.Array:
    surgeons = surgeon_table(wards)
    theirs = np.array(wards.hospitals)[hospital]
    where = np.array(surgeons["facility_id"].to_pylist())
    first = np.searchsorted(where, theirs)
    every = np.searchsorted(where, theirs, side="right") - first
    place = first + (rng.random(len(hospital)) * every).astype(np.int64)
    return surgeons["surgeon_id"].take(pa.array(place))


def _minutes(operation: NDArray[np.int64], rng: np.random.Generator) -> pa.Array:
    mean = np.array([each.minutes for each in operations()])[operation]
    long = mean * np.exp(SPREAD_OF_MINUTES * rng.normal(size=len(operation)))
    return pa.array(np.maximum(SHORTEST, STEP * np.rint(long / STEP)).astype(np.int64))


def _stays(operation: NDArray[np.int64], rng: np.random.Generator) -> pa.Array:
    mean = np.array([each.stay for each in operations()])[operation]
    long = mean * np.exp(SPREAD_OF_STAY * rng.normal(size=len(operation)))
    return pa.array(np.maximum(1, np.rint(long)).astype(np.int64))


def _days(spec: CitySpec, n: int, rng: np.random.Generator) -> dict[str, pa.Array]:
    """Draw since when each has waited, from when each can come, and when each is due."""
    classes = published("surgery")["urgency"]
    urgency = inverse(np.array([each["share"] for each in classes]), rng.random(n))
    allowed = np.array([each["days"] for each in classes])[urgency]
    waited = np.floor(allowed * rng.random(n)).astype(np.int64)
    could = np.where(rng.random(n) < READY, 0, 1 + rng.integers(READY_WITHIN, size=n))
    ready = np.clip(could, 0, np.maximum(0, allowed - waited - NOTICE))
    now = np.datetime64(spec.as_of)
    return {
        "listed_on": pa.array(now - waited),
        "ready_on": pa.array(now + 1 + ready),
        "due_on": pa.array(now - waited + allowed),
    }
