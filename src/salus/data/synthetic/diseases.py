"""The thirty diseases of the city."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from salus.core.checks import within
from salus.data.synthetic.published import published
from salus.data.synthetic.signs import signs, symptoms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

ICD10 = "http://hl7.org/fhir/sid/icd-10"
BACKGROUND = 0.08
"""Share of contacts in which any other symptom is told of: our own choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Disease:
    """A disease: how common it is, whom it strikes, and how it shows.

    Parameters
    ----------
    id, name, icd10 : str
        Key, name and WHO ICD-10 code.
    chronic : bool
        Whether it stays for life.
    rate : float
        Chronic: share of adults who have it. Acute: cases per 1,000 persons and year.
    source : str
        Where the rate comes from.
    age, male : float
        Log-odds per decade of age, and of men against women.
    contacts : float
        Hospital contacts per carrier and year, or share of acute cases that reach a hospital.
    classes : tuple of float
        Shares of inpatient, emergency and ambulatory contacts.
    stay : float
        Mean inpatient stay, days.
    winter : float
        Amplitude of the yearly season, -1 to 1; positive peaks in January.
    icu, death : float
        Shares of inpatient contacts.
    signs : mapping of str to float
        Shift of each sign, in standard deviations of healthy people.
    symptoms : mapping of str to float
        Share of contacts in which each symptom is told of.
    procedure : tuple of str
        SNOMED CT code, name and share of inpatient contacts; empty for none.

    Raises
    ------
    ValueError
        If a share is out of range or the classes do not add up to 1.
    """

    id: str
    name: str
    icd10: str
    chronic: bool
    rate: float
    source: str
    age: float
    male: float
    contacts: float
    classes: tuple[float, float, float]
    stay: float
    winter: float = 0.0
    icu: float = 0.0
    death: float = 0.0
    signs: Mapping[str, float] = field(default_factory=dict)
    symptoms: Mapping[str, float] = field(default_factory=dict)
    procedure: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse figures that cannot be."""
        within(f"{self.id}.rate", self.rate, 0, 1 if self.chronic else 1000)
        within(f"{self.id}.winter", self.winter, -1, 1)
        within(f"{self.id}.stay", self.stay, 0.5, 60, "days")
        within(f"{self.id}.classes", sum(self.classes), 1 - 1e-9, 1 + 1e-9)
        for share in (self.icu, self.death, *self.symptoms.values()):
            within(f"{self.id}, a share", share, 0, 1)


@cache
def diseases() -> tuple[Disease, ...]:
    """Return the thirty diseases, in the order of the table.

    Examples
    --------
    >>> [disease.icd10 for disease in diseases()[:3]]
    ['E11.9', 'I10', 'J18.9']
    """
    return tuple(_disease(row) for row in published("diseases")["disease"])


@cache
def disease_place(key: str) -> int:
    """Return the place of a disease among all."""
    return [disease.id for disease in diseases()].index(key)


@cache
def shifts() -> NDArray[np.float64]:
    """Return how far each disease moves each sign, shape (n_diseases, n_signs)."""
    keys = [sign.id for sign in signs()]
    return np.array([[each.signs.get(key, 0.0) for key in keys] for each in diseases()])


@cache
def complaints() -> NDArray[np.float64]:
    """Return how often each disease shows each symptom, shape (n_diseases, n_symptoms)."""
    keys = [each.id for each in symptoms()]
    return np.array([[each.symptoms.get(key, BACKGROUND) for key in keys] for each in diseases()])


def _disease(row: dict[str, Any]) -> Disease:
    return Disease(**{key: _frozen(value) for key, value in row.items()})


def _frozen(value: Any) -> Any:  # noqa: ANN401  a cell of a TOML table
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value
