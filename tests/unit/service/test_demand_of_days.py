"""Demand of the days to plan: a base, and what an epidemic adds or takes away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.core.errors import InputError
from salus.data.region.known import KnownDemand
from salus.data.region.need import age_weights, base_cases
from salus.data.region.reader import read_region
from salus.data.region.sample import sample_region
from salus.monitor.forecast import Forecast, forecast
from salus.service.demand import STALE_DAYS, base_load, expected_demand, record_demand

if TYPE_CHECKING:
    from salus.data.region.region import Region
    from salus.domain.indicator import Series

AS_OF = date(2026, 6, 27)


@pytest.fixture(scope="module")
def region() -> Region:
    """Give the sample."""
    return read_region(sample_region())


@pytest.fixture(scope="module")
def influenza(region: Region) -> Series:
    """Give the history of the sample."""
    return region.series[0]


@pytest.fixture(scope="module")
def ahead(influenza: Series) -> Forecast:
    """Give a forecast of it."""
    return forecast(influenza, 4)


def _stated(region: Region, days: tuple[date | None, ...], cases: list[float]) -> Region:
    district = np.zeros(len(days), np.int64)
    known = KnownDemand(district, np.zeros(len(days), np.int64), days, np.array(cases))
    return replace(region, demand=known)


def test_the_base_is_the_same_on_every_day(region: Region) -> None:
    """Without stated demand each day has the ordinary cases."""
    base = base_load(region, AS_OF, 5)
    assert base.days == tuple(AS_OF + timedelta(days=step) for step in range(1, 6))
    for day in range(5):
        np.testing.assert_array_equal(base.cases[:, :, day], base_cases(region).cases)
    assert not base.stated.any()


def test_stated_demand_replaces_the_base(region: Region) -> None:
    """A row without a date holds every day, one with a date on its day, others need nothing."""
    days = (None, AS_OF + timedelta(days=2), AS_OF + timedelta(days=99))
    base = base_load(_stated(region, days, [3.0, 8.0, 50.0]), AS_OF, 3)
    np.testing.assert_array_equal(base.cases[0, 0], [3, 8, 3])
    np.testing.assert_array_equal(base.stated, [False, True, False])
    assert base.cases.sum() == 14


def test_only_the_excess_over_the_mean_is_added(
    region: Region, influenza: Series, ahead: Forecast
) -> None:
    """Over the region demand changes by the forecast less the mean, a day."""
    base = base_load(region, AS_OF, 7)
    demand, _ = expected_demand(base, [ahead])
    mean = float(np.nanmean(influenza.values)) / 7
    level = float(ahead.point[0]) / 7
    change = (demand.cases - base.cases).sum(axis=(0, 1))
    np.testing.assert_allclose(change, level - mean)


def test_the_change_is_spread_like_the_base(region: Region, ahead: Forecast) -> None:
    """Each district takes its share by age and people, each service its share of the cases."""
    base = base_load(region, AS_OF, 1)
    demand, _ = expected_demand(base, [ahead])
    change = (demand.cases - base.cases)[:, :, 0]
    np.testing.assert_allclose(change[:, 0], change[:, 0].sum() * age_weights(region))
    np.testing.assert_allclose(change[:, 1].sum() / change.sum(), 0.15)


def test_a_stale_forecast_is_not_added(region: Region, ahead: Forecast) -> None:
    """Two months after its last value a forecast changes nothing, and that is said."""
    base = base_load(region, AS_OF + timedelta(days=STALE_DAYS), 7)
    demand, said = expected_demand(base, [ahead])
    np.testing.assert_array_equal(demand.cases, base.cases)
    assert "is not added" in str(said[-1])


def test_a_series_without_a_split_adds_nothing(region: Region, ahead: Forecast) -> None:
    """What is no part of admissions is forecast, but needs no bed."""
    other = replace(ahead, indicator=replace(ahead.indicator, id="waiting_time"))
    base = base_load(region, AS_OF, 7)
    assert expected_demand(base, [other])[0].cases.sum() == base.cases.sum()


def test_days_that_are_stated_stay_as_stated(region: Region, ahead: Forecast) -> None:
    """A person who states a day has thought of the epidemic."""
    base = base_load(_stated(region, (AS_OF + timedelta(days=1),), [5.0]), AS_OF, 2)
    demand, _ = expected_demand(base, [ahead])
    np.testing.assert_array_equal(demand.cases[:, :, 0], base.cases[:, :, 0])


def test_demand_is_never_negative(region: Region, ahead: Forecast) -> None:
    """Where less is left than the epidemic takes away, nothing is needed."""
    base = base_load(_stated(region, (None,), [0.001]), AS_OF, 3)
    low = replace(ahead, point=np.zeros_like(ahead.point))
    assert expected_demand(base, [low])[0].cases.min() == 0


def test_the_record_holds_on_every_day(region: Region, influenza: Series) -> None:
    """The highest week of the history less its mean, on each day to plan."""
    base = base_load(region, AS_OF, 3)
    demand = record_demand(base, [influenza])
    assert demand is not None
    excess = (float(np.nanmax(influenza.values)) - float(np.nanmean(influenza.values))) / 7
    np.testing.assert_allclose((demand.cases - base.cases).sum(axis=(0, 1)), excess)


def test_there_is_no_record_without_a_history(region: Region, influenza: Series) -> None:
    """No series, none known, or none of admissions: no record, never a made-up one."""
    base = base_load(region, AS_OF, 3)
    unknown = replace(influenza, values=np.full(len(influenza.dates), np.nan))
    other = replace(influenza, indicator=replace(influenza.indicator, id="waiting_time"))
    assert record_demand(base, []) is None
    assert record_demand(base, [unknown, other]) is None


def test_demand_that_is_all_over_is_refused(region: Region) -> None:
    """Rows that all lie in the past plan nothing, so the last of them is named."""
    over = _stated(region, (AS_OF, AS_OF - timedelta(days=3)), [4.0, 2.0])
    with pytest.raises(InputError, match=r"the last day stated is 2026-06-27, the plan begins on"):
        base_load(over, AS_OF, 5)
    mixed = _stated(region, (AS_OF, AS_OF + timedelta(days=1)), [4.0, 2.0])
    assert base_load(mixed, AS_OF, 2).cases.sum() == 2
