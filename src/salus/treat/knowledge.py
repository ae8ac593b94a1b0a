"""What is known of the treatments of one condition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from salus.treat.abstain import Support
    from salus.treat.association.learning import Associated
    from salus.treat.classifiers.base import Fitted
    from salus.treat.effects.average import ArmAverage
    from salus.treat.effects.base import Effects, FittedEffects
    from salus.treat.effects.per_arm import FittedPerArm
    from salus.treat.effects.policy import PolicyValue
    from salus.treat.plans.plan import Plan

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What is known of the treatments of one condition.

    Parameters
    ----------
    plan : Plan
        The treatments.
    constant : FittedEffects
        The average effect for everybody.
    per_arm : FittedPerArm
        The outcome and the effect of each arm for each patient.
    averages : tuple of ArmAverage
        Average effect of each arm, and how comparable its patients were.
    policy : PolicyValue
        What choosing for each patient is worth.
    support : Support
        The range of those who were treated.
    columns : ndarray of int, shape (n_columns,)
        The features that effects depend on.
    learned_from : pyarrow.Table
        ``patient_id`` and ``at`` of each first treatment.
    possible : ndarray of bool, shape (n_treatments, n_arms)
        Which arms no allergy took away from them.
    practice : Fitted
        The chance of each arm in practice; the classes are the places of the arms.
    associations : tuple of Associated
        Which arm each method associates with a patient.
    """

    plan: Plan
    constant: FittedEffects
    per_arm: FittedPerArm
    averages: tuple[ArmAverage, ...]
    policy: PolicyValue
    support: Support
    columns: NDArray[np.int64]
    learned_from: pa.Table
    possible: NDArray[np.bool_]
    practice: Fitted
    associations: tuple[Associated, ...]

    def individual(self, values: Values) -> bool:
        """Whether the effect for this patient ranks: it beats the average, and is known here."""
        return self.policy.beaten and bool(self.support.inside(values[None, self.columns])[0])

    def effects(self, values: Values) -> Effects:
        """Estimate what each arm would change for a patient, by the model that ranks.

        Parameters
        ----------
        values : ndarray, shape (n_features,)
            What is known of the patient.

        Returns
        -------
        Effects
            Of one row.
        """
        model = self.per_arm if self.individual(values) else self.constant
        return model.effects(values[None, self.columns])

    def ranking(self, rows: Values) -> Values:
        """Estimate what each arm would change for many patients, by the model that ranks each.

        Parameters
        ----------
        rows : ndarray, shape (n, n_columns)
            The features that effects depend on.

        Returns
        -------
        ndarray, shape (n, n_arms)
        """
        own = self.support.inside(rows) & self.policy.beaten
        average, single = self.constant.effects(rows).point, self.per_arm.effects(rows).point
        return np.where(own[:, None], single, average)
