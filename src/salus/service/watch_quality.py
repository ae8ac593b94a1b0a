"""Watch the quality of care: what left its normal range, where, and since when."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.messages import Message, say
from salus.monitor.watch import WatchParams, watch
from salus.service.count_indicators import count_indicators
from salus.service.guarded import guarded
from salus.service.indicator_charts import indicator_line, shown_charts
from salus.service.watchable import from_tables, on_record, watchable
from salus.service.watched import Watched
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salus.monitor.signals import QualitySignal
    from salus.service.context import Context
    from salus.service.records import Records
    from salus.service.watchable import Watchable

YEAR = timedelta(days=365)


@guarded(Permission.WATCH_QUALITY, Kind.RECORDS, attrgetter("name"))
def watch_quality(context: Context, records: Records, as_of: date, *, seed: int = 1) -> Watched:
    """Watch the indicators on record and those that the standard tables can tell.

    Every indicator is watched at every place by itself and, at a hospital, together with the
    others; see :func:`salus.monitor.watch.watch`.

    Parameters
    ----------
    context : Context
        What is in use.
    records : Records
        The standard tables; ``indicator_reading`` holds the indicators on record.
    as_of : date
        Nothing that was known later is used.
    seed : int
        Seed of the isolation forest, 0 or more.

    Returns
    -------
    Watched
        An indicator that cannot be watched is named in the notes with the reason: no value, too
        few periods, too few cases, nothing below the line. Rows that contradict one another make a
        gap and a note; an indicator that nobody has explained is watched under its key.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    ValueError
        If the seed is negative.
    """
    recorded, notes = on_record(records.tables["indicator_reading"], as_of)
    names = frozenset(each.indicator.id for each in recorded)
    counted = count_indicators(records, as_of, names)
    of_tables = [from_tables(measure, table) for measure, table in counted.tables]
    kept, not_watched = watchable([*recorded, *of_tables])
    found = _signals(kept, WatchParams(seed=seed), context)
    recent, earlier = _ordered(found, as_of)
    lines = (indicator_line(each, found) for each in kept)
    absent = _without_readings(records, recorded, as_of)
    return Watched(
        as_of,
        recent,
        earlier,
        tuple(shown_charts(kept, recent)),
        tuple(line for line in lines if line is not None),
        names,
        (*not_watched, *absent, *counted.notes, *notes),
    )


def _signals(
    kept: Sequence[Watchable], params: WatchParams, context: Context
) -> tuple[QualitySignal, ...]:
    if not kept:
        return ()
    table = pa.concat_tables([each.judged for each in kept], promote_options="default")
    return watch(table, [each.indicator for each in kept], params, context.runner)


def _ordered(
    found: Sequence[QualitySignal], as_of: date
) -> tuple[tuple[QualitySignal, ...], tuple[QualitySignal, ...]]:
    """Put what is open first, then the new levels of the past year, its rest, and what is older."""
    is_open = sorted((each for each in found if each.lasting), key=_urgency)
    over = sorted((each for each in found if not each.lasting), key=_latest)
    recent = [each for each in over if each.found > as_of - YEAR]
    return (*is_open, *recent), tuple(each for each in over if each.found <= as_of - YEAR)


def _urgency(signal: QualitySignal) -> tuple[int, float, str, str]:
    rank = {False: 0, None: 1, True: 2}[signal.good]
    return rank, -signal.size, signal.place_id, signal.indicator.id


def _latest(signal: QualitySignal) -> tuple[bool, int, float, str, str]:
    key = signal.place_id, signal.indicator.id
    return not signal.settled, -signal.found.toordinal(), -signal.size, *key


def _without_readings(
    records: Records, recorded: Sequence[Watchable], as_of: date
) -> Iterator[Message]:
    """Name the hospitals that put nothing on record where others do."""
    contacts = records.tables["encounter"].select(["facility_id", "started_at"])
    begun = pc.less_equal(contacts["started_at"].cast(pa.date32()), pa.scalar(as_of, pa.date32()))
    facilities = set(pc.unique(contacts.filter(begun)["facility_id"]).to_pylist()) - {None}
    for each in recorded:
        absent = facilities - set(each.places)
        if absent and absent != facilities:
            yield say(
                "not watched: {indicator}: no reading at {places}",
                indicator=each.indicator.name,
                places=tuple(sorted(absent)),
            )
