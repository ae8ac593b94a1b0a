"""LP files: the sentences that are read, and those that are refused with their line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.lp.lines.read import read_lp
from salus.allocate.lp.lines.write import lp_text
from salus.allocate.lp.program import LinearProgram, Sense
from salus.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = r"""\ two kinds of beds
Maximize
 lives: 3 ward + 5 icu
   - 2.5e-1 lent + 7
Subject To
 nurses: ward + 2 icu
   - lent <= 40
 30 <= ward + icu <= 90
 exact: ward - - icu = -4
 icu >= 1
Bounds
 ward <= 30
 -5 <= icu <= 9
 lent free
Generals
 icu
Binary
 open
End
what comes after does not count
"""


def _read(folder: Path, text: str) -> LinearProgram:
    path = folder / "a.lp"
    path.write_text(text)
    return read_lp(path)


def test_sentences_mean_what_they_say(tmp_path: Path) -> None:
    """Labels, wrapped rows, two sides, signs, bounds and whole numbers."""
    text = GOOD.replace(" icu >= 1\n", " icu + open >= 1\n")
    read = _read(tmp_path, text)
    assert (read.sense, read.offset) == (Sense.MAX, 7)
    assert read.columns == ("ward", "icu", "lent", "open")
    assert read.rows == ("nurses", "row1", "exact", "row3")
    assert read.c.tolist() == [3, 5, -0.25, 0]
    assert read.matrix.toarray().tolist() == [
        [1, 2, -1, 0],
        [1, 1, 0, 0],
        [1, 1, 0, 0],
        [0, 1, 0, 1],
    ]
    assert read.row_lower.tolist() == [-np.inf, 30, -4, 1]
    assert read.row_upper.tolist() == [40, 90, -4, np.inf]
    assert read.lower.tolist() == [0, -5, -np.inf, 0]
    assert read.upper.tolist() == [30, 9, np.inf, 1]
    assert read.integral is not None
    assert read.integral.tolist() == [False, True, False, True]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("3 ward", "3,0 ward", "row 3: this is not understood"),
        ("3 ward", "3 ward ward", "row 3: a sign is missing between two terms"),
        ("3 ward", "3 icu", "row 3: this variable comes twice in one sum"),
        ("+ 7", "+ 7 >= 3", "the objective is compared with something"),
        ("<= 40", "<= abc", "row 7: a row ends with one number"),
        ("= -4", "", "a sign is missing between two terms"),
        ("icu >= 1", "last: ward", "row 10: a comparison is missing"),
        ("icu >= 1", "+ >= 1", "a variable is missing"),
        ("icu >= 1", "3 >= 1", "a variable is missing"),
        ("ward <= 30", "wart <= 30", "row 12: there is no such variable"),
        ("ward <= 30", "2 ward <= 30", "row 12: a bound is of one variable"),
        ("Generals\n icu", "Generals\n icy", "there is no such variable"),
        ("-5 <= icu <= 9", "10 <= icu <= 9", "row 13: icu cannot be 10 or more and 9 or less"),
        ("exact:", "nurses:", r"row 9: this row comes twice \(found nurses\)"),
        ("<= 40", "<= nan", r"row 7: this is no number \(found nan\)"),
        ("3 ward", "1e20 ward", r"row 3: this number is too large .* \(found 1e20\)"),
        ("2 icu", "1e15 icu", "row 6: this number is too large to be told from infinity"),
        ("30 <= ward", "95 <= ward", "row 8: row1 cannot be 95 or more and 90 or less"),
        ("Generals\n", "Semi-continuous\n", "row 15: this section is not of a linear programme"),
        ("End\n", "", "the file is not whole: End is missing"),
        ("Subject To", "", "the file is not whole: Subject To is missing"),
        ("Maximize", "Most", "row 2: this is no LP file"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    """A reader that guesses would solve another programme than the one that was meant."""
    good = GOOD.replace("Binary\n open\n", "").replace("what comes after does not count\n", "")
    assert old in good
    with pytest.raises(InputError, match=fault):
        _read(tmp_path, good.replace(old, new, 1))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """A number, a name and two bounds that are wrong are three faults of one error."""
    text = GOOD.replace("Binary\n open\n", "").replace("3 ward", "nan ward")
    text = text.replace("exact:", "nurses:")
    with pytest.raises(InputError) as error:
        _read(tmp_path, text.replace("-5 <= icu", "10 <= icu"))
    assert [fault.where.row for fault in error.value.faults] == [3, 9, 13]


def test_what_is_not_understood_hides_nothing(tmp_path: Path) -> None:
    """A torn objective, a missing end, twice the same name, crossed sides: all at once."""
    file = tmp_path / "all.lp"
    file.write_text(
        "Minimize\n cost: x ^ 2 + z\nSubject To\n a: y >= 1\n a: y + 1e999 x >= 1\n"
        " a: 2 y >= 1\n b: 5 <= y <= 3\n c: y * 3 >= 1\nBounds\n 7 <= x <= 6\n"
        " y <= -inf\n z <= 4\n w <= 1\n"
    )
    with pytest.raises(InputError) as caught:
        read_lp(file)
    told = [(fault.where.row, str(fault.what)) for fault in caught.value.faults]
    assert sorted(told, key=lambda each: each[0] or 0) == [
        (None, "the file is not whole: End is missing"),
        (2, "this is not understood"),
        (5, "this number is too large to be told from infinity"),
        (6, "this row comes twice"),
        (7, "b cannot be 5 or more and 3 or less"),
        (8, "this is not understood"),
        (10, "x cannot be 7 or more and 6 or less"),
        (11, "y cannot be -inf or more and -inf or less"),
        (13, "there is no such variable"),
    ]


def test_a_section_of_another_kind_is_one_fault(tmp_path: Path) -> None:
    """Not one for each of its words."""
    with pytest.raises(InputError) as error:
        _read(tmp_path, GOOD.replace("Binary\n open\n", "SOS\n s1: S1:: ward:1 icu:2\n"))
    assert len(error.value.faults) == 1


def test_an_empty_file_is_no_lp_file(tmp_path: Path) -> None:
    """Nothing is no programme."""
    with pytest.raises(InputError, match="Minimize, Maximize is missing"):
        _read(tmp_path, "")


def test_a_name_that_looks_like_a_number_is_refused() -> None:
    """The LP format reads 3x as three times x."""
    one = np.ones(1)
    named = LinearProgram(one, [[1.0]], one, one, one, one, columns=("3x",))
    with pytest.raises(InputError, match="the LP format cannot hold 1 of the names"):
        lp_text(named)
