"""The streaming detector: departures of sources, and a state that can be written down."""

from __future__ import annotations

from typing import Any

import numpy as np

from salus.core.rng import stream
from salus.monitor.stream.departure import TOGETHER, Change, Departure
from salus.monitor.stream.detector import Arrivals, advance
from salus.monitor.stream.params import StreamParams
from salus.monitor.stream.state import StreamState, read_state

QUANTITIES = ("8867-4", "9279-1", "59408-5")


def arrivals(values: np.ndarray, source: str = "m-1", first: int = 0) -> Arrivals:
    """Take the rows of a table as moments of one source."""
    moment, column = np.indices(values.shape)
    n = values.size

    def text(word: Any) -> np.ndarray:
        return np.full(n, word, dtype=object)

    quantity = np.array(QUANTITIES, dtype=object)[column.ravel()]
    at = (moment.ravel() + first) * 10_000
    sequence = (moment.ravel() + first) * 3 + column.ravel()
    where = text("H001"), text(None)
    return Arrivals(text(source), quantity, text("/min"), *where, sequence, at, values.ravel())


def calm(rows: int = 600) -> np.ndarray:
    """Make three quantities that hang together."""
    chance = stream(9, "detector").normal(size=(rows, 3))
    chance[:, 1] = 0.95 * chance[:, 0] + 0.31 * chance[:, 1]
    return 80 + 2 * chance


def found(values: np.ndarray, step: int) -> tuple[StreamState, list[Departure]]:
    """Lead a table through the detector in steps."""
    told: list[Departure] = []
    state = StreamState.of(StreamParams())
    for start in range(0, len(values), step):
        told += advance(state, arrivals(values[start : start + step], first=start)).departures
    return state, told


def without_lasting(told: list[Departure]) -> list[Departure]:
    """Leave out what is told of once in each step."""
    return [each for each in told if each.change is not Change.LASTS]


def test_a_second_series_joins_and_the_last_one_ends() -> None:
    """Two quantities of a source depart: one departure that another joins, and one end."""
    values = calm()
    values[300:400, 0] += 10
    values[320:380, 1] += 10
    changes = without_lasting(found(values, 50)[1])
    told = [(each.change.value, each.quantity) for each in changes]
    assert told[0] == ("began", "8867-4")
    assert ("joined", "9279-1") in told
    assert [change for change, _ in told].count("began") == 1
    assert told[-1][0] == "ended"


def test_what_is_unusual_together_is_found() -> None:
    """Wild swings leave every average as it was; the rows are unusual all the same."""
    values = calm()
    values[300:400] = 80 + 9 * np.where(np.arange(100) % 2, 1, -1)[:, None] * [1, -1, 1]
    told = [each.quantity for each in found(values, 50)[1] if each.change.value == "began"]
    assert told == [TOGETHER]


def test_how_it_is_cut_into_steps_changes_nothing() -> None:
    """The same departures, and the same bytes of state."""
    values = calm()
    values[300:400, 0] += 10
    (whole, at_once), (parts, in_steps) = found(values, 600), found(values, 7)
    assert without_lasting(at_once) == without_lasting(in_steps)
    ends = [
        next(each for each in reversed(told) if each.change is Change.LASTS)
        for told in (at_once, in_steps)
    ]
    assert (ends[0].at, ends[0].value) == (ends[1].at, ends[1].value)
    assert whole.written() == parts.written()


def test_a_state_goes_on_after_it_was_written() -> None:
    """What was written in the warm-up, or later, goes on as if nothing had happened."""
    values = calm()
    values[300:, 0] += 10
    whole = found(values, 600)[0].written()
    for cut in (10, 70, 150, 310):
        state, _ = found(values[:cut], 600)
        state = read_state(state.written(), StreamParams())
        advance(state, arrivals(values[cut:], first=cut))
        assert state.written() == whole


def test_another_warm_up_begins_anew() -> None:
    """What was learned in another way is not mixed with the new."""
    written = found(calm(), 600)[0].written()
    assert read_state(written, StreamParams(warm_up=40)).names == []
    assert read_state(b"", StreamParams()).names == []


def test_the_order_of_arrival_within_a_step_does_not_matter() -> None:
    """Readings are led through by the moments at which they were taken."""
    values = calm(100)
    came = arrivals(values)
    order = stream(1, "shuffled").permutation(len(came))
    mixed = Arrivals(
        *(getattr(came, name)[order] for name in Arrivals.__slots__),
    )
    one, other = StreamState.of(StreamParams()), StreamState.of(StreamParams())
    advance(one, came)
    advance(other, mixed)
    assert one.written() == other.written()
