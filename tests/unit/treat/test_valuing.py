"""What ways of choosing are worth, where the truth is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

from salus.core.messages import say
from salus.core.rng import stream
from salus.treat.abstain import Support
from salus.treat.association.learning import KEYS, associate
from salus.treat.association.target import Target
from salus.treat.classifiers.logistic import Logistic
from salus.treat.effects.average import averages
from salus.treat.effects.base import Experience
from salus.treat.effects.constant import FittedConstant
from salus.treat.effects.crossfit import CrossFit
from salus.treat.effects.per_arm import PerArm
from salus.treat.effects.policy import policy_value
from salus.treat.knowledge import Knowledge
from salus.treat.plans.plan import Arm, Better, Outcome, Plan
from salus.treat.valuing import ADVISED, Tried, tried, value

if TYPE_CHECKING:
    from numpy.typing import NDArray

ARMS = tuple(Arm(key, say("{key}", key=key), (key,)) for key in ("a", "b", "c"))
PLAN = Plan(
    "made_up",
    say("made up"),
    "I10",
    ARMS,
    Outcome(say("outcome"), "8480-6", "1", Better.LOWER, 1, 2, ("Z09",)),
    (),
)


def made(seed: int, rows: int) -> tuple[Experience, NDArray[np.float64]]:
    """Make patients whose arm hangs on what changes the outcome; give the outcome of each arm."""
    rng = stream(seed, "valuing")
    x = rng.normal(size=(rows, 6))
    pull = np.stack([0 * x[:, 0], 0.8 * x[:, 0], -0.5 * x[:, 0]], 1)
    arm = (pull + rng.gumbel(size=pull.shape)).argmax(1)
    effect = np.stack([0 * x[:, 0], 1.2 * x[:, 1], -1.2 * x[:, 1]], 1)
    outcomes = (x[:, 0] + 0.5 * rng.normal(size=rows))[:, None] + effect
    whose = np.arange(rows).astype(str)
    return Experience(x, arm, outcomes[np.arange(rows), arm], whose, 3), outcomes


def known(experience: Experience) -> Knowledge:
    """Learn everything about the treatments of one condition."""
    fit = CrossFit.of(experience, 1)
    means = averages(fit)
    return Knowledge(
        PLAN,
        FittedConstant(means),
        PerArm().fit(experience, 1),
        means,
        policy_value(fit, -1.0),
        Support.of(experience.values),
        np.arange(6),
        pa.table({}),
        experience.possible,
        Logistic(0.1).fit(experience.values, experience.arm.astype(str), 1),
        associate(fit, -1.0, 1),
    )


@pytest.fixture(scope="module")
def taught() -> Knowledge:
    """Learn from 1,500 patients."""
    return known(made(1, 1_500)[0])


@pytest.fixture(scope="module")
def kept(taught: Knowledge) -> Tried:
    """Try every way on 1,500 others."""
    return tried(taught, made(2, 1_500)[0])


def truly(kept: Tried, outcomes: NDArray[np.float64], key: str) -> float:
    """Give the true gain of a way over practice, in standard deviations."""
    arm = next(each.arm for each in kept.choices if each.key == key)
    rows = np.arange(len(arm))
    return float((outcomes[rows, kept.seen.arm] - outcomes[rows, arm]).mean() / kept.spread)


def test_every_interval_holds_the_truth(kept: Tried) -> None:
    """What each way is said to be worth on patients kept apart is what it is truly worth."""
    outcomes = made(2, 1_500)[1]
    for each in value((kept,)):
        assert each.gain.lower <= truly(kept, outcomes, each.key) <= each.gain.upper


def test_imitation_is_no_better_than_practice(kept: Tried) -> None:
    """Who learns what was given reproduces it; who learns what did good gains, as the ranking."""
    gains = {each.key: each.gain for each in value((kept,))}
    assert gains[ADVISED].lower > 0
    for key in KEYS:
        good = key.endswith(Target.BENEFIT.value)
        assert (gains[key].lower > 0) == good
        assert gains[key].point < gains[ADVISED].point + 0.05


def test_the_ranking_is_worth_nothing_over_itself(kept: Tried) -> None:
    """The difference of the ranking to itself is zero without an interval."""
    own = next(each for each in value((kept,)) if each.key == ADVISED)
    assert own.over_advised.point == own.over_advised.lower == own.over_advised.upper == 0


def test_what_is_forbidden_is_never_chosen(taught: Knowledge) -> None:
    """No way takes an arm away from which an allergy keeps the patient."""
    seen, _ = made(3, 300)
    away = np.zeros((300, 3), bool)
    away[np.arange(300), (seen.arm + 1) % 3] = True
    found = tried(taught, replace(seen, forbidden=away))
    for each in found.choices:
        assert not away[np.arange(300), each.arm].any()


def test_who_has_no_other_choice_stays(taught: Knowledge) -> None:
    """Where every arm but the one given is forbidden, each way keeps it, and gains nothing."""
    seen, _ = made(4, 100)
    away = seen.arm[:, None] != np.arange(3)
    found = tried(taught, replace(seen, forbidden=away))
    for each in found.choices:
        assert np.array_equal(each.arm, seen.arm)
    assert all(each.differs == 0 for each in value((found,)))


def test_conditions_are_taken_together_by_patients(kept: Tried) -> None:
    """Two conditions of the same patients give the mean of both, and no narrower interval."""
    once, twice = value((kept,)), value((kept, kept))
    for one, both in zip(once, twice, strict=True):
        assert both.gain.point == pytest.approx(one.gain.point)
        assert both.gain.upper == pytest.approx(one.gain.upper)
