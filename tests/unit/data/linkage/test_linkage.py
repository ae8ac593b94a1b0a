"""Which registrations are joined, and which never are."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from salus.core.errors import DefectError, InputError
from salus.data.linkage import linkage as module
from salus.data.linkage.candidates import candidates
from salus.data.linkage.linkage import link
from salus.data.linkage.params import LinkParams
from salus.data.linkage.registrations import registered
from salus.domain.records.person import PATIENT
from tests.fakes.register import JANE, groups, register

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = dict.fromkeys(("identifier", "phone"))


def joined(*people: dict[str, Any]) -> set[frozenset[str]]:
    """Link a few registrations with the weights given."""
    return groups(link(register(*people)).clusters)


def test_an_empty_register_is_linked() -> None:
    """Nobody is nobody's double."""
    linkage = link(register())
    assert linkage.clusters.num_rows == linkage.pairs.num_rows == 0


def test_one_registration_is_one_person() -> None:
    """A register of one row has nothing to compare."""
    assert link(register(JANE)).clusters.to_pylist() == [{"patient_id": "P0", "golden_id": "P0"}]


def test_registrations_of_which_nothing_is_known_stay_apart() -> None:
    """Columns that are empty all through say nothing, and nothing joins nobody."""
    linkage = link(register({}, {}, {}))
    assert linkage.joined.num_rows == 0
    assert linkage.clusters.num_rows == 3


def test_columns_may_be_missing_altogether() -> None:
    """A source without phones and addresses is a register too."""
    row = {
        "given_name": "Jane",
        "family_name": "Roe",
        "birth_date": date(1950, 3, 7),
        "source": "a",
    }
    rows = [row | {"patient_id": key} for key in ("A", "B")]
    assert link(pa.Table.from_pylist(rows)).clusters.num_rows == 2


@pytest.mark.parametrize(
    "slip",
    [
        {"given_name": "Jnae"},
        {"family_name": "Underwod"},
        {"family_name": "UNDERWOOD", "given_name": "jané"},
        {"birth_date": date(1950, 7, 3)},
        {"birth_date": date(1950, 3, 17)},
        {"birth_date": date(1956, 3, 7)},
        {"address": "12 Harbour Lnae"},
        {"address": "7 Mill Road", "district_id": "D009", "family_name": "Roe"},
        {"given_name": "Underwood", "family_name": "Jane"},
        UNKNOWN,
        UNKNOWN | {"given_name": "Janne", "family_name": "Underwoood"},
    ],
)
def test_a_second_registration_is_joined(slip: dict[str, Any]) -> None:
    """What goes wrong at a second desk hides nobody."""
    assert joined(JANE, JANE | slip) == {frozenset({"P0", "P1"})}


def test_doubles_of_doubles_are_one_person() -> None:
    """A slip in the copy of a copy is followed back to the first registration."""
    second = JANE | {"given_name": "Jnae", "identifier": None}
    third = second | {"family_name": "Underwod", "phone": None}
    linkage = link(register(JANE, second, third, third))
    assert linkage.clusters["golden_id"].to_pylist() == ["P0"] * 4


def test_twins_stay_two() -> None:
    """Birthday, family name, address and telephone are a household's; the given name is not."""
    twin = JANE | {"given_name": "Mary", "identifier": "7009991112"}
    assert joined(JANE, twin) == set()
    assert joined(JANE | UNKNOWN, twin | UNKNOWN) == set()


def test_chinese_twins_stay_two_and_doubles_are_joined() -> None:
    """One other character makes another name, and the same characters the same."""
    ming = JANE | UNKNOWN | {"family_name": "王", "given_name": "小明", "address": "和平路12号"}
    assert joined(ming, ming | {"given_name": "小红"}) == set()
    assert joined(ming, ming | {"address": "和平路 12 号", "phone": "5550100200"}) != set()


def test_father_and_son_of_one_name_stay_two() -> None:
    """The same name at the same address is another person when the birth dates are."""
    son = JANE | {"birth_date": date(1981, 10, 22), "identifier": "7009991112"}
    assert joined(JANE, son) == set()
    assert joined(JANE | {"identifier": None}, son | {"identifier": None}) == set()


def test_father_and_son_stay_two_where_a_birth_date_is_missing() -> None:
    """A household with one given name too many: what is not known joins nobody."""
    nobody_knows = JANE | {"identifier": None, "birth_date": None}
    assert joined(JANE | {"identifier": None}, nobody_knows) == set()


def test_without_households_the_rest_may_decide() -> None:
    """A register of single people may be told to trust address and telephone."""
    rows = register(JANE | {"identifier": None}, JANE | {"identifier": None, "given_name": None})
    assert groups(link(rows).clusters) == set()
    assert groups(link(rows, LinkParams(households=False)).clusters) == {frozenset({"P0", "P1"})}


def test_a_value_that_all_share_tells_nobody_apart() -> None:
    """A default date and a telephone of the ward compare nobody with everybody."""
    default = {"birth_date": date(1900, 1, 1), "phone": "0", "identifier": "unknown"}
    people = [default | {"given_name": f"G{k}", "family_name": f"F{k}"} for k in range(1_000)]
    with registered(register(*people)) as connection:
        assert candidates(connection, households=False).num_rows == 0


def test_the_earliest_registration_is_golden() -> None:
    """The row that stands first lends its key, whatever the key is."""
    rows = register({"patient_id": "Z"} | JANE, {"patient_id": "A"} | JANE)
    assert link(rows).clusters["golden_id"].to_pylist() == ["Z", "Z"]


def test_why_is_said_without_a_value() -> None:
    """The reason names what was compared, and nothing of anybody."""
    linkage = link(register(JANE, JANE | {"given_name": "Jnae", "phone": None}))
    text = str(linkage.because(0))
    assert text.startswith("Same: date of birth, identifier, family name")
    assert "Nearly the same: given name." in text
    assert text.endswith("Missing: telephone number.")
    assert not any(str(value) in text for value in JANE.values())


def test_a_repeated_key_is_refused_without_naming_it() -> None:
    """Two rows with one key are a matter of cleaning."""
    with pytest.raises(InputError, match="1 rows repeat the key") as caught:
        link(register({"patient_id": "SECRET"}, {"patient_id": "SECRET"}))
    assert "SECRET" not in str(caught.value)


def test_a_column_of_another_type_is_refused() -> None:
    """A birth date that is a text is named by its column."""
    rows = pa.table({"patient_id": ["a"], "source": ["b"], "birth_date": ["7 March"]})
    with pytest.raises(InputError, match="birth_date"):
        link(rows)


def test_a_refusal_of_the_database_quotes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """What DuckDB complains of may hold a value, so only its kind is told."""
    failing = "SELECT CAST(given_name AS INT) FROM patient"
    monkeypatch.setattr(module, "candidates", lambda con, **_: con.execute(failing).fetchall())
    with pytest.raises(DefectError, match="ConversionException") as caught:
        link(register(JANE))
    assert "Jane" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_nothing_is_written_or_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """No file, no log line and no word on the screen, and the logger is left as it was."""
    monkeypatch.chdir(tmp_path)
    before = logging.getLogger("splink").level
    rows = register(*(JANE | {"identifier": str(k)} for k in range(150)))
    link(rows, LinkParams(learn_from=100, pairs=1_000))
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("splink").level == before
    assert logging.getLogger("splink").handlers == []


def test_no_bar_is_drawn_where_no_file_runs() -> None:
    """Under ``python -c``, as in a notebook, stdout stays free of the database's progress."""
    program = (
        "from salus.data.linkage.registrations import registered\n"
        "from salus.domain.records.person import PATIENT\n"
        "with registered(PATIENT.schema().empty_table()) as found:\n"
        "    print(found.execute(\"SELECT current_setting('enable_progress_bar')\").fetchall())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[(False,)]"


def test_the_register_is_not_altered() -> None:
    """Leaving the mapping out undoes every merge."""
    rows = register(JANE, JANE)
    copy = PATIENT.take(rows)
    link(rows)
    assert rows.equals(copy)
