"""A table of counts refuses to be anything else."""

from __future__ import annotations

import numpy as np
import pytest

from salus.trust.disclosure.counts import CountTable


@pytest.mark.parametrize(
    ("rows", "counts", "complaint"),
    [
        (("A", "A"), [[1], [2]], "rows must be named, each once"),
        ((), np.zeros((0, 1), int), "rows must be named, each once"),
        (("A",), [[1, 2]], r"of shape \(1, 1\)"),
        (("A",), [[0.5]], "whole numbers"),
        (("A",), [[-7]], "at least 0, but 1 are below"),
    ],
)
def test_what_is_no_table_is_refused(rows: tuple[str, ...], counts: object, complaint: str) -> None:
    """Names stand once, counts are whole, not negative and as many as names say."""
    with pytest.raises(ValueError, match=complaint) as caught:
        CountTable(rows, ("x",), np.asarray(counts))
    assert "7" not in str(caught.value)


def test_totals_of_small_types_do_not_run_over() -> None:
    """Counts that came in bytes add up to more than a byte."""
    table = CountTable(("A",), ("x", "y"), np.array([[200, 200]], np.uint8))
    assert table.with_totals.tolist() == [[200, 200, 400], [200, 200, 400]]
