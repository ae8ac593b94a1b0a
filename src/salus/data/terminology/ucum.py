"""What a unit is by UCUM: its size and its dimension, as ucumvert and pint know them.

Needs the extra ``[records]``. The registry takes a second to build, and is built once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from salus.core.extras import lacking

if TYPE_CHECKING:
    from collections.abc import Mapping

EXTRA = "records"
LONGEST = 64
"""Signs of a unit; UCUM has none that long, and its grammar is not asked about longer ones."""

ANNOTATION = re.compile(r"\{[^{}]*\}")
DIVIDED = re.compile(r"/\{[^{}]*\}")
ARBITRARY = re.compile(
    r"\[(?:iU|IU|arb'U|USP'U|GPL'U|MPL'U|APL'U|beth'U|anti'Xa'U|todd'U|dye'U|smgy'U|bdsk'U|ka'U"
    r"|knk'U|mclg'U|tb'U|CCID_50|TCID_50|EID_50|PFU|FFU|CFU|IR|BAU|AU|EU|Amb'a'1'U|D'ag'U|Lf)\]"
)
"""Units that measure by a procedure of their own, and are comparable with nothing else."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A unit by UCUM.

    Parameters
    ----------
    code : str
        As UCUM writes it.
    size : float
        How many of ``unit`` it is.
    unit : pint.Unit
        What pint calls it.
    dimensions : mapping of str to float
        Exponent of each base dimension.
    apart : tuple of str
        What keeps it from others of the same dimension: arbitrary units, and annotations that state
        a reference, such as a body surface.
    equivalents : bool
        Whether it counts charges.
    """

    code: str
    size: float
    unit: Any
    dimensions: Mapping[str, float]
    apart: tuple[str, ...]
    equivalents: bool


@lru_cache(maxsize=4096)
def unit_of(code: str) -> Unit | None:
    """Take a unit by its UCUM code; one that UCUM does not know is ``None``.

    Raises
    ------
    EnvironmentFaultError
        If ucumvert or pint is not installed.

    Examples
    --------
    >>> dict(unit_of("kg/m2").dimensions)
    {'[mass]': 1, '[length]': -2}
    >>> unit_of("furlong!")
    """
    registry = _registry()
    plain = ANNOTATION.sub("", DIVIDED.sub("", code)).strip()
    if len(code) > LONGEST or not code.isascii():
        return None
    try:
        # An annotation alone is the unit 1, and what only divides by one divides by nothing.
        quantity = registry.from_ucum(f"1{plain}" if plain.startswith("/") else plain or "1")
        size, dimensions = float(quantity.magnitude), dict(quantity.dimensionality)
    except Exception:  # noqa: BLE001 - parser, registry and arithmetic each raise kinds of their own
        return None
    return Unit(code, size, quantity.units, dimensions, _apart(code, plain), "eq" in plain)


def converted(value: float, unit: Unit, to: Unit, molar_mass: float = 1.0, power: int = 0) -> float:
    """Convert one value between units of the same dimension, or of one that a molar mass joins.

    Parameters
    ----------
    value : float
        In the unit.
    unit, to : Unit
        From which, into which.
    molar_mass : float
        g/mol.
    power : int
        1 where an amount of substance becomes a mass, -1 the other way, 0 where neither.

    Returns
    -------
    float

    Examples
    --------
    >>> round(converted(37.0, unit_of("Cel"), unit_of("[degF]")), 1)
    98.6
    """
    registry = _registry()
    quantity = registry.Quantity(value * unit.size, unit.unit)
    if power:
        quantity = quantity * registry.Quantity(molar_mass, "gram / mole") ** power
    return float(quantity.to(to.unit).magnitude) / to.size


def _apart(code: str, plain: str) -> tuple[str, ...]:
    arbitrary = [each.lower() for each in ARBITRARY.findall(plain)]
    notes = ANNOTATION.findall(code)
    stated = [each for each in notes if each[1:2].isdigit()]
    counted = ["{}"] if notes and not plain else []
    return tuple(sorted([*arbitrary, *stated, *counted]))


@cache
def _registry() -> Any:  # noqa: ANN401 - pint makes its classes as it runs
    try:
        from ucumvert import PintUcumRegistry  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and slow
    except ImportError as error:
        raise lacking(EXTRA, error) from error
    return PintUcumRegistry()


@lru_cache(maxsize=4096)
def is_ucum(code: str) -> bool:
    """Tell whether UCUM knows a unit, also where nothing can be converted to or from it.

    Raises
    ------
    EnvironmentFaultError
        If ucumvert or pint is not installed.

    Examples
    --------
    >>> is_ucum("[pH]"), is_ucum("K/uL!")
    (True, False)
    """
    if unit_of(code) is not None:
        return True
    from ucumvert import get_ucum_parser  # noqa: PLC0415 - an extra, and slow

    try:
        get_ucum_parser().parse(code if len(code) <= LONGEST else "")
    except Exception:  # noqa: BLE001 - the parser raises kinds of its own
        return False
    return True
