"""What the monitors at the bedside sent on the last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.columns import chosen, keys, moments, numbers, patient_keys
from salus.data.synthetic.contacts import DAY, end_of_records
from salus.data.synthetic.signs import sign_place, signs
from salus.domain.records.operations import DEVICE_READING

if TYPE_CHECKING:
    from salus.data.synthetic.encounters import Numbered
    from salus.data.synthetic.findings import Findings
    from salus.data.synthetic.spec import CitySpec
    from salus.data.synthetic.wards import Wards

EVERY, LOST = 600, 0.01
"""Seconds between readings, and the share that never arrives: our own choices."""
WATCHED = ("hr", "rr", "spo2")


def device_table(spec: CitySpec, seen: Numbered, findings: Findings, wards: Wards) -> pa.Table:
    """Write the readings of those who are in a bed when the records end.

    Each monitor numbers its readings from 0 without a gap; what is lost on the way leaves one.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    seen, findings : Numbered, Findings
        The contacts of a part of its people, and what was found.
    wards : Wards
        Names the hospitals.
    """
    now = end_of_records(spec)
    inside = np.flatnonzero(seen.contacts.end > now)
    rng = stream(spec.seed, f"devices/{int(seen.number[0]) if len(seen.number) else 0}")
    each = DAY // EVERY * len(WATCHED)
    row, sequence = np.divmod(np.arange(len(inside) * each), each)
    at = now - DAY + EVERY * (sequence // len(WATCHED))
    sign = np.array([sign_place(key) for key in WATCHED])[sequence % len(WATCHED)]
    value = findings.values[inside[row], sign] + rng.normal(0, 1.5, len(row))
    arrives = rng.random(len(row)) >= LOST
    keep = arrives & (at >= seen.contacts.start[inside[row]])
    row, sequence, at, sign, value = (part[keep] for part in (row, sequence, at, sign, value))
    there, most = seen.pick(inside[row]), np.array([of.most for of in signs()])
    columns = {
        "source": keys("monitor-", there.number),
        "sequence": sequence,
        "patient_id": patient_keys(there.patient),
        "place_id": chosen(wards.hospitals, there.contacts.hospital),
        "quantity": chosen([of.loinc for of in signs()], sign),
        "measured_at": moments(at),
        "received_at": moments(at + rng.geometric(0.2, len(at))),
        "value": numbers(np.round(np.minimum(value, most[sign]))),
        "unit": chosen([of.unit for of in signs()], sign),
    }
    return DEVICE_READING.take(pa.table(columns))
