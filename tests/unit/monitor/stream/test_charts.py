"""Moving averages of many series at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.core.rng import stream
from salus.monitor.stream.charts import Charts, Judged, Points, judge
from salus.monitor.stream.params import StreamParams

PARAMS = StreamParams()


def fed(*values: np.ndarray, cut: int = 10**9, high_only: bool = False) -> tuple[Charts, Judged]:
    """Lead series of one length through charts, in steps of so many moments."""
    charts, table = Charts.of(len(values), PARAMS), np.stack(values)
    told: list[Judged] = []
    for start in range(0, table.shape[1], cut):
        part = table[:, start : start + cut]
        series, moment = np.indices(part.shape)
        at = moment.ravel() + start
        points = Points(series.ravel(), at, at, part.ravel())
        told.append(judge(charts, points, PARAMS, high_only=high_only))
    return charts, told[-1]


def calm(n: int = 300, name: str = "calm") -> np.ndarray:
    """Make a series in which nothing happens."""
    return 70 + stream(3, name).normal(0, 2, n)


def test_what_is_usual_is_learned_from_the_warm_up() -> None:
    """Centre and spread are those of the first readings, refined by the later ones."""
    charts, _ = fed(calm())
    assert charts.centre[0] == pytest.approx(70, abs=0.5)
    assert charts.spread[0] == pytest.approx(2, abs=0.4)


def test_a_shift_is_one_alarm_and_one_end() -> None:
    """A departure for forty readings begins once and ends once, not at each of them."""
    values = calm()
    values[150:190] += 8
    _, told = fed(values)
    (began,), (ended,) = np.flatnonzero(told.began), np.flatnonzero(told.ended)
    assert 150 < began < 160
    assert 190 < ended < 215
    assert 148 <= told.since[began] <= 155


@pytest.mark.parametrize("size", [20.0, -1000.0])
def test_no_single_reading_raises_an_alarm(size: float) -> None:
    """A spike may be a slip of the device; three in a row are a departure."""
    values = calm()
    values[150] += size
    assert not fed(values)[1].began.any()
    values[151:153] += size
    assert fed(values)[1].began.sum() == 1


@pytest.mark.parametrize("slip", [9999.0, 999.0, -1e300])
def test_a_slip_among_the_first_readings_silences_no_series(slip: float) -> None:
    """What is usual stays nearly as narrow as without it, and a shift is found as soon."""
    values = np.round(calm(460))
    values[400:] += 40
    spoilt = np.concatenate([[slip], values[1:]])
    charts, told = fed(spoilt)
    assert charts.spread[0] < 1.2 * fed(values)[0].spread[0]
    assert np.flatnonzero(told.began).tolist() == np.flatnonzero(fed(values)[1].began).tolist()


def test_a_series_that_could_not_be_judged_starts_anew() -> None:
    """Numbers too large to be reckoned with are forgotten, and a later shift is found."""
    values = calm(500)
    values[:3] = 1e308, -1e308, 1e308
    values[3:29:2] = -1e308
    values[450:] += 20
    charts, told = fed(values)
    assert np.isfinite(charts.spread).all()
    assert told.began[450:].sum() == 1


HUGE = st.floats(allow_nan=False, allow_infinity=False)


@settings(max_examples=60, deadline=None)
@given(st.lists(HUGE, min_size=1, max_size=8), st.integers(40, 90))
def test_what_charts_know_is_finite(values: list[float], n: int) -> None:
    """Whatever finite readings come, a series that is judged has a centre and a spread."""
    charts, _ = fed(np.resize(np.array(values), n))
    known = charts.seen >= PARAMS.warm_up
    for array in (charts.centre, charts.spread, charts.average):
        assert np.isfinite(array[known]).all()


def test_only_what_is_too_high_can_be_asked_for() -> None:
    """The score of a forest is unusual when it is high."""
    values = calm()
    values[150:200] -= 20
    assert fed(values)[1].began.any()
    assert not fed(values, high_only=True)[1].began.any()


def test_a_series_that_never_varies_gets_a_spread() -> None:
    """A constant has no spread of its own, and a trace of noise is no departure."""
    values = np.full(300, 97.0)
    values[100:] += 0.01
    assert not fed(values)[1].began.any()
    values[200:] += 3
    assert fed(values)[1].began.sum() == 1


def test_what_is_older_than_its_series_is_passed_over() -> None:
    """Neither a reading that is late nor one that comes twice is counted."""
    charts = Charts.of(1, PARAMS)
    zeros = np.zeros(4, np.int64)
    points = Points(zeros, np.array([5, 5, 4, 6]), np.array([1, 1, 0, 2]), np.ones(4))
    assert judge(charts, points, PARAMS).late.tolist() == [False, True, True, False]
    assert charts.seen[0] == 2


def test_cuts_into_steps_change_nothing() -> None:
    """Series by series and step by step the charts end as they do at once."""
    one, other = calm(), calm(name="other") + 9 * (np.arange(300) > 200)
    whole, parts = fed(one, other)[0], fed(one, other, cut=7)[0]
    for name, array in whole.arrays().items():
        np.testing.assert_array_equal(array, parts.arrays()[name])


def test_false_alarms_are_rare() -> None:
    """In three hundred series of a thousand calm readings there is one alarm at most."""
    series = [np.round(calm(1000, f"series {number}")) for number in range(300)]
    assert fed(*series)[1].began.sum() <= 1


@pytest.mark.parametrize(
    ("field", "value"), [("warm_up", 5), ("width", 1), ("region", 4), ("settle_seconds", -1)]
)
def test_impossible_parameters_are_refused(field: str, value: float) -> None:
    """Each bound names its field."""
    with pytest.raises(ValueError, match=field):
        StreamParams(**{field: value})  # type: ignore[arg-type]  # one of several types
