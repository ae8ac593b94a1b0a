"""A patient as a page shows them."""

from __future__ import annotations

from typing import Any

import pytest

from salus.data.store.advised_patients import KeptPatient
from salus.report.worded import (
    WordedCell,
    WordedColumn,
    WordedGrid,
    WordedReport,
    WordedSection,
)
from salus.report.words import Words
from salus.web.pages.patient_view import patient_line, patient_view

OPTIONS: list[dict[str, Any]] = [{"not_to_be_given": False}, {"not_to_be_given": True}]


def _cells(*texts: str | tuple[str, float]) -> tuple[WordedCell, ...]:
    return tuple(WordedCell(each) if isinstance(each, str) else WordedCell(*each) for each in texts)


def _grid(title: str, heads: int, *rows: tuple[WordedCell, ...], lead: int = 0) -> WordedGrid:
    columns = tuple(WordedColumn(f"head {place}", number=False) for place in range(heads))
    return WordedGrid(title, columns, rows, 30, None, lead)


def _kept(words: Words, options: list[dict[str, Any]]) -> KeptPatient:
    title = words.say("SYNTHETIC · ") + "P1, 60"
    basis = _grid(
        "basis",
        2,
        _cells(words.say("likely"), "asthma: 7 of 10"),
        _cells(words.say("because"), "wheezes"),
        _cells(words.say("with care"), "no weight"),
        _cells(words.say("evidence"), "GINA 2024"),
        _cells(words.say("looked at"), "the record"),
    )
    given = _cells("steroid", ("1.2", 1.2), ("0.3", 0.3), ("2.1", 2.1), ("1.0", 1.0), "consider")
    taken = _cells("beta blocker", "–", "–", "–", "–", "not to be given")
    chosen = _grid(f"{title}: asthma. Consider steroid.", 6, given, taken, lead=1)
    grids = (chosen, basis) if options else (basis,)
    section = WordedSection("patient", title, "Advice", (), grids, (), synthetic=True)
    document = WordedReport(title, "", (), (section,), synthetic=True).document()
    return KeptPatient("P1", "D1", True, {words.lang: title}, {words.lang: document}, options)  # noqa: FBT003


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_known_stands_in_its_place(lang: str) -> None:
    """Likely, because, dangers, gaps and sources, whatever language it was kept in."""
    view = patient_view(_kept(Words(lang), OPTIONS), Words(lang))
    assert view.title == "P1, 60"
    assert view.likely == ("Asthma: 7 of 10",)
    assert view.reasons == ("Wheezes",)
    assert view.unknown == ("No weight",)
    assert view.evidence == ("GINA 2024",)
    assert len(view.dangers) == 1
    assert [(each.between, each.first, each.removed) for each in view.options] == [
        ("0.3 … 2.1", True, False),
        ("–", False, True),
    ]
    assert "Consider steroid" in view.summary


def test_a_patient_without_a_plan_has_no_options() -> None:
    """Then nothing is compared, and what is known is shown all the same."""
    view = patient_view(_kept(Words("en"), []), Words("en"))
    assert (view.options, view.summary, view.chart) == ((), "", None)
    assert view.likely == ("Asthma: 7 of 10",)


def test_a_line_of_the_list_leads_to_the_patient() -> None:
    """By decision, district and pseudonym; the district is shown by its name."""
    line = patient_line(_kept(Words("en"), OPTIONS), "6a28", {"D1": "East"}, Words("en"))
    assert line.address == "/patient/6a28/D1/P1"
    assert (line.district, line.first, line.warnings) == ("East", "steroid", 1)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_taken_already_is_no_danger(lang: str) -> None:
    """The running treatment stands among the options, and nobody is told to stop it."""
    rows: list[dict[str, Any]] = [
        {"not_to_be_given": False},
        {"not_to_be_given": False, "why": "taken already"},
    ]
    view = patient_view(_kept(Words(lang), rows), Words(lang))
    assert (view.dangers, len(view.options)) == ((), 2)


def test_what_to_consider_says_by_how_much_and_how_sure() -> None:
    """The figure and its interval stand in words beside the advice."""
    kept = _kept(Words("en"), [{"not_to_be_given": False, "unit": "%"}, OPTIONS[1]])
    said = "Expected to be better by 1.2 % (95 times in 100 between 0.3 and 2.1)."
    assert patient_view(kept, Words("en")).gain == said
