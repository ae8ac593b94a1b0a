"""What the page of quality shows, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.monitor.charts.icons import Assurance, Variation

if TYPE_CHECKING:
    from salus.report.worded import WordedCell, WordedGrid
    from salus.report.words import Words
    from salus.web.pages.alert_view import AlertView
    from salus.web.pages.regions import RegionChoice
    from salus.web.shelf import Picture, Table

COLUMNS = 8
"""Of the table of indicators: name, latest, limits, target, variation, assurance, open signals."""

ASSURED = {
    Assurance.PASSES: ("P", "improvement"),
    Assurance.FAILS: ("F", "concern"),
    Assurance.HIT_AND_MISS: ("?", "common"),
}
"""Letter and colour of each icon of assurance; without a target there is none."""


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon of Making Data Count.

    Parameters
    ----------
    look, letter, meaning : str
        Its colour, the letter inside, and what it says.
    """

    look: str
    letter: str
    meaning: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator, all places together.

    Parameters
    ----------
    name, latest, range, target, signals : str
        What it is, its latest value, the usual limits, what is aimed at, and signals open now.
    variation, varies : Icon or None, str
        How it varies.
    assurance, meets : Icon or None, str
        Whether it meets its target.
    """

    name: str
    latest: str
    range: str
    target: str
    signals: str
    variation: Icon | None
    varies: str
    assurance: Icon | None
    meets: str


@dataclass(frozen=True, slots=True)
class QualityView:
    """What the page shows.

    Parameters
    ----------
    title, as_of : str
        What left its usual range, and how old what is known.
    synthetic : bool
        Whether the region was made up.
    sentences : tuple of str
        What was found.
    lines : tuple of IndicatorView
        Every indicator.
    charts : tuple of Picture
        Control charts of the signals.
    tables : tuple of Table
        Signals, and what is not watched.
    files : str
        Where the tables are.
    empty : str
        Why nothing is watched; empty otherwise.
    signals, signals_closed : tuple of AlertView, str
        Alerts of indicators and what is done about them, or why they are not shown.
    may_act : bool
        Whether the reader opens and closes actions.
    regions : tuple of RegionChoice
        What else may be shown.
    fault : str
        What could not be done as asked.
    """

    title: str
    as_of: str
    synthetic: bool
    sentences: tuple[str, ...]
    lines: tuple[IndicatorView, ...]
    charts: tuple[Picture, ...]
    tables: tuple[Table, ...]
    files: str
    empty: str
    signals: tuple[AlertView, ...]
    signals_closed: str
    may_act: bool
    regions: tuple[RegionChoice, ...] = ()
    fault: str = ""


def indicators(grid: WordedGrid, words: Words) -> tuple[IndicatorView, ...]:
    """Show the table of indicators with its icons.

    Parameters
    ----------
    grid : WordedGrid
        As :mod:`salus.report.sections.signals` lays it out.
    words : Words
        The language it is worded in.
    """
    varies = {words(each.sentence): _varies(each, words) for each in Variation}
    assured = {
        words(each.sentence): Icon(look, letter, words(each.sentence))
        for each, (letter, look) in ASSURED.items()
    }
    return tuple(_indicator(row, varies, assured) for row in grid.rows)


def _varies(variation: Variation, words: Words) -> Icon:
    look, _, side = variation.value.rpartition("_")
    if variation is Variation.COMMON_CAUSE:
        return Icon("common", "", words(variation.sentence))
    return Icon(look, "H" if side == "high" else "L", words(variation.sentence))


def _indicator(
    row: tuple[WordedCell, ...], varies: dict[str, Icon], assured: dict[str, Icon]
) -> IndicatorView:
    name, latest, lower, upper, target, variation, assurance, signals = (each.text for each in row)
    return IndicatorView(
        name,
        latest,
        f"{lower} … {upper}",
        target,
        signals,
        varies.get(variation),
        variation,
        assured.get(assurance),
        assurance,
    )
