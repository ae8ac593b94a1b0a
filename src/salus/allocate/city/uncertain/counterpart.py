"""The robust counterpart: one programme whose solutions hold for every need of a set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.order import in_order
from salus.allocate.city.programme import write
from salus.allocate.lp.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.needs import NeedSet
    from salus.allocate.lp.draft import Block
    from salus.allocate.lp.program import LinearProgram

WORST = "worst"
"""Term of what the needs of the set cost beyond the nominal one."""


@dataclass(frozen=True, slots=True, eq=False)
class Counterpart:
    """The programme, and where in it things stand.

    Parameters
    ----------
    problem : CityProblem
        The city.
    needs : NeedSet
        The needs that it holds for.
    draft : Draft
        The programme; its columns ``share`` (a, T) are the shares of need.
    arcs : ndarray of int, shape (a,)
        The journeys that are columns.
    """

    problem: CityProblem
    needs: NeedSet
    draft: Draft
    arcs: Whole

    def program(self) -> LinearProgram:
        """Finish the programme with the weights of the problem."""
        weights = {str(aim): self.problem.aims.weight(aim) for aim in Aim}
        return self.draft.program({**weights, WORST: 1.0})

    def least_cost(self) -> float:
        """Return what every plan costs at least by its terms alone: 0 where none is below 0."""
        if min(found.min(initial=0.0) for found in per_case(self.problem, self.arcs)) < 0:
            return -np.inf
        program, names = self.program(), tuple(one.name for one in self.problem.features)
        own = _numbers({k: b for k, b in self.draft.column.blocks.items() if k.startswith(names)})
        cost = program.c[own]
        least = np.where(cost >= 0, program.lower[own], program.upper[own])
        return float(cost[cost != 0] @ least[cost != 0])


def write_counterpart(problem: CityProblem, needs: NeedSet) -> Counterpart:
    """Write down the plan that holds for all needs.

    A capacity holds for all of them when it holds for the nominal need, plus Gamma times a
    threshold, plus what each district's deviation takes beyond the threshold; the cost, likewise.

    Parameters
    ----------
    problem : CityProblem
        The city; its own need is not looked at.
    needs : NeedSet
        The needs.

    Returns
    -------
    Counterpart

    Raises
    ------
    ValueError
        If the needs do not fit the city, or something is decided when need is known; everything
        is named.

    References
    ----------
    Bertsimas and Sim (2004), The price of robustness, theorem 1.
    """
    needs.fits(problem)
    faults = decided_later(problem)
    if faults:
        raise ValueError("; ".join(faults))
    highest = needs.highest.sum(axis=2)
    arcs = np.flatnonzero(highest[problem.arc_district, problem.arc_service] > 0)
    found = Counterpart(problem, needs, Draft(), arcs)
    _shares(found)
    _capacity(found)
    _cost(found)
    for feature in in_order(problem.features):
        feature.write(found.draft, problem)
    return found


def per_case(problem: CityProblem, arcs: Whole | None = None) -> tuple[Floats, Floats]:
    """Return what a case costs.

    Parameters
    ----------
    problem : CityProblem
        The city.
    arcs : ndarray of int, shape (a,), optional
        The journeys; all when not given.

    Returns
    -------
    journey : ndarray, shape (a,)
        On each journey, weighted minutes.
    unmet : ndarray, shape (S,)
        Unmet, weighted minutes.
    """
    aims, arcs = problem.aims, np.arange(problem.arc_minutes.size) if arcs is None else arcs
    journey = aims.weight(Aim.TRAVEL) * problem.arc_minutes[arcs]
    if problem.arc_price is not None:
        journey = journey + aims.weight(Aim.PRACTICE) * problem.arc_price[arcs]
    return journey, aims.weight(Aim.UNMET) * problem.penalty


def _shares(found: Counterpart) -> None:
    problem, draft, arcs = found.problem, found.draft, found.arcs
    nominal = found.needs.nominal
    district, service = problem.arc_district[arcs], problem.arc_service[arcs]
    share = draft.columns("share", (arcs.size, nominal.shape[2]), upper=1.0)
    rows = draft.rows("shared", nominal.shape, upper=1.0)
    draft.put(rows[district, service], share, 1.0)
    expected = nominal[district, service]
    draft.charge(Aim.TRAVEL, share, expected * problem.arc_minutes[arcs][:, None])
    if problem.arc_price is not None:
        draft.charge(Aim.PRACTICE, share, expected * problem.arc_price[arcs][:, None])
    draft.charge(Aim.UNMET, share, -expected * problem.penalty[service][:, None])
    draft.constant(Aim.UNMET, float(nominal.sum(axis=(0, 2)) @ problem.penalty))


def _capacity(found: Counterpart) -> None:
    problem, draft, arcs, needs = found.problem, found.draft, found.arcs, found.needs
    capacity = draft.rows("capacity", problem.capacity.shape, upper=problem.capacity)
    district, facility = problem.arc_district[arcs], problem.arc_facility[arcs]
    roads, road = np.unique(np.stack([district, facility], axis=1), axis=0, return_inverse=True)
    road = road.reshape(-1)
    shape = (len(roads), *problem.capacity.shape[1:])
    most = np.zeros(shape)
    for after, takes in _takes(found):
        np.add.at(most[:, :, after:], road, takes[1])
    least = np.zeros(problem.capacity.shape)
    np.maximum.at(least, roads[:, 1], most)
    threshold = draft.columns("threshold", least.shape, upper=least)
    beyond = draft.columns("beyond", shape, upper=most)
    rows = draft.rows("beyond", shape, lower=0.0)
    draft.put(capacity, threshold, needs.budget)
    draft.put(capacity[roads[:, 1]], beyond, 1.0)
    draft.put(rows, threshold[roads[:, 1]], 1.0)
    draft.put(rows, beyond, 1.0)
    share = draft.column.blocks["share"].indices
    for after, (nominal, deviation) in _takes(found):
        columns = share[:, None, : share.shape[1] - after]
        draft.put(capacity[facility][:, :, after:], columns, nominal)
        draft.put(rows[road][:, :, after:], columns, -deviation)


def _takes(found: Counterpart) -> Iterator[tuple[int, tuple[Floats, Floats]]]:
    """Give what whole shares take some periods after admission, shapes (a, R, T - after)."""
    problem, arcs, needs = found.problem, found.arcs, found.needs
    district, service = problem.arc_district[arcs], problem.arc_service[arcs]
    periods = len(problem.periods)
    for after in range(min(problem.stays.shape[1], periods)):
        uses = problem.uses[service] * problem.stays[service, after, None]
        nominal, deviation = (
            need[district, service, None, : periods - after] * uses[:, :, None]
            for need in (needs.nominal, needs.deviation)
        )
        yield after, (nominal, deviation)


def _cost(found: Counterpart) -> None:
    problem, draft, arcs, needs = found.problem, found.draft, found.arcs, found.needs
    district, service = problem.arc_district[arcs], problem.arc_service[arcs]
    journey, unmet = per_case(problem, arcs)
    dearest = np.maximum(unmet, journey.max(initial=0.0))
    most = (needs.deviation * dearest[:, None]).sum(axis=(1, 2))
    threshold = draft.columns("cost threshold", (1,), upper=most.max())
    beyond = draft.columns("cost beyond", most.shape, upper=most)
    lost = (needs.deviation * unmet[:, None]).sum(axis=(1, 2))
    rows = draft.rows("cost beyond", most.shape, lower=lost)
    draft.put(rows, threshold, 1.0)
    draft.put(rows, beyond, 1.0)
    share = draft.column.blocks["share"].indices
    saved = (unmet[service] - journey)[:, None] * needs.deviation[district, service]
    draft.put(rows[district][:, None], share, saved)
    draft.charge(WORST, threshold, needs.budget)
    draft.charge(WORST, beyond, 1.0)


def decided_later(problem: CityProblem) -> tuple[str, ...]:
    """Name all that keeps a city from a robust plan; empty when nothing does.

    A robust plan promises shares of need and nothing else that depends on it, so what a feature
    decides must be decided before need is known, and may change nothing but capacities.
    """
    return tuple(_decided_later(problem))


def _decided_later(problem: CityProblem) -> Iterator[str]:
    if problem.aims.order:
        yield (
            "a robust plan weighs its aims, but they are given an order: give the first aims "
            "larger weights instead"
        )
    written = write(problem)
    matrix = written.draft.matrix()
    capacity = written.draft.row.blocks["capacity"].indices.ravel()
    for feature in problem.features:
        own = _named(written.draft.column.blocks, feature.name)
        later = [name for name in own if name not in feature.first]
        columns = _numbers(own)
        rows = _numbers(_named(written.draft.row.blocks, feature.name))
        strange = ~np.isin(matrix[:, columns].indices, np.concatenate([rows, capacity]))
        foreign = ~np.isin(matrix.tocsr()[rows].indices, columns)
        if later or not own or strange.any() or foreign.any():
            yield f"a robust plan decides everything before need is known, but not {feature.name}"


def _named(blocks: dict[str, Block], name: str) -> dict[str, Block]:
    return {key: block for key, block in blocks.items() if key.startswith(name)}


def _numbers(blocks: dict[str, Block]) -> Whole:
    return np.concatenate([np.zeros(0, int), *(b.indices.ravel() for b in blocks.values())])
