"""What others take for the same plan: each peer builds its model from the arrays of the problem.

Every peer returns the cost of the best plan, and has read back what flows on each journey. The
problems have one kind of resource for each service, and one period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy import sparse
from scipy.optimize import linprog

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem

TENTHS = 10
"""Journeys are in tenths of a minute, so that whole numbers hold them."""


def ortools(problem: CityProblem) -> float:
    """Send all cases through one network."""
    return _network(problem, np.arange(len(problem.services)))


def ortools_by_kind(problem: CityProblem) -> float:
    """Send the cases of each service through a network of its own."""
    return sum(_network(problem, np.array([s])) for s in range(len(problem.services)))


def _network(problem: CityProblem, services: Whole) -> float:
    kinds, (places, rooms) = services.size, (len(problem.districts), len(problem.facilities))
    mine = (
        slice(None)
        if kinds == len(problem.services)
        else np.flatnonzero(problem.arc_service == services[0])
    )
    service = problem.arc_service[mine] if kinds > 1 else 0
    source = problem.arc_district[mine] * kinds + service
    sink = places * kinds + problem.arc_facility[mine] * kinds + service
    end = (places + rooms) * kinds
    need, room, scale = _amounts(problem, services)
    cost = np.rint(problem.arc_minutes[mine] * TENTHS).astype(np.int64)
    penalty = np.tile(np.rint(problem.penalty[services] * TENTHS).astype(np.int64), places)
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([source, np.arange(end)]).astype(np.int32),
        np.concatenate([sink, np.full(end, end)]).astype(np.int32),
        np.concatenate([need[source], need, room]),
        np.concatenate([cost, penalty, np.zeros(room.size, dtype=np.int64)]),
    )
    supply = np.concatenate([need, np.zeros(room.size, dtype=np.int64), [-need.sum()]])
    solver.set_nodes_supplies(np.arange(end + 1, dtype=np.int32), supply)
    if solver.solve() != SimpleMinCostFlow.OPTIMAL:
        message = "no optimum"
        raise RuntimeError(message)
    flow = solver.flows(arcs[: source.size + need.size]).astype(float)
    paid = np.concatenate([cost, penalty]).astype(float)
    return float(flow @ paid) / TENTHS / scale


def _amounts(problem: CityProblem, services: Whole) -> tuple[Whole, Whole, int]:
    """Count in cases: whole ones as they are, others in millionths."""
    need = problem.need[:, services, 0].ravel()
    kind = problem.uses[services].argmax(axis=1)
    room = (problem.capacity[:, kind, 0] / problem.uses[services, kind]).ravel()
    scale = 1 if (need == np.rint(need)).all() and (room == np.rint(room)).all() else 10**6
    most = np.minimum(room, need.sum() + 1)
    return np.ceil(need * scale).astype(np.int64), np.floor(most * scale).astype(np.int64), scale


def scipy(problem: CityProblem) -> float:
    """Solve the linear programme with scipy's linprog."""
    gain, matrix, limits, all_unmet = _programme(problem)
    found = linprog(-gain, A_ub=matrix, b_ub=limits, method="highs")
    return all_unmet + float(-gain @ found.x)


def highs(problem: CityProblem) -> float:
    """Solve the linear programme with highspy, passed as arrays."""
    gain, matrix, limits, all_unmet = _programme(problem)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = -gain
    model.col_lower_, model.col_upper_ = np.zeros(gain.size), np.full(gain.size, np.inf)
    model.row_lower_, model.row_upper_ = np.full(limits.size, -np.inf), limits
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data
    engine = highspy.Highs()
    engine.silent()
    engine.passModel(model)
    engine.run()
    return all_unmet + float(-gain @ np.array(engine.getSolution().col_value))


def _programme(problem: CityProblem) -> tuple[Floats, sparse.csc_array, Floats, float]:
    services, resources = problem.uses.shape
    arcs = np.arange(problem.arc_minutes.size)
    kind = problem.uses.argmax(axis=1)[problem.arc_service]
    need = problem.arc_district * services + problem.arc_service
    room = problem.need.size + problem.arc_facility * resources + kind
    values = np.concatenate([np.ones(arcs.size), problem.uses[problem.arc_service, kind]])
    limits = np.concatenate([problem.need.ravel(), problem.capacity.ravel()])
    spots = (np.concatenate([need, room]), np.concatenate([arcs, arcs]))
    matrix = sparse.csc_array((values, spots), shape=(limits.size, arcs.size))
    unmet = float((problem.need[:, :, 0] @ problem.penalty).sum())
    return problem.penalty[problem.arc_service] - problem.arc_minutes, matrix, limits, unmet
