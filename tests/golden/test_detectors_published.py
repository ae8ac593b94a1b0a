"""Outbreak thresholds and anomaly scores that are published or measured elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from salus.monitor.detectors.isolation_forest import IsolationForest
from salus.monitor.outbreak.ears import Ears, threshold

if TYPE_CHECKING:
    from pathlib import Path

SETS = ("6_cardio", "7_Cardiotocography", "38_thyroid", "4_breastw", "29_Pima", "42_WBC")


@pytest.mark.shared
def test_ears_c1_agrees_with_the_published_thresholds(shared: Path) -> None:
    """Salmonella Newport over all regions, weeks 365 to 368, alpha .05."""
    table = np.loadtxt(shared / "monitor/outbreak/salmNewport.csv", delimiter=",", skiprows=1)
    found = threshold(table.sum(1), Ears.C1, alpha=0.05)[365:369]
    assert found == pytest.approx([3.278854, 3.278854, 3.436517, 3.855617], abs=5e-7)


@pytest.mark.shared
def test_the_forest_ranks_anomalies_as_others_do(shared: Path) -> None:
    """Six public sets: mean AUROC and average precision at least those of other forests.

    Measured with seed 1: .882 and .672, where the mean of five seeds elsewhere is .875 and .655.
    """
    scores = []
    for name in SETS:
        with np.load(shared / f"monitor/anomaly/{name}.npz") as kept:
            rows, odd = kept["X"].astype(np.float64), kept["y"]
        found = IsolationForest().judge(rows, rows, seed=1).scores
        scores.append((roc_auc_score(odd, found), average_precision_score(odd, found)))
    ranks, precisions = np.mean(scores, axis=0)
    assert ranks >= 0.87
    assert precisions >= 0.65
