"""Demand fits its keys, and is never negative."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from salus.domain.demand import Demand

DAYS = (date(2026, 6, 28), date(2026, 6, 29))


def demand(cases: object) -> Demand:
    """Make the demand of two districts for one service on two days."""
    return Demand(("D1", "D2"), ("ward",), DAYS, np.asarray(cases, dtype=np.float64))


def test_the_total_adds_districts_and_days() -> None:
    """All cases of one service are counted, fractions as they are."""
    assert demand([[[1, 2.5]], [[0, 4]]]).total("ward") == 7.5


def test_an_unknown_service_is_an_error() -> None:
    """A misspelt service has no total of zero."""
    with pytest.raises(ValueError, match="not in"):
        demand([[[1, 2]], [[3, 4]]]).total("wrad")


def test_cases_must_fit_the_keys() -> None:
    """Both shapes are named, in the order of the axes."""
    with pytest.raises(ValueError, match=r"\(2, 1, 2\) .*but has \(2, 2\)"):
        demand([[1, 2], [3, 4]])


@pytest.mark.parametrize("number", [-0.1, np.nan, np.inf])
def test_impossible_cases_are_refused(number: float) -> None:
    """There is no negative, infinite or unknown number of cases."""
    with pytest.raises(ValueError, match="finite and 0 or more"):
        demand([[[1, number]], [[3, 4]]])
