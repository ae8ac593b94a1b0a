"""What treatments do, where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from salus.core.rng import stream
from salus.treat.effects.average import averages
from salus.treat.effects.base import Experience
from salus.treat.effects.constant import Constant
from salus.treat.effects.crossfit import CrossFit
from salus.treat.effects.per_arm import PerArm
from salus.treat.effects.policy import policy_value
from salus.treat.effects.ridge import Ridge


def confounded(seed: int, rows: int = 800) -> tuple[Experience, np.ndarray]:
    """Make patients whose arm depends on what also changes the outcome; give the true effects."""
    rng = stream(seed, "confounded")
    x = rng.normal(size=(rows, 8))
    pull = np.stack([0 * x[:, 0], 0.8 * x[:, 0] - 0.4 * x[:, 1], 0.5 * x[:, 2] - 0.5 * x[:, 0]], 1)
    arm = (pull + rng.gumbel(size=pull.shape)).argmax(1)
    effect = np.stack([0 * x[:, 0], -1 + 0.8 * x[:, 0], -0.5 - 0.9 * x[:, 1]], 1)
    outcome = 2 * x[:, 0] + x[:, 3] + effect[np.arange(rows), arm] + rng.normal(size=rows)
    return Experience(x, arm, outcome, np.arange(rows).astype(str), 3), effect


def test_the_average_effect_lies_in_its_interval() -> None:
    """In nine of ten arms at least, over seeds fixed beforehand, where a plain mean is wrong."""
    inside, plain = [], []
    for seed in range(20):
        experience, effect = confounded(seed)
        means = averages(CrossFit.of(experience, seed))
        for arm in (1, 2):
            truth = effect[:, arm].mean()
            inside.append(means[arm].effect.lower <= truth <= means[arm].effect.upper)
            own = experience.outcome[experience.arm == arm].mean()
            plain.append(abs(own - experience.outcome[experience.arm == 0].mean() - truth))
    assert np.mean(inside) >= 0.9
    assert np.mean(plain) > 0.5


def test_choosing_for_each_patient_beats_the_best_arm() -> None:
    """The true gain is there, the estimate finds it, and its interval excludes none."""
    experience, effect = confounded(3)
    own = PerArm().fit(experience, 0).effects(experience.values).point.argmin(1)
    gain = effect.mean(0).min() - effect[np.arange(len(own)), own].mean()
    assert gain > 0.1
    value = policy_value(CrossFit.of(experience, 3), sign=-1)
    assert value.beaten
    assert value.gain.lower <= gain <= value.gain.upper


def test_where_effects_do_not_differ_the_average_stays() -> None:
    """Without differences the individual choice is not proved to be better."""
    experience, _ = confounded(5)
    rng = stream(5, "same for all")
    same = experience.values[:, 0] - (experience.arm == 1) + rng.normal(size=len(experience.arm))
    plain = Experience(experience.values, experience.arm, same, experience.patients, 3)
    assert not policy_value(CrossFit.of(plain, 1), sign=-1).beaten


def test_the_individual_interval_holds_the_truth() -> None:
    """Nine in ten of the individual effects lie in their intervals."""
    experience, effect = confounded(7)
    said = PerArm().fit(experience, 0).effects(experience.values)
    inside = (said.lower <= effect) & (effect <= said.upper)
    assert inside[:, 1:].mean() >= 0.9


def test_the_constant_effect_is_the_same_for_all() -> None:
    """Two patients get the average of each arm."""
    experience, _ = confounded(1)
    said = Constant().fit(experience, 1).effects(experience.values[:2])
    assert np.array_equal(said.point[0], said.point[1])
    assert said.point[0, 0] == said.lower[0, 0] == said.upper[0, 0] == 0


def test_an_arm_of_few_has_no_effect() -> None:
    """Where fewer than twenty were given an arm, nothing is claimed about it."""
    experience, _ = confounded(1)
    kept = (experience.arm != 2) | (np.cumsum(experience.arm == 2) <= 10)
    few = experience.rows(kept)
    assert np.isnan(averages(CrossFit.of(few, 1))[2].effect.point)
    assert np.isnan(PerArm().fit(few, 1).effects(few.values[:1]).point[0, 2])
    assert np.isfinite(policy_value(CrossFit.of(few, 1), -1).gain.point)


def test_whoever_cannot_be_given_an_arm_leaves_its_estimate() -> None:
    """A tenth may never get arm 2, and would gain more from it: the mean is that of the others."""
    experience, effect = confounded(11, rows=3000)
    never = experience.values[:, 4] > 1.28
    kept = ~(never & (experience.arm == 2))
    taken = np.zeros((int(kept.sum()), 3), dtype=bool)
    taken[:, 2] = never[kept]
    rows = experience.rows(kept)
    less = Experience(rows.values, rows.arm, rows.outcome, rows.patients, 3, taken)
    fit = CrossFit.of(less, 1)
    assert not fit.propensity[taken].any()
    found = averages(fit)
    assert found[2].among == int((~taken[:, 2]).sum()) < found[1].among == len(rows.arm)
    truth = effect[kept][~taken[:, 2], 2].mean()
    assert found[2].effect.lower <= truth <= found[2].effect.upper
    assert np.isfinite(policy_value(fit, -1).gain.point)


def test_with_one_known_arm_there_is_no_choice() -> None:
    """The value of a choice between nothing is not a number."""
    experience, _ = confounded(1)
    alone = experience.rows((experience.arm == 0) | (np.arange(len(experience.arm)) == 0))
    value = policy_value(CrossFit.of(alone, 1), -1)
    assert np.isnan(value.gain.point)
    assert not value.beaten


def test_the_same_experience_gives_the_same_answer() -> None:
    """Bit for bit, by its seed."""
    experience, _ = confounded(2)
    first, again = (CrossFit.of(experience, 4).scores for _ in range(2))
    assert np.array_equal(first, again)


def test_ridge_agrees_with_the_normal_equations() -> None:
    """The weights are those of the textbook, for the penalty that was chosen."""
    rng = stream(1, "ridge")
    rows, outcome = rng.normal(size=(50, 3)), rng.normal(size=50)
    line = Ridge.fit(rows, outcome)
    moved = rows - rows.mean(0)
    textbook = np.linalg.solve(
        moved.T @ moved + line.penalty * np.eye(3), moved.T @ (outcome - outcome.mean())
    )
    assert np.allclose(line.weights, textbook)


def test_rows_that_do_not_belong_together_are_refused() -> None:
    """An outcome that is no number is named by its count."""
    experience, _ = confounded(1, rows=50)
    spoiled = experience.outcome.copy()
    spoiled[0] = np.nan
    with pytest.raises(ValueError, match="finite outcomes"):
        Experience(experience.values, experience.arm, spoiled, experience.patients, 3)
