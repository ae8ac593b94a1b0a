"""A decision as a value: checked, and named by what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from salus.data.store.ledger_entry import LedgerEntry, LedgerInput, Origin

ENTRY = LedgerEntry(
    position=1,
    made_at=datetime(2026, 6, 27, 8, 30, tzinfo=UTC),
    kind="plan",
    as_of=date(2026, 6, 20),
    origin=Origin("0.1.0", "abc", "def"),
    seed=1,
    parameters='{"horizon":7}',
    inputs=(LedgerInput("districts.csv", "ab" * 32, 17),),
    answer_digest="cd" * 32,
)


def test_the_id_is_frozen() -> None:
    """A decision of today is found under the same name by every later version."""
    assert ENTRY.id == "8552e70d07b5"
    assert ENTRY.digest.startswith(ENTRY.id)


def test_moment_and_position_do_not_make_another_decision() -> None:
    """The same decision made later is the same decision."""
    later = replace(ENTRY, position=9, made_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert later.id == ENTRY.id


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "replay"},
        {"as_of": None},
        {"origin": Origin("0.1.0", "abc", "")},
        {"seed": 2},
        {"parameters": "{}"},
        {"inputs": ()},
        {"answer_digest": "ef" * 32},
    ],
    ids=lambda change: next(iter(change)),
)
def test_everything_else_makes_another_decision(change: dict[str, Any]) -> None:
    """No two different decisions share a name."""
    assert replace(ENTRY, **change).id != ENTRY.id


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../x.csv", "a/../../x.csv", "..\\x.csv"])
def test_an_input_stays_in_its_folder(name: str) -> None:
    """Nobody who writes the ledger can make a replay write elsewhere."""
    with pytest.raises(ValueError, match="input name must"):
        LedgerInput(name, "ab" * 32, 1)


def test_bounds_are_checked() -> None:
    """A decision that cannot be is refused."""
    with pytest.raises(ValueError, match="kind must not be empty"):
        replace(ENTRY, kind="")
    with pytest.raises(ValueError, match="seed must be at least 0"):
        replace(ENTRY, seed=-1)
    with pytest.raises(ValueError, match="size must be at least 0 bytes"):
        LedgerInput("x.csv", "ab" * 32, -1)
