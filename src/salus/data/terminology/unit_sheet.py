"""The readable data on units, ``units.toml`` beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Substance:
    """What carries a mass over into an amount of substance.

    Parameters
    ----------
    name, formula : str
        What it is called, and what it is made of.
    molar_mass : float
        g/mol.
    loinc : tuple of str
        Codes of the findings that measure it.
    charge : int or None
        Equivalents in a mole; ``None`` where nobody counts in equivalents.
    """

    name: str
    formula: str
    molar_mass: float
    loinc: tuple[str, ...]
    charge: int | None = None


@dataclass(frozen=True, slots=True)
class Equation:
    """Two scales of one finding that no dimension ties together.

    Parameters
    ----------
    loinc : tuple of str
        Codes of the finding.
    unit, to : str
        From which unit into which, UCUM.
    scale, offset : float
        The straight line between them.
    source : str
        Where it is published.
    """

    loinc: tuple[str, ...]
    unit: str
    to: str
    scale: float
    offset: float
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class UnitSheet:
    """What the file says.

    Parameters
    ----------
    usual : mapping of str to str
        LOINC code to UCUM unit.
    alias : mapping of str to str
        What sources write, to UCUM unit.
    substances : mapping of str to Substance
        By LOINC code.
    equations : mapping of (str, str, str) to Equation
        By LOINC code, unit and wanted unit.
    """

    usual: Mapping[str, str]
    alias: Mapping[str, str]
    substances: Mapping[str, Substance]
    equations: Mapping[tuple[str, str, str], Equation]


@cache
def unit_sheet() -> UnitSheet:
    """Read the file, once.

    Examples
    --------
    >>> unit_sheet().substances["2345-7"].molar_mass
    180.156
    """
    text = files("salus.data.terminology").joinpath("units.toml").read_text("utf-8")
    read = tomllib.loads(text)
    substances = [Substance(**each | {"loinc": tuple(each["loinc"])}) for each in read["substance"]]
    equations = [Equation(**each | {"loinc": tuple(each["loinc"])}) for each in read["equation"]]
    return UnitSheet(
        read["usual"],
        read["alias"],
        {code: each for each in substances for code in each.loinc},
        {(code, each.unit, each.to): each for each in equations for code in each.loinc},
    )
