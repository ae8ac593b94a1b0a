"""Count what the standard tables can tell of the quality of care, where the numbers suffice."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.messages import Message, say
from salus.monitor.indicators.catalogue import MEASURES, ChartKind
from salus.monitor.indicators.compute import Level, Periods, compute
from salus.monitor.indicators.contacts import Records as Held
from salus.service.known import known_until

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import date

    from salus.monitor.indicators.catalogue import Measure
    from salus.service.records import Records

WEEK, MOST_WEEKS = 7, 156
"""Days of a period, and how many periods are looked back."""

FEWEST = 5
"""Cases a week, on average, both with and without the event: below it the binomial is too lopsided
for limits to mean much (the rule of five, Cochran 1954)."""


@dataclass(frozen=True, slots=True, eq=False)
class CountedIndicators:
    """Readings that were counted, and what could not be.

    Parameters
    ----------
    tables : tuple of (Measure, pyarrow.Table)
        Readings by facility and week, of the facilities with enough cases.
    notes : tuple of Message
        What is not watched and why, and what the counting left out.
    """

    tables: tuple[tuple[Measure, pa.Table], ...]
    notes: tuple[Message, ...]


def count_indicators(records: Records, as_of: date, recorded: frozenset[str]) -> CountedIndicators:
    """Count every measure that is not on record anyway, by facility and week.

    A facility is watched where it has at least ``FEWEST`` cases a week on average, both with and
    without the event, or below the line of a mean.

    Parameters
    ----------
    records : Records
        The standard tables.
    as_of : date
        What was known later is not used.
    recorded : frozenset of str
        Keys of the indicators that are on record, which are not counted again.

    Returns
    -------
    CountedIndicators
    """
    held = _held(records, as_of)
    first = pc.min(held.encounter["started_at"]).as_py() if held.encounter is not None else None
    weeks = 0 if first is None else min(MOST_WEEKS, ((as_of - first.date()).days + 1) // WEEK)
    tables, notes = [], []
    for measure in MEASURES.values():
        if measure.id in recorded:
            continue
        missing = [name for name in measure.needs if name not in held.held()]
        if missing or not weeks:
            notes.append(_not_watched(measure, say("the records to count it are missing")))
            continue
        readings = compute(held, measure, Level.FACILITY, Periods(as_of, WEEK, weeks))
        enough = {key: each for key, each in _facilities(readings.table) if _enough(measure, each)}
        if enough:
            tables.append((measure, pa.concat_tables(enough.values())))
            notes += (*_too_few_at(measure, readings.table, enough), *readings.notes)
        else:
            notes.append(_not_watched(measure, _too_few(readings.table)))
    return CountedIndicators(tuple(tables), tuple(notes))


def _held(records: Records, as_of: date) -> Held:
    names = [field.name for field in fields(Held)]
    held = {name: records.tables[name] for name in names if name in records.tables}
    return Held(**known_until(held, as_of))


def _facilities(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    for place in sorted(set(table["place_id"].to_pylist())):
        yield place, table.filter(pc.equal(table["place_id"], place))


def _enough(measure: Measure, table: pa.Table) -> bool:
    above = pc.mean(table["numerator"]).as_py() or 0.0
    below = pc.mean(table["denominator"]).as_py()
    if measure.chart is ChartKind.PROPORTIONS:
        return min(above, (below or 0.0) - above) >= FEWEST
    return (above if measure.denominator is None else below or 0.0) >= FEWEST


def _too_few_at(measure: Measure, table: pa.Table, enough: Container[str]) -> Iterator[Message]:
    places = tuple(place for place, _ in _facilities(table) if place not in enough)
    if places:
        yield say(
            "not watched: {indicator} at {places}: {reason}",
            indicator=measure.name,
            places=places,
            reason=_too_few(table),
        )


def _too_few(table: pa.Table) -> Message:
    if not table.num_rows or table["value"].null_count == table.num_rows:
        return say("nothing lies below the line")
    return say("fewer than {fewest} cases a week, with or without the event", fewest=FEWEST)


def _not_watched(measure: Measure, reason: Message) -> Message:
    return say("not watched: {indicator}: {reason}", indicator=measure.name, reason=reason)
