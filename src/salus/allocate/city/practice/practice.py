"""What practice makes of a problem: fewer journeys, and prices on others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.practice.ledger import RULES, Ledger
from salus.allocate.city.practice.rule import Rule, Terms
from salus.domain.place import HIGHEST_TIER

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Whole
    from salus.allocate.city.problem import CityProblem
    from salus.domain.rights import Override

    Keys = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Practice:
    """Tiers, consortia and insurance areas, as far as they are known.

    Parameters
    ----------
    terms : Terms
        Which rules hold, and what breaking them costs.
    tier : ndarray of int, shape (J,), optional
        Tier of each facility from 1 to 3; 0 where it is not known.
    lowest, first, down : ndarray of int, shape (S,), optional
        For each service the lowest tier able to give it, the tier of first contact, and the
        tier to which its cases step down; 0 where none is stated.
    consortium, insurance : tuple of str, J of them, optional
        Consortium and insurance area of each facility; empty where there is none.
    district_consortium, district_insurance : tuple of str, I of them, optional
        Those of each district; one without may go anywhere.
    overrides : tuple of Override
        Journeys that pass whatever the rules say; the first that names a journey counts.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> practice = Practice(
    ...     consortium=("east", "west", "east"),
    ...     district_consortium=("east", "east", "west", ""),
    ... )
    >>> ledger = practice.ledger(small_city(7))
    >>> print(next(ledger.lines("D3", "H1")))
    from D3 to H1 for ward: outside the consortium, 45 minutes added
    """

    terms: Terms = field(default_factory=Terms)
    tier: Whole | None = None
    lowest: Whole | None = None
    first: Whole | None = None
    down: Whole | None = None
    consortium: Keys | None = None
    district_consortium: Keys | None = None
    insurance: Keys | None = None
    district_insurance: Keys | None = None
    overrides: tuple[Override, ...] = ()

    def applied(self, problem: CityProblem) -> CityProblem:
        """Leave out the journeys that are forbidden, and price the others.

        Parameters
        ----------
        problem : CityProblem
            What is to be planned.

        Returns
        -------
        CityProblem
            The same problem where no rule touches a journey.

        Raises
        ------
        ValueError
            If the practice does not fit the problem; all that is wrong is named.
        """
        return self.ledger(problem).applied()

    def ledger(self, problem: CityProblem) -> Ledger:
        """List what practice forbids, prices and lets pass, and why.

        Parameters
        ----------
        problem : CityProblem
            What is to be planned, before practice is applied.

        Returns
        -------
        Ledger

        Raises
        ------
        ValueError
            If the practice does not fit the problem; all that is wrong is named.
        """
        if faults := [*self._misfits(problem), *self._unknown(problem)]:
            raise ValueError("; ".join(faults))
        steps = self._steps(problem)
        holds = [rule in self.terms.minutes or rule in self.terms.forbidden for rule in RULES]
        journey, rule = np.nonzero(steps * np.array(holds))
        price = np.array([self.terms.minutes.get(each, 0.0) for each in RULES])
        hard = np.array([each in self.terms.forbidden for each in RULES])
        minutes = steps[journey, rule] * price[rule]
        told = hard[rule] | (minutes > 0)
        let = self._overridden(problem)[journey]
        closed = np.unique(journey[hard[rule] & (let < 0)])
        # Of a journey that is forbidden nobody asks what it would cost.
        told &= hard[rule] | ~np.isin(journey, closed)
        journey, rule, minutes, let = journey[told], rule[told], minutes[told], let[told]
        return Ledger(problem, journey, rule, minutes, hard[rule], let, self.overrides)

    def _steps(self, problem: CityProblem) -> Whole:
        """Count how far each journey breaks each rule, shape (A, rules)."""
        found = {rule: np.zeros(problem.arc_minutes.size, dtype=int) for rule in RULES}
        facility, service = problem.arc_facility, problem.arc_service
        if self.tier is not None:
            none = np.zeros(len(problem.services), dtype=int)
            low, first, down = (
                (none if tiers is None else tiers)[service]
                for tiers in (self.lowest, self.first, self.down)
            )
            tier = self.tier[facility]
            found[Rule.ABLE] = np.where(tier > 0, low - tier, 0)
            demanded = np.maximum(low, first)
            found[Rule.UPWARD] = np.where(first > 0, np.minimum(tier, demanded) - first, 0)
            found[Rule.FIRST_CONTACT] = np.where(first > 0, tier - demanded, 0)
            found[Rule.STEP_DOWN] = np.where(down > 0, tier - down, 0)
        for rule, theirs, mine in (
            (Rule.CONSORTIUM, self.consortium, self.district_consortium),
            (Rule.INSURANCE, self.insurance, self.district_insurance),
        ):
            if theirs is not None and mine is not None:
                at, home = np.array(theirs)[facility], np.array(mine)[problem.arc_district]
                found[rule] = (home != "") & (at != home)
        return np.maximum(np.stack([found[rule] for rule in RULES], axis=1).astype(int), 0)

    def _overridden(self, problem: CityProblem) -> Whole:
        found = np.full(problem.arc_minutes.size, -1)
        for place, override in reversed(list(enumerate(self.overrides))):
            named = np.ones(found.shape, dtype=bool)
            for key, keys, arcs in _places(override, problem):
                if key is not None:
                    named &= arcs == keys.index(key)
            found[named] = place
        return found

    def _misfits(self, problem: CityProblem) -> list[str]:
        sizes = {
            "tier": problem.facilities,
            "lowest": problem.services,
            "first": problem.services,
            "down": problem.services,
            "consortium": problem.facilities,
            "insurance": problem.facilities,
            "district_consortium": problem.districts,
            "district_insurance": problem.districts,
        }
        faults = []
        for name, keys in sizes.items():
            values = getattr(self, name)
            if values is not None and len(values) != len(keys):
                faults.append(f"practice.{name} must hold {len(keys)}, but holds {len(values)}")
            elif isinstance(values, np.ndarray):
                wrong = values[~np.isin(values, range(HIGHEST_TIER + 1))]
                if wrong.size:
                    bound = f"a tier from 1 to {HIGHEST_TIER}, or 0 for none"
                    faults.append(f"practice.{name} must be {bound}, but holds {wrong[0]}")
        return faults

    def _unknown(self, problem: CityProblem) -> list[str]:
        return [
            f"an override names {key}, but there is none in the problem"
            for override in self.overrides
            for key, keys, _ in _places(override, problem)
            if key is not None and key not in keys
        ]


def _places(override: Override, problem: CityProblem) -> tuple[tuple[str | None, Keys, Whole], ...]:
    return (
        (override.district, problem.districts, problem.arc_district),
        (override.facility, problem.facilities, problem.arc_facility),
        (override.service, problem.services, problem.arc_service),
    )
