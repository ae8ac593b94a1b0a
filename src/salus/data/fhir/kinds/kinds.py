"""All kinds of resource that become rows, by resource type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.fhir.kinds import (
    allergy,
    condition,
    encounter,
    immunisation,
    medication,
    observation,
    patient,
    procedure,
)

if TYPE_CHECKING:
    from salus.data.fhir.kinds.kind import Kind

KINDS: dict[str, Kind] = {
    name: each.KIND
    for each in (
        patient,
        encounter,
        condition,
        observation,
        medication,
        procedure,
        allergy,
        immunisation,
    )
    for name in each.KIND.types
}
