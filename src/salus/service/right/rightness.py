"""How right a whole day was, engine by engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.data.synthetic.truth import FOLDER
from salus.service.right.advice import AdviceRightness, advice_rightness
from salus.service.right.linking import LinkRightness, link_rightness
from salus.service.right.watching import WatchRightness, watch_rightness
from salus.service.tables.tables import rounded

if TYPE_CHECKING:
    from pathlib import Path

    from salus.core.canonical import Json
    from salus.service.care import Care, Prepared
    from salus.service.day import Day


@dataclass(frozen=True, slots=True)
class Unmet:
    """What three ways of planning leave unmet, in the expected days and every stress together.

    Parameters
    ----------
    proposed, status_quo, greedy : float
        Unmet cases, each counting as its severity.
    """

    proposed: float
    status_quo: float
    greedy: float


@dataclass(frozen=True, slots=True, eq=False)
class Rightness:
    """How right a day was.

    Parameters
    ----------
    watching : WatchRightness
        What was planted in the indicators, and what was found.
    linking : LinkRightness
        Who is registered twice, and who was joined.
    advice : AdviceRightness or None
        Diseases, effects and dangers; ``None`` where nothing was learned.
    unmet : Unmet
        The plan beside the status quo and greedy.
    """

    watching: WatchRightness
    linking: LinkRightness
    advice: AdviceRightness | None
    unmet: Unmet

    def document(self) -> dict[str, Json]:
        """Write it down for programs; what could not be counted is null."""
        found: dict[str, float | None] = {
            "anomaly_recall": self.watching.anomaly_recall,
            "false_signals_per_indicator_year": self.watching.false_signals_per_indicator_year,
            **_of_advice(self.advice),
            "link_precision": self.linking.precision,
            "link_recall": self.linking.recall,
            "unmet": self.unmet.proposed,
            "unmet_status_quo": self.unmet.status_quo,
            "unmet_greedy": self.unmet.greedy,
        }
        return {key: None if value is None else rounded(value) for key, value in found.items()}


ADVICE = (
    "auroc_macro",
    "auroc_macro_base",
    "auroc_macro_tree",
    "ece",
    "effect_in_interval_share",
    "ranking_gain",
    "unsafe_advice",
    "advised_gain",
    "association_gain",
)


def _of_advice(advice: AdviceRightness | None) -> dict[str, float | None]:
    return {key: None if advice is None else float(getattr(advice, key)) for key in ADVICE}


def rightness(day: Day) -> Rightness | None:
    """Compare a day with the sidecar of its city.

    Parameters
    ----------
    day : Day
        That was run, with its region.

    Returns
    -------
    Rightness or None
        ``None`` where there is no sidecar, as in every real region and in every replay.

    Raises
    ------
    InputError
        If a table of the sidecar cannot be read.
    """
    folder = day.request.region
    if day.care is None or day.care.own is None or not (folder / FOLDER).is_dir():
        return None
    return _compared(folder, day, day.care, day.care.own)


def _compared(folder: Path, day: Day, care: Care, own: Prepared) -> Rightness:
    return Rightness(
        watch_rightness(folder, own.watched),
        link_rightness(folder, own.linked.linkage),
        advice_rightness(folder, own.records, care.advised),
        Unmet(*(_left(day, method) for method in (None, "nearest", "greedy"))),
    )


def _left(day: Day, method: str | None) -> float:
    answers = [
        answer.proposed if method is None else answer.of(method) for _, answer in day.scenarios()
    ]
    return sum(outcome.unmet_weighted for outcome in answers if outcome is not None)
