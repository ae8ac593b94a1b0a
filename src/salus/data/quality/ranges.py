"""Rules on what a measurement can be at all, and on its unit."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.messages import say
from salus.data.quality.rule import Done, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.data.quality.rule import Broken, Look


@dataclass(frozen=True, slots=True)
class Range:
    """What a measurement can be at all.

    Parameters
    ----------
    loinc, measure : str
        Code, and what it is called.
    unit : str
        Usual unit, UCUM.
    least, most : float
        Inclusive bounds, in the unit.
    source : str
        What the bounds rest on.
    """

    loinc: str
    measure: str
    unit: str
    least: float
    most: float
    source: str


@cache
def ranges() -> tuple[Range, ...]:
    """Read the table of ranges, ``ranges.toml`` beside this file.

    Examples
    --------
    >>> [(each.least, each.most, each.unit) for each in ranges() if each.loinc == "44261-6"]
    [(0, 27, '{score}')]
    """
    text = files("salus.data.quality").joinpath("ranges.toml").read_text("utf-8")
    return tuple(Range(**each) for each in tomllib.loads(text)["range"])


def range_rules() -> tuple[Rule, ...]:
    """List the rules on measurements: first the unit, as it tells what the number means."""
    unit = say("The unit is missing, or is not the usual one of the code.")
    outside = say("The value is outside what is physically possible.")
    emptied = (Done.EMPTIED, ("value",))
    return tuple(_counts()) + tuple(
        Rule(name, table, sentence, emptied[0], broken(code), emptied[1])
        for table, code in (("observation", "code"), ("device_reading", "quantity"))
        for name, sentence, broken in (
            ("unusual_unit", unit, _in_another_unit),
            ("impossible_value", outside, _outside),
        )
    )


def _counts() -> Iterator[Rule]:
    below = say("A number of beds is below zero.")
    for column in ("staffed", "occupied", "closed"):
        name = f"{column}_below_zero"
        yield Rule(name, "bed_state", below, Done.EMPTIED, _below(column), (column,))


def _below(column: str) -> Broken:
    def broken(look: Look) -> pa.ChunkedArray:
        return pc.less(look.table[column], 0)

    return broken


def _in_another_unit(code: str) -> Broken:
    usual = pa.array([each.unit for each in ranges()])

    def broken(look: Look) -> pa.ChunkedArray:
        wanted = usual.take(_places(look.table[code]))
        same = pc.fill_null(pc.equal(look.table["unit"], wanted), fill_value=False)
        return pc.and_not(pc.and_(pc.is_valid(look.table["value"]), pc.is_valid(wanted)), same)

    return broken


def _outside(code: str) -> Broken:
    least = pa.array([float(each.least) for each in ranges()])
    most = pa.array([float(each.most) for each in ranges()])

    def broken(look: Look) -> pa.ChunkedArray:
        value, place = look.table["value"], _places(look.table[code])
        inside = pc.and_(
            pc.greater_equal(value, least.take(place)), pc.less_equal(value, most.take(place))
        )
        return pc.invert(inside)

    return broken


def _places(codes: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.index_in(codes, value_set=pa.array([each.loinc for each in ranges()]))
