"""What holds of every conversion: it can be undone, and no text in place of a unit breaks it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.core.errors import InputError
from salus.data.terminology.unit_sheet import unit_sheet
from salus.data.terminology.units import conversion

GROUPS = (
    (None, ["Cel", "[degF]", "K"]),
    (None, ["mm[Hg]", "kPa", "cm[H2O]", "bar"]),
    (None, ["kg", "g", "[lb_av]", "[oz_av]", "mg"]),
    (None, ["/min", "Hz", "/h", "{beats}/min"]),
    ("2345-7", ["mg/dL", "mmol/L", "g/L", "umol/mL"]),
    ("17861-6", ["mg/dL", "mmol/L", "meq/L"]),
    ("4548-4", ["%", "mmol/mol"]),
)


@settings(max_examples=100)
@given(st.sampled_from(GROUPS), st.data(), st.floats(-1e6, 1e6))
def test_there_and_back_is_where_it_began(
    group: tuple[str | None, list[str]], data: st.DataObject, value: float
) -> None:
    """A value that is converted and converted back is the same value."""
    code, units = group
    one, other = (data.draw(st.sampled_from(units)) for _ in range(2))
    forth, back = conversion(one, other, code), conversion(other, one, code)
    assert back.of(forth.of(value)) == pytest.approx(value, rel=1e-9, abs=1e-6)
    assert forth.back().of(forth.of(value)) == pytest.approx(value, rel=1e-9, abs=1e-6)


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=80), st.sampled_from([*unit_sheet().alias, "10*99/{x}", "//"])))
def test_any_text_is_a_unit_or_a_fault(text: str) -> None:
    """Nothing that a source writes does more than be refused."""
    try:
        found = conversion(text, "kg")
    except InputError:
        return
    assert math.isfinite(found.scale)
    assert found.scale
