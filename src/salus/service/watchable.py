"""Which indicators can be watched, at which places, and which cannot and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.messages import Message, say
from salus.monitor.cleaning import clean
from salus.monitor.detectors.follow import FollowParams
from salus.monitor.indicators.catalogue import ChartKind
from salus.monitor.indicators.recorded import RECORDED, Recorded, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salus.domain.indicator import Indicator
    from salus.monitor.indicators.catalogue import Measure

SEEN = ["indicator_id", "place_id", "period_end", "value", "numerator", "denominator"]
"""Columns of the readings that watching looks at."""

DAYS, LONGEST = 365.25, 366
"""Days of a year, and of the longest period."""


@dataclass(frozen=True, slots=True, eq=False)
class Watchable:
    """One indicator with its readings.

    Parameters
    ----------
    meaning : Recorded
        What it means, and its target.
    table : pyarrow.Table
        Key and figures of the standard table ``indicator_reading``.
    shares : bool
        Whether a value may be judged as a share of independent cases.
    """

    meaning: Recorded
    table: pa.Table
    shares: bool = True

    @property
    def indicator(self) -> Indicator:
        """Which indicator."""
        return self.meaning.indicator

    @property
    def judged(self) -> pa.Table:
        """The readings as the detectors see them: counts are hidden where they do not count."""
        return self.table.select(SEEN if self.shares else SEEN[:-2])

    def at(self, place: str) -> pa.Table:
        """Take the readings of one place."""
        return self.table.filter(pc.equal(self.table["place_id"], place))

    @property
    def places(self) -> tuple[str, ...]:
        """Keys of the places, in order."""
        return tuple(sorted(set(self.table["place_id"].to_pylist())))


def on_record(readings: pa.Table, as_of: date) -> tuple[list[Watchable], list[Message]]:
    """Take the indicators that are on record, cleaned, as known on a day.

    Parameters
    ----------
    readings : pyarrow.Table
        The standard table ``indicator_reading``.
    as_of : date
        Later periods are not looked at.

    Returns
    -------
    list of Watchable
        In the order of their first rows.
    list of Message
        What was mended, left out, or is not explained.
    """
    found: list[Watchable] = []
    notes: list[Message] = []
    # An indicator that begins later is not known yet, not even by its key.
    readings = readings.filter(pc.less_equal(readings["period_end"], pa.scalar(as_of, pa.date32())))
    for key in dict.fromkeys(readings["indicator_id"].to_pylist()):
        meaning = RECORDED.get(key) or unknown(key)
        name = meaning.indicator.name
        cleaned = clean(readings.filter(pc.equal(readings["indicator_id"], key)), name, as_of)
        if key not in RECORDED:
            text = say(
                "{indicator}: nobody has said what it means or which way is better", indicator=name
            )
            notes.append(text)
        notes += cleaned.notes
        days = min(cleaned.period_days, LONGEST)
        indicator = replace(meaning.indicator, period_days=days, season=max(1, round(DAYS / days)))
        found.append(Watchable(replace(meaning, indicator=indicator), cleaned.table))
    return found, notes


def from_tables(measure: Measure, table: pa.Table) -> Watchable:
    """Take a measure that was counted by week; occupancy and means are no shares of cases."""
    meaning = Recorded(measure.every(7), measure.target)
    return Watchable(meaning, table, measure.chart is ChartKind.PROPORTIONS)


def watchable(found: Sequence[Watchable]) -> tuple[list[Watchable], list[Message]]:
    """Leave out the places at which an indicator cannot be judged, and say why.

    Parameters
    ----------
    found : sequence of Watchable
        With any readings.

    Returns
    -------
    list of Watchable
        Those that keep a place, with the places that have more known values than teach at first.
    list of Message
        What is not watched.
    """
    kept: list[Watchable] = []
    notes: list[Message] = []
    for each in found:
        fewest = FollowParams.every(each.indicator.period_days).warm_up + 1
        known = {place: _known(each.at(place)) for place in each.places}
        enough = [place for place in each.places if known[place] >= fewest]
        notes += _not_watched(each, known, fewest)
        if enough:
            table = pa.concat_tables([each.at(place) for place in enough])
            kept.append(replace(each, table=table))
    return kept, notes


def _known(table: pa.Table) -> int:
    return int(table.num_rows - table["value"].null_count)


def _not_watched(each: Watchable, known: dict[str, int], fewest: int) -> Iterator[Message]:
    gaps = tuple(place for place in each.places if not known[place])
    short = tuple(place for place in each.places if 0 < known[place] < fewest)
    name = each.indicator.name
    if not known or gaps:
        yield say(
            "not watched: {indicator}: no value is known at {places}",
            indicator=name,
            places=gaps or (say("any place"),),
        )
    if short:
        yield say(
            "not watched: {indicator}: fewer than {fewest} known values at {places}",
            indicator=name,
            fewest=fewest,
            places=short,
        )
