"""The ledger: decisions recorded whole, found again, and safe against tampering."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NoReturn

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from salus.core.errors import InputError, MismatchError
from salus.data.store.engine import Store, open_store
from salus.data.store.ledger import Ledger
from salus.data.store.ledger_entry import LedgerEntry, LedgerInput, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOMENT = datetime(2026, 6, 27, 8, 30, tzinfo=UTC)
KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from salus.data.store import ledger
from salus.data.store.engine import open_store
home, source = Path(sys.argv[1]), Path(sys.argv[2])
ledger.write_entry = lambda connection, entry: os._exit(9)
store = open_store(home)
ledger.Ledger(store).record("plan", {"districts.csv": source}, {}, 1, b"{}", as_of=None,
    made_at=datetime(2026, 6, 27, tzinfo=UTC), origin=ledger.Origin("0.1.0", "", ""))
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an open store."""
    with open_store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def region(tmp_path: Path) -> dict[str, Path]:
    """Give two input files, one of them in a folder below."""
    folder = tmp_path / "region"
    (folder / "maps").mkdir(parents=True)
    (folder / "districts.csv").write_bytes(b"district_id\nD1\n")
    (folder / "maps" / "districts.geojson").write_bytes(b"{}")
    names = ("maps/districts.geojson", "districts.csv")
    return {name: folder / name for name in names}


def test_an_entry_says_what_was_decided(store: Store, region: dict[str, Path]) -> None:
    """Inputs are listed by name, parameters are canonical, the moment is in UTC."""
    entry = _record(store, region)
    assert [item.name for item in entry.inputs] == ["districts.csv", "maps/districts.geojson"]
    assert entry.inputs[0].size == 15
    assert entry.parameters == '{"days":[1,2],"horizon":7}'
    assert (entry.position, entry.made_at, entry.as_of) == (1, MOMENT, date(2026, 6, 20))
    assert Ledger(store).entries() == (entry,)


def test_the_same_decision_is_one_entry(store: Store, region: dict[str, Path]) -> None:
    """A repeat returns the first entry with its moment; another seed is another decision."""
    first = _record(store, region)
    assert _record(store, region, made_at=MOMENT.replace(year=2027)) == first
    other = _record(store, region, seed=2)
    assert (other.position, other.id != first.id) == (2, True)
    assert Ledger(store).entries() == (first, other)


def test_inputs_outlive_their_sources(
    store: Store, region: dict[str, Path], tmp_path: Path
) -> None:
    """A replay sees the inputs as they were, whatever became of the files."""
    entry = _record(store, region)
    for path in region.values():
        path.write_bytes(b"changed since")
    folder = tmp_path / "replay" / "region"
    Ledger(store).open_inputs(entry, folder)
    assert (folder / "districts.csv").read_bytes() == b"district_id\nD1\n"
    assert (folder / "maps" / "districts.geojson").read_bytes() == b"{}"


def test_an_entry_is_found_by_its_beginning(store: Store, region: dict[str, Path]) -> None:
    """As much of the id as no other decision has, in any case, is enough."""
    entry = _record(store, region)
    ledger = Ledger(store)
    assert ledger.entry(entry.id) == ledger.entry(entry.id[:1].upper()) == entry


@pytest.mark.parametrize("name", ["", "zz", "%", "_"])
def test_an_unknown_id_is_answered_with_known_ones(
    store: Store, region: dict[str, Path], name: str
) -> None:
    """The advice names the latest decisions; signs of the query language mean nothing."""
    entry = _record(store, region)
    with pytest.raises(InputError, match=f"no such decision .*the latest are {entry.id}"):
        Ledger(store).entry(name)


def test_an_empty_ledger_says_so(store: Store) -> None:
    """A wrong home is the likely reason."""
    with pytest.raises(InputError, match="see whether --home is right"):
        Ledger(store).entry("ab")


def test_an_ambiguous_beginning_is_answered_with_the_choice(store: Store) -> None:
    """Seventeen decisions cannot all begin with different digits."""
    entries = [_record(store, {}, seed=seed) for seed in range(17)]
    first = [entry.id[0] for entry in entries]
    digit = next(digit for digit in first if first.count(digit) > 1)
    with pytest.raises(InputError, match="several decisions begin like this") as caught:
        Ledger(store).entry(digit)
    shown = str(caught.value.faults[0].remedy)
    assert all(entry.id in shown for entry in entries if entry.id[0] == digit)


def test_the_answer_comes_back_or_is_named(store: Store, region: dict[str, Path]) -> None:
    """An answer that was altered or hidden is a mismatch; the entry itself stays readable."""
    entry, ledger = _record(store, region), Ledger(store)
    assert ledger.answer(entry) == b'{"beds":3}'
    kept = _object(store, entry.answer_digest)
    kept.write_bytes(b'{"beds":4}')
    with pytest.raises(MismatchError, match=f"decision {entry.id}, column answer: .* altered"):
        ledger.answer(entry)
    kept.unlink()
    with pytest.raises(MismatchError, match="missing"):
        ledger.answer(ledger.entry(entry.id))


def test_every_tampered_input_is_named_and_none_is_opened(
    store: Store, region: dict[str, Path], tmp_path: Path
) -> None:
    """All inputs are checked before the first one is written."""
    entry = _record(store, region)
    _object(store, entry.inputs[0].sha256).write_bytes(b"district_id\nD2\n")
    _object(store, entry.inputs[1].sha256).unlink()
    with pytest.raises(MismatchError) as caught:
        Ledger(store).open_inputs(entry, tmp_path / "replay")
    found = [(fault.where.source, str(fault.what)) for fault in caught.value.faults]
    assert [source for source, _ in found] == ["districts.csv", "maps/districts.geojson"]
    assert "altered" in found[0][1]
    assert "missing" in found[1][1]
    assert not (tmp_path / "replay").exists()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE ledger SET seed = 9",
        "UPDATE ledger SET parameters = '{}'",
        "UPDATE ledger SET kind = ''",
        "UPDATE ledger SET as_of = 'soon'",
        "UPDATE ledger SET made_at = 'soon'",
        "UPDATE ledger SET code_version = '9'",
        "UPDATE ledger SET digest = 'ab'",
        "UPDATE ledger SET answer_digest = 'ab'",
        "UPDATE ledger_input SET sha256 = 'ab' WHERE name = 'districts.csv'",
        "UPDATE ledger_input SET name = '../../x' WHERE name = 'districts.csv'",
        "DELETE FROM ledger_input WHERE name = 'districts.csv'",
        "INSERT INTO ledger_input VALUES (1, 'more.csv', 'ab', 1)",
    ],
)
def test_a_tampered_row_is_named(store: Store, region: dict[str, Path], tampering: str) -> None:
    """Whatever is changed in an entry or its inputs, it is not taken for genuine."""
    entry = _record(store, region)
    with store.writing() as connection:
        connection.execute(text(tampering))
    with pytest.raises(MismatchError, match=f"decision {entry.id}, row 1: .* altered"):
        Ledger(store).entry(entry.id)


def test_an_id_that_was_changed_is_named(store: Store, region: dict[str, Path]) -> None:
    """A decision cannot be passed off under another name."""
    _record(store, region)
    with store.writing() as connection:
        connection.execute(text("UPDATE ledger SET id = 'abababababab'"))
    with pytest.raises(MismatchError, match="altered"):
        Ledger(store).entry("abab")


def test_a_failure_before_the_row_records_nothing(
    store: Store, region: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files without an entry are no decision, and the next attempt finds them in place."""

    def fail(*_args: object) -> NoReturn:
        raise InterruptedError

    with monkeypatch.context() as broken:
        broken.setattr("salus.data.store.ledger.write_entry", fail)
        with pytest.raises(InterruptedError):
            _record(store, region)
    assert Ledger(store).entries() == ()
    assert _record(store, region).position == 1


def test_a_process_killed_before_the_row_records_nothing(
    tmp_path: Path, region: dict[str, Path]
) -> None:
    """The files are there, the decision is not, and the store opens as if nothing had been."""
    home, source = tmp_path / "home", region["districts.csv"]
    command = [sys.executable, "-c", KILLED, str(home), str(source)]
    assert subprocess.run(command, check=False).returncode == 9
    assert len([path for path in (home / "objects").rglob("*") if path.is_file()]) == 2
    with open_store(home) as opened:
        assert Ledger(opened).entries() == ()
        assert _record(opened, region).position == 1


def test_a_failure_between_the_rows_records_nothing(store: Store, region: dict[str, Path]) -> None:
    """The entry and the list of its inputs are one transaction."""
    with store.writing() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER stop BEFORE INSERT ON ledger_input BEGIN"
                " SELECT RAISE(ABORT, 'stopped'); END"
            )
        )
    with pytest.raises(IntegrityError, match="stopped"):
        _record(store, region)
    assert Ledger(store).entries() == ()


def test_an_input_that_is_gone_is_named(store: Store, tmp_path: Path) -> None:
    """The file was there when the run began; the advice says which it was."""
    with pytest.raises(InputError, match=r"absent\.csv: the input cannot be read"):
        _record(store, {"absent.csv": tmp_path / "absent.csv"})


def test_what_cannot_be_recorded_is_refused(store: Store, region: dict[str, Path]) -> None:
    """Names that lead out of the folder and moments of no zone are mistakes of the caller."""
    with pytest.raises(ValueError, match="must stay inside its folder"):
        _record(store, {"../x": region["districts.csv"]})
    with pytest.raises(ValueError, match="made_at must have a time zone"):
        _record(store, {}, made_at=MOMENT.replace(tzinfo=None))
    assert Ledger(store).entries() == ()


def test_entries_hold_what_was_read(store: Store, region: dict[str, Path]) -> None:
    """An entry that is read back equals the one that was recorded, in every field."""
    entry = _record(store, region)
    assert Ledger(store).entry(entry.id) == entry
    assert isinstance(entry.inputs[0], LedgerInput)


@pytest.mark.shared
def test_a_real_region_comes_back_byte_by_byte(store: Store, shared: Path, tmp_path: Path) -> None:
    """The files of Florida survive the ledger unchanged."""
    folder = shared / "regions" / "florida"
    files = {path.name: path for path in folder.iterdir() if path.is_file()}
    Ledger(store).open_inputs(_record(store, files), tmp_path / "replay")
    assert {path.name for path in (tmp_path / "replay").iterdir()} == set(files)
    for name, path in files.items():
        assert (tmp_path / "replay" / name).read_bytes() == path.read_bytes()


def _record(
    store: Store, inputs: dict[str, Path], seed: int = 1, made_at: datetime = MOMENT
) -> LedgerEntry:
    return Ledger(store).record(
        "plan",
        inputs,
        {"horizon": 7, "days": [1, 2]},
        seed,
        b'{"beds":3}',
        as_of=date(2026, 6, 20),
        made_at=made_at,
        origin=Origin("0.1.0", "abc", "def"),
    )


def _object(store: Store, name: str) -> Path:
    return store.home / "objects" / name[:2] / name
