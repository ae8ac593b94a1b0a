"""Patient: one registration of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.fhir.elements import first, part, parts, required_text, text
from salus.data.fhir.kinds.kind import Kind
from salus.data.fhir.moments import day
from salus.data.fhir.reason import FaultyError, Reason
from salus.domain.records.person import PATIENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salus.data.fhir.elements import Object
    from salus.data.fhir.keys import Keys
    from salus.data.fhir.kinds.kind import Row

GENDERS = {"male", "female", "other", "unknown"}
MADE_UP = "synthetichealth/synthea"
TEST_DATA = "HTEST"
RECORD_NUMBER = "MR"
FORMER = {"old", "maiden"}


def patient_rows(resource: Object, keys: Keys) -> Sequence[Row]:
    """Make the row of a patient.

    The identifier is the medical record number, or else the first; the name the official one, or
    else the first that is still borne. Where only the month or year of a birth or death is said, it
    has no day.

    Parameters
    ----------
    resource : dict
        A Patient.
    keys : Keys
        Not used: a patient refers to nobody.

    Returns
    -------
    sequence of tuple
        One row.
    """
    del keys
    gender = text(resource, "gender")
    if gender is not None and gender not in GENDERS:
        raise FaultyError(Reason.WRONG_CODE, "gender")
    identifiers, name = parts(resource, "identifier"), _name(parts(resource, "name"))
    address = first(resource, "address")
    return [
        (
            required_text(resource, "id"),
            _record_number(identifiers),
            text(name, "family") or text(name, "text"),
            _joined(name, "given"),
            _phone(parts(resource, "telecom")),
            _joined(address, "line"),
            _day(resource, "birthDate"),
            gender,
            text(address, "district"),
            _day(resource, "deceasedDateTime"),
            _made_up(resource, identifiers),
        )
    ]


def _day(resource: Object, key: str) -> date | None:
    found = resource.get(key)
    return None if found is None else day(found, key)


def _name(names: Sequence[Object]) -> Object:
    borne = [each for each in names if text(each, "use") not in FORMER] or names
    official = [each for each in borne if text(each, "use") == "official"]
    return next(iter([*official, *borne]), {})


def _record_number(identifiers: Sequence[Object]) -> str | None:
    for each in identifiers:
        if any(text(of, "code") == RECORD_NUMBER for of in parts(part(each, "type"), "coding")):
            return text(each, "value")
    return next((text(each, "value") for each in identifiers), None)


def _phone(telecom: Sequence[Object]) -> str | None:
    return next((text(each, "value") for each in telecom if text(each, "system") == "phone"), None)


def _joined(resource: Object, key: str) -> str | None:
    found = resource.get(key)
    if found is None:
        return None
    if type(found) is not list or any(type(each) is not str for each in found):
        raise FaultyError(Reason.WRONG_TYPE, key)
    return " ".join(found) or None


def _made_up(resource: Object, identifiers: Sequence[Object]) -> bool | None:
    tags = parts(part(resource, "meta"), "security")
    made = any(MADE_UP in (text(each, "system") or "") for each in identifiers)
    return made or any(text(each, "code") == TEST_DATA for each in tags) or None


KIND = Kind(("Patient",), PATIENT, patient_rows)
