"""Why a resource is set aside, or left out by rule."""

from __future__ import annotations

from enum import StrEnum

from salus.core.messages import Message, say


class Reason(StrEnum):
    """Why a resource is in quarantine."""

    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    NOT_AN_OBJECT = "not_an_object"
    NO_TYPE = "no_type"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    WRONG_CODE = "wrong_code"
    BAD_MOMENT = "bad_moment"
    OTHER_VALUE = "other_value"
    UNKNOWN_PATIENT = "unknown_patient"
    UNKNOWN_MEDICATION = "unknown_medication"
    OTHER_CONTENT = "other_content"
    UNIT_MISSING = "unit_missing"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_INCOMPATIBLE = "unit_incompatible"

    @property
    def label(self) -> Message:
        """Say it to people; never a value of a patient.

        Examples
        --------
        >>> str(Reason.BAD_MOMENT.label)
        'a date or time is not one of FHIR'
        """
        return _LABELS[self]


_LABELS = {
    Reason.NOT_JSON: say("the line is no whole JSON in UTF-8"),
    Reason.TOO_LARGE: say("the line is longer than any resource"),
    Reason.NOT_AN_OBJECT: say("the resource is no JSON object"),
    Reason.NO_TYPE: say("the resource does not say a type of FHIR R4"),
    Reason.MISSING: say("a required element is missing"),
    Reason.WRONG_TYPE: say("an element has another type than FHIR gives it"),
    Reason.WRONG_CODE: say("a code is not one of its closed list"),
    Reason.BAD_MOMENT: say("a date or time is not one of FHIR"),
    Reason.OTHER_VALUE: say("the value is of a kind that the tables do not hold"),
    Reason.UNKNOWN_PATIENT: say("the patient is not among those that were loaded"),
    Reason.UNKNOWN_MEDICATION: say("the medication it refers to is not there"),
    Reason.OTHER_CONTENT: say("another resource has the same id and says something else"),
    Reason.UNIT_MISSING: say("the number comes without a unit"),
    Reason.UNIT_UNKNOWN: say("the unit is not known"),
    Reason.UNIT_INCOMPATIBLE: say("the unit does not measure what the code does"),
}


class FaultyError(Exception):
    """A resource cannot become a row; it is set aside, and nobody but the reader sees this.

    Parameters
    ----------
    reason : Reason
        Why.
    element : str
        FHIR path of the element at fault, below the resource; empty for the whole.
    """

    def __init__(self, reason: Reason, element: str = "") -> None:
        super().__init__(reason.value, element)
        self.reason, self.element = reason, element


class Omission(StrEnum):
    """Why a resource that is not faulty is left out by rule."""

    ENTERED_IN_ERROR = "entered_in_error"
    NOT_DONE = "not_done"
    REFUTED = "refuted"
    ONLY_PLANNED = "only_planned"
    WITHOUT_VALUE = "without_value"
    REPEATED = "repeated"

    @property
    def label(self) -> Message:
        """Say it to people.

        Examples
        --------
        >>> str(Omission.REFUTED.label)
        'found not to be so'
        """
        return _OMITTED[self]


_OMITTED = {
    Omission.ENTERED_IN_ERROR: say("entered in error"),
    Omission.NOT_DONE: say("not done, or called off"),
    Omission.REFUTED: say("found not to be so"),
    Omission.ONLY_PLANNED: say("only proposed or planned"),
    Omission.WITHOUT_VALUE: say("an observation without a value"),
    Omission.REPEATED: say("sent before, with the same content"),
}


class OmittedError(Exception):
    """A rule leaves a resource out; it is counted, and nobody but the reader sees this.

    Parameters
    ----------
    why : Omission
        Which rule.
    """

    def __init__(self, why: Omission) -> None:
        super().__init__(why.value)
        self.why = why
