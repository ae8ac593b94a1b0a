"""Weekly quality indicators of each hospital, with anomalies and shifts planted in some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.columns import same
from salus.data.synthetic.registry import SOURCE
from salus.domain.records.operations import INDICATOR_READING

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.spec import CitySpec

WEEKS, WATCHED, LEFT = 156, 52, 8
"""Weeks of history, how many of the last may hold a planted change, and how many follow it."""
GAP, ANOMALY, SHIFT = 0.015, 0.3, 0.3
"""Share of values that are missing, and of series with an anomaly, or with a shift."""
DISCHARGES_PER_BED = 1.1
"""In a week, at three quarters occupied and 4.6 days of stay."""


@dataclass(frozen=True, slots=True)
class Watched:
    """An indicator of the quality of care.

    Parameters
    ----------
    id, direction : str
        Key, as :data:`salus.domain.known_indicators.KNOWN_INDICATORS` has it, and which way it
        improves.
    per : int
        100 for a share of cases in per cent, 1,000 for a rate per 1,000 bed-days.
    level : float
        Usual value, in the unit.
    at_risk : float
        Cases or bed-days at risk per bed and week.
    """

    id: str
    direction: str
    per: int
    level: float
    at_risk: float


INDICATORS = (
    Watched("mortality", "down", 100, 2.2, DISCHARGES_PER_BED),
    Watched("readmission", "down", 100, 14.0, DISCHARGES_PER_BED),
    Watched("emergency_wait", "down", 100, 24.0, 4.0),
    Watched("falls", "down", 1000, 3.5, 5.2),
    Watched("hospital_infection", "down", 100, 3.2, 1.1),
    Watched("pressure_ulcer", "down", 100, 2.5, DISCHARGES_PER_BED),
    Watched("hand_hygiene", "up", 100, 78.0, 1.5),
    Watched("cancelled_surgery", "down", 100, 6.0, 0.5),
)
"""Levels near published ones where we are sure of one (readmission: Weiss and Jiang 2021, HCUP
Statistical Brief 278, 14 %; infection: Magill and others 2018, NEJM 379:1732, 3.2 %); the others
are our own round choices."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A change that was planted in a series.

    Parameters
    ----------
    kind, indicator_id, place_id : str
        ``anomaly``, ``shift`` or ``outbreak``; in what, and where.
    first, last : date
        Ends of the first and last period that are touched.
    sigmas : float or None
        Size in standard deviations of one value.
    size : float
        Size in the unit of the indicator.
    """

    kind: str
    indicator_id: str
    place_id: str
    first: date
    last: date
    sigmas: float | None
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The history of one indicator at one hospital.

    Parameters
    ----------
    indicator : Watched
        What is counted.
    place_id : str
        Key of the hospital.
    weeks : tuple of date
        Ends of the weeks.
    counted, at_risk : ndarray, shape (n_weeks,)
        Numerator and denominator; a numerator that is not a number is a gap.
    planted : Planted or None
        What was planted.
    """

    indicator: Watched
    place_id: str
    weeks: tuple[date, ...]
    counted: NDArray[np.float64]
    at_risk: NDArray[np.float64]
    planted: Planted | None

    def table(self) -> pa.Table:
        """Write the values as indicator readings."""
        n, known = len(self.weeks), np.isfinite(self.counted)
        values = self.indicator.per * self.counted / self.at_risk
        columns = {
            "indicator_id": same(self.indicator.id, n),
            "place_id": same(self.place_id, n),
            "period_end": pa.array(self.weeks, pa.date32()),
            "value": pa.array(values, mask=~known),
            "numerator": pa.array(self.counted, mask=~known),
            "denominator": pa.array(self.at_risk),
            "source": same(SOURCE, n),
        }
        return INDICATOR_READING.take(pa.table(columns))


def histories(spec: CitySpec, layout: Layout) -> list[History]:
    """Make the history of every indicator at every hospital.

    The counts are binomial. In some series an anomaly (one week, 4 to 6 standard deviations) or a
    lasting shift (3 to 4) is planted among the last 52 weeks, at least eight weeks before the end.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    layout : Layout
        Its hospitals.

    Returns
    -------
    list of History
    """
    weeks = week_ends(spec, WEEKS)
    return [
        _history(indicator, key, weeks, beds, stream(spec.seed, f"indicator/{indicator.id}/{key}"))
        for indicator in INDICATORS
        for key, beds in zip(layout.hospital_ids, layout.beds.tolist(), strict=True)
    ]


def week_ends(spec: CitySpec, n: int) -> tuple[date, ...]:
    """Return the ends of the last weeks, of which the last is that of the records.

    Examples
    --------
    >>> from salus.data.synthetic.spec import CitySpec
    >>> [day.isoformat() for day in week_ends(CitySpec(), 2)]
    ['2026-06-21', '2026-06-28']
    """
    return tuple(spec.as_of - timedelta(weeks=back) for back in reversed(range(n)))


def _history(
    indicator: Watched,
    place: str,
    weeks: tuple[date, ...],
    beds: int,
    rng: np.random.Generator,
) -> History:
    usual = indicator.level * np.exp(rng.normal(0, 0.1)) / indicator.per
    usual = min(usual, 0.95)
    at_risk = np.maximum(4, rng.poisson(indicator.at_risk * beds, len(weeks))).astype(float)
    change, planted = _plant(indicator, place, weeks, usual, float(at_risk.mean()), rng)
    counted = rng.binomial(at_risk.astype(np.int64), np.clip(usual + change, 0, 1)).astype(float)
    if planted is not None and planted.kind == "anomaly":
        # An anomaly has exactly its size: it is not drawn, or chance could hide it.
        at = weeks.index(planted.first)
        counted[at] = np.clip(np.rint(at_risk[at] * (usual + change[at])), 0, at_risk[at])
    gaps = rng.random(len(weeks)) < GAP
    gaps[change != 0] = False
    return History(indicator, place, weeks, np.where(gaps, np.nan, counted), at_risk, planted)


def _plant(  # noqa: PLR0917  called once, in this order
    indicator: Watched,
    place: str,
    weeks: tuple[date, ...],
    usual: float,
    at_risk: float,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], Planted | None]:
    """Return what is added to the share in each week, and what it is called."""
    kind, change = rng.random(), np.zeros(len(weeks))
    sigma = float(np.sqrt(usual * (1 - usual) / at_risk))
    at = int(rng.integers(len(weeks) - WATCHED, len(weeks) - LEFT))
    worse = -1 if indicator.direction == "up" else 1
    sigmas = float(rng.uniform(4, 6) if kind < ANOMALY else rng.uniform(3, 4)) * worse
    room = (1 - usual) if worse > 0 else usual
    if kind >= ANOMALY + SHIFT or abs(sigmas) * sigma > room:
        return change, None
    name, last = ("anomaly", at) if kind < ANOMALY else ("shift", len(weeks) - 1)
    change[at : last + 1] = sigmas * sigma
    size = indicator.per * sigmas * sigma
    return change, Planted(name, indicator.id, place, weeks[at], weeks[last], sigmas, size)
