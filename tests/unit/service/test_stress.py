"""How a stress is written, read and named."""

from __future__ import annotations

import pytest

from salus.allocate.city.explain.changes.capacity import Add, Lose
from salus.allocate.city.explain.changes.roads import CloseRoad
from salus.allocate.city.explain.names import Names
from salus.core.errors import InputError
from salus.service.stress import (
    WITH_HISTORY,
    WITH_RECORDS,
    WITHOUT_HISTORY,
    Stress,
    parse_stresses,
)


def test_every_word_is_understood() -> None:
    """A stress may join all words, with spaces between them."""
    (stress,) = parse_stresses(("record, demand=1.5,slow=4,close-loaded=2, close=A+B",))
    assert stress == Stress(stress.spec, True, 1.5, 4, 2, ("A", "B"))  # noqa: FBT003  # the field


def test_single_places_can_change() -> None:
    """Units can be lost and added and roads closed, several at once, joined by a plus."""
    (stress,) = parse_stresses(("lose=A:icu_bed:2+B:C:ward_bed:1.5,add=A:ward_bed:3,road=D:A+E:A",))
    assert stress.lose == (Lose("A", "icu_bed", 2.0), Lose("B:C", "ward_bed", 1.5))
    assert stress.add == (Add("A", "ward_bed", 3.0),)
    assert stress.road == (CloseRoad("D", "A"), CloseRoad("E", "A"))

    def gives(_: str, resource: str) -> float:
        return 1 if resource == "icu_bed" else 0.85

    assert [getattr(one, "gives", None) for one in stress.changes(gives)] == [
        *[1, 0.85, 0.85],
        *[None] * 2,
    ]
    assert str(stress.label(Names(facilities={"A": "Mercy"}))).startswith(
        "2 fewer of icu_bed at Mercy, 1.5 fewer of ward_bed at B:C, 3 more of ward_bed at Mercy"
    )


@pytest.mark.parametrize(
    "part",
    [
        "",
        "panic",
        "record=1",
        "demand",
        "demand=0",
        "demand=-1",
        "demand=nan",
        "demand=inf",
        "demand=101",
        "demand=x",
        "slow",
        "slow=0.5",
        "slow=101",
        "close-loaded",
        "close-loaded=0",
        "close-loaded=1.5",
        "close",
        "close=",
        "lose",
        "lose=H1",
        "lose=H1:icu_bed",
        "lose=H1:icu_bed:0",
        "lose=H1:icu_bed:-1",
        "lose=H1:icu_bed:nan",
        "lose=H1:icu_bed:inf",
        "lose=H1:icu_bed:x",
        "lose=:icu_bed:1",
        "lose=H1::1",
        "add=H1:icu_bed:1+",
        "add=H1",
        "road",
        "road=D1",
        "road=D1:",
        "road=:H1",
        "road=D1:H1:H2",
    ],
)
def test_a_bad_part_is_a_fault_with_its_text(part: str) -> None:
    """Each part that cannot be understood is quoted, with the words that can be."""
    with pytest.raises(InputError) as caught:
        parse_stresses((f"record,{part}",))
    (fault,) = caught.value.faults
    assert (fault.value, fault.where.source) == (part, "--stress")
    assert "close-loaded=N" in str(fault.remedy)


def test_all_bad_parts_come_at_once() -> None:
    """Faults are gathered over all stresses."""
    with pytest.raises(InputError) as caught:
        parse_stresses(("a,record,b", "c"))
    assert [fault.value for fault in caught.value.faults] == ["a", "b", "c"]


def test_what_is_taken_unasked_can_be_read() -> None:
    """The stresses that Salus chooses itself are written as a person would."""
    for specs in (WITH_HISTORY, WITH_RECORDS, WITHOUT_HISTORY):
        assert [stress.spec for stress in parse_stresses(specs)] == list(specs)


def test_a_label_says_each_change() -> None:
    """The head of a table names what happens, in the order of the words."""
    (stress,) = parse_stresses(("close=H1+H2,demand=1.2,record,close-loaded=3",))
    assert str(stress.label()) == (
        "Record week, Demand times 1.2, 3 most loaded districts closed, Closed: H1, H2"
    )


@pytest.mark.parametrize("spec", ["demand=1", "slow=1", "demand=1,slow=1"])
def test_a_stress_that_changes_nothing_has_a_name(spec: str) -> None:
    """The head of its table and its line are not empty."""
    assert str(parse_stresses((spec,))[0].label()) == "Nothing changed"


def test_a_winter_storm_is_understood() -> None:
    """Slow journeys are a factor of at least 1, and are named."""
    storm = parse_stresses(WITH_RECORDS)[-1]
    assert (storm.record, storm.demand, storm.slow) == (True, 1.2, 7)
    assert str(storm.label()).endswith("Journeys take 7 times as long")
    assert parse_stresses(("slow=1",))[0].slow == 1
