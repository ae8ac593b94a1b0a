"""Watching the quality of care: what is found, what is not watched, and what is never looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from salus.core.errors import ForbiddenError, InputError
from salus.data.synthetic.city import make_city
from salus.data.synthetic.spec import CitySpec
from salus.service.read_records import read_records
from salus.service.right.watching import watch_rightness
from salus.service.tables.tables import watched_tables
from salus.service.watch_quality import watch_quality
from salus.trust.permission import Principal
from tests.fakes.hospital import ENDS, LAST, WEEKS, kept, raised, reading, shares

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salus.service.context import Context
    from salus.service.records import Records
    from salus.service.watched import Watched

AHEAD = LAST + timedelta(weeks=8)


def said(watched: Watched) -> str:
    """Join the notes."""
    return "\n".join(map(str, watched.notes))


def answer(watched: Watched) -> Any:
    """Give all that can be compared."""
    tables = {name: table.to_pylist() for name, table in watched_tables(watched).items()}
    return watched.signals, watched.earlier, tables, said(watched)


def shifted() -> list[dict[str, Any]]:
    """Give a share that has risen for the last five weeks, at one of two hospitals."""
    return [*raised(shares(), WEEKS - 5, WEEKS, 40), *shares(place="H002")]


def test_what_is_open_comes_first_with_its_chart(in_use: Context) -> None:
    """A rise of some sigma is an open concern, drawn on a P chart that it does not widen."""
    watched = watch_quality(in_use, kept(shifted()), LAST)
    first, shown = watched.open[0], watched.charts[0]
    assert (first.indicator.id, first.place_id, first.good) == ("falls", "H001", False)
    assert abs((first.since - ENDS[-5]).days) <= 7
    assert shown.signal is first
    assert shown.kind.value == "p"
    assert {each.index for each in shown.chart.signals} >= set(range(WEEKS - 4, WEEKS))
    (line,) = watched.lines
    assert (line.places, line.signals) == (2, 1)
    assert line.summary.variation.value == "concern_high"
    assert line.years == pytest.approx(2 * (WEEKS - 56) * 7 / 365.25)


def test_a_level_that_settled_is_said_and_starts_a_phase(in_use: Context) -> None:
    """After a quarter of a year it is no open signal but a new level, with limits of its own."""
    watched = watch_quality(in_use, kept(raised(shares(), 110, WEEKS, 40)), LAST)
    assert watched.open == ()
    assert watched.signals[0].settled
    (start,) = watched.charts[0].chart.phases.starts
    assert abs(start - 110) <= 1


def test_contradicting_readings_are_a_gap(in_use: Context) -> None:
    """Twice the same row counts once; two that differ make a gap that is noted."""
    rows = shares()
    other = reading("falls", "H001", ENDS[100], 399.0)
    watched = watch_quality(in_use, kept([*rows, rows[90], other]), LAST)
    assert "readings contradict one another are taken as gaps: 1" in said(watched)
    assert not any(each.found == ENDS[100] for each in watched.signals)


def test_gaps_few_periods_and_absent_places_are_named(in_use: Context) -> None:
    """What cannot be watched stands in the notes with its place and reason."""
    gaps = [reading("falls", "H003", day, None) for day in ENDS]
    rows = [*shares(), *gaps, *shares(place="H004", weeks=1)]
    watched = watch_quality(in_use, kept(rows), LAST)
    assert "not watched: falls: no value is known at H003" in said(watched)
    assert "not watched: falls: fewer than 57 known values at H004" in said(watched)
    assert watched.lines[0].places == 1


def test_a_measure_without_records_is_not_invented(in_use: Context) -> None:
    """With empty tables every counted measure is named as not watched."""
    watched = watch_quality(in_use, kept(shares()), LAST)
    assert "not watched: mean length of stay: the records to count it are missing" in said(watched)
    assert [line.indicator.id for line in watched.lines] == ["falls"]


def test_a_value_without_denominator_is_watched_as_it_is(in_use: Context) -> None:
    """Without cases at risk the recorded value goes on an I chart."""
    rows = [{**row, "denominator": None} for row in shares()]
    watched = watch_quality(in_use, kept(rows), LAST)
    assert watched.lines[0].kind.value == "i"


def test_a_constant_series_has_no_signal_until_it_changes(in_use: Context) -> None:
    """A constant has no spread, which is no reason to fail or to alarm."""
    rows = [{**row, "value": 7.0, "numerator": None} for row in shares()]
    assert watch_quality(in_use, kept(rows), LAST).signals == ()
    rows[-1]["value"] = 9.0
    assert len(watch_quality(in_use, kept(rows), LAST).open) == 1


def test_an_unknown_indicator_is_watched_under_its_key(in_use: Context) -> None:
    """Nobody said which way is better, so it is neither good nor bad, and a note says so."""
    rows = raised(shares("overtime"), WEEKS - 5, WEEKS, 40)
    watched = watch_quality(in_use, kept(rows), LAST)
    assert watched.open[0].good is None
    assert "overtime: nobody has said what it means" in said(watched)


def test_a_reading_between_the_periods_is_left_out(in_use: Context) -> None:
    """The rhythm is that of most readings."""
    odd = reading("falls", "H001", ENDS[80] + timedelta(days=3), 399.0)
    watched = watch_quality(in_use, kept([*shares(), odd]), LAST)
    assert "readings between its periods are left out: 1" in said(watched)
    assert watched.signals == watch_quality(in_use, kept(shares()), LAST).signals


def test_nothing_on_record_gives_nothing(in_use: Context) -> None:
    """Empty records are watched without a signal, a line or a chart."""
    watched = watch_quality(in_use, kept([]), LAST)
    assert (watched.signals, watched.lines, watched.charts) == ((), (), ())


def test_who_may_not_is_refused(in_use: Context) -> None:
    """The use case stands behind the gate."""
    visitor = replace(in_use, principal=Principal("bo", "visitor"))
    with pytest.raises(ForbiddenError):
        watch_quality(visitor, kept(shares()), LAST)


@pytest.fixture(scope="module")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a city of 12,000 people."""
    folder = tmp_path_factory.mktemp("watched") / "city"
    make_city(CitySpec(people=12_000, seed=4), folder)
    return folder


def test_what_the_tables_tell_is_watched_where_the_numbers_suffice(
    in_use: Context, small_city: Path
) -> None:
    """Common events are counted by week and hospital, rare ones named as not watched."""
    watched = watch_quality(in_use, read_records(in_use, small_city, LAST), LAST)
    lines = {line.indicator.id: line for line in watched.lines}
    assert {"admissions", "length_of_stay", "bed_occupancy"} <= set(lines)
    assert lines["bed_occupancy"].kind.value == "i"
    assert not {"admissions", "bed_occupancy"} & watched.recorded
    assert "not watched: procedures not done: fewer than 5 cases a week" in said(watched)


def test_what_came_later_changes_nothing(in_use: Context, small_city: Path) -> None:
    """Readings, contacts and ends after the as-of day, planted or cut off, give the same answer."""
    records, day = read_records(in_use, small_city, LAST), LAST - timedelta(weeks=20)
    before = answer(watch_quality(in_use, records, day))
    late = reading("mortality", "H001", AHEAD, 400.0)
    assert answer(watch_quality(in_use, with_row(records, late), day)) == before
    assert answer(watch_quality(in_use, cut(records, day), day)) == before
    unheard = reading("not heard of yet", "H009", AHEAD, 1.0)
    assert answer(watch_quality(in_use, with_row(records, unheard), day)) == before
    assert answer(watch_quality(in_use, with_row(records, late), AHEAD)) != before


def with_row(records: Records, row: dict[str, Any]) -> Records:
    """Add a reading."""
    table = records.tables["indicator_reading"]
    rows = [*table.to_pylist(), row]
    return records.having(indicator_reading=pa.Table.from_pylist(rows, schema=table.schema))


def cut(records: Records, day: date) -> Records:
    """Take away every reading, contact, end and finding after a day."""
    table = records.tables["indicator_reading"]
    rows = [row for row in table.to_pylist() if row["period_end"] <= day]
    until = pa.scalar(datetime.combine(day + timedelta(days=1), time(), UTC))
    encounter = earlier(records.tables["encounter"], "started_at", until)
    ended = encounter["ended_at"]
    known = pc.if_else(pc.less(ended, until), ended, pa.scalar(None, ended.type))
    place = encounter.column_names.index("ended_at")
    return records.having(
        indicator_reading=pa.Table.from_pylist(rows, schema=table.schema),
        encounter=encounter.set_column(place, encounter.field(place), known),
        observation=earlier(records.tables["observation"], "observed_at", until),
        medication=earlier(records.tables["medication"], "started_at", until),
        bed_state=earlier(records.tables["bed_state"], "observed_at", until),
    )


def earlier(table: pa.Table, column: str, until: pa.Scalar) -> pa.Table:
    """Keep the rows before a moment."""
    return table.filter(pc.less(table[column], until))


def test_the_sidecar_changes_nothing_but_the_mark(in_use: Context, small_city: Path) -> None:
    """With the truth taken away the same is found; only how right it was cannot be told."""
    records = read_records(in_use, small_city, LAST)
    watched = watch_quality(in_use, records, LAST)
    right = watch_rightness(small_city, watched)
    assert right.planted > 0
    assert right.outbreak_days is not None
    truth = small_city / "truth"
    truth.rename(small_city / "hidden")
    again = answer(watch_quality(in_use, read_records(in_use, small_city, LAST), LAST))
    with pytest.raises(InputError):
        watch_rightness(small_city, watched)
    (small_city / "hidden").rename(truth)
    assert again == answer(watched)
