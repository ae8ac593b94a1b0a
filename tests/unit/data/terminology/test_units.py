"""Units become others by what they measure, and by nothing else."""

from __future__ import annotations

import re
import sys

import numpy as np
import pytest

from salus.core.errors import EnvironmentFaultError, InputError
from salus.data.quality.ranges import ranges
from salus.data.terminology.ucum import _registry, unit_of
from salus.data.terminology.unit_sheet import unit_sheet
from salus.data.terminology.units import Conversion, conversion, ucum, usual_unit

WEIGHTS = {
    "C": 12.011,
    "H": 1.008,
    "O": 15.999,
    "N": 14.007,
    "Ca": 40.078,
    "Na": 22.990,
    "K": 39.098,
    "Cl": 35.45,
    "I": 126.90,
}
"""Standard atomic weights, abridged (IUPAC 2021)."""


@pytest.mark.parametrize(
    ("unit", "to", "code", "value", "expected"),
    [
        ("mmHg", "mm[Hg]", None, 120, 120),
        ("°C", "F", None, 37, 98.6),
        ("F", "Cel", None, 98.6, 37),
        ("lbs", "kg", None, 100, 45.359237),
        ("K/uL", "10*3/uL", None, 7.2, 7.2),
        ("x10^9/L", "10*3/uL", None, 7.2, 7.2),
        ("/uL", "10*3/uL", None, 7200, 7.2),
        ("bpm", "/min", None, 70, 70),
        ("{beats}/min", "/min", None, 70, 70),
        ("(score)", "{score}", None, 4, 4),
        ("ng/mL{FEU}", "ug/mL{FEU}", None, 500, 0.5),
        ("mmol/L", "mg/dL", "2345-7", 5.5, 99.0858),
        ("µmol/L", "mg/dL", "2160-0", 88.4, 1.0),
        ("mmol/L", "mg/dL", "2093-3", 5.0, 193.332),
        ("mmol/L", "mg/dL", "3094-0", 5.0, 14.007),
        ("mEq/L", "mmol/L", "2951-2", 140, 140),
        ("meq/L", "mg/dL", "17861-6", 5, 10.0195),
        ("mmol/mol", "%", "4548-4", 48, 6.543),
        ("%", "mmol/mol", "4548-4", 6.5, 47.53),
    ],
)
def test_a_value_is_the_same_in_another_unit(
    unit: str, to: str, code: str | None, value: float, expected: float
) -> None:
    """A published or derived pair of values agrees."""
    assert conversion(unit, to, code).of(value) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(
    ("unit", "to", "code"),
    [
        ("kg", "cm", None),
        ("mg/dL", "mmol/L", None),
        ("mg/dL", "mmol/L", "1988-5"),
        ("mEq/L", "mmol/L", None),
        ("{score}", "%", None),
        ("mL/min", "mL/min/{1.73_m2}", "33914-3"),
        ("m[IU]/L", "10*3/uL", None),
        ("[IU]/mL", "[arb'U]/mL", None),
        ("m999999", "m", None),
        ("10*999", "1", None),
    ],
)
def test_what_does_not_measure_the_same_is_refused(unit: str, to: str, code: str | None) -> None:
    """Neither a guess nor a number comes out, but a fault with a remedy."""
    with pytest.raises(InputError, match="cannot be converted to"):
        conversion(unit, to, code)


@pytest.mark.parametrize("unit", ["zork", "furlong!", "m" * 1000, "((((", "Smith", "千克", "\x00"])
def test_a_unit_that_ucum_does_not_know_is_not_repeated(unit: str) -> None:
    """What stands in place of a unit may be anything, so the message does not show it."""
    with pytest.raises(InputError) as caught:
        conversion(unit, "kg")
    assert unit not in str(caught.value)
    assert "not known" in str(caught.value)


def test_an_annotation_is_not_repeated() -> None:
    """A note in braces is free text, also where the unit around it is known."""
    with pytest.raises(InputError) as caught:
        conversion("kg{of_Smith}", "cm")
    assert "Smith" not in str(caught.value)


def test_every_molar_mass_follows_from_its_formula() -> None:
    """The masses of the sheet are those of the atoms."""
    for each in unit_sheet().substances.values():
        parts = re.findall(r"([A-Z][a-z]?)(\d*)", each.formula)
        mass = sum(WEIGHTS[atom] * int(count or 1) for atom, count in parts)
        assert each.molar_mass == pytest.approx(mass, abs=0.002), each.name


def test_every_unit_of_the_sheets_is_known() -> None:
    """Usual units and what an alias stands for are UCUM, and no code has two usual units."""
    known = unit_sheet()
    ours = [*known.usual.values(), *known.alias.values(), *(each.unit for each in ranges())]
    assert [unit for unit in ours if unit_of(unit) is None] == []
    assert {each.loinc for each in ranges()} & set(known.usual) == set()
    assert [code for code in known.substances if usual_unit(code) is None] == []


def test_an_alias_is_never_the_code_of_another_unit() -> None:
    """What we read otherwise than UCUM does is said in the sheet."""
    strange = []
    for each, unit in unit_sheet().alias.items():
        own = unit_of(each)
        if own is not None and own.dimensions != unit_of(unit).dimensions:  # type: ignore[union-attr]
            strange.append(each)
    assert sorted(strange) == ["C", "F", "K/uL", "ft"]
    assert ucum("C") == "Cel"


def test_a_column_is_converted_at_once() -> None:
    """What is not known stays not known."""
    found = conversion("F", "Cel").of(np.array([98.6, np.nan, 32.0]))
    np.testing.assert_allclose(found, [37.0, np.nan, 0.0], atol=1e-9)


def test_a_conversion_leads_somewhere() -> None:
    """A scale of 0 cannot be undone."""
    with pytest.raises(ValueError, match="scale"):
        Conversion(0.0)


def test_without_the_extra_the_command_that_installs_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A core installation hears what to do, and still knows usual units."""
    _registry.cache_clear()
    monkeypatch.setitem(sys.modules, "ucumvert", None)
    with pytest.raises(EnvironmentFaultError, match=r"make doors .* extras \[records\]"):
        conversion("g", "kg", "a code nobody asked for")
    assert usual_unit("8867-4") == "/min"
