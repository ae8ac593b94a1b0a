"""What each way of choosing a treatment is worth to patients that nothing was learned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.treat.effects.average import Mean, mean_by_patient
from salus.treat.effects.crossfit import among_possible, doubly_robust

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from salus.treat.effects.base import Experience
    from salus.treat.knowledge import Knowledge
    from salus.treat.plans.plan import Plan

    Values = NDArray[np.float64]
    Places = NDArray[np.int64]

ADVISED = "advised"
"""Key of the way in which the options are ranked."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Which arm one way of choosing takes for each patient.

    Parameters
    ----------
    key : str
        Key of the way.
    label : Message
        Name of the way for people.
    arm : ndarray of int, shape (n,)
        Places of the arms.
    """

    key: str
    label: Message
    arm: Places


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """Every way of choosing, tried on patients of one condition that nothing was learned from.

    Parameters
    ----------
    plan : Plan
        Of the condition.
    seen : Experience
        Who was given what, and what came of it.
    scores : ndarray, shape (n, n_arms)
        Doubly robust scores, in the unit of the outcome; NaN for an arm of which too little is
        known.
    choices : tuple of Choice
        One for each way; none takes an arm that is forbidden or unknown.
    """

    plan: Plan
    seen: Experience
    scores: Values
    choices: tuple[Choice, ...]

    @property
    def spread(self) -> float:
        """Standard deviation of the outcomes seen; 1 where all are the same."""
        return float(self.seen.outcome.std()) or 1.0

    def gains(self, arm: Places) -> Values:
        """Say how much better than practice a choice is, for each patient, in standard deviations.

        Practice is worth what was seen; the spread is that of the outcomes seen.
        """
        taken = self.scores[np.arange(len(arm)), arm]
        better = self.plan.outcome.better.sign * (taken - self.seen.outcome)
        return np.asarray(better / self.spread)


@dataclass(frozen=True, slots=True)
class Valued:
    """What one way of choosing is worth.

    Parameters
    ----------
    key : str
        Key of the way.
    label : Message
        Name of the way for people.
    gain : Mean
        How much better than practice, in standard deviations of the outcome; the 95 % intervals of
        all ways hold together.
    over_advised : Mean
        How much better than the way that ranks the options, in the same way.
    differs : float
        Share of patients who would get another arm than they were given, 0 to 1.
    """

    key: str
    label: Message
    gain: Mean
    over_advised: Mean
    differs: float


def tried(known: Knowledge, seen: Experience) -> Tried:
    """Let every way choose for patients that nothing was learned from, and score each arm.

    The scores come from outcome models and chances learned from the other patients; a way never
    sees what these patients were given, nor what came of it.

    Parameters
    ----------
    known : Knowledge
        Of the treatments of the condition.
    seen : Experience
        Of the patients, with the columns that effects depend on.

    Returns
    -------
    Tried

    References
    ----------
    M. Dudik, J. Langford, L. Li (2011), Doubly robust policy evaluation and learning. ICML.
    """
    outcomes = known.per_arm.outcomes(seen.values)
    chances = np.zeros_like(outcomes)
    columns = [int(name) for name in known.practice.classes]
    chances[:, columns] = known.practice.probabilities(seen.values)
    scores = doubly_robust(seen, outcomes, among_possible(chances, seen))
    usable = seen.possible & np.isfinite(scores)
    sign = known.plan.outcome.better.sign
    ranked = [
        Choice(
            "best_average",
            say("one arm for all, the best on average"),
            _best(sign * known.constant.effects(seen.values).point, usable),
        ),
        Choice(
            "outcome_models",
            say("outcome model for each treatment"),
            _best(sign * outcomes, usable),
        ),
        Choice(
            ADVISED,
            say("as the options are ranked here"),
            _best(sign * known.ranking(seen.values), usable),
        ),
    ]
    associated = [
        Choice(each.key, each.label, each.choose(seen.values, usable))
        for each in known.associations
    ]
    # Whom nothing is possible for but what was given stays with it.
    kept = [
        Choice(each.key, each.label, np.where(usable.any(1), each.arm, seen.arm))
        for each in (*ranked, *associated)
    ]
    return Tried(known.plan, seen, scores, tuple(kept))


def value(conditions: Sequence[Tried]) -> tuple[Valued, ...]:
    """Value every way of choosing over all conditions together.

    Parameters
    ----------
    conditions : sequence of Tried
        With the same ways each; of at least one patient.

    Returns
    -------
    tuple of Valued
        In the order of the ways.
    """
    patients = np.concatenate([each.seen.patients for each in conditions])
    ways = range(len(conditions[0].choices))
    gains = [
        np.concatenate([each.gains(each.choices[way].arm) for each in conditions]) for way in ways
    ]
    keys = [choice.key for choice in conditions[0].choices]
    base = gains[keys.index(ADVISED)]
    return tuple(
        Valued(
            choice.key,
            choice.label,
            mean_by_patient(gain, patients, len(ways)),
            mean_by_patient(gain - base, patients, len(ways)),
            _differs(conditions, way),
        )
        for way, (choice, gain) in enumerate(zip(conditions[0].choices, gains, strict=True))
    )


def people(conditions: Sequence[Tried]) -> int:
    """Count the patients that the ways were tried on; each once, in however many conditions.

    Parameters
    ----------
    conditions : sequence of Tried
        At least one.

    Returns
    -------
    int
    """
    return len(np.unique(np.concatenate([each.seen.patients for each in conditions])))


def _best(benefit: Values, usable: NDArray[np.bool_]) -> Places:
    known = usable & np.isfinite(benefit)
    return np.where(known, benefit, -np.inf).argmax(1)


def _differs(conditions: Sequence[Tried], way: int) -> float:
    return float(
        np.concatenate([each.choices[way].arm != each.seen.arm for each in conditions]).mean()
    )
