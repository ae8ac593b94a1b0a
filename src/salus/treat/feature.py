"""One thing that is known of a patient, as a column of numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from salus.core.messages import Message, say, word


class Kind(StrEnum):
    """What a feature tells."""

    AGE = "age"
    """Years since birth."""
    SEX = "sex"
    """1 female, 0 male, not known otherwise."""
    CONTACTS = "contacts"
    """Contacts with care within the window; of one class where a code is given."""
    VALUE = "value"
    """Latest number measured within the window."""
    FRESHNESS = "freshness"
    """Days since that measurement."""
    TEXT = "text"
    """1 where the latest finding in words is this one, 0 where it is another."""
    MEDICINE = "medicine"
    """1 while a medicine is taken."""
    CONDITION = "condition"
    """1 once a condition is recorded."""
    ALLERGY = "allergy"
    """1 once an allergy is recorded."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of a feature table.

    Parameters
    ----------
    kind : Kind
        What it tells.
    code : str
        Code of what was measured, taken or found; empty for age and sex.
    detail : str
        UCUM unit of a value, or the words of a finding.
    display : str
        What the code means, in words of the source; compared by nobody.
    """

    kind: Kind
    code: str = ""
    detail: str = ""
    display: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """Key of the column.

        Examples
        --------
        >>> Feature(Kind.VALUE, "4548-4", "%").name
        'value 4548-4 %'
        """
        return " ".join(part for part in (self.kind.value, self.code, self.detail) if part)

    @property
    def label(self) -> Message:  # noqa: PLR0911 - one answer for each kind
        """Name of the column for people."""
        what = word(self.display) if self.display else self.code
        match self.kind:
            case Kind.AGE:
                return say("age in years")
            case Kind.SEX:
                return say("female sex")
            case Kind.CONTACTS:
                return say("contacts in the window {what}", what=what)
            case Kind.VALUE:
                return say("latest {what} ({unit})", what=what, unit=self.detail or "1")
            case Kind.FRESHNESS:
                return say("days since {what} was measured", what=what)
            case Kind.TEXT:
                return say("{what}: {finding}", what=what, finding=self.detail)
            case Kind.MEDICINE:
                return say("takes {what}", what=what)
            case Kind.CONDITION:
                return say("known {what}", what=what)
            case Kind.ALLERGY:
                return say("allergy to {what}", what=what)
