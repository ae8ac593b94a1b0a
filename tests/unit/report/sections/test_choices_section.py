"""The sentence that says which way of choosing won, and the table beside it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from salus.core.messages import say
from salus.report.sections.choices import choices_grid, choices_sentence
from salus.report.words import Words
from salus.service.advice.advised import HeldOut
from salus.treat.effects.average import Mean
from salus.treat.effects.base import Experience
from salus.treat.plans.reader import packaged_plans
from salus.treat.valuing import ADVISED, Choice, Tried, Valued

NONE = np.array([0, 1])
SEEN = Experience(np.zeros((2, 1)), NONE, np.array([1.0, 2.0]), np.array(["p", "q"]), 4)
TRIED = Tried(packaged_plans()[0], SEEN, np.zeros((2, 4)), (Choice("x", say("x"), NONE),))


def held_out(lower: float, upper: float) -> HeldOut:
    """Let an association differ from the ranking by an interval."""
    over = Mean((lower + upper) / 2, lower, upper)
    valued = (
        Valued(ADVISED, say("ranked"), Mean(0.1, 0.0, 0.2), Mean(0, 0, 0), 0.5),
        Valued("support_vectors_practice", say("copied"), Mean(0.0, -0.1, 0.1), over, 0.6),
        Valued("support_vectors_benefit", say("margins"), Mean(0.2, 0.1, 0.3), over, 0.7),
    )
    offers = pa.table({"patient_id": pa.array([], pa.string())})
    return HeldOut(pa.array([], pa.string()), (), "", offers, (TRIED,), valued)


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (-0.3, -0.1, "better than by the best association"),
        (-0.1, 0.2, "within noise"),
        (0.1, 0.3, "is better than the ranking here by 0.200"),
    ],
)
def test_it_says_who_won(lower: float, upper: float, said: str) -> None:
    """A difference whose interval holds nothing is noise; else the winner is named with figures."""
    sentence = str(choices_sentence(held_out(lower, upper)))
    assert said in sentence
    assert "margins" in sentence


def test_the_table_has_the_best_first() -> None:
    """One row for each way, by what it is worth, each figure under its key."""
    grid = choices_grid(held_out(-0.1, 0.1))
    words = Words("en")
    assert [row[0].text(words) for row in grid.rows] == ["margins", "ranked", "copied"]
    assert grid.rows[0][1].key == "choice.support_vectors_benefit.gain"
    assert "2 treated patients" in str(grid.title)
