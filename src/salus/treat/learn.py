"""Learning everything that advice needs from the records of a city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.treat.abstain import Support, Threshold
from salus.treat.assess import assess
from salus.treat.association.learning import associate
from salus.treat.calibrate import calibrated
from salus.treat.classifiers.base_rate import BaseRate
from salus.treat.classifiers.decision_tree import DecisionTree
from salus.treat.classifiers.logistic import Logistic
from salus.treat.classifiers.random_forest import RandomForest
from salus.treat.effects.average import averages
from salus.treat.effects.base import FEWEST, Experience
from salus.treat.effects.constant import FittedConstant
from salus.treat.effects.crossfit import COST, CrossFit
from salus.treat.effects.per_arm import PerArm
from salus.treat.effects.policy import policy_value
from salus.treat.feature import Kind
from salus.treat.features import described
from salus.treat.guard.check import Guard
from salus.treat.guard.forbidden import forbidden
from salus.treat.knowledge import Knowledge
from salus.treat.recommend import Advisor, Score

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from salus.treat.classifiers.base import Classifier
    from salus.treat.episodes import Diagnoses, Episodes
    from salus.treat.features import FeatureTable
    from salus.treat.guard.rules import Rules

METHODS: tuple[Classifier, ...] = (BaseRate(), DecisionTree(), RandomForest(), Logistic())
"""What is compared; the simplest first."""

COMMON = 0.05
"""Share of those who were treated."""

USUAL = 0.5
"""A measurement that this share of the training patients has is missed where it is not there."""


def learn(
    tables: Mapping[str, pa.Table],
    training: Diagnoses,
    treated: Sequence[Episodes],
    rules: Rules,
    *,
    seed: int,
    methods: Sequence[Classifier] = METHODS,
) -> Advisor:
    """Learn features, classes and effects.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name.
    training : Diagnoses
        Moments with their classes; those of patients who are to be judged later are left out
        by the caller.
    treated : sequence of Episodes
        First treatments of each condition, of the same patients.
    rules : Rules
        Hard rules.
    seed : int
        Of folds and forest.
    methods : sequence of Classifier
        What is compared; the one of least log loss on held-out patients is taken.

    Returns
    -------
    Advisor
        A plan is left out where the reference and one more arm were not given to enough people.

    Raises
    ------
    InputError
        If a table does not have its standard columns.
    ValueError
        If there are fewer patients than folds.
    """
    keys = (training.keys, *(each.keys for each in treated))
    spec, table = described(tables, pa.concat_tables(keys))
    known = table.part(0, len(training.labels))
    tried = tuple(
        calibrated(method, known.values, training.labels, known.patients, seed=seed)
        for method in methods
    )
    scores = tuple(
        Score(method.name, method.label, assess(each.held_out, training.labels, each.classes))
        for method, each in zip(methods, tried, strict=True)
    )
    best = min(range(len(scores)), key=lambda place: scores[place].held_out.log_loss)
    fitted, guard = tried[best], Guard(rules)
    return Advisor(
        spec,
        scores,
        tried,
        fitted,
        Threshold.learn(fitted.held_out, training.labels, fitted.classes),
        Support.of(known.values),
        _median(known),
        _usual(known),
        tuple(_treatments(tables, treated, table, guard, seed)),
        guard,
    )


def _treatments(
    tables: Mapping[str, pa.Table],
    treated: Sequence[Episodes],
    table: FeatureTable,
    guard: Guard,
    seed: int,
) -> Iterator[Knowledge]:
    first = table.values.shape[0] - sum(len(each.arm) for each in treated)
    for each in treated:
        own = table.part(first, len(each.arm))
        first += len(each.arm)
        away = forbidden(guard, each.plan.arms, tables, each.keys)
        enough = np.bincount(each.arm, minlength=len(each.plan.arms)) >= FEWEST
        if enough[0] and enough.sum() > 1:
            yield _knowledge(each, own, away, seed)


def _knowledge(
    treated: Episodes, table: FeatureTable, away: NDArray[np.bool_], seed: int
) -> Knowledge:
    columns, plan = comparable(table), treated.plan
    experience = Experience(
        table.values[:, columns], treated.arm, treated.outcome, table.patients, len(plan.arms), away
    )
    fit = CrossFit.of(experience, seed)
    means = averages(fit)
    return Knowledge(
        plan,
        FittedConstant(means),
        PerArm().fit(experience, seed),
        means,
        policy_value(fit, plan.outcome.better.sign),
        Support.of(experience.values),
        columns,
        treated.keys,
        experience.possible,
        Logistic(COST).fit(experience.values, experience.arm.astype(np.str_), seed),
        associate(fit, plan.outcome.better.sign, seed),
    )


def comparable(table: FeatureTable) -> NDArray[np.int64]:
    """Choose what effects are adjusted for and may depend on.

    A value that most were measured on; a finding, medicine, condition or allergy that at least
    ``COMMON`` have and at least ``COMMON`` have not. A rare one would only add noise to arms of a
    few hundred patients.

    Parameters
    ----------
    table : FeatureTable
        Of those who were treated.

    Returns
    -------
    ndarray of int, shape (n_columns,)
        Places of the features, ascending.
    """
    measured = {Kind.AGE, Kind.SEX, Kind.VALUE, Kind.CONTACTS}
    kinds = [feature.kind for feature in table.features]
    number = np.array([kind in measured for kind in kinds])
    flag = np.array([kind not in measured and kind is not Kind.FRESHNESS for kind in kinds])
    known = np.isfinite(table.values)
    share = np.where(known, table.values, 0).mean(0)
    common = (share >= COMMON) & (share <= 1 - COMMON)
    return np.flatnonzero((number & (known.mean(0) >= USUAL)) | (flag & common))


def _median(table: FeatureTable) -> np.ndarray:
    some = np.isfinite(table.values).any(0)
    median = np.full(table.values.shape[1], np.nan)
    median[some] = np.nanmedian(table.values[:, some], axis=0)
    return median


def _usual(table: FeatureTable) -> np.ndarray:
    values = np.array([feature.kind is Kind.VALUE for feature in table.features])
    return values & (np.isfinite(table.values).mean(0) >= USUAL)
