"""MedicationRequest and MedicationStatement: a medicine that was ordered or is said to be taken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salus.data.fhir.elements import (
    begin,
    coding,
    end,
    first,
    number,
    part,
    parts,
    refuse_status,
    required_coding,
    required_text,
    text,
    when,
)
from salus.data.fhir.kinds.kind import Kind
from salus.data.fhir.moments import TICK
from salus.data.fhir.reason import FaultyError, Omission, Reason
from salus.data.fhir.systems import MEDICINES
from salus.data.terminology.units import ucum
from salus.domain.records.clinical import MEDICATION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from salus.data.fhir.elements import Coding, Object
    from salus.data.fhir.keys import Keys
    from salus.data.fhir.kinds.kind import Row

OMITTED = {
    "draft": Omission.ONLY_PLANNED,
    "intended": Omission.ONLY_PLANNED,
    "cancelled": Omission.NOT_DONE,
    "not-taken": Omission.NOT_DONE,
}
PLANS = {"proposal": Omission.ONLY_PLANNED, "plan": Omission.ONLY_PLANNED}
OVER = {"completed", "stopped"}
DAYS = {
    "s": 1 / 86400,
    "min": 1 / 1440,
    "h": 1 / 24,
    "d": 1,
    "wk": 7,
    "mo": 365.25 / 12,
    "a": 365.25,
}
"""Length of a unit of time, days."""

MOST_A_DAY = 1440
"""A dose a minute; a rate above is no count of doses."""

REFERRED = "medicationReference:"
"""Stands before the key of a Medication in place of a code, until all of them are read."""


def medication_rows(resource: Object, keys: Keys) -> Sequence[Row]:
    """Make the row of a course; one that was only proposed or never taken makes none.

    Where a course is over and its end is not said, only the day on which it began is certain: it
    ends with that day, so that what was stopped years ago is not held to be taken today.

    Parameters
    ----------
    resource : dict
        A MedicationRequest or MedicationStatement.
    keys : Keys
        What its references lead to.

    Returns
    -------
    sequence of tuple
        One row; where it refers to a Medication elsewhere, the code says so.
    """
    status = required_text(resource, "status")
    refuse_status(status, OMITTED)
    refuse_status(text(resource, "intent"), PLANS)
    dosage = first(resource, "dosageInstruction") or first(resource, "dosage")
    started = (
        when(resource, "authoredOn")
        or when(resource, "effectiveDateTime")
        or begin(resource, "effectivePeriod")
        or when(resource, "dateAsserted")
    )
    ended = end(resource, "effectivePeriod") or _supply(resource, dosage, started)
    if ended is None and status in OVER and started is not None:
        ended = _end_of_day(started)
    return [
        (
            required_text(resource, "id"),
            keys.required(resource, "subject"),
            keys.get(resource, "encounter") or keys.get(resource, "context"),
            *_medicine(resource, keys),
            started,
            ended,
            *_dose(dosage),
            _per_day(dosage),
            status,
        )
    ]


def medicine_of(medication: Object) -> Coding:
    """Take the code of a Medication."""
    return required_coding(medication, "code", MEDICINES)


def _medicine(resource: Object, keys: Keys) -> Coding:
    found = coding(resource, "medicationCodeableConcept", MEDICINES)
    if found is not None:
        return found
    reference = text(part(resource, "medicationReference"), "reference")
    if reference is None:
        raise FaultyError(Reason.MISSING, "medication")
    if not reference.startswith("#"):
        return REFERRED + keys.of(reference), None, None
    for each in parts(resource, "contained"):
        if each.get("id") == reference[1:]:
            return medicine_of(each)
    raise FaultyError(Reason.UNKNOWN_MEDICATION, "medicationReference")


def _supply(resource: Object, dosage: Object, started: datetime | None) -> datetime | None:
    bounds = part(part(dosage, "timing"), "repeat")
    said = end(bounds, "boundsPeriod")
    if said is not None or started is None:
        return said
    dispensed = part(resource, "dispenseRequest")
    days = _days(part(dispensed, "expectedSupplyDuration")) or _days(part(bounds, "boundsDuration"))
    repeats = number(dispensed, "numberOfRepeatsAllowed") or 0.0
    try:
        return None if days is None else started + timedelta(days=days * (1 + repeats))
    except OverflowError:
        raise FaultyError(Reason.BAD_MOMENT, "dispenseRequest") from None


def _days(duration: Object) -> float | None:
    value, unit = number(duration, "value"), text(duration, "code") or text(duration, "unit")
    return None if value is None or unit not in DAYS else value * DAYS[unit]


def _end_of_day(started: datetime) -> datetime:
    try:
        midnight = started.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=1) - TICK
    except OverflowError:
        raise FaultyError(Reason.BAD_MOMENT, "authoredOn") from None


def _dose(dosage: Object) -> tuple[float | None, str | None]:
    quantity = part(first(dosage, "doseAndRate"), "doseQuantity")
    unit = text(quantity, "code") or text(quantity, "unit")
    return number(quantity, "value"), ucum(unit) if unit else None


def _per_day(dosage: Object) -> float | None:
    repeat = part(part(dosage, "timing"), "repeat")
    frequency, period = number(repeat, "frequency") or 1.0, number(repeat, "period")
    unit = text(repeat, "periodUnit")
    if not period or period < 0 or unit not in DAYS:
        return None
    found = frequency / (period * DAYS[unit])
    return found if 0 < found <= MOST_A_DAY else None


KIND = Kind(("MedicationRequest", "MedicationStatement"), MEDICATION, medication_rows)
