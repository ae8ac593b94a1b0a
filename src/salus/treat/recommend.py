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
    from salus.treat.calibrate import Calibrated
    from salus.treat.features import FeatureSpec
    from salus.treat.guard.check import Guard
    from salus.treat.knowledge import Knowledge
    from salus.treat.moments import Moment

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
        The best first, those of unknown benefit last; each arm of the plan is in one of the two. An
        option keeps its place whatever it must be given with care for, and says so.
    """
    effects = known.effects(case.values)
    sign = known.plan.outcome.better.sign
    options, removed = [], []
    for place, arm in enumerate(known.plan.arms):
        findings = guard.findings(arm, case.record)
        if findings:
            continues = guard.continues(arm, case.record)
            removed.append(Removed(arm, findings, continues))
            continue
        own = Mean(
            *(float(part[0, place]) for part in (effects.point, effects.lower, effects.upper))
        )
        average = known.averages[place].effect
        cautions = guard.cautions(arm, case.record)
        options.append(Option(arm, _benefit(own, sign), _benefit(average, sign), cautions))
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
