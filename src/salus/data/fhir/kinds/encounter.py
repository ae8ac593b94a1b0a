"""Encounter: a contact with care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.fhir.elements import (
    begin,
    coding,
    end,
    first,
    part,
    refuse_status,
    required_text,
)
from salus.data.fhir.kinds.kind import Kind
from salus.data.fhir.reason import FaultyError, Omission, Reason
from salus.data.fhir.systems import DIAGNOSES
from salus.domain.records.person import ENCOUNTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.data.fhir.elements import Object
    from salus.data.fhir.keys import Keys
    from salus.data.fhir.kinds.kind import Row

OMITTED = {"planned": Omission.ONLY_PLANNED, "cancelled": Omission.NOT_DONE}


def encounter_rows(resource: Object, keys: Keys) -> Sequence[Row]:
    """Make the row of a contact; one that was only planned or was called off makes none.

    Parameters
    ----------
    resource : dict
        An Encounter.
    keys : Keys
        What its references lead to.

    Returns
    -------
    sequence of tuple
        One row.
    """
    refuse_status(required_text(resource, "status"), OMITTED)
    started = begin(resource, "period")
    if started is None:
        raise FaultyError(Reason.MISSING, "period.start")
    reason = coding({"reasonCode": first(resource, "reasonCode")}, "reasonCode", DIAGNOSES)
    return [
        (
            required_text(resource, "id"),
            keys.required(resource, "subject"),
            keys.get(resource, "serviceProvider"),
            keys.get(first(resource, "location"), "location"),
            required_text(part(resource, "class"), "code"),
            started,
            end(resource, "period"),
            reason and reason[0],
            reason and reason[1],
        )
    ]


KIND = Kind(("Encounter",), ENCOUNTER, encounter_rows)
