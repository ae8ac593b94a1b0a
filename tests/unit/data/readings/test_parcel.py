"""Messages of devices: what is taken, and every reason for which one is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from salus.core.errors import InputError
from salus.core.messages import say
from salus.data.readings.fields import AHEAD, BEHIND
from salus.data.readings.parcel import MOST_BYTES, MOST_READINGS, Batch, Parcel, read_parcel

NOW = datetime(2026, 6, 27, 8, tzinfo=UTC)
PATIENT = "Jane Roe"
GOOD: dict[str, Any] = {
    "sequence": 7,
    "quantity": "8310-5",
    "measured_at": "2026-06-27T07:59:00Z",
    "value": 37.5,
    "unit": "Cel",
}


def parcel(document: object, source: str | None = "m-1") -> Parcel:
    """Put a document into a message."""
    return Parcel(json.dumps(document).encode(), source)


def said(of: Parcel) -> str:
    """Refuse a message, and give all it is refused for."""
    with pytest.raises(InputError) as caught:
        read_parcel(of, NOW)
    return str(caught.value)


def test_one_reading_and_a_list_are_read() -> None:
    """A message holds one reading or several, of the source that its topic names."""
    (one,) = read_parcel(parcel(GOOD), NOW)
    assert (one.source, one.sequence, one.value, one.unit) == ("m-1", 7, 37.5, "Cel")
    assert one.measured_at == datetime(2026, 6, 27, 7, 59, tzinfo=UTC)
    more = read_parcel(parcel([GOOD, GOOD | {"sequence": 8, "place_id": "H1"}]), NOW)
    assert [each.place_id for each in more] == [None, "H1"]
    assert read_parcel(parcel(GOOD | {"source": "m-2"}, None), NOW)[0].source == "m-2"
    assert read_parcel(parcel(GOOD | {"district_id": None}), NOW)[0].district_id is None


@pytest.mark.parametrize(
    ("unit", "value", "kept"), [("[degF]", 99.5, 37.5), ("°F", 99.5, 37.5), ("K", 310.65, 37.5)]
)
def test_values_come_into_the_usual_unit(unit: str, value: float, kept: float) -> None:
    """A thermometer may speak Fahrenheit or kelvin; what is kept is in degrees Celsius."""
    (one,) = read_parcel(parcel(GOOD | {"unit": unit, "value": value}), NOW)
    assert one.value == pytest.approx(kept)
    assert one.unit == "Cel"


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("unit", "furlong/fortnights", "the unit is not known"),
        ("unit", "mg/dL", "cannot be converted to Cel"),
        ("unit", " ", "of the wrong kind"),
        ("quantity", "0-0", "the quantity is not known"),
        ("quantity", 8310, "of the wrong kind"),
        ("value", "37", "of the wrong kind"),
        ("value", True, "of the wrong kind"),
        ("value", None, "of the wrong kind"),
        ("value", float("nan"), "of the wrong kind"),
        ("value", float("inf"), "of the wrong kind"),
        ("value", 10**400, "of the wrong kind"),
        ("sequence", -1, "of the wrong kind"),
        ("sequence", 2**53, "of the wrong kind"),
        ("sequence", 1.0, "of the wrong kind"),
        ("sequence", True, "of the wrong kind"),
        ("measured_at", "2026-06-27T07:59:00", "of the wrong kind"),
        ("measured_at", "yesterday", "of the wrong kind"),
        ("measured_at", 1782518400, "of the wrong kind"),
        ("measured_at", "2026-06-28T08:00:00Z", "more than 5 minutes ahead"),
        ("measured_at", "1970-01-01T00:00:00Z", "more than 366 days old"),
        ("place_id", "bed 7", "of the wrong kind"),
        ("source", "m-2", "another source than its topic"),
        ("name", PATIENT, "fields that are not known"),
    ],
)
def test_each_fault_is_named_with_its_field(field: str, value: object, why: str) -> None:
    """The device is told what to mend, by the field, and never reads its own value back."""
    told = said(parcel(GOOD | {field: value}))
    assert why in told
    assert "reading, row 1" in told
    assert PATIENT not in told
    assert str(value) not in told.replace("2^53", "") or field in {"sequence", "unit", "quantity"}


def test_all_faults_of_all_readings_come_at_once() -> None:
    """Two readings with two faults each are four lines."""
    wrong = {"quantity": "8310-5", "measured_at": "soon", "value": 37, "unit": "Cel"}
    assert said(parcel([wrong, wrong])).count("\n") == 3
    assert said(parcel([])).endswith("send JSON: one reading, or a list of readings")
    assert "a reading is a JSON object" in said(parcel([GOOD, 7]))
    assert "the field is missing" in said(parcel(GOOD, None))


@pytest.mark.parametrize(
    "payload", [b"", b"\xff\xfe\x00", b"{", b'{"value": }', b"[" * 100_000, b"9" * 5000]
)
def test_what_is_no_json_is_refused(payload: bytes) -> None:
    """Whatever bytes come, the answer is one sentence."""
    told = said(Parcel(payload, "m-1"))
    assert "the message is no JSON" in told or "a reading is a JSON object" in told


def test_large_messages_are_refused_before_they_are_read() -> None:
    """Neither bytes nor readings without an end."""
    assert "too large" in said(Parcel(b" " * (MOST_BYTES + 1), "m-1"))
    assert "too many readings" in said(parcel([GOOD] * (MOST_READINGS + 1)))


def test_what_was_wrong_before_is_told() -> None:
    """A topic that names no source refuses its message."""
    told = said(Parcel(b"{}", None, say("the topic names no source")))
    assert told == ("topic: the topic names no source; publish to salus/v1/readings/<source>")


def test_the_clock_may_be_a_little_ahead() -> None:
    """What lies within the tolerance is taken as it is."""
    for moment in (NOW + AHEAD, NOW - BEHIND):
        read_parcel(parcel(GOOD | {"measured_at": moment.isoformat()}), NOW)
    late = NOW + AHEAD + timedelta(seconds=1)
    assert "ahead" in said(parcel(GOOD | {"measured_at": late.isoformat()}))


def test_a_batch_of_nothing_is_none() -> None:
    """There is nothing to store."""
    with pytest.raises(ValueError, match="parcels must be at least 1"):
        Batch(())


@pytest.mark.parametrize(
    ("quantity", "unit", "value"),
    [("8867-4", "/min", 9999), ("8867-4", "/min", -1e308), ("8310-5", "[degF]", 150)],
)
def test_what_nobody_can_have_is_refused(quantity: str, unit: str, value: float) -> None:
    """One fault says what is possible, in the usual unit, and never repeats what was sent."""
    sent = GOOD | {"quantity": quantity, "unit": unit, "value": value}
    fault = said(parcel(sent))
    assert "column value: the value is outside what is physically possible" in fault
    assert str(value) not in fault
    assert ("0 and 600 /min" if unit == "/min" else "11 and 47 Cel") in fault
