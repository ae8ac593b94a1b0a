"""How costs are judged."""

from __future__ import annotations

import numpy as np
import pytest

from salus.allocate.city.uncertain.risk import Risk, tail_mean

COST, EVEN = np.array([4.0, 1.0, 3.0, 2.0]), np.full(4, 0.25)


def test_a_risk_out_of_range_is_refused_with_all_that_is_wrong() -> None:
    """Weight and level are named together."""
    with pytest.raises(ValueError, match=r"weight must be from 0 to 1.*level must be above 0"):
        Risk(1.5, 1.0)
    with pytest.raises(ValueError, match="level must be above 0 and below 1, but is nan"):
        Risk(0.5, float("nan"))


def test_the_tail_agrees_with_its_definition() -> None:
    """The tail is the least of e plus the mean excess over e, beyond the level."""
    for level in (0.1, 0.5, 0.6, 0.9):
        defined = min(e + EVEN @ np.maximum(COST - e, 0) / (1 - level) for e in COST)
        assert tail_mean(COST, EVEN, level) == pytest.approx(defined)


def test_a_cost_without_end_is_judged_without_end() -> None:
    """One scenario without a plan leaves the decision without one, also where it never comes."""
    never = np.array([0.5, 0.5, 0.0, 0.0])
    assert Risk().of(np.array([1.0, 2.0, np.inf, 3.0]), never) == np.inf


def test_weights_of_a_solver_are_mended_within_their_limits() -> None:
    """What is too high, too low or does not add up is put right by as little."""
    risk = Risk(0.5, 0.5)
    for rough in (np.array([0.9, 0.0, 0.3, 0.0]), EVEN * 0.99, EVEN * 1.01):
        found = risk.fitted(rough, EVEN)
        assert found.sum() == pytest.approx(1, abs=1e-12)
        assert (found >= risk.least(EVEN) - 1e-12).all()
        assert (found <= risk.most(EVEN) + 1e-12).all()
