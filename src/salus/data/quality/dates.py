"""Rules on dates that contradict each other, the life of the patient, or the calendar."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.messages import say
from salus.data.quality.rule import Done, Rule

if TYPE_CHECKING:
    from salus.data.quality.rule import Broken, Look

MOMENT, DAY = pa.timestamp("us", "UTC"), timedelta(days=1)
"""Dates are local and moments are UTC: a day apart is no contradiction."""

ENDS = (
    ("condition", "onset_at", "abated_at"),
    ("medication", "started_at", "ended_at"),
    ("procedure", "started_at", "ended_at"),
)
HAPPENED = (
    ("encounter", "started_at", Done.LEFT_OUT),
    ("observation", "observed_at", Done.LEFT_OUT),
    ("immunisation", "given_at", Done.LEFT_OUT),
    ("condition", "onset_at", Done.EMPTIED),
    ("condition", "recorded_at", Done.EMPTIED),
    ("allergy", "recorded_at", Done.EMPTIED),
    ("medication", "started_at", Done.MARKED),
    ("procedure", "started_at", Done.MARKED),
)
"""A date that cannot be is emptied where the row is of use without it, or else the row is left
out. Medicines and procedures may be ordered ahead, and the guard must see every medicine."""
MEASURED = (
    ("device_reading", "measured_at", Done.LEFT_OUT),
    ("bed_state", "observed_at", Done.LEFT_OUT),
    ("indicator_reading", "period_end", Done.LEFT_OUT),
    ("patient", "birth_date", Done.EMPTIED),
    ("patient", "death_date", Done.EMPTIED),
)


def date_rules() -> tuple[Rule, ...]:
    """List the rules on dates."""
    return (*_orders(), *_lives(), *_calendars())


def _orders() -> tuple[Rule, ...]:
    ended = say("It ended before it began.")
    return (
        Rule(
            "death_before_birth",
            "patient",
            say("The death is dated before the birth."),
            Done.EMPTIED,
            _backward("birth_date", "death_date"),
            ("death_date",),
        ),
        Rule(
            "end_before_start",
            "encounter",
            ended,
            Done.LEFT_OUT,
            _backward("started_at", "ended_at"),
        ),
        *(
            Rule("end_before_start", table, ended, Done.EMPTIED, _backward(start, end), (end,))
            for table, start, end in ENDS
        ),
    )


def _lives() -> tuple[Rule, ...]:
    unborn = say("It is dated before the birth of the patient.")
    register = frozenset({"patient"})
    return (
        *(
            Rule(
                "before_birth",
                table,
                unborn,
                done,
                _unborn(column),
                _emptied(done, column),
                register,
            )
            for table, column, done in HAPPENED
        ),
        Rule(
            "after_death",
            "encounter",
            say("The contact began after the death of the patient."),
            Done.MARKED,
            _after_death,
            refers=register,
        ),
    )


def _calendars() -> tuple[Rule, ...]:
    ahead = say("It is dated after the day until which everything is known.")
    happened = tuple(each for each in HAPPENED if each[2] is not Done.MARKED)
    return tuple(
        Rule("in_the_future", table, ahead, done, _ahead(column), _emptied(done, column))
        for table, column, done in (*happened, *MEASURED)
    )


def _emptied(done: Done, column: str) -> tuple[str, ...]:
    return (column,) if done is Done.EMPTIED else ()


def _backward(start: str, end: str) -> Broken:
    def broken(look: Look) -> pa.ChunkedArray:
        return pc.less(look.table[end], look.table[start])

    return broken


def _unborn(column: str) -> Broken:
    def broken(look: Look) -> pa.ChunkedArray:
        born = _of_patient(look, "birth_date")
        return pc.less(look.table[column], pc.subtract(born, pa.scalar(DAY)))

    return broken


def _after_death(look: Look) -> pa.ChunkedArray:
    died = pc.add(_of_patient(look, "death_date"), pa.scalar(2 * DAY))
    return pc.greater(look.table["started_at"], died)


def _of_patient(look: Look, column: str) -> pa.ChunkedArray:
    """Return the beginning of a day in the patient's life, for each row."""
    register = look.tables["patient"]
    place = pc.index_in(look.table["patient_id"], register["patient_id"].combine_chunks())
    return register[column].cast(MOMENT).take(place)


def _ahead(column: str) -> Broken:
    def broken(look: Look) -> pa.ChunkedArray:
        dates = look.table[column]
        if look.as_of is None:
            return pa.chunked_array([pa.repeat(pa.scalar(value=False), len(dates))])
        midnight = datetime.combine(look.as_of, time(), UTC) + 2 * DAY
        limit = pa.scalar(midnight, MOMENT)
        if pa.types.is_date(dates.type):
            return pc.greater(dates, pa.scalar(look.as_of + DAY))
        return pc.greater_equal(dates, limit)

    return broken
