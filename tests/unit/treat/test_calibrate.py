"""Probabilities that mean what they say."""

from __future__ import annotations

import numpy as np

from salus.core.rng import stream
from salus.treat.assess import assess
from salus.treat.calibrate import Isotonic, Temperature, calibrated
from salus.treat.classifiers.random_forest import ForestParams, RandomForest


def sick(seed: int, rows: int = 900) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make rows of three overlapping classes, two rows for each patient."""
    rng = stream(seed, "sick")
    label = rng.integers(3, size=rows)
    values = rng.normal(size=(rows, 4)) + np.eye(3, 4)[label] * 1.5
    return values, np.array(["E11", "I10", "J18"])[label], (np.arange(rows) // 2).astype(str)


def test_calibration_brings_the_error_down() -> None:
    """A forest is unsure of itself; after calibration it is right as often as it says."""
    values, labels, patients = sick(1)
    fitted = calibrated(
        RandomForest(ForestParams(trees=3, leaf=1)), values, labels, patients, seed=1
    )
    fresh, truth, _ = sick(2)
    raw = assess(fitted.fitted.probabilities(fresh), truth, fitted.classes)
    said = assess(fitted.probabilities(fresh), truth, fitted.classes)
    assert said.ece < raw.ece
    assert said.log_loss < raw.log_loss
    assert np.allclose(fitted.held_out.sum(1), 1)


def test_rows_keep_adding_up_to_one() -> None:
    """Both calibrators give probabilities."""
    rng = stream(3, "said")
    said = rng.dirichlet(np.ones(3), 60)
    truth = np.eye(3, dtype=bool)[rng.integers(3, size=60)]
    for calibrator in (Temperature.learn(said, truth), Isotonic.learn(said, truth)):
        answer = calibrator.apply(said)
        assert np.allclose(answer.sum(1), 1)
        assert (answer > 0).all()


def test_a_class_that_a_fold_never_saw_is_no_crash() -> None:
    """One patient alone with a class: some fold cannot know it."""
    values, labels, patients = sick(1, rows=60)
    labels[:2] = "Z99"
    fitted = calibrated(RandomForest(ForestParams(trees=5)), values, labels, patients, seed=1)
    assert "Z99" in fitted.classes
    assert np.isfinite(fitted.held_out).all()
