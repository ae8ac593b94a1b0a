"""How fast coupled cities are planned: ``python -m benches.protocols.coupling KIND COLUMNS``.

``staff``: one period; each case takes bed-days of its kind, and nurse-days of one pool. ``fair``:
as ``staff``, and the coverages of districts may lie apart by half at most. ``stays``: as ``staff``
in 14 periods that hang together, for stays reach over several. ``featured``: as ``stays``, and
cases may wait and bays may be opened.

Each city is planned by raw highspy, with default options, on the very arrays that we write; by
``Exact`` (one programme, in HiGHS) and by ``Prices`` (delayed journeys). What is counted is
processor time: of ours from the problem to the plan, the writing of the model included; of highspy
from the arrays to the solution. Of small cities the median of five runs is kept,
and highspy is asked for its interior point method, too.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import highspy
import numpy as np

from salus.allocate.city.by_prices import Prices
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.surge import Surge
from salus.allocate.city.features.waiting import Waiting
from salus.allocate.city.problem import CityProblem
from salus.allocate.city.programme import write
from salus.allocate.city.verify import verify
from salus.allocate.city.whole import solve_whole
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock
from salus.core.rng import stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.lp.program import LinearProgram

    Ways: TypeAlias = dict[str, Callable[[], float]]

SEED, REPEATS, SMALL = 1, 5, 200_000
CLOCK = SystemClock()
USES = np.array([[4.0, 0, 0, 1.2], [0, 3.0, 0, 4.5], [0, 0, 2.5, 2.0]])
CASES, PENALTY = np.array([6.0, 1.0, 2.0]), np.array([240.0, 900.0, 400.0])
LONGEST, STAYING_ON, SUPPLY = (4, 3, 6), 0.75, 0.85


def coupled_city(columns: int, periods: int) -> CityProblem:
    """Make a country of about so many journeys times periods, each district near its facilities."""
    draw = stream(SEED, "coupled city")
    per_service = columns / periods / len(CASES)
    near = max(4, round((per_service / 12) ** 0.5))
    districts = round(per_service / near)
    journeys = _journeys(draw, districts, max(near, districts // 8), near)
    facilities = journeys[1].max() + 1
    people = draw.lognormal(0, 1, districts)
    need = draw.poisson(people[:, None, None] * CASES[:, None] * np.ones(periods)).astype(float)
    wanted = SUPPLY * np.einsum("ist,sr->r", need, USES) / periods
    size = draw.lognormal(0, 0.8, (facilities, 1)) * np.exp(draw.normal(0, 0.3, (facilities, 4)))
    beds = (wanted * size / size.sum(axis=0))[:, :, None]
    services = len(CASES)
    return CityProblem(
        districts=tuple(f"D{i}" for i in range(districts)),
        facilities=tuple(f"H{j}" for j in range(facilities)),
        services=("ward", "icu", "surgery"),
        resources=("ward_bed", "icu_bed", "surgical_bed", "nurse"),
        periods=tuple(date(2026, 6, 28) + timedelta(days=day) for day in range(periods)),
        need=need,
        capacity=beds * (1 + 0.1 * draw.normal(size=(facilities, 4, periods))).clip(0.5),
        uses=USES,
        arc_district=np.tile(journeys[0], services),
        arc_facility=np.tile(journeys[1], services),
        arc_service=np.repeat(np.arange(services), journeys[0].size),
        arc_minutes=np.tile(journeys[2], services),
        penalty=PENALTY,
        stay=_stays() if periods > 1 else None,
    )


def _journeys(
    draw: np.random.Generator, districts: int, facilities: int, near: int
) -> tuple[Whole, Whole, Floats]:
    home = draw.random((districts, 2)) * 100
    site = home[draw.integers(0, districts, facilities)] + draw.normal(0, 2, (facilities, 2))
    km = np.hypot(*(home[:, None] - site[None]).transpose(2, 0, 1))
    facility = np.argsort(km, axis=1)[:, :near].ravel()
    facility = np.unique(facility, return_inverse=True)[1].ravel()
    district = np.repeat(np.arange(districts), near)
    return district, facility, np.sort(km, axis=1)[:, :near].ravel() * 1.3 * 60 / 50


def _stays() -> Floats:
    share = STAYING_ON ** np.arange(max(LONGEST)) * (np.arange(6) < np.array(LONGEST)[:, None])
    return np.asarray(share / share.sum(axis=1, keepdims=True), np.float64)


def featured(city: CityProblem) -> CityProblem:
    """Let cases wait up to two periods, and let each facility open ward beds."""
    facility = np.arange(len(city.facilities))
    beds = city.capacity[:, 0]
    bays = Surge(
        facility=facility,
        resource=np.zeros_like(facility),
        most=np.full(facility.size, 2.0),
        gives=0.05 * beds,
        price=20.0 * beds.sum(axis=1) * 0.05,
        whole=False,
    )
    patience = Waiting(np.array([4.0, 200.0, 10.0]), np.array([2, 0, 2]))
    return replace(city, features=(patience, bays))


def fair(city: CityProblem) -> CityProblem:
    """Bound how far apart the coverages of the districts may lie."""
    return replace(city, features=(CoverageGap(Groups.districts(city), 0.5, withhold=True),))


def raw(program: LinearProgram, solver: str) -> float:
    """Solve the arrays as a user of highspy would, and return the objective."""
    engine = highspy.Highs()
    engine.silent()
    engine.setOptionValue("solver", solver)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = program.matrix.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = program.c, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.offset_ = program.offset
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = program.matrix.indptr
    model.a_matrix_.index_ = program.matrix.indices
    model.a_matrix_.value_ = program.matrix.data
    engine.passModel(model)
    engine.run()
    engine.getSolution()
    return float(engine.getObjectiveValue())


def kept(plans: list[CityPlan], work: Callable[[], CityPlan]) -> float:
    """Make a plan, keep it to be checked later, and return its cost."""
    plans.append(work())
    return plans[-1].cost


def measure(ways: Ways, repeats: int) -> dict[str, tuple[float, float]]:
    """Return the median of the processor seconds, and the objective, of each way in turn."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    objective = {}
    for _ in range(repeats):
        for name, way in ways.items():
            begin = time.process_time()
            objective[name] = way()
            taken[name].append(time.process_time() - begin)
    return {name: (statistics.median(taken[name]), objective[name]) for name in ways}


def compare(kind: str, columns: int) -> dict[str, float]:
    """Plan one city in all ways; how far its costs differ, as a share, is among the figures."""
    city = coupled_city(columns, 1 if kind in {"staff", "fair"} else 14)
    city = {"fair": fair, "featured": featured}.get(kind, lambda bare: bare)(city)
    program = write(city).program()
    repeats = REPEATS if columns <= SMALL else 1
    plans: list[CityPlan] = []
    ways: Ways = {
        "prices": partial(kept, plans, lambda: Prices().solve(city, CLOCK)),
        "exact": partial(kept, plans, lambda: solve_whole(city, "exact", CLOCK, Stop())),
        "highspy": lambda: raw(program, "choose"),
    }
    if columns <= SMALL:
        ways["highspy_interior"] = lambda: raw(program, "ipm")
    found = measure(ways, repeats)
    cost = found["highspy"][1]
    return {
        "journeys_times_periods": float(city.arc_minutes.size * len(city.periods)),
        "rows": float(program.row_lower.size),
        **{f"{name}_cpu_seconds": seconds for name, (seconds, _) in found.items()},
        **{
            f"{name}_to_highspy": found[name][0] / found["highspy"][0]
            for name in ("prices", "exact")
        },
        "costs_differ": max(abs(each - cost) / cost for _, each in found.values()),
        "largest_gap": max(abs(verify(city, plan).gap) for plan in plans[-2:]),
    }


if __name__ == "__main__":
    print(json.dumps(compare(sys.argv[1], int(sys.argv[2]))))
