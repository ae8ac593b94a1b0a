"""The patients who wait for a bed now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.columns import chosen, keys, moments, numbers, patient_keys
from salus.data.synthetic.contacts import DAY, end_of_records
from salus.data.synthetic.operations import QUEUE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec

PEOPLE_PER_WAITING = 2_000
SERVICES, SEVERITY, OF_ICU = ("ward", "icu"), np.array([1.0, 3.0]), 0.15
MEAN_WAIT, LONGEST_WAIT = 5 * 3600, 3 * DAY
"""Seconds; our own choice."""


def queue_table(
    spec: CitySpec, layout: Layout, people: People, outside: NDArray[np.bool_]
) -> pa.Table:
    """Write who waits, among a part of the people.

    Parameters
    ----------
    spec, layout
        Of the city.
    people : People
        A part of its people.
    outside : ndarray of bool, shape (n_people,)
        Who is alive and has no bed; nobody else waits.

    Returns
    -------
    pyarrow.Table
        One in 2,000 people waits; the frail rather than others.
    """
    rng = stream(spec.seed, f"queue/{people.first}")
    now = end_of_records(spec)
    weight = outside * np.exp(people.frailty) * (1 + people.age / 20)
    n = min(max(1, round(len(people) / PEOPLE_PER_WAITING)), int(outside.sum()))
    person = rng.choice(len(people), n, replace=False, p=weight / weight.sum())
    service = (rng.random(n) < OF_ICU).astype(np.int64)
    severity = SEVERITY[service] * np.clip(np.exp(0.35 * rng.normal(size=n)), 0.5, 2.5)
    waited = np.minimum(rng.exponential(MEAN_WAIT, n), LONGEST_WAIT).astype(np.int64)
    columns = {
        "queue_id": keys("Q", people.first + np.arange(n)),  # of a request, not of a person
        "patient_id": patient_keys(people.first + person),
        "service_id": chosen(SERVICES, service),
        "severity": numbers(np.round(severity, 2)),
        "waiting_since": moments(now - 60 - waited),
        "district_id": chosen(layout.district_ids, people.district[person]),
    }
    return QUEUE.take(pa.table(columns))
