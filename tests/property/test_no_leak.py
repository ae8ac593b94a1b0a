"""Whatever happens after a moment, or in which order rows lie, what was known stays the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from salus.treat.features import FeatureParams, FeatureSpec, features
from salus.treat.moments import Moment
from tests.fakes.patients import day, measured, rows

if TYPE_CHECKING:
    from random import Random

Drawn: TypeAlias = tuple[str, str, float, float]
PARAMS = FeatureParams(fewest=1)
PATIENT = st.sampled_from(["p", "q"])
VALUE = st.floats(0, 20).map(lambda value: round(value, 1))
CODE = st.sampled_from(["4548-4", "8480-6"])


def measurements(first: float, last: float) -> st.SearchStrategy[list[Drawn]]:
    """Draw measurements of two people between two days."""
    when = st.floats(first, last).map(lambda value: round(value, 2))
    return st.lists(st.tuples(PATIENT, CODE, VALUE, when), max_size=12)


@given(measurements(0, 50), measurements(50.01, 90), st.randoms())
def test_later_rows_and_their_order_change_nothing(
    past: list[Drawn], future: list[Drawn], chance: Random
) -> None:
    """Planting later rows and shuffling all leaves features and their choice as they were."""
    moments = [Moment("p", day(50)), Moment("q", day(50))]
    before = {"observation": rows("observation", *(measured(*each) for each in past))}
    drawn = [measured(*each) for each in past + future]
    chance.shuffle(drawn)
    started = [
        {"patient_id": "p", "code": "A10BA02", "started_at": day(51)},
        {"patient_id": "p", "code": "A10BB12", "started_at": day(60)},
    ]
    after = {
        "observation": rows("observation", *drawn),
        "medication": rows("medication", *started),
        "condition": rows("condition", {"patient_id": "q", "code": "I10", "recorded_at": day(70)}),
    }
    spec = FeatureSpec.fit(before, moments, PARAMS)
    assert FeatureSpec.fit(after, moments, PARAMS) == spec
    known = features(before, moments, spec).values
    assert np.array_equal(features(after, moments, spec).values, known, equal_nan=True)


@given(measurements(0, 50), st.floats(1, 60))
def test_bisection_agrees_with_a_plain_look(past: list[Drawn], at: float) -> None:
    """The latest value found by bisection is the one found by going through all rows."""
    moment = Moment("p", day(at))
    tables = {"observation": rows("observation", *(measured(*each) for each in past))}
    spec = FeatureSpec.fit(tables, [moment], PARAMS)
    table = features(tables, [moment], spec)
    for feature, value in zip(table.features, table.values[0], strict=True):
        if feature.kind == "value":
            seen = [(w, v) for who, code, v, w in past if who == "p" and code == feature.code]
            assert value == max(each for each in seen if day(each[0]) <= day(at))[1]


def test_no_rows_at_all_is_no_crash() -> None:
    """Without any table everything is unknown."""
    table = features({}, [Moment("p", day(1))], FeatureSpec.fit({}, [Moment("p", day(1))]))
    assert table.values.shape == (1, 3)
    assert isinstance(table.keys, pa.Table)
