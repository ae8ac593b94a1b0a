"""MPS files: what the cards mean, what is refused with its line, and that nothing is lost."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import sparse

from salus.allocate.lp.files import program_text, read_program
from salus.allocate.lp.mps.read import read_mps
from salus.allocate.lp.mps.write import mps_text
from salus.allocate.lp.program import LinearProgram, Sense
from salus.core.errors import InputError
from salus.core.rng import stream

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """* two kinds of beds
NAME beds
OBJSENSE
    MAX
ROWS
 N  lives
 L  nurses
 G  least
 E  exact
 N  other
COLUMNS
    ward  lives  3.0  nurses  1.0
    ward  least  1.0  other  9
    M1  'MARKER'  'INTORG'
    icu  lives  5  nurses  2.5D0
    icu  exact  1
    M2  'MARKER'  'INTEND'
    lent  least  1
RHS
    RHS  nurses  40  least  2
    RHS  exact  4  lives  -7
RANGES
    RNG  nurses  10  least  5
    RNG  exact  -3
BOUNDS
 UP BND ward 30
 LO BND icu 1
 UP BND icu 9
 FR BND lent
ENDATA
"""


def _file(folder: Path, text: str, name: str = "a.mps") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_the_cards_mean_what_they_always_meant(tmp_path: Path) -> None:
    """Kinds, ranges of each kind, whole numbers, bounds and what is taken from the objective."""
    read = read_mps(_file(tmp_path, GOOD))
    assert (read.sense, read.offset) == (Sense.MAX, 7)
    assert read.columns == ("ward", "icu", "lent")
    assert read.rows == ("nurses", "least", "exact")
    assert read.c.tolist() == [3, 5, 0]
    assert read.matrix.toarray().tolist() == [[1, 2.5, 0], [1, 0, 1], [0, 1, 0]]
    assert read.row_lower.tolist() == [30, 2, 1]
    assert read.row_upper.tolist() == [40, 7, 4]
    assert read.lower.tolist() == [0, 1, -np.inf]
    assert read.upper.tolist() == [30, 9, np.inf]
    assert read.integral is not None
    assert read.integral.tolist() == [False, True, False]


def test_names_with_blanks_are_read_from_fixed_columns(tmp_path: Path) -> None:
    """Cards of 1960 hold names in fixed columns."""
    text = (
        "NAME          OLD\nROWS\n N  COST\n G  BED DAY\nCOLUMNS\n"
        "    WARD A    COST               2.0   BED DAY            1.0\n"
        "RHS\n    RHS       BED DAY            3.0\nENDATA\n"
    )
    read = read_mps(_file(tmp_path, text))
    assert (read.columns, read.rows) == (("WARD A",), ("BED DAY",))
    assert read.row_lower.tolist() == [3]


def test_packed_files_are_read(tmp_path: Path) -> None:
    """The ending .gz is no format of its own; a cut file is told."""
    packed = tmp_path / "a.mps.gz"
    packed.write_bytes(gzip.compress(GOOD.encode()))
    assert read_program(packed).rows == ("nurses", "least", "exact")
    packed.write_bytes(gzip.compress(GOOD.encode())[:-20])
    with pytest.raises(InputError, match="cut off or damaged"):
        read_program(packed)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("    icu  exact  1\n", "    icu  exact  1x\n", r"row 16: this is no number \(found 1x\)"),
        ("    icu  exact  1\n", "    icu  exact  nan\n", "row 16: this is no number"),
        ("    icu  exact  1\n", "    icu  exact  1_0\n", "row 16: this is no number"),
        ("    icu  exact  1\n", "    icu  exact\n", "row 16: a line of COLUMNS has 2 fields"),
        ("    icu  exact  1\n", "    icu  exakt  1\n", r"there is no such row \(found exakt\)"),
        ("    icu  exact  1\n", "    icu  lives  1\n", "row 16: this number is given twice"),
        ("    icu  exact  1\n", "    icu  exact  1e16\n", "row 16: this number is too large"),
        ("    icu  exact  1\n", "    icu  exact  inf\n", r"row 16: .* \(found inf\)"),
        (" L  nurses\n", " X  nurses\n", "row 7: this is no row"),
        (" L  nurses\n", " L  least\n", "row 8: this row comes twice"),
        (" N  lives\n", "", "there is no such row"),
        ("RNG  exact  -3", "RNG  none  -3", "row 24: there is no such row"),
        ("    RHS  exact", "    RHS2  exact", "this section holds several sets"),
        (" UP BND icu 9\n", " UP BND beds 9\n", "there is no such variable"),
        (" UP BND icu 9\n", " XX BND icu 9\n", "this bound is none that is known"),
        (" UP BND icu 9\n", " UP BND icu\n", "this bound is none that is known|no such variable"),
        (" UP BND icu 9\n", " UP BND icu 9\n UP BND icu 8\n", "this bound was given before"),
        (" UP BND icu 9\n", " UP BND icu 0\n", "icu cannot be .* or more and 0 or less"),
        (" UP BND ward 30\n", " UP BND ward -3\n", "below 0 stands without a lower bound"),
        (" UP BND ward 30\n", " UP BND2 ward 30\n", "this section holds several sets"),
        ("RANGES\n", "QUADOBJ\n", "not of a linear programme"),
        ("RANGES\n", "RHS\n", "row 22: this section comes twice"),
        ("ENDATA\n", "", "the file is not whole: ENDATA is missing"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    """A reader that guesses would solve another programme than the one that was meant."""
    assert old in GOOD
    with pytest.raises(InputError, match=fault):
        read_mps(_file(tmp_path, GOOD.replace(old, new, 1)))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """A number, a row and a bound that are wrong are three faults of one error."""
    text = GOOD.replace("  icu  exact  1", "  icu  exact  one").replace("RNG  exact", "RNG  exakt")
    with pytest.raises(InputError) as error:
        read_mps(_file(tmp_path, text.replace("UP BND icu", "UP BND icy")))
    assert len(error.value.faults) == 3


@pytest.mark.parametrize("text", ["", "hello\nworld\n", "* only a comment\n", "NAME x\nENDATA\n"])
def test_what_is_no_mps_file_is_one_fault(tmp_path: Path, text: str) -> None:
    """One sentence, not hundreds."""
    with pytest.raises(InputError, match="this is no MPS file") as error:
        read_mps(_file(tmp_path, text))
    assert len(error.value.faults) == 1


def test_a_cut_file_and_an_infinite_side_tell_all(tmp_path: Path) -> None:
    """The side by the name of its row and its line, beside what else is wrong."""
    text = (
        "NAME a\nROWS\n N obj\n G need\nCOLUMNS\n x obj 1 need 1\nRHS\n RHS need 1e999\n"
        "BOUNDS\n UP B x 3\n LO B x 5\n UP B q 3\n"
    )
    file = tmp_path / "a.mps"
    file.write_text(text)
    with pytest.raises(InputError) as caught:
        read_mps(file)
    told = {(fault.where.row, str(fault.what)) for fault in caught.value.faults}
    assert told == {
        (None, "the file is not whole: ENDATA is missing"),
        (8, "need cannot be inf or more and inf or less"),
        (11, "x cannot be 5 or more and 3 or less"),
        (12, "there is no such variable"),
    }


def test_an_indented_file_has_no_sections(tmp_path: Path) -> None:
    """What begins with a blank is a card, whatever it says."""
    with pytest.raises(InputError, match="the file is not whole: ROWS, COLUMNS, ENDATA"):
        read_mps(_file(tmp_path, " ROWS\n  N  cost\n"))


def test_every_cut_is_told(tmp_path: Path) -> None:
    """However early a file ends, it is not taken for whole."""
    for length in range(0, len(GOOD) - len("ENDATA\n"), 7):
        with pytest.raises(InputError):
            read_mps(_file(tmp_path, GOOD[:length]))


def test_files_that_are_none_are_told(tmp_path: Path) -> None:
    """No file, a folder, no text, and an ending without a meaning."""
    (tmp_path / "b.mps").write_bytes(b"\xff\xfe\x00NAME")
    for name, fault in (
        ("none.mps", "cannot be read"),
        (".", "this ending means no format"),
        ("b.mps", "no text in UTF-8"),
        ("a.txt", "this ending means no format"),
    ):
        with pytest.raises(InputError, match=fault):
            read_program(tmp_path / name)


def test_names_that_no_file_can_hold_are_refused() -> None:
    """A blank would part a name in two."""
    one = np.ones(1)
    named = LinearProgram(one, [[1.0]], one, one, one, one, columns=("ward a",))
    with pytest.raises(InputError, match="cannot hold 1 of the names"):
        mps_text(named)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """The cards above survive both formats."""
    read = read_mps(_file(tmp_path, GOOD))
    for name in ("b.mps", "b.lp"):
        again = read_program(_file(tmp_path, program_text(read, name.replace("b", "c")), name))
        assert again.rows == read.rows
        assert again.offset == read.offset
        assert again.sense is read.sense
        np.testing.assert_array_equal(again.matrix.toarray(), read.matrix.toarray())
        np.testing.assert_array_equal(again.row_lower, read.row_lower)
        np.testing.assert_array_equal(again.upper, read.upper)


def _large() -> LinearProgram:
    draw = stream(9, "large file")
    a = draw.integers(1, 10, (60, 60)) / 8
    upper = draw.integers(1, 9, 60).astype(float)
    return LinearProgram(
        draw.random(60), sparse.csc_array(a), -np.ones(60), a.sum(axis=1), -upper, upper
    )


def test_large_files_are_what_was_written(tmp_path: Path) -> None:
    """Every number of many cards is at its place, also where a variable comes in two pieces."""
    text = mps_text(_large())
    plain = read_mps(_file(tmp_path, text))
    np.testing.assert_array_equal(plain.matrix.toarray(), _large().matrix.toarray())
    card = next(line for line in text.splitlines() if line.startswith(" x7 row3 "))
    torn = text.replace(card + "\n", "", 1).replace("RHS\n", card + "\nRHS\n", 1)
    again = read_mps(_file(tmp_path, torn))
    for name in ("c", "row_lower", "row_upper", "lower", "upper"):
        np.testing.assert_array_equal(getattr(again, name), getattr(plain, name))
    assert (again.matrix != plain.matrix).nnz == 0
    assert (again.columns, again.rows) == (plain.columns, plain.rows)


def test_names_of_any_letters_stand_in_fixed_columns(tmp_path: Path) -> None:
    """A letter of two bytes is one place of a card."""
    text = (
        "NAME          OLD\nROWS\n N  COST\n G  LIT \u00e9\nCOLUMNS\n"
        "    WARD \u00e9    COST               2.0   LIT \u00e9              1.0\nENDATA\n"
    )
    (tmp_path / "a.mps").write_text(text, encoding="utf-8")
    read = read_mps(tmp_path / "a.mps")
    assert (read.columns, read.rows) == (("WARD \u00e9",), ("LIT \u00e9",))
    assert read.matrix.toarray().tolist() == [[1.0]]


def test_bounds_of_every_kind(tmp_path: Path) -> None:
    """Small letters, no set, and the kinds that make a variable whole."""
    bounds = "BOUNDS\n up ward 3\n BV lent\n LI icu 2\nENDATA\n"
    read = read_mps(_file(tmp_path, GOOD[: GOOD.index("BOUNDS\n")] + bounds))
    assert (read.lower.tolist(), read.upper.tolist()) == ([0, 2, 0], [3, np.inf, 1])
    assert read.integral is not None
    assert read.integral.tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (" x7 row3 ", " x7 row333 ", "there is no such row"),
        (" x7 row3 ", " x7 row2 ", "this number is given twice"),
        (" x7 row3 ", " x7 row3 -", "this is no number"),
        (" x7 row3 ", " x7 row3 nan ", "a line of COLUMNS has 4 fields"),
    ],
)
def test_large_files_tell_their_faults_by_line(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    """What is odd in a large section is looked at line by line."""
    text = mps_text(_large())
    assert old in text
    odd = text.replace(old, new + ("-" if new.endswith("-") else ""), 1)
    line = 1 + odd[: odd.rindex(new)].count("\n")
    with pytest.raises(InputError, match=f"row {line}: {fault}"):
        read_mps(_file(tmp_path, odd))
