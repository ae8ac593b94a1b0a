"""Progress where nobody looks at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.cli.progress import progress_line
from salus.core.messages import say
from salus.report.words import Words

if TYPE_CHECKING:
    import pytest


def test_lines_are_written_to_a_file_when_they_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without an interval there are none; with a long one, the work ends before the first."""
    for every, lines in ((None, 0), (0.0, 2), (3600.0, 0)):
        with progress_line(Words("en"), every) as listen:
            listen(say("cost {cost}", cost=7), 0.25)
            listen(say("cost {cost}", cost=5), 1.0)
        assert capsys.readouterr().err.count("cost") == lines
