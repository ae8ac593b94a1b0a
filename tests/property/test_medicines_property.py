"""Cities with medicines: plans are right and proven, and every batch adds up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.medicines.dispensed import Dispensed
from salus.allocate.city.features.medicines.medicines import Medicines
from salus.allocate.city.programme import write
from salus.allocate.city.stocked import stocked_city
from salus.allocate.city.uncertain.check import check_two_stages
from salus.allocate.city.uncertain.scenarios import Scenarios
from salus.allocate.city.uncertain.two_stage import Method, plan_two_stages
from salus.allocate.city.verify import verify
from salus.allocate.city.whole import plan_of
from salus.allocate.lp.solve import solve
from salus.core.clock import SystemClock
from salus.core.rng import stream

if TYPE_CHECKING:
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()
SEEDS = st.integers(0, 10**6)


def _with(city: CityProblem, medicines: Medicines) -> CityProblem:
    return replace(city, features=(medicines,))


def _medicines(city: CityProblem) -> Medicines:
    found = city.features[0]
    assert isinstance(found, Medicines)
    return found


def _dispensed(plan: CityPlan) -> Dispensed:
    found = plan.decision(Dispensed)
    assert found is not None
    return found


@given(SEEDS, st.floats(0.05, 2))
def test_a_stocked_city_is_planned_right_and_proven(seed: int, plenty: float) -> None:
    """No rule is broken, what expires first is given first, and no gap is left."""
    city = stocked_city(seed, plenty=plenty)
    plan = Exact().solve(city, CLOCK)
    found = verify(city, plan)
    assert found.violations == ()
    assert abs(found.gap) <= 1e-6


@given(SEEDS)
def test_every_unit_is_used_expired_sent_or_left(seed: int) -> None:
    """Over all places, what came of a medicine is what was given, expired, is left or under way."""
    city = stocked_city(seed)
    medicines, found = _medicines(city), _dispensed(Exact().solve(city, CLOCK))
    for kind in range(2):
        mine = found.medicine == kind
        came = medicines.batches.units[
            (medicines.batches.medicine == kind) & (medicines.batches.since < 3)
        ].sum()
        came += found.ordered[medicines.offers.medicine == kind].sum()
        gone = found.used[:, mine].sum() + found.expired[:, mine].sum()
        assert np.isclose(came, gone + found.stock[:, mine, -1].sum())


@given(SEEDS)
def test_first_expired_is_given_first_whatever_waste_counts(seed: int) -> None:
    """Even where waste counts nothing, no later batch is given beside an earlier one."""
    city = replace(stocked_city(seed, plenty=1.5), aims=Aims({Aim.WASTE: 0.0, Aim.COST: 0.5}))
    assert verify(city, Exact().solve(city, CLOCK)).violations == ()


@settings(max_examples=25)
@given(SEEDS)
def test_without_medicine_nobody_is_treated(seed: int) -> None:
    """Where every service needs doses and there are none, no case is admitted."""
    city = stocked_city(seed)
    medicines = _medicines(city)
    nothing = replace(medicines.batches, units=medicines.batches.units * 0)
    bare = _with(city, replace(medicines, batches=nothing, orders=None))
    plan = Exact().solve(bare, CLOCK)
    assert plan.cases.size == 0
    assert verify(bare, plan).right


@settings(max_examples=25)
@given(SEEDS, st.integers(0, 11))
def test_more_stock_is_never_worse(seed: int, batch: int) -> None:
    """A batch of ten more units that outlasts the plan costs nothing and may serve somebody."""
    city = stocked_city(seed)
    medicines = _medicines(city)
    batches = medicines.batches
    units, last = batches.units.copy(), batches.last.copy()
    last[batch] = 9
    before = _with(city, replace(medicines, batches=replace(batches, last=last)))
    units[batch] += 10
    more = _with(city, replace(medicines, batches=replace(batches, last=last, units=units)))
    costs = [Exact().solve(each, CLOCK).cost for each in (before, more)]
    assert costs[1] <= costs[0] * (1 + 1e-9) + 1e-9


@settings(max_examples=25)
@given(SEEDS)
def test_medicines_in_plenty_change_nothing(seed: int) -> None:
    """With all doses at hand everywhere, the plan costs what it costs without medicines."""
    city = stocked_city(seed)
    medicines = _medicines(city)
    place, kind = np.divmod(np.arange(6), 2)
    full = replace(
        medicines.batches, place=place, medicine=kind, units=np.full(6, 1e4), last=np.full(6, 9),
        arrives=None,
    )  # fmt: skip
    stocked = _with(city, replace(medicines, batches=full))
    costs = [Exact().solve(each, CLOCK).cost for each in (stocked, replace(city, features=()))]
    assert np.isclose(costs[0], costs[1])


@given(SEEDS)
def test_any_solution_becomes_one_that_gives_first_what_expires_first(seed: int) -> None:
    """Whatever batches a solution gives and sends, the plan keeps all rules and wastes no more."""
    city = stocked_city(seed, plenty=1.0)
    written = write(city)
    program = written.program()
    odd = stream(seed, "odd solution").uniform(-50, 50, program.c.size)
    x = solve(replace(program, c=odd)).x
    assert x is not None
    plan = plan_of(written, program, x, None, "odd")
    broken = {one.constraint.name for one in verify(city, plan).violations}
    assert broken <= {"cost"}  # it may cost less than the odd solution, for less expires
    waste = float(written.draft.cost(Aim.WASTE) @ x)
    charges = _medicines(city).recount(city, plan).charges
    assert charges[Aim.WASTE] <= waste + 1e-6 * max(1, waste)
    assert np.isclose(charges[Aim.COST], float(written.draft.cost(Aim.COST) @ x), atol=1e-6)


@settings(max_examples=25)
@given(SEEDS)
def test_without_a_decision_a_plan_takes_what_lies_there(seed: int) -> None:
    """A plan of rows alone is held to the stock: what it gives beyond it is found."""
    city = stocked_city(seed, plenty=0.3)
    plan = Exact().solve(replace(city, features=()), CLOCK)
    counted = _medicines(city).recount(city, plan)
    assert {one.constraint.name for one in counted.violations} <= {"doses"}
    bare = replace(_medicines(city).batches, units=np.zeros(12))
    counted = replace(_medicines(city), batches=bare).recount(city, plan)
    missing = sum(one.amount for one in counted.violations)
    share = city.stays.cumsum(axis=1)[plan.service, 2 - plan.period]
    wanted = (_medicines(city).doses[plan.service].sum(axis=1) * share) @ plan.cases
    assert np.isclose(missing, wanted)


@settings(max_examples=5)
@given(SEEDS)
def test_orders_are_decided_before_need_is_known(seed: int) -> None:
    """Over three cases of the future both methods agree, and the check finds nothing."""
    city = stocked_city(seed)
    need = np.stack([city.need * share for share in (0.5, 1.0, 1.6)])
    ahead = Scenarios(need, np.array([0.3, 0.5, 0.2]))
    costs = []
    for method in (Method.EQUIVALENT, Method.BENDERS):
        plan = plan_two_stages(city, ahead, CLOCK, method=method)
        found = check_two_stages(city, ahead, plan)
        assert found.violations == ()
        assert abs(found.gap) <= 1e-6
        costs.append(plan.cost)
    assert np.isclose(costs[0], costs[1])
