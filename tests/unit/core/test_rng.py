"""Named streams are the same everywhere and know nothing of one another."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.rng import stream

seeds = st.integers(0, 2**32 - 1)


@given(seeds, st.text(max_size=8))
def test_the_same_seed_and_name_give_the_same_numbers(seed: int, name: str) -> None:
    """A run can be repeated bit for bit."""
    assert np.array_equal(stream(seed, name).random(8), stream(seed, name).random(8))


@given(seeds)
def test_drawing_from_one_stream_never_shifts_another(seed: int) -> None:
    """A part that is added later does not change the numbers of the parts that stand."""
    alone = stream(seed, "scenarios").random(4)
    stream(seed, "search").random(100)
    assert np.array_equal(stream(seed, "scenarios").random(4), alone)


def test_streams_are_independent() -> None:
    """Streams of neighbouring seeds and of other names do not move together."""
    draws = [stream(seed, name).random(4000) for seed in (1, 2) for name in ("a", "b", "ab")]
    off_diagonal = np.asarray(np.corrcoef(draws))[~np.eye(6, dtype=bool)]
    assert np.abs(off_diagonal).max() < 0.06  # about four standard errors of 1/sqrt(4000)


def test_another_process_draws_the_same() -> None:
    """No hash seed or start-up order of Python gets into the numbers."""
    ask = "from salus.core.rng import stream; print(stream(7, 'scenarios').random().hex())"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == float(stream(7, "scenarios").random()).hex()


def test_a_negative_seed_is_refused() -> None:
    """A seed is 0 or more."""
    with pytest.raises(ValueError, match="non-negative"):
        stream(-1, "scenarios")
