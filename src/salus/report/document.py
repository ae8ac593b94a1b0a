"""The machine-readable documents of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.service.answer import answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from salus.core.canonical import Json
    from salus.report.sections.basis import RunFacts
    from salus.service.day import Day
    from salus.service.figure import Figure
    from salus.service.run_day import Decided

FORECAST_TABLES = ("forecast", "backtest", "residuals")


def document(
    decided: Decided, found: Mapping[str, Figure], flat: Mapping[str, pa.Table], facts: RunFacts
) -> dict[str, Json]:
    """Write a run down whole: the canonical answer, and what the run took.

    Parameters
    ----------
    decided : Decided
        What was forecast and planned, and how right it was where that is known.
    found : mapping of str to Figure
        Its figures.
    flat : mapping of str to pyarrow.Table
        Its tables.
    facts : RunFacts
        What the run took.

    Returns
    -------
    dict
        The answer as :func:`salus.service.answer.answer` lays it out, with ``decision``,
        ``home``, ``out``, ``timings`` and ``right`` beside it, and the figures of the run among
        the others.
    """
    day, right = decided.day, decided.right
    whole = answer(day, found, flat)
    run: dict[str, Json] = {
        "run.seconds": {"value": facts.seconds, "unit": "s", "label": "time until the report"},
        "run.memory_mb": {"value": facts.memory_mb, "unit": "MB", "label": "memory at most"},
    }
    figures: Mapping[str, Json] = whole["figures"]  # type: ignore[assignment]  # laid out as such
    return {
        **whole,
        "figures": {**figures, **run},
        "decision": facts.decision.id,
        "home": str(facts.home),
        "out": str(facts.out),
        "timings": _timings(day, facts),
        "right": None if right is None else right.document(),
    }


def plan_part(whole: Mapping[str, Json]) -> dict[str, Json]:
    """Keep what ``plan.json`` holds: all but the tables of the forecast."""
    return _part(whole, forecast=False)


def forecast_part(whole: Mapping[str, Json]) -> dict[str, Json]:
    """Keep what ``forecast.json`` holds: figures and tables of the forecast."""
    return _part(whole, forecast=True)


def _part(whole: Mapping[str, Json], *, forecast: bool) -> dict[str, Json]:
    figures: Mapping[str, Json] = whole["figures"]  # type: ignore[assignment]  # laid out as such
    tables: Mapping[str, Json] = whole["tables"]  # type: ignore[assignment]  # laid out as such
    return {
        **whole,
        "figures": {k: v for k, v in figures.items() if k.startswith("forecast.") == forecast},
        "tables": {k: v for k, v in tables.items() if (k in FORECAST_TABLES) == forecast},
    }


def _timings(day: Day, facts: RunFacts) -> dict[str, Json]:
    plans = {
        key: {
            outcome.plan.method: {
                "build_seconds": outcome.plan.build_seconds,
                "solve_seconds": outcome.plan.solve_seconds,
            }
            for outcome in answer.outcomes
        }
        for key, answer in day.scenarios()
    }
    spent = [plan for methods in plans.values() for plan in methods.values()]
    built = sum(plan["build_seconds"] for plan in spent)
    solved = sum(plan["solve_seconds"] for plan in spent)
    return {
        "seconds": facts.seconds,
        "memory_mb": facts.memory_mb,
        "plans": plans,
        "build_share": round(built / (built + solved), 4) if built + solved else None,
    }
