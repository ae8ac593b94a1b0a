"""The fields of a reading, each with the rule that it must keep."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from salus.core.errors import Faults, SalusError, Where
from salus.core.messages import Message, say
from salus.data.quality.ranges import ranges
from salus.data.terminology.units import conversion, ucum, usual_unit
from salus.domain.reading import KEY, LARGEST_SEQUENCE, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

AHEAD = timedelta(minutes=5)
"""How far the clock of a device may be ahead of ours."""
BEHIND = timedelta(days=366)
"""How long ago a reading may have been taken; a clock without a battery starts in 1970."""

NEEDED = ("sequence", "quantity", "measured_at", "value", "unit")
KNOWN = frozenset({*NEEDED, "source", "place_id", "district_id"})
LONGEST_UNIT = 50


class _Row:
    """The fields of one reading, and the faults they have."""

    def __init__(self, fields: dict[str, Any], number: int, faults: Faults) -> None:
        self._fields, self._number, self._faults = fields, number, faults

    def fault(self, column: str, what: Message, remedy: Message) -> None:
        self._faults.add(what, Where(say("reading"), self._number, column), remedy)

    def take(self, name: str, read: Callable[[Any], Any], remedy: Message) -> Any:  # noqa: ANN401
        """Read a field; a field that is missing or wrong leaves a fault and gives ``None``."""
        if name not in self._fields:
            if name in NEEDED:
                self.fault(name, say("the field is missing"), remedy)
            return None
        value = read(self._fields[name])
        if value is None:
            self.fault(name, say("the value is of the wrong kind or out of range"), remedy)
        return value


def reading_of(
    fields: object, source: str | None, now: datetime, number: int, faults: Faults
) -> Reading | None:
    """Check the fields of one reading, and bring its value into the usual unit.

    Parameters
    ----------
    fields : object
        What the JSON held; a reading is an object.
    source : str or None
        The device, where the way it came names it.
    now : datetime
        What our clock says.
    number : int
        Which reading of the message, from 1, for the faults.
    faults : Faults
        Gathers what is wrong; a fault never repeats a value.

    Returns
    -------
    Reading or None
        ``None`` where something was wrong.
    """
    if not isinstance(fields, dict):
        faults.add(say("a reading is a JSON object"), Where(say("reading"), number), _FIELDS)
        return None
    before, row = len(faults), _Row(fields, number, faults)
    if not fields.keys() <= KNOWN:
        # The name of an unknown field may itself be that of a patient.
        faults.add(
            say("the reading has fields that are not known"), Where(say("reading"), number), _FIELDS
        )
    device = _source(row, fields, source)
    sequence = row.take("sequence", _whole, _SEQUENCE)
    quantity = row.take("quantity", _key, _QUANTITY)
    moment = row.take("measured_at", _moment, _MOMENT)
    value = row.take("value", _number, _VALUE)
    unit = row.take("unit", _unit, _UNIT)
    place = row.take("place_id", _key, _KEY) if fields.get("place_id") is not None else None
    district = (
        row.take("district_id", _key, _KEY) if fields.get("district_id") is not None else None
    )
    if moment is not None:
        _check_clock(row, moment, now)
    usual = None if quantity is None else _usual(row, quantity)
    if usual is not None and value is not None and unit is not None:
        value = _possible(row, _converted(row, value, unit, usual, quantity), quantity)
    if len(faults) > before:
        return None
    return Reading(device, sequence, quantity, moment, value, usual or unit, place, district)


def _source(row: _Row, fields: dict[str, Any], source: str | None) -> Any:  # noqa: ANN401
    if "source" not in fields:
        if source is None:
            row.fault("source", say("the field is missing"), _KEY)
        return source
    said = row.take("source", _key, _KEY)
    if said is not None and source is not None and said != source:
        remedy = say("publish under the topic of the device itself")
        row.fault("source", say("the reading names another source than its topic"), remedy)
    return said


def _check_clock(row: _Row, moment: datetime, now: datetime) -> None:
    remedy = say("set the clock of the device, and send the reading again")
    if moment > now + AHEAD:
        minutes = int(AHEAD.total_seconds() // 60)
        what = say("the clock of the device is more than {minutes} minutes ahead", minutes=minutes)
        row.fault("measured_at", what, remedy)
    elif moment < now - BEHIND:
        what = say("the reading is more than {days} days old", days=BEHIND.days)
        row.fault("measured_at", what, remedy)


def _usual(row: _Row, quantity: str) -> str | None:
    unit = usual_unit(quantity)
    if unit is None:
        row.fault("quantity", say("the quantity is not known"), _QUANTITY)
    return unit


def _possible(row: _Row, value: float | None, quantity: str) -> float | None:
    """Refuse what no living patient can have: one such reading would teach a wrong usual range."""
    for bounds in ranges():
        if value is None or bounds.loinc != quantity:
            continue
        if not bounds.least <= value <= bounds.most:
            remedy = say(
                "send what lies between {least:,} and {most:,} {unit}; look at sensor and unit",
                least=bounds.least,
                most=bounds.most,
                unit=bounds.unit,
            )
            row.fault("value", say("the value is outside what is physically possible"), remedy)
    return value


def _converted(row: _Row, value: float, unit: str, usual: str, quantity: str) -> float | None:
    if ucum(unit) == usual:
        return value
    try:
        line = conversion(unit, usual, quantity)
    except SalusError as error:
        fault = error.faults[0]
        row.fault("unit", fault.what, fault.remedy)
        return None
    turned = value * line.scale + line.offset
    if not math.isfinite(turned):
        row.fault("value", say("the value is of the wrong kind or out of range"), _VALUE)
        return None
    return turned


def _whole(value: object) -> int | None:
    fits = type(value) is int and 0 <= value <= LARGEST_SEQUENCE
    return value if fits else None  # type: ignore[return-value]  # an int, as was asked


def _key(value: object) -> str | None:
    return value if isinstance(value, str) and KEY.fullmatch(value) else None


def _unit(value: object) -> str | None:
    # "1" is the unit of a number without one; an empty text is nothing.
    fits = isinstance(value, str) and len(value.strip()) > 0 and len(value) <= LONGEST_UNIT
    return value if fits else None  # type: ignore[return-value]  # a str, as was asked


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_FIELDS = say("send the fields {names}", names=tuple(sorted(KNOWN)))
_SEQUENCE = say("number the readings of a source from 0, with whole numbers up to 2^53 - 1")
_QUANTITY = say("send the LOINC code of a quantity with a usual unit")
_MOMENT = say("write the moment by ISO 8601 with its zone, such as 2026-06-27T08:30:00Z")
_VALUE = say("send a finite number")
_UNIT = say("send a unit of UCUM, such as {examples}", examples="mm[Hg], mg/dL, Cel, /min")
_KEY = say("use a key of at most 100 letters, digits and .:@_-")
