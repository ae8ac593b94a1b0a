"""Deciding before need is known: both methods, what they refuse, and how they end."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.features.surge import Surge
from salus.allocate.city.problem import CityProblem
from salus.allocate.city.uncertain import two_stage
from salus.allocate.city.uncertain.check import check_two_stages
from salus.allocate.city.uncertain.risk import Risk
from salus.allocate.city.uncertain.scenarios import Scenarios, equally_likely
from salus.allocate.city.uncertain.two_stage import Method, choose, plan_two_stages
from salus.allocate.city.uncertain.worth import worth
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock
from salus.core.errors import InputError
from tests.unit.allocate.city.uncertain.rules import MostUnmet

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from salus.core.groupmap import GroupFunction

CLOCK = SystemClock()
METHODS = (Method.EQUIVALENT, Method.BENDERS)


def _ahead(city: CityProblem) -> Scenarios:
    need = np.stack([0.5 * city.need, 1.1 * city.need, 1.6 * city.need])
    return Scenarios(need, np.array([0.3, 0.5, 0.2]))


class Travelling:
    """Sends the function away and back, as a cluster does."""

    def run(self, function: GroupFunction, groups: Sequence[pa.Table]) -> list[pa.Table]:
        """Apply a copy of the function to each group."""
        return [pickle.loads(pickle.dumps(function))(group) for group in groups]  # noqa: S301


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("whole", [False, True])
def test_the_answer_is_right_and_proven(method: Method, whole: bool) -> None:  # noqa: FBT001
    """Both methods give plans that keep every rule, with a bound that closes the gap."""
    city = featured_city(3, whole=whole)
    plan = plan_two_stages(city, _ahead(city), CLOCK, Risk(0.3, 0.7), method=method)
    found = check_two_stages(city, _ahead(city), plan, worth(city, _ahead(city), plan))
    assert found.right, [(one.constraint.name, str(one.where)) for one in found.violations]
    assert plan.gap <= 1e-6
    assert not plan.stopped


@pytest.mark.parametrize("method", METHODS)
def test_a_rule_that_first_decisions_must_make_possible(method: Method) -> None:
    """Where scenarios have no plan without surge, it opens; where none can, that is said."""
    city = featured_city(3)
    ahead = _ahead(city)
    free = plan_two_stages(city, ahead, CLOCK, method=method)
    most = max(_unmet(city, ahead, k, free.plans[k].cases) for k in range(3))
    strict = replace(city, features=(*city.features, MostUnmet(most - 0.3)))
    plan = plan_two_stages(strict, ahead, CLOCK, method=method)
    assert plan.cost > free.cost
    assert plan.gap <= 1e-6
    assert check_two_stages(strict, ahead, plan).right
    hopeless = replace(city, features=(*city.features, MostUnmet(0.1)))
    with pytest.raises(InputError, match="no decision leaves every scenario a plan"):
        plan_two_stages(hopeless, ahead, CLOCK, method=method)


def _unmet(city: CityProblem, ahead: Scenarios, k: int, cases: np.ndarray) -> float:
    return float(ahead.city(city, k).need.sum() - cases.sum())


def test_benders_refuses_whole_numbers_that_are_decided_later() -> None:
    """Prices prove nothing about them; the choice falls on the one programme, which can."""
    city = featured_city(3)
    city = replace(city, features=(*city.features, MostUnmet(200.0, whole=True)))
    assert choose(city, _ahead(city)).method is Method.EQUIVALENT
    with pytest.raises(ValueError, match="whole numbers that are decided later"):
        plan_two_stages(city, _ahead(city), CLOCK, method=Method.BENDERS)
    assert check_two_stages(city, _ahead(city), plan_two_stages(city, _ahead(city), CLOCK)).right


def test_benders_takes_over_where_scenarios_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice follows the stated number of columns, and says so."""
    city = featured_city(3)
    few = choose(city, _ahead(city))
    assert few.method is Method.EQUIVALENT
    assert "no more than" in str(few.why)
    monkeypatch.setattr(two_stage, "MOST_COLUMNS", 100)
    many = choose(city, _ahead(city))
    assert many.method is Method.BENDERS
    assert plan_two_stages(city, _ahead(city), CLOCK).method == "benders"


def test_scenarios_can_be_sent_away() -> None:
    """The function that answers for a scenario travels, and answers the same."""
    city = featured_city(3)
    here, away = (
        plan_two_stages(city, _ahead(city), CLOCK, method=Method.BENDERS, runner=runner)
        for runner in (None, Travelling())
    )
    assert away.cost == pytest.approx(here.cost, rel=1e-9)
    assert check_two_stages(city, _ahead(city), away).right


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("whole", [False, True])
def test_a_limit_ends_with_a_plan_and_a_gap(method: Method, whole: bool) -> None:  # noqa: FBT001
    """Without time, the answer still keeps every rule, and says that it was stopped."""
    city = featured_city(1, whole=whole)
    plan = plan_two_stages(city, _ahead(city), CLOCK, method=method, stop=Stop(seconds=0.0))
    assert plan.stopped
    assert plan.bound <= plan.cost
    assert check_two_stages(city, _ahead(city), plan).right


@pytest.mark.parametrize("method", METHODS)
def test_nothing_to_decide_first_is_planned_scenario_by_scenario(method: Method) -> None:
    """In a plain city, the answer costs what the scenarios cost by themselves."""
    city = small_city(5)
    ahead = _ahead(city)
    plan = plan_two_stages(city, ahead, CLOCK, method=method)
    found = worth(city, ahead, plan)
    assert check_two_stages(city, ahead, plan, found).right
    assert found.of_knowing == pytest.approx(0, abs=1e-6)
    assert found.of_planning == pytest.approx(0, abs=1e-6)


def test_a_scenario_that_never_comes_still_gets_its_best_plan() -> None:
    """Probability zero does not leave a plan to chance."""
    city = featured_city(2)
    ahead = Scenarios(_ahead(city).need, np.array([0.5, 0.0, 0.5]))
    one, two = (plan_two_stages(city, ahead, CLOCK, method=method) for method in METHODS)
    assert check_two_stages(city, ahead, one).right
    assert one.costs == pytest.approx(two.costs, rel=1e-6)


def test_aims_with_an_order_are_refused() -> None:
    """Costs of scenarios are weighed; an order of aims is no cost."""
    city = replace(featured_city(1), aims=Aims(order=((Aim.UNMET,),)))
    with pytest.raises(ValueError, match="given an order"):
        plan_two_stages(city, _ahead(city), CLOCK)


def test_weights_of_aims_count() -> None:
    """Where surge weighs nothing, opening all of it is free, and no plan is better."""
    city = replace(featured_city(1), aims=Aims({Aim.SURGE: 0.0}))
    plan = plan_two_stages(city, _ahead(city), CLOCK)
    assert check_two_stages(city, _ahead(city), plan).right
    assert plan.cost < plan_two_stages(featured_city(1), _ahead(city), CLOCK).cost


def test_worth_says_when_the_plan_for_the_mean_fails() -> None:
    """A decision for the mean that leaves a scenario without a plan has no finite cost."""
    one = np.array([0])
    city = CityProblem(
        districts=("D",),
        facilities=("H",),
        services=("ward",),
        resources=("bed",),
        periods=(date(2026, 6, 28),),
        need=np.zeros((1, 1, 1)),
        capacity=np.full((1, 1, 1), 10.0),
        uses=np.ones((1, 1)),
        arc_district=one,
        arc_facility=one,
        arc_service=one,
        arc_minutes=np.ones(1),
        penalty=np.full(1, 100.0),
        features=(Surge(one, one, np.full(1, 20.0), np.ones((1, 1)), np.ones(1)), MostUnmet(0.0)),
    )
    ahead = equally_likely(np.array([5.0, 20.0]).reshape(2, 1, 1, 1))
    plan = plan_two_stages(city, ahead, CLOCK)
    found = worth(city, ahead, plan)
    assert plan.first["surge"].tolist() == [10]
    assert found.of_the_mean.tolist() == [3]
    assert found.mean_plan == np.inf
    assert found.of_planning == np.inf
    assert check_two_stages(city, ahead, plan, found).right
