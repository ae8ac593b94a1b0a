"""From a patient at a moment to advice: classes, options, dangers, and what was not known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.treat.abstain import Support, Threshold, reason
from salus.treat.advice import Advice, Likely, Likened, Option, Removed
from salus.treat.effects.average import Mean
from salus.treat.explain import reasons
from salus.treat.features import features
from salus.treat.guard.record import Record, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from salus.treat.assess import Assessment
    from salus.treat.association.learning import Associated
    from salus.treat.calibrate import Calibrated
    from salus.treat.classifiers.base import Fitted
    from salus.treat.effects.average import ArmAverage
    from salus.treat.effects.base import Effects, FittedEffects
    from salus.treat.effects.per_arm import FittedPerArm
    from salus.treat.effects.policy import PolicyValue
    from salus.treat.features import FeatureSpec
    from salus.treat.guard.check import Guard
    from salus.treat.moments import Moment
    from salus.treat.plans.plan import Plan

    Values = NDArray[np.float64]

SHOWN = 3
"""Classes that are named."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A patient at a moment, ready to be advised on.

    Parameters
    ----------
    values : ndarray, shape (n_features,)
        What is known; NaN where nothing is.
    record : Record
        What the patient takes and does not tolerate.
    """

    values: Values
    record: Record


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


@dataclass(frozen=True, slots=True)
class Score:
    """How good one classifier was on held-out patients.

    Parameters
    ----------
    method : str
        Key of the method.
    label : Message
        Name of the method for people.
    held_out : Assessment
        Of calibrated probabilities, each by a classifier that saw no row of the patient.
    """

    method: str
    label: Message
    held_out: Assessment


@dataclass(frozen=True, slots=True, eq=False)
class Advisor:
    """Everything that was learned; :func:`~salus.treat.learn.learn` makes it.

    Parameters
    ----------
    spec : FeatureSpec
        Which features there are.
    scores : tuple of Score
        All methods that were compared.
    tried : tuple of Calibrated
        What each of them learned, in the order of ``scores``.
    classifier : Calibrated
        Disease classes, by the method of least log loss.
    threshold : Threshold
        When a class is likely enough to be named.
    support : Support
        The range that classes were learned from.
    typical : ndarray, shape (n_features,)
        Median of the training rows.
    usual : ndarray of bool, shape (n_features,)
        What is known of most patients, and worth a word where it is not.
    treatments : tuple of Knowledge
        One for each condition with a plan.
    guard : Guard
        Hard rules.
    """

    spec: FeatureSpec
    scores: tuple[Score, ...]
    tried: tuple[Calibrated, ...]
    classifier: Calibrated
    threshold: Threshold
    support: Support
    typical: Values
    usual: NDArray[np.bool_]
    treatments: tuple[Knowledge, ...]
    guard: Guard

    def cases(
        self, tables: Mapping[str, pa.Table], moments: pa.Table | Sequence[Moment]
    ) -> tuple[Case, ...]:
        """Read the records of patients at moments, in their order."""
        table = features(tables, moments, self.spec)
        pairs = zip(table.values, records(tables, table.keys), strict=True)
        return tuple(Case(values, record) for values, record in pairs)


def recommend(advisor: Advisor, case: Case, condition: str | None = None) -> Advice:
    """Advise on one patient.

    Parameters
    ----------
    advisor : Advisor
        What was learned.
    case : Case
        The patient at the moment.
    condition : str, optional
        Category of ICD-10 that a clinician has confirmed; the most likely class, when not given.

    Returns
    -------
    Advice
        Without options where no class is likely enough, or where it has no plan. An option that
        a hard rule forbids is never among them.
    """
    chances = advisor.classifier.probabilities(case.values[None])[0]
    order = np.argsort(-chances, kind="stable")[:SHOWN]
    silent = reason(advisor.threshold, advisor.support, case.values, float(chances[order[0]]))
    classes = advisor.classifier.classes
    likely = tuple(Likely(classes[place], float(chances[place])) for place in order)
    named = condition or (None if silent else likely[0].code)
    known = next((each for each in advisor.treatments if each.plan.icd10 == named), None)
    findings = (
        ()
        if silent
        else reasons(advisor.classifier, advisor.spec.features, advisor.typical, case.values)
    )
    options, removed = offer(advisor.guard, known, case) if known else ((), ())
    return Advice(
        () if silent else likely,
        silent,
        findings,
        known.plan if known else None,
        options,
        removed,
        _ranked_by(known, case) if known else None,
        (*_unknown(advisor, case), *_unplanned(named, known)),
        tuple(_likened(known, case, options)) if known else (),
    )


def offer(
    guard: Guard, known: Knowledge, case: Case
) -> tuple[tuple[Option, ...], tuple[Removed, ...]]:
    """Rank the treatments of a condition for one patient, and take away what is dangerous.

    Parameters
    ----------
    guard : Guard
        Hard rules.
    known : Knowledge
        Of the treatments of the condition.
    case : Case
        The patient at the moment.

    Returns
    -------
    tuple of Option, tuple of Removed
        The best first, those of unknown benefit last; each arm of the plan is in one of the two.
    """
    effects = known.effects(case.values)
    sign = known.plan.outcome.better.sign
    options, removed = [], []
    for place, arm in enumerate(known.plan.arms):
        findings = guard.findings(arm, case.record)
        if findings:
            removed.append(Removed(arm, findings))
            continue
        own = Mean(
            *(float(part[0, place]) for part in (effects.point, effects.lower, effects.upper))
        )
        average = known.averages[place].effect
        options.append(Option(arm, _benefit(own, sign), _benefit(average, sign)))
    return tuple(sorted(options, key=_worth)), tuple(removed)


def _likened(known: Knowledge, case: Case, options: Sequence[Option]) -> Iterator[Likened]:
    offered = {option.arm.key for option in options if math.isfinite(option.benefit.point)}
    possible = np.array([[arm.key in offered for arm in known.plan.arms]])
    for each in known.associations if possible.any() else ():
        place = int(each.choose(case.values[None, known.columns], possible)[0])
        yield Likened(each.name, each.target, known.plan.arms[place])


def _worth(option: Option) -> float:
    return math.inf if math.isnan(option.benefit.point) else -option.benefit.point


def _benefit(effect: Mean, sign: float) -> Mean:
    # Adding zero turns a zero below zero into a plain one.
    low, high = sorted((sign * effect.lower + 0.0, sign * effect.upper + 0.0))
    return Mean(sign * effect.point + 0.0, low, high)


def _ranked_by(known: Knowledge, case: Case) -> Message:
    if known.individual(case.values):
        return say("effect expected for this patient")
    if known.policy.beaten:
        return say("average effect, as this patient is unlike those that were treated")
    return say("average effect, as choosing for each patient is not proved to be better")


def _unknown(advisor: Advisor, case: Case) -> tuple[Message, ...]:
    missing = np.flatnonzero(advisor.usual & np.isnan(case.values))
    labels = (advisor.spec.features[place].label for place in missing)
    return (
        *(say("not known: {what}", what=label) for label in labels),
        *advisor.guard.unread(case.record),
    )


def _unplanned(named: str | None, known: Knowledge | None) -> tuple[Message, ...]:
    if named is None or known is not None:
        return ()
    return (say("no plan for {code}, or too few patients treated by it", code=named),)
