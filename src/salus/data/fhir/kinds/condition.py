"""Condition: an illness, or another problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.fhir.elements import (
    begin,
    end,
    first,
    part,
    refuse_status,
    required_coding,
    required_text,
    text,
    verification,
    when,
)
from salus.data.fhir.kinds.kind import Kind
from salus.data.fhir.moments import last_moment
from salus.data.fhir.reason import Omission
from salus.data.fhir.systems import DIAGNOSES
from salus.domain.records.clinical import CONDITION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from salus.data.fhir.elements import Object
    from salus.data.fhir.keys import Keys
    from salus.data.fhir.kinds.kind import Row

OMITTED = {"refuted": Omission.REFUTED}


def condition_rows(resource: Object, keys: Keys) -> Sequence[Row]:
    """Make the row of a condition; one that was refuted makes none.

    Parameters
    ----------
    resource : dict
        A Condition.
    keys : Keys
        What its references lead to.

    Returns
    -------
    sequence of tuple
        One row. An onset that is said as an age or in words has no moment.
    """
    refuse_status(verification(resource), OMITTED)
    return [
        (
            required_text(resource, "id"),
            keys.required(resource, "subject"),
            keys.get(resource, "encounter"),
            *required_coding(resource, "code", DIAGNOSES),
            when(resource, "onsetDateTime") or begin(resource, "onsetPeriod"),
            _abated(resource),
            when(resource, "recordedDate"),
            text(first(part(resource, "clinicalStatus"), "coding"), "code"),
        )
    ]


def _abated(resource: Object) -> datetime | None:
    found = resource.get("abatementDateTime")
    if found is None:
        return end(resource, "abatementPeriod")
    return last_moment(found, "abatementDateTime")


KIND = Kind(("Condition",), CONDITION, condition_rows)
