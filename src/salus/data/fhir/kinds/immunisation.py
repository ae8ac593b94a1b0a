"""Immunization: a vaccine that was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.fhir.elements import refuse_status, required_coding, required_text, when
from salus.data.fhir.kinds.kind import Kind
from salus.data.fhir.reason import FaultyError, Omission, Reason
from salus.data.fhir.systems import VACCINES
from salus.domain.records.clinical import IMMUNISATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.data.fhir.elements import Object
    from salus.data.fhir.keys import Keys
    from salus.data.fhir.kinds.kind import Row

OMITTED = {"not-done": Omission.NOT_DONE}


def immunisation_rows(resource: Object, keys: Keys) -> Sequence[Row]:
    """Make the row of an immunisation; one that was not done makes none.

    Parameters
    ----------
    resource : dict
        An Immunization.
    keys : Keys
        What its references lead to.

    Returns
    -------
    sequence of tuple
        One row.
    """
    status = required_text(resource, "status")
    refuse_status(status, OMITTED)
    given = when(resource, "occurrenceDateTime")
    if given is None:
        raise FaultyError(Reason.MISSING, "occurrenceDateTime")
    return [
        (
            required_text(resource, "id"),
            keys.required(resource, "patient"),
            keys.get(resource, "encounter"),
            *required_coding(resource, "vaccineCode", VACCINES),
            given,
            status,
        )
    ]


KIND = Kind(("Immunization",), IMMUNISATION, immunisation_rows)
