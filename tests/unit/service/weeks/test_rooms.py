"""Which rooms of a hospital are planned, and which beds are kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salus.allocate.hospital.site import Room
from salus.service.weeks.inside import stays_now
from salus.service.weeks.rooms import open_rooms, wards_of
from tests.fakes.wards import bed_state, one_hospital, person, stay


def test_beds_of_nobody_on_record_are_kept() -> None:
    """Used by unnamed, and closed: the last rooms of the ward are kept; the last count holds."""
    made = one_hospital(
        patient=[person("A")],
        encounter=[stay("A", "H1-W1", 2.0)],
        bed_state=[bed_state("H1-W1", 6, days=1), bed_state("H1-W1", 3, closed=1)],
    )
    first, second = wards_of(made, "H1", stays_now(made, "H1"))
    assert (first.id, first.planned, first.kept) == ("H1-W1", 3, 3)
    assert [each.id for each in first.rooms] == ["H1-W1-R0"]
    assert (second.planned, second.kept) == (6, 0)


def test_a_ward_that_is_full_of_unnamed_is_left_out() -> None:
    """No bed of it can be planned, and intensive care never is."""
    made = one_hospital(bed_state=[bed_state("H1-W1", 6)])
    assert [ward.id for ward in wards_of(made, "H1", [])] == ["H1-W2"]


@given(beds=st.lists(st.integers(1, 6), max_size=8), kept=st.integers(0, 60))
def test_as_many_beds_are_left_out_as_are_kept(beds: list[int], kept: int) -> None:
    """Whatever the rooms, the beds that are left add up, and each room is no larger than it was."""
    rooms = [Room(f"r{n}", each) for n, each in enumerate(beds)]
    left = open_rooms(rooms, kept)
    assert sum(each.beds for each in left) == max(0, sum(beds) - kept)
    assert all(0 < each.beds <= room.beds for each, room in zip(left, rooms, strict=False))
