"""How full the wards are, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from scipy.signal import lfilter

from salus.core.rng import stream
from salus.data.synthetic.columns import chosen, moments, same
from salus.data.synthetic.contacts import DAY
from salus.data.synthetic.registry import SOURCE
from salus.data.synthetic.seasons import INPATIENT, calendar
from salus.domain.records.operations import BED_STATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.spec import CitySpec
    from salus.data.synthetic.wards import Wards

COUNTED_AT = 6 * 3600
WINTER, WEEK, CARRY, NOISE = 0.07, 0.15, 0.8, 0.03
"""Amplitude of the year, part of the weekly admissions that shows, what stays from one day to the
next, and daily noise, as shares of the mean: our own choices."""


@dataclass(frozen=True, slots=True, eq=False)
class Occupancy:
    """Mean use of the beds of each hospital.

    Parameters
    ----------
    ward, icu : ndarray, shape (n_hospitals,)
        From 0 to 1.
    """

    ward: NDArray[np.float64]
    icu: NDArray[np.float64]


def occupancy(spec: CitySpec, layout: Layout) -> Occupancy:
    """Decide how full the hospitals are; those in deprived districts are fuller.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    layout : Layout
        Its hospitals.
    """
    rng, n = stream(spec.seed, "occupancy"), len(layout.hospital_ids)
    poor = 0.1 * (layout.deprivation[layout.home] - 0.5)
    ward = np.clip(rng.normal(0.73, 0.05, n) + poor, 0.5, 0.92)
    icu = np.clip(rng.normal(0.68, 0.06, n) + poor, 0.45, 0.92)
    return Occupancy(np.round(ward, 3), np.round(icu, 3))


def bed_state_table(spec: CitySpec, layout: Layout, wards: Wards) -> pa.Table:
    """Write the beds in use in each ward, every morning of the records.

    Parameters
    ----------
    spec, layout, wards
        Of the city.
    """
    rng, days = stream(spec.seed, "bed_state"), calendar(spec.start, spec.as_of)
    use = occupancy(spec, layout)
    mean = np.where(wards.intensive, use.icu[wards.hospital], use.ward[wards.hospital])
    n_days, n_wards = len(days.days), len(wards.ids)
    shared = 1 + WEEK * (days.weights(WINTER / WEEK, INPATIENT) - 1)
    noise = lfilter([1], [1, -CARRY], NOISE * rng.normal(size=(n_days, n_wards)), axis=0)
    closed = rng.binomial(1, 0.02, (n_days, n_wards)) * (wards.beds > 1)
    staffed = wards.beds - closed
    occupied = np.rint(staffed * mean * shared[:, None] * (1 + noise))
    place = np.tile(np.arange(n_wards), n_days)
    columns = {
        "facility_id": chosen(wards.hospitals, wards.hospital[place]),
        "ward_id": chosen(wards.ids, place),
        "resource_id": chosen(wards.resources(), place),
        "observed_at": moments(np.repeat(days.days.astype(np.int64) * DAY + COUNTED_AT, n_wards)),
        "staffed": staffed.ravel(),
        "occupied": np.clip(occupied, 0, staffed).astype(np.int64).ravel(),
        "closed": closed.ravel(),
        "source": same(SOURCE, len(place)),
    }
    return BED_STATE.take(pa.table(columns))
