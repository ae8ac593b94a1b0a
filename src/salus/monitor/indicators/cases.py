"""What each indicator counts: one row for each case, with its part above and below the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.monitor.indicators.contacts import Contacts, Records, contacts, days, moments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Texts = NDArray[np.object_]
    Moments = NDArray[np.datetime64]

INPATIENT, EMERGENCY = "IMP", "EMER"
READMITTED, RETURNED = np.timedelta64(30, "D"), np.timedelta64(72, "h")
ONSET, LONG = np.timedelta64(48, "h"), np.timedelta64(4, "h")
DAY = np.timedelta64(1, "D")
ACQUIRED = ("A04.7", "A40", "A41", "J13", "J14", "J15", "J18", "N39.0", "T80.2", "T81.4", "Y95")
"""ICD-10 codes (and what lies below them) that count as infections: enterocolitis by C. difficile,
sepsis, pneumonia, urinary tract, catheter and wound infections, nosocomial condition. Our own
choice, after the groups of the ECDC point prevalence survey."""


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Cases of an indicator.

    Parameters
    ----------
    facility, ward : ndarray of object, shape (n,)
        Where; ``None`` where that is not known.
    at : ndarray of datetime64, shape (n,)
        The moment that tells the period.
    above : ndarray, shape (n,)
        What each case adds to the numerator.
    below : ndarray, shape (n,), or None
        What each case adds to the denominator; ``None`` for an indicator that is a plain count.
    contradicting : int
        Rows left out because they end before they begin.
    """

    facility: Texts
    ward: Texts
    at: Moments
    above: Values
    below: Values | None
    contradicting: int = 0


def admitted(records: Records, until: np.datetime64) -> Cases:
    """Count stays that begin."""
    del until
    return _begun(contacts(records, INPATIENT))


def emergency_visits(records: Records, until: np.datetime64) -> Cases:
    """Count emergency visits that begin."""
    del until
    return _begun(contacts(records, EMERGENCY))


def stays(records: Records, until: np.datetime64) -> Cases:
    """Count the days of each stay that ended."""
    del until
    ended = contacts(records, INPATIENT, ended=True)
    return _ended(ended, (ended.ended - ended.started) / DAY)


def deaths(records: Records, until: np.datetime64) -> Cases:
    """Count the stays in which the patient died."""
    del until
    ended = contacts(records, INPATIENT, ended=True)
    return _ended(ended, _died(records, ended))


def readmitted(records: Records, until: np.datetime64) -> Cases:
    """Count the stays after which the patient came back within 30 days.

    Left out are deaths, and stays whose 30 days have not passed yet.
    """
    ended = contacts(records, INPATIENT, ended=True)
    cases = _ended(ended, _back_within(contacts(records, INPATIENT), ended, READMITTED))
    return _kept(cases, (_died(records, ended) == 0) & (ended.ended + READMITTED <= until))


def returned(records: Records, until: np.datetime64) -> Cases:
    """Count the emergency visits after which the patient came back within 72 hours."""
    ended = contacts(records, EMERGENCY, ended=True)
    cases = _ended(ended, _back_within(contacts(records, EMERGENCY), ended, RETURNED))
    return _kept(cases, ended.ended + RETURNED <= until)


def long_visits(records: Records, until: np.datetime64) -> Cases:
    """Count the emergency visits that lasted more than four hours."""
    del until
    ended = contacts(records, EMERGENCY, ended=True)
    return _ended(ended, (ended.ended - ended.started > LONG).astype(np.float64))


def infections(records: Records, until: np.datetime64) -> Cases:
    """Count the stays with an infection that began two days or more after admission.

    Parameters
    ----------
    records : Records
        Holding the tables that the measure needs.
    until : datetime64
        The moment up to which everything is known.

    Returns
    -------
    Cases
        One for each stay that ended.
    """
    del until
    ended = contacts(records, INPATIENT, ended=True)
    pattern = "^(" + "|".join(code.replace(".", "[.]?") for code in ACQUIRED) + ")"
    found = records.condition.filter(pc.match_substring_regex(records.condition["code"], pattern))
    onset, known = moments(found["onset_at"]), moments(found["recorded_at"])
    stay = ended.where(found["encounter_id"])
    begun = np.where(np.isnat(onset), known, onset)
    late = (stay >= 0) & (begun - ended.started[stay] >= ONSET) if len(ended) else stay >= 0
    hit = np.bincount(stay[late], minlength=len(ended)) > 0
    return _ended(ended, hit.astype(np.float64))


def unchecked(records: Records, until: np.datetime64) -> Cases:
    """Count prescriptions begun when nothing was recorded about the patient's allergies.

    Parameters
    ----------
    records : Records
        Holding the tables that the measure needs.
    until : datetime64
        The moment up to which everything is known.

    Returns
    -------
    Cases
        One for each medicine that was begun.
    """
    del until
    begun = records.medication.filter(pc.is_valid(records.medication["started_at"]))
    noted = records.allergy.group_by("patient_id").aggregate([("recorded_at", "min")])
    place = pc.index_in(begun["patient_id"], value_set=noted["patient_id"].combine_chunks())
    first = moments(noted["recorded_at_min"].take(place))
    started = moments(begun["started_at"])
    # A note without a date was there from the start.
    undated = pc.is_valid(place).to_numpy() & np.isnat(first)
    checked = undated | (first <= started)
    return _of_contact(records, begun, started, (~checked).astype(np.float64))


def not_done(records: Records, until: np.datetime64) -> Cases:
    """Count procedures that were planned and not done.

    Parameters
    ----------
    records : Records
        Holding the tables that the measure needs.
    until : datetime64
        The moment up to which everything is known.

    Returns
    -------
    Cases
        One for each procedure with a begin.
    """
    del until
    planned = records.procedure.filter(pc.is_valid(records.procedure["started_at"]))
    cancelled = pc.fill_null(pc.equal(planned["status"], "not-done"), fill_value=False)
    missed = cancelled.to_numpy().astype(np.float64)
    return _of_contact(records, planned, moments(planned["started_at"]), missed)


def without_result(records: Records, until: np.datetime64) -> Cases:
    """Count observations with neither a value nor a text.

    Parameters
    ----------
    records : Records
        Holding the tables that the measure needs.
    until : datetime64
        The moment up to which everything is known.

    Returns
    -------
    Cases
        One for each observation.
    """
    del until
    table = records.observation
    empty = pc.and_(pc.is_null(table["value"]), pc.is_null(table["value_text"]))
    missing = empty.to_numpy().astype(np.float64)
    return _of_contact(records, table, moments(table["observed_at"]), missing)


def occupied(records: Records, until: np.datetime64) -> Cases:
    """Count occupied beds over staffed beds at each look.

    Parameters
    ----------
    records : Records
        Holding the tables that the measure needs.
    until : datetime64
        The moment up to which everything is known.

    Returns
    -------
    Cases
        One for each look at a ward with both figures.
    """
    del until
    table = records.bed_state
    both = pc.and_(pc.is_valid(table["occupied"]), pc.is_valid(table["staffed"]))
    rows = table.filter(both)
    return Cases(
        rows["facility_id"].to_numpy(),
        rows["ward_id"].to_numpy(),
        moments(rows["observed_at"]),
        rows["occupied"].to_numpy().astype(np.float64),
        rows["staffed"].to_numpy().astype(np.float64),
    )


def _begun(some: Contacts) -> Cases:
    ones = np.ones(len(some))
    return Cases(some.facility, some.ward, some.started, ones, None, some.contradicting)


def _ended(some: Contacts, above: Values) -> Cases:
    ones = np.ones(len(some))
    return Cases(some.facility, some.ward, some.ended, above, ones, some.contradicting)


def _kept(cases: Cases, kept: NDArray[np.bool_]) -> Cases:
    below = None if cases.below is None else cases.below[kept]
    place = cases.facility[kept], cases.ward[kept], cases.at[kept]
    return Cases(*place, cases.above[kept], below, cases.contradicting)


def _died(records: Records, ended: Contacts) -> Values:
    known = records.patient["patient_id"].combine_chunks()
    dates = records.patient["death_date"].take(pc.index_in(ended.patient, value_set=known))
    died = days(pa.chunked_array([dates]) if isinstance(dates, pa.Array) else dates)
    first, last = ended.started.astype("datetime64[D]"), ended.ended.astype("datetime64[D]")
    return ((first <= died) & (died <= last)).astype(np.float64)


def _back_within(every: Contacts, ended: Contacts, limit: np.timedelta64) -> Values:
    gaps = every.until_next()[every.where(pa.chunked_array([ended.encounter]))]
    return ((gaps >= np.timedelta64(0)) & (gaps <= limit)).astype(np.float64)


def _of_contact(records: Records, rows: pa.Table, at: Moments, above: Values) -> Cases:
    place = pc.index_in(
        rows["encounter_id"],
        value_set=records.encounter["encounter_id"].combine_chunks(),
        skip_nulls=True,
    )
    found = pc.fill_null(place, -1).to_numpy()
    # Keys are shared with the encounters: millions of tests would be millions of texts else.
    facility, ward = (
        np.append(records.encounter[name].to_numpy(), [None])[found]
        for name in ("facility_id", "ward_id")
    )
    return Cases(facility, ward, at, above, np.ones(len(above)))
