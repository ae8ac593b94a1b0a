"""What is measured on patients, and what they tell of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from salus.core.checks import within
from salus.data.synthetic.published import published

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sign:
    """A vital sign or a laboratory value.

    Parameters
    ----------
    id, loinc, name, unit, category : str
        Key, LOINC code, name, UCUM unit and FHIR category.
    mean, sd : float
        Of healthy people, in the unit; with ``log`` the median, and the spread of the logarithm.
    low, high : float
        Healthy range, in the unit.
    least, most : float
        What an instrument reports at the extremes, in the unit.
    log : bool
        Whether the logarithm is normal.
    digits : int
        Digits after the point.
    asked_by : tuple of str
        Symptoms that make it measured; empty for a routine sign.

    Raises
    ------
    ValueError
        If the healthy range is not within what an instrument reports.
    """

    id: str
    loinc: str
    name: str
    unit: str
    category: str
    mean: float
    sd: float
    low: float
    high: float
    least: float
    most: float
    log: bool = False
    digits: int = 0
    asked_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a sign that nobody could have."""
        within(f"{self.id}.mean", self.mean, self.least, self.most)
        within(f"{self.id}.high", self.high, self.low, self.most)

    def value(self, z: Floats) -> Floats:
        """Turn standard deviations from the healthy mean into a reading.

        Examples
        --------
        >>> sign_named("hr").value(np.array([0.0, 1.0, 99.0]))
        array([ 76.,  87., 220.])
        """
        raw = self.mean * np.exp(self.sd * z) if self.log else self.mean + self.sd * z
        return self.reported(raw)

    def reported(self, raw: Floats) -> Floats:
        """Round a value and hold it within what an instrument reports."""
        held: Floats = np.clip(raw, self.least, self.most)
        return held.round(self.digits)


@dataclass(frozen=True, slots=True)
class Symptom:
    """What a patient tells of.

    Parameters
    ----------
    id, icd10, name : str
        Key, WHO ICD-10 code and name.
    """

    id: str
    icd10: str
    name: str


@cache
def signs() -> tuple[Sign, ...]:
    """Return all signs, in the order of the table."""
    return tuple(
        Sign(**{**row, "asked_by": tuple(row.get("asked_by", ()))})
        for row in published("signs")["sign"]
    )


@cache
def symptoms() -> tuple[Symptom, ...]:
    """Return all symptoms, in the order of the table."""
    return tuple(Symptom(key, *pair) for key, pair in published("signs")["symptoms"].items())


def sign_named(key: str) -> Sign:
    """Return the sign of this key.

    Raises
    ------
    KeyError
        If there is none.
    """
    return {sign.id: sign for sign in signs()}[key]


def sign_place(key: str) -> int:
    """Return the place of a sign among all."""
    return [sign.id for sign in signs()].index(key)
