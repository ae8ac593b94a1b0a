"""A week of a city under scenarios: one programme, Benders, and HiGHS on the same arrays."""

from __future__ import annotations

import gc
import json
import sys
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import highspy
import numpy as np

from salus.allocate.city.features.surge import Surge
from salus.allocate.city.features.waiting import Waiting
from salus.allocate.city.problem import CityProblem
from salus.allocate.city.uncertain.benders import solve_benders
from salus.allocate.city.uncertain.equivalent import solve_equivalent
from salus.allocate.city.uncertain.risk import Risk
from salus.allocate.city.uncertain.sampling import Correlation, from_moments
from salus.allocate.city.uncertain.stack import stack
from salus.allocate.city.uncertain.stage import stages
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock
from salus.core.rng import stream

if TYPE_CHECKING:
    from salus.allocate.lp.program import LinearProgram

DISTRICTS, FACILITIES, DAYS, NEAREST = 30, 10, 7, 4


def main(count: int, weight: float) -> None:
    """Plan with so many scenarios and this weight of the tail, and print one line of JSON."""
    city, risk = make_city(), Risk(weight, 0.8)
    together = Correlation.even(city.need.shape, districts=0.6, services=0.5, periods=0.8)
    scenarios = from_moments(city.need, 0.3 * city.need, together, count=count, seed=1)
    program = stack(stages(city, scenarios)).judged(scenarios.probability, risk)
    found: dict[str, float] = {"columns": program.c.size, "rows": program.row_lower.size}
    found["highs_cpu"], found["highs_cost"] = raw(program)
    for name, solve in (("equivalent", solve_equivalent), ("benders", solve_benders)):
        gc.collect()
        begun = time.process_time()
        plan = solve(city, scenarios, risk, SystemClock(), stop=Stop())
        found |= {f"{name}_cpu": time.process_time() - begun, f"{name}_cost": plan.cost}
        found |= {f"{name}_gap": plan.gap, f"{name}_rounds": plan.rounds}
        found[f"{name}_off"] = abs(plan.cost - found["highs_cost"]) / abs(found["highs_cost"])
        found[f"{name}_to_highs"] = found[f"{name}_cpu"] / found["highs_cpu"]
    sys.stdout.write(json.dumps(found) + "\n")


def raw(program: LinearProgram) -> tuple[float, float]:
    """Let HiGHS solve the arrays by themselves; return processor seconds and objective."""
    gc.collect()
    a, begun = program.matrix, time.process_time()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = a.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = program.c, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.offset_ = program.offset
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = a.indptr, a.indices
    model.a_matrix_.value_ = a.data
    highs = highspy.Highs()
    highs.silent()
    highs.passModel(model)
    highs.run()
    np.array(highs.getSolution().col_value)
    return time.process_time() - begun, highs.getInfo().objective_function_value


def make_city() -> CityProblem:
    """Make a week in which beds fall short on bad days, and bays can be opened beforehand."""
    draw = stream(7, "uncertain bench")
    homes, sites = draw.random((DISTRICTS, 2)), draw.random((FACILITIES, 2))
    minutes = 60 * np.linalg.norm(homes[:, None] - sites[None], axis=2)
    near = np.argsort(minutes, axis=1)[:, :NEAREST]
    district, facility = np.repeat(np.arange(DISTRICTS), NEAREST), near.ravel()
    need = draw.gamma(4, 3, (DISTRICTS, 1, 1)) * np.array([[1.0], [0.25]]) * np.ones(DAYS)
    uses = np.array([[5.0, 0.0], [2.0, 4.0]])
    wanted = np.einsum("ist,sr->rt", need, uses)
    spread = draw.dirichlet(np.full(FACILITIES, 4.0))
    return CityProblem(
        districts=tuple(f"D{i}" for i in range(DISTRICTS)),
        facilities=tuple(f"H{j}" for j in range(FACILITIES)),
        services=("ward", "icu"),
        resources=("ward_bed", "icu_bed"),
        periods=tuple(date(2026, 6, 1) + timedelta(days=day) for day in range(DAYS)),
        need=need,
        capacity=0.95 * spread[:, None, None] * wanted,
        uses=uses,
        arc_district=np.tile(district, 2),
        arc_facility=np.tile(facility, 2),
        arc_service=np.repeat([0, 1], district.size),
        arc_minutes=np.tile(minutes[district, facility], 2),
        penalty=np.array([240.0, 900.0]),
        stay=np.array([[0.4, 0.3, 0.3], [0.3, 0.4, 0.3]]),
        features=(Waiting(np.array([30.0, 200.0]), np.array([2, 0])), _bays()),
    )


def _bays() -> Surge:
    beds = np.tile([6.0, 2.0], FACILITIES)
    return Surge(
        facility=np.repeat(np.arange(FACILITIES), 2),
        resource=np.tile([0, 1], FACILITIES),
        most=np.full(2 * FACILITIES, 10.0),
        gives=np.repeat(beds[:, None], DAYS, axis=1),
        price=DAYS * np.tile([110.0, 140.0], FACILITIES),
        whole=False,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
