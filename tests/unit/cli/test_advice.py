"""Errors as advice: lines for people, one document for programs, and no data in a defect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from salus.cli import app
from salus.cli.defect import defect
from salus.cli.faults import show_faults
from salus.cli.outermost import run
from salus.core.errors import Fault, InputError, MismatchError, SalusError, Where
from salus.core.messages import say
from salus.report.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

BEDS = Fault(say("beds are negative"), Where("f.csv", 2, "beds"), say("write 0 or more"), -4)


def test_each_fault_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """People read faults on stderr, programs nothing unless they ask."""
    show_faults(InputError(BEDS, BEDS), Words("en"), as_json=False)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("Error: f.csv, row 2, column beds: ") == 2


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -4, "北", None])
def test_the_document_is_always_json(
    value: str | float | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever value was found, a strict reader can read the document."""
    fault = Fault(say("beds are negative"), Where("f.csv"), say("write 0 or more"), value)
    show_faults(MismatchError(fault), Words("zh"), as_json=True)

    def refuse(name: str) -> None:
        pytest.fail(f"{name} is no JSON")

    document = json.loads(capsys.readouterr().out, parse_constant=refuse)
    assert (document["error"], document["exit_code"]) == ("MismatchError", 3)
    found = document["faults"][0]["value"]
    assert found == (str(value) if isinstance(value, float) else value)


def test_a_defect_tells_its_kind_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the advice nor the log repeats what the error says."""
    try:
        raise ValueError("Jane Roe")  # noqa: EM101, TRY003, TRY301  # a message with a name
    except ValueError as error:
        told = str(defect(error))
    logged = capsys.readouterr().err
    assert "ValueError" in told
    assert "test_advice.py" in logged
    assert "Roe" not in told + logged


def _raise(error: BaseException) -> Callable[..., None]:
    def execute(*_: object) -> None:
        raise error

    return execute


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError(BEDS), 2),
        (MismatchError(BEDS), 3),
        (SalusError(BEDS), 1),
        (KeyboardInterrupt(), 130),
        (ZeroDivisionError(), 1),
    ],
)
def test_every_ending_has_its_exit_code(
    error: BaseException,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """2 input, 3 mismatch, 130 cancelled, 1 our own defect; each with its document."""
    monkeypatch.setattr(app, "execute", _raise(error))
    assert run(["run", "--json"]) == code
    assert json.loads(capsys.readouterr().out)["exit_code"] == code
