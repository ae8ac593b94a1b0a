"""Procedure: something that was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.fhir.elements import (
    begin,
    end,
    refuse_status,
    required_coding,
    required_text,
    when,
)
from salus.data.fhir.kinds.kind import Kind
from salus.data.fhir.reason import Omission
from salus.data.fhir.systems import ACTS
from salus.domain.records.clinical import PROCEDURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.data.fhir.elements import Object
    from salus.data.fhir.keys import Keys
    from salus.data.fhir.kinds.kind import Row

OMITTED = {"not-done": Omission.NOT_DONE}


def procedure_rows(resource: Object, keys: Keys) -> Sequence[Row]:
    """Make the row of a procedure; one that was not done makes none.

    Parameters
    ----------
    resource : dict
        A Procedure.
    keys : Keys
        What its references lead to.

    Returns
    -------
    sequence of tuple
        One row.
    """
    status = required_text(resource, "status")
    refuse_status(status, OMITTED)
    return [
        (
            required_text(resource, "id"),
            keys.required(resource, "subject"),
            keys.get(resource, "encounter"),
            *required_coding(resource, "code", ACTS),
            when(resource, "performedDateTime") or begin(resource, "performedPeriod"),
            end(resource, "performedPeriod"),
            status,
        )
    ]


KIND = Kind(("Procedure",), PROCEDURE, procedure_rows)
