"""All standard tables by name, and all fields that describe a person."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from salus.domain.records import clinical, operations, person
from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from salus.domain.records.table import StandardTable

TABLES: dict[str, StandardTable] = {
    table.name: table
    for table in (
        person.PATIENT,
        person.ENCOUNTER,
        clinical.CONDITION,
        clinical.OBSERVATION,
        clinical.MEDICATION,
        clinical.PROCEDURE,
        clinical.ALLERGY,
        clinical.IMMUNISATION,
        operations.INDICATOR_READING,
        operations.DEVICE_READING,
        operations.BED_STATE,
    )
}


@cache
def patient_fields() -> frozenset[str]:
    """Return the names of all fields that a log, a label or a URL may not carry.

    A name that is plain in any table, such as ``value`` or ``status``, is still refused where
    another table holds a person's value under it.

    Examples
    --------
    >>> "given_name" in patient_fields()
    True
    """
    return frozenset(
        item.name
        for table in TABLES.values()
        for item in table.fields
        if item.sensitivity is not Sensitivity.PLAIN
    )
