"""Names of strangers: what is left of them, and what is left alone."""

from __future__ import annotations

import pytest

from salus.core.names import harmless, one_line


@pytest.mark.parametrize(
    "name", ["St. Mary-on-the-Hill", "A+E", "医院（北院）", "Doña Ana", "", "50 % = half", "a  b"]
)
def test_a_good_name_stays(name: str) -> None:
    """Signs inside a name, other scripts and double spaces are nobody's danger."""
    assert harmless(name) == name


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ('=HYPERLINK("x")', 'HYPERLINK("x")'),
        ("+1", "1"),
        ("@SUM(A1)", "SUM(A1)"),
        ("＝1", "1"),
        ("= - +2", "2"),
        ("-", ""),
        ("\x1b=1", "1"),
        ("Red\nname", "Red name"),
        ("a\tb", "a b"),
        ("a\x9b31m", "a 31m"),
        ("a\u202eb\u2069", "a b"),
        ("a\uffffb", "a b"),
        ("\u200f=1", "1"),
    ],
)
def test_signs_that_steer_are_left_out(name: str, left: str) -> None:
    """In front what begins a formula, anywhere what a terminal obeys."""
    assert harmless(name) == left
    assert harmless(left) == left


def test_a_line_stays_as_long_as_it_was() -> None:
    """Each sign gives way to one space."""
    assert one_line("=a\r\nb") == "=a  b"
