"""AllergyIntolerance: what a patient does not tolerate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.fhir.elements import (
    coding,
    first,
    refuse_status,
    required_coding,
    required_text,
    text,
    verification,
    when,
)
from salus.data.fhir.kinds.kind import Kind
from salus.data.fhir.reason import FaultyError, Omission, Reason
from salus.data.fhir.systems import ALLERGENS
from salus.domain.records.clinical import ALLERGY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.data.fhir.elements import Object
    from salus.data.fhir.keys import Keys
    from salus.data.fhir.kinds.kind import Row

OMITTED = {"refuted": Omission.REFUTED}
CRITICALITIES = {"low", "high", "unable-to-assess"}


def allergy_rows(resource: Object, keys: Keys) -> Sequence[Row]:
    """Make the row of an allergy; one that was refuted makes none.

    Parameters
    ----------
    resource : dict
        An AllergyIntolerance.
    keys : Keys
        What its references lead to.

    Returns
    -------
    sequence of tuple
        One row, with the first manifestation of the first reaction in words.
    """
    refuse_status(verification(resource), OMITTED)
    criticality = text(resource, "criticality")
    if criticality is not None and criticality not in CRITICALITIES:
        raise FaultyError(Reason.WRONG_CODE, "criticality")
    return [
        (
            required_text(resource, "id"),
            keys.required(resource, "patient"),
            keys.get(resource, "encounter"),
            *required_coding(resource, "code", ALLERGENS),
            when(resource, "recordedDate") or when(resource, "onsetDateTime"),
            criticality,
            _reaction(first(resource, "reaction")),
        )
    ]


def _reaction(reaction: Object) -> str | None:
    shown = {"manifestation": first(reaction, "manifestation")}
    found = coding(shown, "manifestation", {})
    words = text(shown["manifestation"], "text")
    return (found and found[2]) or words or text(reaction, "description")


KIND = Kind(("AllergyIntolerance",), ALLERGY, allergy_rows)
