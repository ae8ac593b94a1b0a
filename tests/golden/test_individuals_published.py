"""I charts whose limits are published."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.monitor.charts.individuals import Convention, individuals
from tests.fakes.histories import weekly

if TYPE_CHECKING:
    from pathlib import Path

COSTS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306]
COSTS += [294, 299, 297, 299, 314, 295, 293, 306, 301, 304]

BREACHES = [1195, 1843, 1397, 1333, 1771, 1751, 2013, 1759, 2179, 2585, 1654, 1543]
BREACHES += [1632, 1558, 1190, 1357, 1279, 1683, 2190, 1804, 986, 2181, 2048, 2154]


def test_costs_of_processing_loans() -> None:
    """The limits of Montgomery (2013), table 6.7, are met."""
    limits = individuals(weekly(COSTS), Convention.MONTGOMERY).limits
    assert limits.centre[0] == 300.5
    assert limits.lower[0] == pytest.approx(279.78331466965284, abs=1e-9)
    assert limits.upper[0] == pytest.approx(321.21668533034716, abs=1e-9)


def test_breaches_of_one_organisation() -> None:
    """NHS open data, A&E type 1, April 2016 to March 2018, RRK: the limits of Making Data Count."""
    limits = individuals(weekly(BREACHES)).limits
    assert limits.centre[0] == 1711.875
    assert limits.lower[0] == pytest.approx(849.7932, abs=5e-5)
    assert limits.upper[0] == pytest.approx(2573.9568, abs=5e-5)


@pytest.mark.shared
def test_frozen_costs_agree_with_the_published_chart(shared: Path) -> None:
    """Frozen on 20 weeks, centre, limits and the points outside are those of the golden table."""
    with (shared / "monitor/spc/golden/ex_6.5_3.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    chart = individuals(weekly([float(row["y"]) for row in rows]), Convention.MONTGOMERY, frozen=20)
    for line, column in (("centre", "cl"), ("lower", "lcl"), ("upper", "ucl")):
        golden = np.array([float(row[column]) for row in rows])
        assert getattr(chart.limits, line) == pytest.approx(golden, abs=1e-9)
    outside = {signal.index for signal in chart.signals if signal.rule == "outside"}
    assert outside == {place for place, row in enumerate(rows) if row["sigma.signal"] == "True"}
