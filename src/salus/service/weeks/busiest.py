"""Which hospital of a city is the busiest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.service.known import end_of
from salus.service.weeks.conventions import BUSY_DAYS

if TYPE_CHECKING:
    from salus.service.records import Records

INPATIENT = "IMP"


@dataclass(frozen=True, slots=True)
class Busiest:
    """The hospital with most admissions.

    Parameters
    ----------
    facility_id : str
        Key.
    admissions : int
        Inpatients who came in the last ``BUSY_DAYS`` days.
    """

    facility_id: str
    admissions: int


def busiest(records: Records) -> Busiest | None:
    """Find the hospital that admitted most inpatients in the last four weeks.

    Parameters
    ----------
    records : Records
        Of a city.

    Returns
    -------
    Busiest or None
        Among those that have a ward; the first by key where several admitted as many; ``None``
        where there is no ward.
    """
    if "ward" not in records.wards:
        return None
    hospitals = sorted(set(records.wards["ward"]["facility_id"].to_pylist()))
    if not hospitals:
        return None
    stays = records.tables["encounter"]
    since = pa.scalar(end_of(records.as_of) - timedelta(days=BUSY_DAYS), stays["started_at"].type)
    came = pc.and_(
        pc.equal(stays["class"], INPATIENT), pc.greater_equal(stays["started_at"], since)
    )
    count = Counter(stays["facility_id"].filter(came).to_pylist())
    first = max(hospitals, key=lambda each: count[each])
    return Busiest(first, count[first])
