"""The same problem gives the same plan, bit for bit, in whatever process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
from salus.allocate.city.{module} import {method}
from salus.allocate.city.checks import small_city
from salus.core.canonical import digest
from salus.core.clock import SystemClock

for seed in range(5):
    plan = {method}().solve(small_city(seed), SystemClock())
    columns = (plan.district, plan.facility, plan.service, plan.period, plan.cases, plan.price)
    print(digest(b"".join(column.tobytes() for column in columns)), plan.cost, plan.bound)
"""


def _plans(method: str, hash_seed: str) -> str:
    program = PROGRAM.format(module=method.lower(), method=method)
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=environment
    )
    return done.stdout.decode()


@pytest.mark.parametrize("method", ["Exact", "Flow", "Greedy", "Nearest"])
def test_plans_are_the_same_in_every_process(method: str) -> None:
    """Two processes with different hash seeds print the same digests."""
    assert _plans(method, "1") == _plans(method, "2")
