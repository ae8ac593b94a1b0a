"""Features that only tests want: rules that a scenario may be unable to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from salus.allocate.city.recount import Recount

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft


@dataclass(frozen=True)
class MostUnmet:
    """No more than so many cases may stay unmet, in whole cases if wanted."""

    cases: float
    whole: bool = False
    name: ClassVar[str] = "most unmet"
    first: ClassVar[tuple[str, ...]] = ()

    def faults(self, problem: CityProblem) -> list[str]:
        """Fit every city."""
        del problem
        return []

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Bound the sum of what stays unmet."""
        del problem
        row = draft.rows("most unmet", (1,), upper=0.0)
        total = draft.columns("most unmet", (1,), upper=self.cases, integral=self.whole)
        draft.put(row, draft.column.blocks["unmet"].indices.ravel(), 1.0)
        draft.put(row, total, -1.0)

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> object:
        """Decide nothing."""
        del draft, x, problem
        return self

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Change nothing."""
        del problem, plan
        return Recount()
