"""Conversion of units of measurement, and the usual unit of a finding.

Needs the extra ``[records]`` (ucumvert and pint); :func:`usual_unit` and :func:`ucum` do without.

References
----------
G. Schadow, C. J. McDonald (2017), The Unified Code for Units of Measure, version 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.data.quality.ranges import ranges
from salus.data.terminology.ucum import ANNOTATION, Unit, converted, unit_of
from salus.data.terminology.unit_sheet import unit_sheet

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from salus.core.messages import Message
    from salus.data.terminology.unit_sheet import Substance

MASS, AMOUNT = "[mass]", "[substance]"
DIGITS = 12
MICRO = str.maketrans({"µ": "u", "μ": "u"})


@dataclass(frozen=True, slots=True)
class Conversion:
    """A straight line from one unit to another.

    Parameters
    ----------
    scale : float
        What one of the unit is in the other; not 0.
    offset : float
        What none of the unit is in the other.

    Raises
    ------
    ValueError
        If the scale is 0 or not finite.

    Examples
    --------
    >>> Conversion(1.8, 32.0).of([35.0, 40.0]).tolist()
    [95.0, 104.0]
    """

    scale: float
    offset: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a line that leads nowhere."""
        if not (np.isfinite([self.scale, self.offset]).all() and self.scale):
            message = f"a conversion needs a finite scale that is not 0, but has {self.scale}"
            raise ValueError(message)

    def of(self, values: ArrayLike) -> NDArray[np.float64]:
        """Convert values; NaN stays NaN.

        Parameters
        ----------
        values : array_like of float
            In the first unit; any shape.

        Returns
        -------
        ndarray of float, same shape
            In the second unit.
        """
        return np.asarray(values, dtype=np.float64) * self.scale + self.offset

    def back(self) -> Conversion:
        """Return the conversion the other way."""
        return Conversion(1 / self.scale, -self.offset / self.scale)


def ucum(unit: str) -> str:
    """Write a unit as UCUM does, where a source is known to write it otherwise.

    Examples
    --------
    >>> ucum("mmHg"), ucum(" °C "), ucum("mg/dL")
    ('mm[Hg]', 'Cel', 'mg/dL')
    """
    plain = unit.strip().translate(MICRO)
    return unit_sheet().alias.get(plain, plain)


def usual_unit(quantity_code: str) -> str | None:
    """Return the unit (UCUM) in which we keep a finding (LOINC), if we have one.

    Examples
    --------
    >>> usual_unit("8310-5"), usual_unit("2093-3"), usual_unit("0-0")
    ('Cel', 'mg/dL', None)
    """
    return _usual().get(quantity_code)


def conversion(unit: str, to: str, quantity_code: str | None = None) -> Conversion:
    """Find how values in one unit become values in another.

    Parameters
    ----------
    unit : str
        UCUM, or one of the spellings of ``units.toml``.
    to : str
        The same.
    quantity_code : str, optional
        What was measured (LOINC): a mass becomes an amount of substance only where its molar mass
        is known, and some findings have scales of their own.

    Returns
    -------
    Conversion

    Raises
    ------
    InputError
        If a unit is not known, or the units do not measure the same.
    EnvironmentFaultError
        If the extra ``[records]`` is not installed.

    Examples
    --------
    >>> conversion("mmHg", "kPa").of(120).round(2)
    np.float64(16.0)
    >>> conversion("mmol/L", "mg/dL", "2345-7").of([5.5]).round(1)
    array([99.1])
    """
    found = _found(ucum(unit), ucum(to), quantity_code)
    if isinstance(found, Fault):
        raise InputError(found)
    return found


def shown_unit(unit: str) -> str:
    """Write a unit where a patient must not be named: without annotations, but for our own.

    An annotation is free text, and whatever a person wrote there is not repeated.

    Parameters
    ----------
    unit : str
        UCUM, as a source sent it.

    Returns
    -------
    str
        ``1`` where nothing but an annotation stands.

    Examples
    --------
    >>> shown_unit("mmol/L{JaneSmith}"), shown_unit("{JaneSmith}"), shown_unit("mL/s/{1.73_m2}")
    ('mmol/L', '1', 'mL/s/{1.73_m2}')
    """
    ours = _annotations()
    kept = ANNOTATION.sub(lambda found: found[0] if found[0] in ours else "", unit)
    return kept.rstrip("/.") or "1"


@lru_cache(maxsize=1)
def _annotations() -> frozenset[str]:
    units = (*_usual().values(), *unit_sheet().alias.values())
    return frozenset(note for unit in units for note in ANNOTATION.findall(unit))


@lru_cache(maxsize=1)
def _usual() -> dict[str, str]:
    return {**unit_sheet().usual, **{each.loinc: each.unit for each in ranges()}}


@lru_cache(maxsize=4096)
def _found(unit: str, to: str, quantity_code: str | None) -> Conversion | Fault:
    # What is not found is kept too: a feed that is wrong is wrong a million times.
    if unit == to:
        return Conversion(1.0)
    own = unit_sheet().equations
    if (forth := own.get((quantity_code or "", unit, to))) is not None:
        return Conversion(forth.scale, forth.offset)
    if (back := own.get((quantity_code or "", to, unit))) is not None:
        return Conversion(back.scale, back.offset).back()
    one, other = unit_of(unit), unit_of(to)
    if one is None or other is None:
        remedy = say(
            "write a unit of UCUM, such as {examples}", examples="mm[Hg], mg/dL, Cel, /min"
        )
        return Fault(say("the unit is not known"), Where("UCUM"), remedy)
    try:
        return _line(one, other, unit_sheet().substances.get(quantity_code or ""))
    except Exception:  # noqa: BLE001 - pint raises kinds of its own, and a power may be too large
        return _refused(one, other, say("send a unit that measures the same"))


def _line(one: Unit, other: Unit, substance: Substance | None) -> Conversion | Fault:
    power = _power(one, other)
    if power is None or one.apart != other.apart:
        return _refused(one, other, say("send a unit that measures the same"))
    factor = 1.0
    if one.equivalents != other.equivalents:
        if substance is None or substance.charge is None:
            return _refused(one, other, say("send moles: the charge of the substance is not known"))
        factor = 1 / substance.charge if one.equivalents else float(substance.charge)
    if power and substance is None:
        return _refused(one, other, say("send the usual unit: no molar mass is known for it"))
    molar_mass = substance.molar_mass if substance else 1.0
    none, unity = (converted(value, one, other, molar_mass, power) for value in (0.0, 1.0))
    # An offset in kelvin leaves a trace in the last digits, which are not of the unit.
    return Conversion(_rounded((unity - none) * factor), _rounded(none))


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


def _power(one: Unit, other: Unit) -> int | None:
    """Return 0 for the same dimension, ±1 where a molar mass carries over, None for neither."""
    names = {*one.dimensions, *other.dimensions}
    apart = {name: other.dimensions.get(name, 0) - one.dimensions.get(name, 0) for name in names}
    apart = {name: power for name, power in apart.items() if power}
    if not apart:
        return 0
    if apart in ({MASS: 1, AMOUNT: -1}, {MASS: -1, AMOUNT: 1}):
        return int(apart[MASS])
    return None


def _refused(one: Unit, other: Unit, remedy: Message) -> Fault:
    unit, wanted = shown_unit(one.code), shown_unit(other.code)
    what = say("{unit} cannot be converted to {wanted}", unit=unit, wanted=wanted)
    return Fault(what, Where("UCUM"), remedy)
