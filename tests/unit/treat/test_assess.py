"""How good a classifier is."""

from __future__ import annotations

import numpy as np
import pytest

from salus.treat.assess import assess, auroc, by_subgroup

SAID = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]])
TRUTH = np.array(["a", "b", "b"])


def test_figures_by_hand() -> None:
    """Brier score, accuracy and calibration error of three patients, worked out by hand."""
    found = assess(SAID, TRUTH, ("a", "b"))
    assert found.brier == pytest.approx((2 * 0.01 + 2 * 0.36 + 2 * 0.04) / 3)
    assert found.accuracy == pytest.approx(2 / 3)
    assert found.ece == pytest.approx((0.1 + 0.6 + 0.2) / 3)
    assert found.auroc == 1


def test_a_disease_never_seen_counts_as_missed() -> None:
    """A label without a column is no crash, and no hit."""
    found = assess(SAID, np.array(["a", "b", "Z99"]), ("a", "b"))
    assert found.accuracy == pytest.approx(1 / 3)
    assert np.isfinite([found.brier, found.log_loss, found.ece]).all()


def test_one_class_has_no_discrimination() -> None:
    """Where all are true there is nothing to tell apart."""
    assert np.isnan(auroc(np.array([0.1, 0.2]), np.array([True, True])))


def test_subgroups_are_judged_apart() -> None:
    """Each subgroup has its own rows."""
    found = by_subgroup(SAID, TRUTH, ("a", "b"), np.array(["w", "m", "w"]))
    assert {name: each.rows for name, each in found.items()} == {"m": 1, "w": 2}
