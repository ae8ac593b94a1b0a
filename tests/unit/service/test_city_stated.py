"""From a region to the city problem, and how a stress changes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.core.errors import InputError
from salus.core.settings import Settings
from salus.data.region.reader import read_region
from salus.data.region.sample import sample_region
from salus.service.called import called
from salus.service.city import city_problem, nearest_kept
from salus.service.context import open_context
from salus.service.forecast_need import forecast_need
from salus.service.plan_city import CityAnswer, plan_city
from salus.service.rules import PlanningRules
from salus.service.stress import Stress, parse_stresses
from salus.service.stressed import refuse_stresses, stressed

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.city.problem import CityProblem
    from salus.data.region.region import Region
    from salus.service.forecast_need import Need

RULES = PlanningRules()


@pytest.fixture(scope="module")
def planned(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Region, Need, CityAnswer]:
    """Give the sample, its need and the plan for the expected days."""
    region = read_region(sample_region())
    home = tmp_path_factory.mktemp("home")
    with open_context(Settings(home=home)) as context:
        need = forecast_need(context, region, date(2026, 6, 27), 3)
        return region, need, plan_city(context, region, need.expected, RULES)


@pytest.fixture(scope="module")
def region(planned: tuple[Region, Need, CityAnswer]) -> Region:
    """Give the sample."""
    return planned[0]


def _problem(
    planned: tuple[Region, Need, CityAnswer], rules: PlanningRules, *closed: str
) -> CityProblem:
    return city_problem(planned[0], planned[1].expected, rules, closed)


def test_capacity_is_staffed_times_target(planned: tuple[Region, Need, CityAnswer]) -> None:
    """Each supply gives its units times the target occupancy, on every day."""
    problem = _problem(planned, PlanningRules(target_occupancy=0.5))
    for supply in planned[0].supplies:
        row = problem.facilities.index(supply.facility_id)
        kind = problem.resources.index(supply.resource_id)
        np.testing.assert_allclose(problem.capacity[row, kind], supply.staffed * 0.5)


def test_no_journey_is_longer_than_the_limit(planned: tuple[Region, Need, CityAnswer]) -> None:
    """The limit of the rules holds for every arc, and the penalty follows severity."""
    problem = _problem(planned, replace(RULES, max_travel_minutes=20.0))
    assert 0 < problem.arc_minutes.max() <= 20
    np.testing.assert_array_equal(problem.penalty, [1000, 3000])


def test_a_closed_facility_has_neither_beds_nor_journeys(
    planned: tuple[Region, Need, CityAnswer],
) -> None:
    """Closing takes the capacity and every way to it, and nothing else."""
    whole, less = _problem(planned, RULES), _problem(planned, RULES, "H01")
    row = whole.facilities.index("H01")
    assert less.capacity[row].sum() == 0
    assert row not in less.arc_facility
    others = np.arange(len(whole.facilities)) != row
    np.testing.assert_array_equal(less.capacity[others], whole.capacity[others])
    assert (whole.arc_facility != row).sum() == len(less.arc_facility)


def test_the_nearest_are_counted_for_each_service(
    planned: tuple[Region, Need, CityAnswer],
) -> None:
    """A ward next door does not take the place of the nearest intensive care."""
    problem = _problem(planned, replace(RULES, nearest=2))
    for service in range(len(problem.services)):
        found = problem.arc_district[problem.arc_service == service]
        assert set(np.bincount(found).tolist()) <= {0, 1, 2}
        assert np.bincount(found).max() == 2


def test_large_regions_keep_the_nearest(region: Region) -> None:
    """Above a thousand districts twenty facilities are kept, unless the rules say otherwise."""
    many = replace(region, districts=region.districts * 100)
    assert nearest_kept(region, RULES) is None
    assert nearest_kept(many, RULES) == 20
    assert nearest_kept(many, replace(RULES, nearest=5)) == 5


def test_the_most_loaded_districts_close(planned: tuple[Region, Need, CityAnswer]) -> None:
    """Every facility of the fullest district closes; more districts close more, never others."""
    region, need, answer = planned
    one, two, all_ = (
        stressed(region, need, answer, Stress("", close_loaded=count))[1] for count in (1, 2, 99)
    )
    assert set(one) < set(two) < set(all_)
    district = {f.id: f.district_id for f in region.facilities}
    assert len({district[key] for key in one}) == 1
    assert {f.id for f in region.facilities if f.district_id == district[one[0]]} == set(one)
    load = np.nan_to_num(answer.proposed.measures.load)
    rows = [answer.problem.facilities.index(key) for key in one]
    assert load[rows].max() == pytest.approx(load.max())


def test_a_stress_multiplies_demand_and_keeps_order(
    planned: tuple[Region, Need, CityAnswer],
) -> None:
    """Named facilities come first, each once; demand is the expected one times the factor.

    The label calls them by their names.
    """
    region, need, answer = planned
    (stress,) = parse_stresses(("demand=1.5,close=H03+H01+H03",))
    demand, closed = stressed(region, need, answer, stress)
    assert closed == ("H03", "H01")
    np.testing.assert_allclose(demand.cases, need.expected.cases * 1.5)
    assert demand.label == stress.label(called(region))
    assert "Harbourgate General" in str(demand.label)


def test_an_unknown_facility_brings_those_like_it(
    planned: tuple[Region, Need, CityAnswer],
) -> None:
    """A key that nobody has is refused with the keys it may stand for."""
    region, need, _ = planned
    with pytest.raises(InputError, match=r"did you mean H10, H09, H08"):
        refuse_stresses(region, need, parse_stresses(("close=H0",)), RULES)


def test_the_record_is_the_demand_of_the_record_week(
    planned: tuple[Region, Need, CityAnswer],
) -> None:
    """A record stress plans what the record week needed."""
    region, need, answer = planned
    demand, closed = stressed(region, need, answer, Stress("record", record=True))
    assert need.record is not None
    assert closed == ()
    np.testing.assert_array_equal(demand.cases, need.record.cases)


def test_a_stress_that_cannot_be_is_refused(planned: tuple[Region, Need, CityAnswer]) -> None:
    """No record without a history, and no closing of what does not exist: all keys named."""
    region, need, answer = planned
    with pytest.raises(InputError, match="no history"):
        stressed(region, replace(need, record=None), answer, Stress("record", record=True))
    with pytest.raises(InputError) as caught:
        stressed(region, need, answer, Stress("", close=("X", "H01", "Y")))
    assert [fault.value for fault in caught.value.faults] == ["X", "Y"]


def test_slow_journeys_are_longer_and_the_limit_stays(
    planned: tuple[Region, Need, CityAnswer],
) -> None:
    """Every journey takes so many times as long; those that are too long then are none."""
    region, need, _ = planned
    usual = _problem(planned, RULES)
    slow = city_problem(region, need.expected, RULES, (), 3.0)

    def journeys(problem: CityProblem) -> dict[tuple[int, int, int], float]:
        keys = (problem.arc_district, problem.arc_facility, problem.arc_service)
        arcs = zip(*(each.tolist() for each in keys), strict=True)
        return dict(zip(arcs, problem.arc_minutes.tolist(), strict=True))

    before = journeys(usual)
    near = {arc: 3 * minutes for arc, minutes in before.items() if 3 * minutes <= 60}
    assert 0 < len(near) < len(before)
    assert journeys(slow) == pytest.approx(near)
    np.testing.assert_array_equal(slow.capacity, usual.capacity)


def test_a_storm_leaves_more_unmet(
    planned: tuple[Region, Need, CityAnswer], tmp_path: Path
) -> None:
    """With the same need and the same beds, slower journeys cannot be better."""
    region, need, usual = planned
    with open_context(Settings(home=tmp_path)) as context:
        storm = plan_city(context, region, need.expected, RULES, slow=5.0)
    assert storm.proposed.unmet_weighted > usual.proposed.unmet_weighted
