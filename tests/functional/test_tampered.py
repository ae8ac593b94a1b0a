"""Whatever is altered in the record is noticed: exit 3, and the altered thing is named."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.functional.running import Made, objects, salus

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(sample: Made, tmp_path: Path) -> Path:
    """Give a home with one decision, which a test may spoil."""
    return shutil.copytree(sample.home, tmp_path / "home")


def _alter(home: Path, *statements: str) -> None:
    with sqlite3.connect(home / "salus.db") as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount
    connection.close()


@pytest.mark.parametrize("which", ["input", "answer"])
def test_an_altered_object_is_noticed(sample: Made, home: Path, which: str) -> None:
    """One sign changed in an input or in the answer, and the replay refuses."""
    name = sample.answer.name
    found = next(p for p in objects(home) if (p.name == name) == (which == "answer"))
    content = bytearray(found.read_bytes())
    content[-2] ^= 1
    found.write_bytes(bytes(content))
    told = salus("replay", sample.decision, "--home", home, "--json")
    assert (told.code, told.document["exit_code"]) == (3, 3)
    assert "altered" in told.err


def test_an_input_that_is_gone_is_noticed(sample: Made, home: Path) -> None:
    """Without one of its inputs the decision cannot be made again."""
    next(path for path in objects(home) if path.name != sample.answer.name).unlink()
    assert salus("replay", sample.decision, "--home", home).code == 3


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger set seed = 2",
        "update ledger set parameters = replace(parameters, '\"horizon\":7', '\"horizon\":6')",
        "update ledger set answer_digest = 'x' || substr(answer_digest, 2)",
        "update ledger_input set sha256 = 'x' || substr(sha256, 2)",
        "delete from ledger_input where name = 'facilities.csv'",
        "update ledger set kind = x'00ff'",
        "update ledger set kind = cast(x'ff' as text)",
        "update ledger set made_at = 'yesterday'",
    ],
)
def test_an_altered_row_of_the_ledger_is_noticed(sample: Made, home: Path, statement: str) -> None:
    """No field of an entry can be changed without its digest telling."""
    _alter(home, statement)
    assert salus("replay", sample.decision, "--home", home).code == 3


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("update ledger set made_at = '2020-01-01T00:00:00+00:00'", "different moments"),
        ("delete from ledger; delete from ledger_input", "gone"),
        ("delete from audit where outcome = 'recorded'", "removed"),
    ],
)
def test_ledger_and_audit_bear_witness_to_each_other(
    sample: Made, home: Path, statement: str, what: str
) -> None:
    """A moment that was forged and a decision that was removed are named by both commands."""
    _alter(home, *statement.split("; "))
    for command in (("trust", "audit", "verify"), ("replay", sample.decision)):
        told = salus(*command, "--home", home)
        assert (told.code, what in told.err) == (3, True), told.err


def test_a_decision_that_is_made_again_is_witnessed_by_its_first_moment(tmp_path: Path) -> None:
    """Two runs of one decision are two lines of the audit and one of the ledger."""
    for _ in range(2):
        assert salus("run", "--home", tmp_path / "home").code == 0
    told = salus("trust", "audit", "verify", "--home", tmp_path / "home")
    assert told.code == 0, told.err


def test_a_whole_audit_is_verified(home: Path) -> None:
    """An untouched chain is whole, and its head is told."""
    told = salus("trust", "audit", "verify", "--home", home, "--json")
    assert told.code == 0
    assert len(told.document["head"]) == 64
    assert told.document["entries"] > 0


@pytest.mark.parametrize(
    "statement",
    [
        "delete from audit where sequence > 5",
        "delete from audit where sequence = 3",
        "delete from audit where sequence = 1",
        "update audit set principal = 'somebody else' where sequence = 2",
        "update audit set outcome = 'done' where sequence = 1",
        "update audit_head set sequence = sequence - 1",
        "update audit_head set sequence = 'last'",
        "update audit_head set digest = x'00ff'",
        "update audit set detail = x'00ff' where sequence = 2",
        "update audit set principal = cast(x'ff' as text) where sequence = 2",
    ],
)
def test_a_spoilt_audit_is_noticed(home: Path, statement: str) -> None:
    """A line that is missing, cut off or rewritten breaks the chain."""
    _alter(home, statement)
    told = salus("trust", "audit", "verify", "--home", home)
    assert told.code == 3, told.out
    assert "Error: " in told.err


@pytest.mark.parametrize(
    "statement",
    [
        "drop table audit",
        "drop table audit_head",
        "drop table ledger_input",
        "alter table ledger drop column seed",
        "alter table run rename column out to place",
    ],
)
def test_a_store_that_lacks_a_part_is_advice(sample: Made, home: Path, statement: str) -> None:
    """A table or a column that is gone is damage, named by every command: exit 2."""
    _alter(home, statement)
    commands = (("trust", "audit", "verify"), ("replay", sample.decision), ("run",))
    for command in commands:
        told = salus(*command, "--home", home)
        assert told.code == 2, told.err
        assert "the store is damaged" in told.err
        assert "a copy back" in told.err


def test_a_damaged_database_is_advice(home: Path) -> None:
    """A store that is no database is a fault of the environment."""
    (home / "salus.db").write_bytes(b"no database" * 1000)
    told = salus("trust", "audit", "verify", "--home", home)
    assert told.code == 2
    assert "damaged" in told.err
