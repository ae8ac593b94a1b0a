"""Which columns tell something."""

from __future__ import annotations

import numpy as np

from salus.core.rng import stream
from salus.treat.effects.selection import telling


def test_the_few_that_matter_are_found_among_many() -> None:
    """Three of eighty columns, with little else."""
    x = stream(1, "selection").normal(size=(300, 80))
    noise = stream(2, "selection").normal(size=300)
    found = telling(x, 2 * x[:, 3] - x[:, 40] + 0.7 * x[:, 77] + noise)
    assert {3, 40, 77} <= set(found.tolist())
    assert len(found) <= 8


def test_where_nothing_matters_nothing_is_chosen() -> None:
    """Noise alone has no columns to offer."""
    x = stream(3, "selection").normal(size=(200, 40))
    assert len(telling(x, stream(4, "selection").normal(size=200))) <= 2


def test_columns_that_say_the_same_are_no_fault() -> None:
    """Of two equal columns one is enough; constant ones and few rows are borne."""
    x = stream(5, "selection").normal(size=(25, 3))
    doubled = np.hstack([x, x, np.ones((25, 2))])
    assert telling(doubled, x[:, 0] + x[:, 1]).size
