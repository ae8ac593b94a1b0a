"""Every benchmark registers itself, once."""

from __future__ import annotations

import pytest

from benches.models.run_day import building
from benches.registry import benchmarks, register


def test_the_benchmarks_of_the_contract_are_there() -> None:
    """Start-up and both real regions are measured, with their budgets."""
    known = benchmarks()
    assert {"startup", "run_florida", "run_us"} <= set(known)
    assert known["run_florida"].budgets["7 days"].cpu_seconds == 20
    assert known["run_us"].budgets["7 days"].peak_bytes == 3e9


def test_a_budget_belongs_to_a_size() -> None:
    """A budget for a size that is never run would never be looked at."""
    assert all(set(each.budgets) <= set(each.sizes) for each in benchmarks().values())


def test_two_benchmarks_cannot_share_a_name() -> None:
    """The results of one would overwrite those of the other."""
    with pytest.raises(ValueError, match="two benchmarks are named startup"):
        register(benchmarks()["startup"])


def test_the_share_of_building_is_read_from_the_run() -> None:
    """Build and solve seconds of all methods are added up."""
    one = '{"build_seconds": 1, "solve_seconds": 2}'
    two = '{"build_seconds": 0.5, "solve_seconds": 0.5}'
    found = building(f'{{"timings": {{"expected": {{"exact": {one}, "flow": {two}}}}}}}')
    assert found == {"build_seconds": 1.5, "solve_seconds": 2.5, "build_share": 0.375}
