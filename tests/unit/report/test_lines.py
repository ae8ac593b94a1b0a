"""Lines of a terminal hold what was said, fit, and break where the language allows."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len

from salus.report.lines import CLOSING, OPENING, folded, lines, narrowest, widest

SIGNS = st.text("床位 需求 beds, 12.5%（）“”，。、", max_size=60)


@given(SIGNS, st.integers(20, 60))
def test_lines_hold_the_whole_text(text: str, width: int) -> None:
    """Breaking a text changes nothing but its spaces."""
    assert "".join("".join(lines(text, width)).split()) == "".join(text.split())


@given(st.lists(st.sampled_from(["床位", "（需求）", "“12”", "beds ", "位，", "数。"])))
def test_lines_fit_and_keep_their_signs(pieces: list[str]) -> None:
    """No line is too wide, begins with a closing sign, or ends with an opening one."""
    found = [line for line in lines("".join(pieces), 12) if line]
    assert [line for line in found if cell_len(line) > 12] == []
    assert [line for line in found if line[0] in CLOSING or line[-1] in OPENING] == []


def test_a_word_is_not_broken() -> None:
    """A path or a hash that is wider than a line stands on one of its own."""
    assert lines("see /a/long/path here", 6) == ["see", "/a/long/path", "here"]


def test_a_head_stacks_its_unit() -> None:
    """The unit of a Chinese head stands below it; an English head is left alone."""
    assert folded("出行时间（分钟）", 16) == "出行时间\n（分钟）"
    assert folded("travel (minutes)", 16) == "travel (minutes)"


@given(st.lists(st.sampled_from(["床位", "（分钟）", "需求的多少", "beds ", " 12 "]), min_size=1))
def test_a_head_folds_into_the_room_it_needs(pieces: list[str]) -> None:
    """From the width that it needs to the one that it wants, no line is wider than the column."""
    head = "".join(pieces)
    assume(head.strip())
    assert narrowest(head) <= widest(head)
    for width in range(narrowest(head), widest(head) + 1):
        shown = folded(head, width)
        assert max(map(cell_len, shown.splitlines())) <= width
        assert "".join(shown.split()) == "".join(head.split())
