"""Surgeons, nurses and the roster of the coming weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.columns import chosen
from salus.data.synthetic.operations import NURSE, ROSTER, SURGEON

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.spec import CitySpec
    from salus.data.synthetic.wards import Wards

PATIENTS_PER_NURSE, ICU_PATIENTS_PER_NURSE = 5, 2
"""On each shift (Aiken and others 2014, Lancet 383:1824: 6 to 13 patients a nurse in Europe; one
nurse for one or two in intensive care); the better end taken."""
SHIFTS = ("early", "late", "night")
CYCLE = (0, 0, 1, 1, 2, 2, -1, -1, -1)
"""Two early, two late, two night, three days free: our own choice."""
ROSTER_DAYS = 28
SURGEONS_PER_THEATRE, OPERATING_MINUTES = 3, 300


def nurses_on_shift(wards: Wards) -> NDArray[np.int64]:
    """Return the nurses that each ward needs on one shift, shape (n_wards,)."""
    patients = np.where(wards.intensive, ICU_PATIENTS_PER_NURSE, PATIENTS_PER_NURSE)
    return np.ceil(wards.beds / patients).astype(np.int64)


def surgeon_table(wards: Wards) -> pa.Table:
    """Write the surgeons: three for each theatre."""
    theatres = wards.theatres()["facility_id"].to_pylist()
    rows = [
        {
            "surgeon_id": f"{hospital}-S{place:03d}",
            "facility_id": hospital,
            "minutes_per_day": OPERATING_MINUTES,
        }
        for hospital in wards.hospitals
        for place in range(1, SURGEONS_PER_THEATRE * theatres.count(hospital) + 1)
    ]
    return SURGEON.take(pa.Table.from_pylist(rows))


def nurse_table(spec: CitySpec, wards: Wards) -> pa.Table:
    """Write the nurses: as many as the cycle of shifts needs.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    wards : Wards
        Where they work.
    """
    days_each = CYCLE.count(0)
    each = -(-nurses_on_shift(wards) * len(CYCLE) // days_each)
    ward = np.repeat(np.arange(len(each)), each)
    nth = np.arange(len(ward)) - np.searchsorted(ward, ward) + 1
    skill = stream(spec.seed, "nurses").choice([1, 2, 3], size=len(ward), p=[0.2, 0.55, 0.25])
    columns = {
        "nurse_id": [f"{wards.ids[w]}-N{k:03d}" for w, k in zip(ward, nth, strict=True)],
        "ward_id": chosen(wards.ids, ward),
        "skill": skill,
    }
    return NURSE.take(pa.table(columns))


def roster_table(spec: CitySpec, nurses: pa.Table) -> pa.Table:
    """Write who works when in the four weeks after the records end.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    nurses : pyarrow.Table
        Those of a ward follow each other two days apart in the cycle, as long as each keeps a
        shift, so that each day has all shifts, also where five share the work of a small ward.
    """
    nurse, day = np.divmod(np.arange(nurses.num_rows * ROSTER_DAYS), ROSTER_DAYS)
    shift = np.array(CYCLE)[(CYCLE.count(0) * nurse + day) % len(CYCLE)]
    works = shift >= 0
    first = np.datetime64(spec.as_of) + 1
    columns = {
        "nurse_id": nurses["nurse_id"].take(pa.array(nurse[works])),
        "day": pa.array(first + day[works]),
        "shift": chosen(SHIFTS, shift[works]),
    }
    return ROSTER.take(pa.table(columns))
