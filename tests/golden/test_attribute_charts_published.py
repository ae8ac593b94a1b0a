"""P, C and U charts whose limits are published."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.monitor.charts.counts import counts
from salus.monitor.charts.phases import Phases
from salus.monitor.charts.proportions import proportions
from salus.monitor.charts.rates import rates
from tests.fakes.histories import weekly

if TYPE_CHECKING:
    from pathlib import Path

    from salus.monitor.charts.control_chart import ControlChart

CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22]
CANS += [8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16]
BOARDS += [19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
LOTS = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]


def drawn(path: Path) -> list[dict[str, str]]:
    """Read the points of a published chart."""
    with path.open() as stream:
        return list(csv.DictReader(stream))


def agrees(chart: ControlChart, rows: list[dict[str, str]]) -> None:
    """Compare centre, limits and the points outside them."""
    for line, column in (("centre", "cl"), ("lower", "lcl"), ("upper", "ucl")):
        golden = np.array([float(row[column]) for row in rows])
        assert getattr(chart.limits, line) == pytest.approx(golden, abs=1e-9)
    outside = {signal.index for signal in chart.signals if signal.rule == "outside"}
    assert outside == {place for place, row in enumerate(rows) if row["sigma.signal"] == "True"}


def test_cans_of_orange_juice() -> None:
    """Montgomery (2013), table 7.1 without samples 15 and 23: centre .215, limits .0407, .3893."""
    shares = np.array(CANS) / 50
    chart = proportions(weekly(shares), np.full(30, 50.0), phases=Phases(excluded=(14, 22)))
    assert chart.limits.centre[0] == pytest.approx(0.215, abs=1e-12)
    assert chart.limits.lower[0] == pytest.approx(0.040702839954289555, abs=1e-12)
    assert chart.limits.upper[0] == pytest.approx(0.38929716004571047, abs=1e-12)


def test_printed_circuit_boards() -> None:
    """Montgomery (2013), table 7.7 without samples 6 and 20: centre 19.67, limits 6.36, 32.97."""
    limits = counts(weekly(BOARDS), phases=Phases(excluded=(5, 19))).limits
    assert limits.centre[0] == pytest.approx(472 / 24)
    assert limits.lower[0] == pytest.approx(6.3625319710165975, abs=1e-12)
    assert limits.upper[0] == pytest.approx(32.970801362316735, abs=1e-12)


def test_shipments_of_a_supply_chain() -> None:
    """Montgomery (2013), table 7.10: centre .074, limits 0 and .1894."""
    limits = rates(weekly(np.array(LOTS) / 50), np.full(20, 50.0)).limits
    assert limits.centre[0] == pytest.approx(0.074)
    assert limits.lower[0] == 0
    assert limits.upper[0] == pytest.approx(0.1894123043700281, abs=1e-12)


@pytest.mark.shared
def test_a_rebased_p_chart_agrees_with_the_published_one(shared: Path) -> None:
    """Two points excluded, and a new phase after point 30."""
    rows = drawn(shared / "monitor/spc/golden/ex_7.1_5.csv")
    shares, sizes = (np.array([float(row[key]) for row in rows]) for key in ("y", "n"))
    agrees(proportions(weekly(shares), sizes, phases=Phases((30,), (14, 22))), rows)


@pytest.mark.shared
def test_a_frozen_c_chart_agrees_with_the_published_one(shared: Path) -> None:
    """Two points excluded, limits frozen on the first 26."""
    rows = drawn(shared / "monitor/spc/golden/ex_7.3_3.csv")
    values = weekly([float(row["y"]) for row in rows])
    agrees(counts(values, frozen=26, phases=Phases(excluded=(5, 19))), rows)


@pytest.mark.shared
def test_a_u_chart_agrees_with_the_published_one(shared: Path) -> None:
    """Rates of one exposure."""
    rows = drawn(shared / "monitor/spc/golden/ex_7.4_1.csv")
    shares, sizes = (np.array([float(row[key]) for row in rows]) for key in ("y", "n"))
    agrees(rates(weekly(shares), sizes), rows)
