"""The table of indicators with its icons."""

from __future__ import annotations

import pytest

from salus.monitor.charts.icons import Assurance, Variation
from salus.report.worded import WordedCell, WordedColumn, WordedGrid
from salus.report.words import Words
from salus.web.pages.quality_view import COLUMNS, indicators


def _grid(variation: str, assurance: str) -> WordedGrid:
    texts = ("falls", "2.0", "0.0", "8.2", "5.00", variation, assurance, "0")
    columns = tuple(WordedColumn("", number=False) for _ in range(COLUMNS))
    return WordedGrid("", columns, (tuple(map(WordedCell, texts)),), 30, None, 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("variation", Variation)
def test_every_variation_has_its_icon(variation: Variation, lang: str) -> None:
    """With the letter of the side it went to, in either language."""
    words = Words(lang)
    (line,) = indicators(_grid(words(variation.sentence), ""), words)
    assert line.variation is not None
    assert line.variation.meaning == words(variation.sentence)
    assert line.variation.letter == {"h": "H", "w": "L", "e": ""}[variation.value[-1]]


def test_an_icon_of_assurance_where_there_is_a_target() -> None:
    """None without one."""
    words, found = Words("en"), {}
    for each in Assurance:
        (line,) = indicators(_grid("", words(each.sentence)), words)
        found[each] = line.assurance.letter if line.assurance else None
    assert found == {
        Assurance.PASSES: "P",
        Assurance.FAILS: "F",
        Assurance.HIT_AND_MISS: "?",
        Assurance.NONE: None,
    }


def test_an_unknown_sentence_has_no_icon() -> None:
    """A plan of an older version is shown by its words alone."""
    words = Words("en")
    (line,) = indicators(_grid("said otherwise", ""), words)
    assert (line.variation, line.varies) == (None, "said otherwise")
