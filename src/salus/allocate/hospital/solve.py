"""A hospital's plan over all four decisions at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.readable import readable
from salus.allocate.hospital.search.state import BEDS, COST, MINUTES, OUT
from salus.allocate.hospital.search.tables import tables
from salus.allocate.hospital.solver.admissions import admissions
from salus.allocate.hospital.solver.chain import Chain
from salus.allocate.hospital.solver.cooling import Cooling
from salus.allocate.hospital.solver.decisions import decisions, plan_of
from salus.allocate.hospital.solver.first_days import first_days
from salus.allocate.lp.stop import Stop as Limit

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from salus.allocate.hospital.keep import Keep
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.search.moves import Prices
    from salus.allocate.hospital.stop import Stop

ROUNDS = 200
"""How many temperatures there are."""

OPENING, OPENINGS, OPENING_ROUNDS = 0.03, 10, 40
"""Share of the search for each quick annealing before it, how many at most, and temperatures."""

NEAR = 1e-3
"""Gap at which days of admission are good enough."""

FEW = Limit(seconds=60.0, gap=NEAR, nodes=1)
"""Limits for them where a search ends after a number of moves: seldom the seconds."""

EACH = 10
"""Rounds between two shares: the last chain takes over the lead's plan, once rules cost in full."""

CHUNK = 20_000
"""Moves between two looks at the clock: some milliseconds."""

APART = 1_000_003
"""Between the seeds of two chains."""

WARM = 10.0
"""Highest temperature from a plan that is given, or from days of admission."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come.

    Parameters
    ----------
    seconds : float
        Since it began.
    part : float
        Of the whole search, from 0 to 1.
    cost : int
        Of the best plan.
    broken : int
        People too many or mixed, and minutes overtime, of that plan.
    tried : int
        Moves, on all cores.
    """

    seconds: float
    part: float
    cost: int
    broken: int
    tried: int


def solve(
    problem: HospitalProblem,
    stop: Stop,
    seed: int = 1,
    *,
    cores: int = 1,
    warm: HospitalPlan | None = None,
    keep: Keep | None = None,
    watch: Callable[[Progress], None] | None = None,
    cooling: Cooling | None = None,
) -> HospitalPlan:
    """Search for the best plan over admissions, rooms, theatres and nurses at once.

    Simulated annealing: rules may be broken on the way, at a price that rises; who must be admitted
    always is. With two cores or more, one goes on from days of admission that branch and cut has
    chosen, and the plans are compared when the rules have their full price. An interrupt from the
    keyboard ends the search, and the best plan so far is returned.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    stop : Stop
        When the search ends; with a number of iterations, the same plan comes out each time.
    seed : int
        Of the random moves.
    cores : int
        How many searches go on side by side, at least 1.
    warm : HospitalPlan, optional
        Plan to begin with, also of an earlier state of the hospital.
    keep : Keep, optional
        Earlier plan that is under way; the search begins with it where ``warm`` is not given.
    watch : callable, optional
        Told of the progress after each round.
    cooling : Cooling, optional
        How temperature and prices change.

    Returns
    -------
    HospitalPlan
        The best plan that breaks no rule; where none was met, the one that breaks least.

    References
    ----------
    S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi: Optimization by simulated annealing, Science, 1983.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.stop import Stop
    >>> from salus.allocate.hospital.verify import verify
    >>> hospital = random_hospital(5)
    >>> verify(hospital, solve(hospital, Stop(iterations=200_000))).total_violations
    0
    """
    if warm is not None:
        readable(problem, warm)
    given = tables(problem, keep)
    start = warm or (keep.plan if keep else None)
    begun = decisions(problem, given, start) if start else None
    postponed = float(max(1, problem.weights.postponed))
    cooling = cooling or (Cooling(postponed, first=WARM) if start else Cooling(postponed))
    days = np.full(len(problem.patients), OUT, np.int32) if start else first_days(problem)
    chains = [Chain.begin(given, cooling, seed + APART * at, days, begun) for at in range(cores)]
    search = _Search(problem, chains, cooling, stop, watch, time.monotonic(), Event())
    search.run(opening=start is None)
    return plan_of(problem, search.best.best)


@dataclass(frozen=True, slots=True)
class _Search:
    problem: HospitalProblem
    chains: list[Chain]
    cooling: Cooling
    stop: Stop
    watch: Callable[[Progress], None] | None
    began: float
    over: Event

    def run(self, *, opening: bool) -> None:
        """Anneal, and before that quickly, so that a plan which keeps the rules is there early."""
        with ThreadPoolExecutor(len(self.chains) + 1) as pool:
            try:
                done = self._open(pool) if opening else 0.0
                wanted = opening and len(self.chains) > 1
                days = pool.submit(self._days, 1.0 - done) if wanted else None
                self._anneal(pool, self.cooling, ROUNDS, (done, 1.0), days)
            except KeyboardInterrupt:
                self.over.set()

    def _open(self, pool: ThreadPoolExecutor) -> float:
        # Rules are dear from the first move: what is sought is a plan that keeps them.
        dear, done = replace(self.cooling, cheap=self.cooling.dear), 0.0
        for _ in range(OPENINGS):
            self._anneal(pool, dear, OPENING_ROUNDS, (done, done + OPENING))
            done += OPENING
            if not _rank(self.best)[0]:
                break
        return done

    def _days(self, left: float) -> NDArray[np.int32] | None:
        limit = FEW
        if self.stop.seconds is not None:
            seconds = self.stop.seconds * left * self.cooling.part(WARM)
            limit = Limit(seconds=seconds, gap=NEAR)
        return admissions(self.problem, limit, self.over.is_set)

    def _anneal(
        self,
        pool: ThreadPoolExecutor,
        cooling: Cooling,
        rounds: int,
        span: tuple[float, float],
        days: Future[NDArray[np.int32] | None] | None = None,
    ) -> None:
        for chain in self.chains:
            chain.firm = [1.0, 1.0]
        since, until = span
        for at in range(rounds):
            part, end = at / (rounds - 1), since + (until - since) * (at + 1) / rounds
            if days and self._due(days, cooling.temperature(part)):
                if (found := days.result()) is not None:
                    self.chains[-1].restart(cooling, found, WARM)
                days = None
            jobs = [pool.submit(self._round, chain, cooling, part, end) for chain in self.chains]
            for job in jobs:
                job.result()
            if part >= cooling.settled and at % EACH == 0:
                self._share(cooling.prices(part))
            if self.watch:
                self.watch(self._progress(end))

    def _due(self, days: Future[NDArray[np.int32] | None], temperature: float) -> bool:
        # By the clock, as soon as they are there; else always after the same number of moves.
        return temperature <= WARM or (self.stop.iterations is None and days.done())

    def _share(self, prices: Prices) -> None:
        scores = [chain.score(prices) for chain in self.chains]
        lead = self.chains[int(np.argmin(scores))]
        last = self.chains[int(np.argmax(scores))]
        if last is not lead:
            last.take_over(lead)

    @property
    def best(self) -> Chain:
        return min(self.chains, key=_rank)

    def _round(self, chain: Chain, cooling: Cooling, part: float, end: float) -> None:
        if self.stop.iterations is not None:
            left = round(self.stop.iterations * end) - chain.tried
            while left > 0 and not self.over.is_set():
                chain.walk(cooling, part, min(left, CHUNK))
                left -= CHUNK
        else:
            until = self.began + (self.stop.seconds or 0) * end
            while time.monotonic() < until and not self.over.is_set():
                chain.walk(cooling, part, CHUNK)
        if cooling.temperature(part) < cooling.strict:
            chain.firmer()

    def _progress(self, part: float) -> Progress:
        total = self.best.best.total
        return Progress(
            seconds=time.monotonic() - self.began,
            part=part,
            cost=int(total[COST]),
            broken=int(total[BEDS] + total[MINUTES]),
            tried=sum(chain.tried for chain in self.chains),
        )


def _rank(chain: Chain) -> tuple[int, int]:
    total = chain.best.total
    return int(total[BEDS] + total[MINUTES]), int(total[COST])
