"""Observation: what was measured or found, with each of its components."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from salus.data.fhir.elements import (
    begin,
    coding,
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
from salus.data.fhir.reason import FaultyError, Omission, OmittedError, Reason
from salus.data.fhir.systems import FINDINGS
from salus.data.terminology.units import ucum
from salus.domain.records.clinical import OBSERVATION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from salus.data.fhir.elements import Object
    from salus.data.fhir.keys import Keys
    from salus.data.fhir.kinds.kind import Row

    Value: TypeAlias = "tuple[float | None, str | None, str | None]"

OMITTED = {"cancelled": Omission.NOT_DONE}
JOINT = "#"
"""Between the id of an observation and the place of a component in it; no id of FHIR has it."""


def observation_rows(resource: Object, keys: Keys) -> Sequence[Row]:
    """Make the rows of an observation: one for its own value, and one for that of each component.

    A number with a comparator (``<5``) is no number that one may count with, and is kept in words.

    Parameters
    ----------
    resource : dict
        An Observation.
    keys : Keys
        What its references lead to.

    Returns
    -------
    sequence of tuple
        At least one row; the key of a component is that of the observation, ``#`` and its place.
    """
    refuse_status(required_text(resource, "status"), OMITTED)
    own = required_text(resource, "id")
    about = (keys.required(resource, "subject"), keys.get(resource, "encounter"))
    tail = (_observed(resource), _category(resource))
    code = required_coding(resource, "code", FINDINGS)
    rows = []
    if (value := _value(resource)) is not None:
        rows.append(_row(own, about, code, value, tail))
    for place, component in enumerate(parts(resource, "component"), 1):
        if (value := _value(component, f"component[{place}].")) is not None:
            what = required_coding(component, "code", FINDINGS)
            rows.append(_row(f"{own}{JOINT}{place}", about, what, value, tail))
    if not rows:
        raise OmittedError(Omission.WITHOUT_VALUE)
    return rows


def _row(
    key: str,
    about: tuple[str, str | None],
    code: tuple[str, str | None, str | None],
    value: Value,
    tail: tuple[datetime, str | None],
) -> Row:
    observed, category = tail
    return (key, *about, *code, observed, *value, category)


def _observed(resource: Object) -> datetime:
    found = (
        when(resource, "effectiveDateTime")
        or begin(resource, "effectivePeriod")
        or when(resource, "effectiveInstant")
    )
    if found is None:
        raise FaultyError(Reason.MISSING, "effectiveDateTime")
    return found


def _category(resource: Object) -> str | None:
    return text(first(first(resource, "category"), "coding"), "code")


def _value(of: Object, path: str = "") -> Value | None:
    kinds = [key for key in of if key.startswith("value")]
    if not kinds:
        return None
    if len(kinds) > 1:
        raise FaultyError(Reason.WRONG_TYPE, f"{path}value")
    match kinds[0]:
        case "valueQuantity":
            return _quantity(part(of, "valueQuantity"))
        case "valueCodeableConcept":
            return _words(of)
        case "valueString" | "valueTime" | "valueDateTime" as key:
            return None if (said := text(of, key)) is None else (None, said, None)
        case "valueInteger":
            return number(of, "valueInteger"), None, "1"
        case "valueBoolean":
            if type(of["valueBoolean"]) is not bool:
                raise FaultyError(Reason.WRONG_TYPE, f"{path}valueBoolean")
            return None, str(of["valueBoolean"]).lower(), None
        case _:
            raise FaultyError(Reason.OTHER_VALUE, f"{path}value")


def _quantity(quantity: Object) -> Value | None:
    value, unit = number(quantity, "value"), text(quantity, "code") or text(quantity, "unit")
    unit = ucum(unit) if unit else None
    comparator = text(quantity, "comparator")
    if value is None:
        return None
    if comparator:
        return None, " ".join(filter(None, (f"{comparator}{value:g}", unit))), None
    return value, None, unit


def _words(of: Object) -> Value | None:
    concept = part(of, "valueCodeableConcept")
    found = coding(of, "valueCodeableConcept", FINDINGS)
    said = text(concept, "text") or (found and (found[2] or found[0]))
    return (None, said, None) if said else None


KIND = Kind(("Observation",), OBSERVATION, observation_rows)
