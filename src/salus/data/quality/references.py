"""Rules on keys that lead nowhere, and on codes without a system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from salus.core.messages import say
from salus.data.quality.rule import Done, Rule
from salus.domain.records.catalogue import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from salus.data.quality.rule import Broken, Look

OF_PATIENT = tuple(
    name
    for name, table in TABLES.items()
    if name not in {"patient", "device_reading"}
    and any(field.name == "patient_id" for field in table.fields)
)
OF_CONTACT = tuple(
    name
    for name, table in TABLES.items()
    if name != "encounter" and any(field.name == "encounter_id" for field in table.fields)
)
CODED = (
    ("encounter", "reason_code", "reason_system"),
    *((name, "code", "system") for name in OF_CONTACT),
)


def reference_rules() -> tuple[Rule, ...]:
    """List the rules on keys that lead nowhere and on codes without a system."""
    patient = say("The row is of a patient who is not in the register.")
    contact = say("The row is of a contact that is not on record.")
    lost = _nowhere("patient_id", "patient")
    system = say("The code comes without its code system.")
    return (
        *(
            Rule("unknown_patient", name, patient, done, lost, empties, frozenset({"patient"}))
            for name, done, empties in (
                *((each, Done.LEFT_OUT, ()) for each in OF_PATIENT),
                ("device_reading", Done.EMPTIED, ("patient_id",)),
            )
        ),
        *(
            Rule(
                "unknown_contact",
                name,
                contact,
                Done.EMPTIED,
                _nowhere("encounter_id", "encounter"),
                ("encounter_id",),
                frozenset({"encounter"}),
            )
            for name in OF_CONTACT
        ),
        *(
            Rule("code_without_system", name, system, Done.MARKED, _bare(code, of))
            for name, code, of in CODED
        ),
    )


def _nowhere(column: str, table: str) -> Broken:
    def broken(look: Look) -> pa.ChunkedArray:
        known = look.tables[table][column].combine_chunks()
        found = pc.is_in(look.table[column], value_set=known)
        return pc.and_not(pc.is_valid(look.table[column]), found)

    return broken


def _bare(code: str, system: str) -> Broken:
    def broken(look: Look) -> pa.ChunkedArray:
        return pc.and_(pc.is_valid(look.table[code]), pc.is_null(look.table[system]))

    return broken
