"""What a command takes is counted with its children."""

from __future__ import annotations

import os
import sys

import pytest

from benches.drivers.measure import Taken, measure, median

CHILD = "import time; block = bytearray(60_000_000); time.sleep(0.3)"
PARENT = f"""
import subprocess, sys, time
block = bytearray(60_000_000)
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}])
sum(range(2_000_000))
child.wait()
print("done")
"""


def test_children_count() -> None:
    """Memory that a command and its child hold at the same time is added up."""
    taken, output = measure([sys.executable, "-c", PARENT], os.environ)
    assert output == "done\n"
    assert taken.peak_bytes > 120_000_000


def test_a_failing_command_tells_why() -> None:
    """A benchmark never reports the time of a crash."""
    with pytest.raises(RuntimeError, match="ended with 3: no region"):
        measure(
            [sys.executable, "-c", "import sys; sys.stderr.write('no region'); sys.exit(3)"],
            os.environ,
        )


def test_the_median_is_taken_figure_by_figure() -> None:
    """One slow run of three does not count."""
    samples = [Taken(1, 9, 5), Taken(2, 1, 7), Taken(9, 2, 6)]
    assert median(samples) == Taken(2, 2, 6)
