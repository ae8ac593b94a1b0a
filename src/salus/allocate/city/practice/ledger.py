"""What practice forbade, priced or let pass, journey by journey."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.practice.rule import CAUSES, Rule
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.core.messages import Message
    from salus.domain.rights import Override

RULES = tuple(Rule)


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Each break of a rule by a journey: forbidden, priced, or overridden.

    Parameters
    ----------
    problem : CityProblem
        With the keys of places and services, before practice was applied.
    journey : ndarray of int, shape (n,)
        The journey of each entry, as an index within the problem.
    rule : ndarray of int, shape (n,)
        The rule, as a place in ``RULES``.
    minutes : ndarray, shape (n,)
        Weighted minutes that it costs; 0 where it is forbidden.
    forbidden : ndarray of bool, shape (n,)
        Whether it is forbidden.
    override : ndarray of int, shape (n,)
        Place of the override that lets the journey pass; -1 where there is none.
    overrides : tuple of Override
        The overrides.
    """

    problem: CityProblem
    journey: Whole
    rule: Whole
    minutes: Floats
    forbidden: NDArray[np.bool_]
    override: Whole
    overrides: tuple[Override, ...]

    def __len__(self) -> int:
        """Count the entries."""
        return self.journey.size

    def closed(self) -> NDArray[np.bool_]:
        """Tell which journeys are left out, shape (A,)."""
        found = np.zeros(self.problem.arc_minutes.size, dtype=bool)
        found[self.journey[self.forbidden & (self.override < 0)]] = True
        return found

    def added(self) -> Floats:
        """Add up the minutes that practice adds to each journey, shape (A,)."""
        priced = ~self.forbidden & (self.override < 0)
        found = np.zeros(self.problem.arc_minutes.size)
        np.add.at(found, self.journey[priced], self.minutes[priced])
        return found

    def applied(self) -> CityProblem:
        """Leave out the journeys that are forbidden, and price the others.

        Returns
        -------
        CityProblem
            The same problem where no rule touches a journey.
        """
        kept, added = ~self.closed(), self.added()
        found = self.problem
        if added.any():
            before = 0.0 if found.arc_price is None else found.arc_price
            found = replace(found, arc_price=before + added)
        return found if kept.all() else with_journeys(found, np.flatnonzero(kept))

    def lines(
        self, district: str | None = None, facility: str | None = None, service: str | None = None
    ) -> Iterator[Message]:
        """Tell the entries in sentences, of all journeys or of those that are asked for.

        Parameters
        ----------
        district, facility, service : str, optional
            Keys; all when not given.

        Yields
        ------
        Message
        """
        problem = self.problem
        for entry, journey in enumerate(self.journey):
            places = (
                problem.districts[problem.arc_district[journey]],
                problem.facilities[problem.arc_facility[journey]],
                problem.services[problem.arc_service[journey]],
            )
            asked = (district, facility, service)
            if all(key in {None, mine} for key, mine in zip(asked, places, strict=True)):
                yield say(
                    "from {district} to {facility} for {service}: {cause}, {effect}",
                    district=places[0],
                    facility=places[1],
                    service=places[2],
                    cause=CAUSES[RULES[self.rule[entry]]],
                    effect=self._effect(entry),
                )

    def _effect(self, entry: int) -> Message:
        if (place := self.override[entry]) >= 0:
            let = self.overrides[place]
            return say("let pass by {by}: {reason}", by=let.by, reason=let.reason)
        if self.forbidden[entry]:
            return say("forbidden")
        return say("{minutes:g} minutes added", minutes=float(self.minutes[entry]))


def with_journeys(problem: CityProblem, kept: Whole) -> CityProblem:
    """Keep some journeys of a problem only.

    Parameters
    ----------
    problem : CityProblem
        With all journeys.
    kept : ndarray of int
        Which to keep, as indices.

    Returns
    -------
    CityProblem
    """
    arcs = {
        item.name: values[kept]
        for item in fields(problem)
        if item.name.startswith("arc_") and (values := getattr(problem, item.name)) is not None
    }
    return replace(problem, **arcs)
