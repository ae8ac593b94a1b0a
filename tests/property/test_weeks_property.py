"""The weeks of the busiest hospital of any city are sound, and those who lie there lie well."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from salus.core.messages import Message
from salus.core.settings import Settings
from salus.data.synthetic.city import make_city
from salus.data.synthetic.spec import CitySpec
from salus.service.context import open_context
from salus.service.read_records import read_records
from salus.service.weeks.stated import stated

if TYPE_CHECKING:
    from datetime import date

    from salus.service.records import Records


def records_of(spec: CitySpec, day: date) -> Records:
    """Make a city and read its records of a day."""
    with tempfile.TemporaryDirectory() as place:
        city = make_city(spec, Path(place) / "city").path
        with open_context(Settings(home=Path(place) / "home")) as context:
            return read_records(context, city, day)


@settings(max_examples=6)
@given(people=st.integers(2_000, 12_000), seed=st.integers(0, 1_000), earlier=st.integers(0, 2))
def test_a_city_of_any_size_states_the_weeks_of_its_hospital(
    people: int, seed: int, earlier: int
) -> None:
    """Of its last day there is a problem or nobody who could come; of an earlier one no roster."""
    spec = CitySpec(people=people, seed=seed, days=200)
    found = stated(records_of(spec, spec.as_of - timedelta(days=earlier)))
    if isinstance(found, Message):
        assert ("on duty" in str(found)) == bool(earlier) or "waits" in str(found)
        return
    problem = found.problem
    beds = {room.id: room.beds for room in problem.rooms}
    rooms = defaultdict(list)
    for each in problem.occupants:
        rooms[each.room].append(each.gender)
    assert all(len(there) <= beds[room] for room, there in rooms.items())
    assert all(len(set(there)) == 1 for there in rooms.values())
    for patient in problem.patients:
        assert patient.due is None or patient.release <= patient.due < problem.days
