"""The log is structured, keeps its level, and refuses what describes a patient."""

from __future__ import annotations

import io
import json

import pytest

from salus.core.errors import DefectError
from salus.core.log import open_log
from salus.domain.records.catalogue import patient_fields


def test_an_event_is_one_line_of_json() -> None:
    """Machines can read the log: event, level, moment, values."""
    out = io.StringIO()
    open_log(set(), "info", out).info("planned", districts=67, place="佛罗里达")
    event = json.loads(out.getvalue())
    assert (event["event"], event["level"], event["districts"]) == ("planned", "info", 67)
    assert event["timestamp"].endswith("Z")
    assert "佛罗里达" in out.getvalue()


def test_what_is_below_the_level_is_not_written() -> None:
    """A quiet log stays quiet."""
    out = io.StringIO()
    open_log(set(), "warning", out).info("planned")
    assert out.getvalue() == ""


@pytest.mark.parametrize("name", sorted(patient_fields()))
def test_every_patient_field_is_refused(name: str) -> None:
    """No field that any standard table calls more than plain gets into the log."""
    out = io.StringIO()
    with pytest.raises(DefectError) as caught:
        open_log(patient_fields(), "info", out).info("planned", **{name: "secret-7"})
    assert "secret-7" not in str(caught.value)
    assert name in str(caught.value)
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    "value", [{"patient": {"phone": "1"}}, [{"phone": "1"}], ({"a": [{"phone": "1"}]},)]
)
def test_no_depth_hides_a_patient_field(value: object) -> None:
    """A field is found inside mappings and lists too."""
    with pytest.raises(DefectError, match="column phone"):
        open_log({"phone"}, "info", io.StringIO()).info("planned", detail=value)


def test_bound_values_are_looked_at_too() -> None:
    """A value that was bound long before is refused when it would be written."""
    log = open_log({"phone"}, "info", io.StringIO()).bind(phone="1")
    with pytest.raises(DefectError):
        log.info("planned")


def test_without_a_stream_the_log_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output belongs to the answer."""
    open_log(set()).warning("late", hours=3)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert json.loads(captured.err)["hours"] == 3
