"""What a share of cases does when nothing happens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.rng import stream
from salus.monitor.detectors.share_baseline import ShareBaseline, learn_shares

WEEKS = 150


def quiet(size: int, usual: float, seed: int = 1) -> np.ndarray:
    """Make shares that vary by chance only."""
    counts = stream(seed, "share").binomial(size, usual, WEEKS)
    return np.asarray(counts / size)


@pytest.mark.parametrize(("size", "usual"), [(60, 0.02), (400, 0.1), (300, 0.8)])
def test_values_are_normal_whatever_the_level(size: int, usual: float) -> None:
    """Standardised shares have mean 0 and a spread of about 1, also where counts are small."""
    base = learn_shares(quiet(size, usual), np.full(WEEKS, float(size)), cycles=[52.2])
    standard = base.standard(quiet(size, usual, seed=2))
    assert abs(standard.mean()) < 0.25
    assert 0.75 < standard.std() < 1.15


def test_an_anomaly_hardly_teaches() -> None:
    """One point far out does not move what is expected."""
    shares, sizes = quiet(400, 0.1), np.full(WEEKS, 400.0)
    plain = learn_shares(shares, sizes, cycles=[])
    shares[70] = 0.4
    assert learn_shares(shares, sizes, cycles=[]).expected == pytest.approx(
        plain.expected, abs=5e-3
    )


def test_more_than_chance_widens_and_less_does_not_narrow() -> None:
    """Shares of which half the spread is no chance widen the limits; a constant keeps chance's."""
    rng, sizes = stream(3, "share"), np.full(WEEKS, 400.0)
    wild = rng.binomial(400, np.clip(rng.normal(0.1, 0.03, WEEKS), 0, 1)) / 400
    assert learn_shares(wild, sizes, cycles=[]).widened.min() > 1.4
    assert learn_shares(np.full(WEEKS, 0.1), sizes, cycles=[]).widened.max() < 1.1


def test_a_known_step_is_followed() -> None:
    """Where a new level is known to begin, the expectation goes there."""
    shares = quiet(400, 0.1)
    shares[100:] += 0.1
    base = learn_shares(shares, np.full(WEEKS, 400.0), cycles=[], steps=[100])
    assert base.expected[-1] == pytest.approx(0.2, abs=0.02)


@given(st.integers(1, 500), st.floats(0.001, 0.999))
def test_more_cases_are_never_less_unusual(size: int, usual: float) -> None:
    """The standard value rises with the count, and is finite."""
    counts = np.arange(size + 1) / size
    n = len(counts)
    base = ShareBaseline(np.full(n, usual), np.full(n, float(size)), np.ones(n))
    standard = base.standard(counts)
    assert np.isfinite(standard).all()
    assert (np.diff(standard) >= 0).all()


def test_a_gap_stays_a_gap() -> None:
    """Neither an unknown share nor one without cases is judged."""
    base = ShareBaseline(np.full(3, 0.1), np.array([10.0, 0.0, np.nan]), np.ones(3))
    assert np.isnan(base.standard(np.array([np.nan, 0.1, 0.1]))).all()
