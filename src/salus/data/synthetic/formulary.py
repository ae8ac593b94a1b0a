"""Medicines, allergies, genes and vaccines of the city."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from salus.core.checks import within
from salus.data.synthetic.published import published

if TYPE_CHECKING:
    from collections.abc import Mapping

INTERMEDIATE_BELOW, NORMAL_UP_TO = 1.25, 2.25
"""Activity scores that part the phenotypes of CYP2D6."""
ATC = "http://www.whocc.no/atc"


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine and how it is taken.

    Parameters
    ----------
    id, atc, name, unit : str
        Key, WHO ATC code, ingredient and UCUM unit of a dose.
    dose : float
        Amount of one dose.
    per_day : float
        Doses a day.
    use : float
        Doses that 100 hospital beds use in a day.
    standing : mapping of str to float
        Share of the carriers of each disease who take it for good.
    """

    id: str
    atc: str
    name: str
    unit: str
    dose: float
    per_day: float
    use: float
    standing: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Allergy:
    """An allergy on record.

    Parameters
    ----------
    code, system, name, reaction, source : str
        Code of the substance or class, its code system, name, what happens, and where the share
        comes from.
    share : float
        Share of patients with this allergy on record.
    severe : float
        Share of those at high risk.

    Raises
    ------
    ValueError
        If a share is out of range.
    """

    code: str
    system: str
    name: str
    reaction: str
    source: str
    share: float
    severe: float

    def __post_init__(self) -> None:
        """Refuse impossible shares."""
        within(f"{self.name}.share", self.share, 0, 1)
        within(f"{self.name}.severe", self.severe, 0, 1)

    def forbids(self, medicine: Medicine) -> bool:
        """Tell whether a medicine belongs to the class that is not tolerated."""
        return self.system == ATC and medicine.atc.startswith(self.code)


@dataclass(frozen=True, slots=True)
class Gene:
    """A gene test and how often each result is found.

    Parameters
    ----------
    loinc, name, source : str
        LOINC code, name, and where the shares come from.
    results : mapping of str to float
        Share of each result; they add up to 1. None where results follow from alleles.
    symbol : str
        Of a gene whose alleles are known.
    alleles, activity : mapping of str to float
        Share of each allele, adding up to 1, and how active it is.

    Raises
    ------
    ValueError
        If the shares do not add up to 1, or an allele has no activity.
    """

    loinc: str
    name: str
    source: str
    results: Mapping[str, float] = field(default_factory=dict)
    symbol: str = ""
    alleles: Mapping[str, float] = field(default_factory=dict)
    activity: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse results that do not add up."""
        shares = self.results or self.alleles
        within(f"{self.name}, sum of shares", sum(shares.values()), 1 - 1e-9, 1 + 1e-9)
        missing = self.alleles.keys() ^ self.activity.keys()
        within(f"{self.name}, alleles without activity", len(missing), 0, 0)

    def genotypes(self) -> dict[tuple[str, str], float]:
        """Give the share of each pair of alleles, as chance pairs them (Hardy, Weinberg)."""
        order = list(self.alleles)
        return {
            (one, other): (1 + (one != other)) * self.alleles[one] * self.alleles[other]
            for place, one in enumerate(order)
            for other in order[place:]
        }

    def metaboliser(self, genotype: tuple[str, str]) -> str:
        """Say how fast a person of this genotype is, as laboratories write it.

        References
        ----------
        K. Caudle and others (2020), Standardizing CYP2D6 genotype to phenotype translation.
        Clinical and Translational Science 13.
        """
        score = sum(self.activity[allele] for allele in genotype)
        if score == 0:
            return "Poor metabolizer"
        if score < INTERMEDIATE_BELOW:
            return "Intermediate metabolizer"
        return "Normal metabolizer" if score <= NORMAL_UP_TO else "Ultrarapid metabolizer"


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A vaccine and who is given it.

    Parameters
    ----------
    cvx, name, source : str
        CVX code, name, and where the shares come from.
    from_age : int
        Youngest age, years.
    share, share_65plus : float
        Share given, under 65 and from 65 on; in each season when ``yearly``.
    yearly : bool
        Whether it is given each autumn.
    """

    cvx: str
    name: str
    source: str
    from_age: int
    share: float
    share_65plus: float
    yearly: bool


@cache
def medicines() -> tuple[Medicine, ...]:
    """Return all medicines, in the order of the table."""
    return tuple(Medicine(**row) for row in published("formulary")["medicine"])


@cache
def allergies() -> tuple[Allergy, ...]:
    """Return all allergies, in the order of the table."""
    return tuple(Allergy(**row) for row in published("formulary")["allergy"])


@cache
def genes() -> tuple[Gene, ...]:
    """Return all gene tests, in the order of the table."""
    return tuple(Gene(**row) for row in published("formulary")["gene"])


@cache
def vaccines() -> tuple[Vaccine, ...]:
    """Return all vaccines, in the order of the table."""
    return tuple(Vaccine(**row) for row in published("formulary")["vaccine"])


def medicine_place(key: str) -> int:
    """Return the place of a medicine among all.

    Examples
    --------
    >>> medicines()[medicine_place("metformin")].atc
    'A10BA02'
    """
    return [medicine.id for medicine in medicines()].index(key)
