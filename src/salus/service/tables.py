"""The whole answer as flat tables: what the files, the JSON and the ledger hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.canonical import finite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from salus.service.day import Day
    from salus.service.forecast_need import Outlook
    from salus.service.plan_city import CityAnswer, Outcome

    Row = dict[str, str | float | int | bool | None]

DECIMALS = 6


def tables(day: Day) -> dict[str, pa.Table]:
    """Lay the day out in flat tables.

    Parameters
    ----------
    day : Day
        What was forecast and planned.

    Returns
    -------
    dict of str to pyarrow.Table
        By name. Keys and column names are English and stable; units stand in the names. A
        figure that does not exist is null. Numbers are rounded to 6 digits after the point.
    """
    return {name: _table(make(day), SCHEMAS[name]) for name, make in MAKERS.items()}


def _schema(spec: str) -> pa.Schema:
    types = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_()}
    return pa.schema([(name, types[kind]) for name, kind in (c.split(":") for c in spec.split())])


def _table(rows: Iterator[Row], schema: pa.Schema) -> pa.Table:
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return pa.Table.from_pylist(plain, schema)


def _plain(value: str | float | None) -> str | float | None:
    if isinstance(value, float):
        known = finite(value)
        # Adding 0.0 turns -0.0 into 0.0.
        return None if known is None else round(known, DECIMALS) + 0.0
    return value


def _methods(day: Day) -> Iterator[Row]:
    for key, answer in day.scenarios():
        for outcome in answer.outcomes:
            plan, check, found = outcome.plan, outcome.verification, outcome.measures
            need = answer.problem.need
            yield {
                "scenario": key,
                "scenario_name": str(answer.demand.label),
                "method": plan.method,
                "need_cases": float(need.sum()),
                "unmet_cases": float(found.unmet.sum()),
                "unmet_severity_weighted": weighted_unmet(day, found.unmet),
                "cost_minutes": check.cost,
                "bound_minutes": answer.bound,
                "gap": answer.gap(outcome),
                "travel_mean_minutes": found.travel_mean,
                "travel_p95_minutes": found.travel_p95,
                "lowest_coverage": found.fairness.lowest,
                "coverage_gap": found.fairness.gap,
                "coverage_gini": found.fairness.gini,
                "idle_share": idle_share(answer, outcome),
                "verified": check.right,
            }


def weighted_unmet(day: Day, unmet: NDArray[np.float64]) -> float:
    """Add up unmet cases, each counting as its severity.

    Parameters
    ----------
    day : Day
        With the services.
    unmet : ndarray, shape (n_districts, n_services, n_days)
        Cases that are not served.

    Returns
    -------
    float
        Severity-weighted cases.
    """
    severity = np.array([service.severity for service in day.region.services])
    return float(unmet.sum(axis=(0, 2)) @ severity)


def idle_share(answer: CityAnswer, outcome: Outcome) -> float:
    """Return the share of all capacity that a plan leaves idle.

    Parameters
    ----------
    answer : CityAnswer
        With the capacities.
    outcome : Outcome
        With the loads of the plan.

    Returns
    -------
    float
        From 0 to 1, of resource-days; not a number where there is no capacity.
    """
    capacity = answer.problem.capacity.sum(axis=2)
    whole = float(capacity.sum())
    used = float((capacity * np.nan_to_num(outcome.measures.load)).sum())
    return 1 - used / whole if whole else float("nan")


def _districts(day: Day) -> Iterator[Row]:
    for key, answer in day.scenarios():
        need, found = answer.problem.need.sum(axis=2), answer.proposed.measures
        unmet, minutes = found.unmet.sum(axis=2), _minutes_of_districts(answer)
        for i, district in enumerate(day.region.districts):
            for s, service in enumerate(day.region.services):
                yield {
                    "scenario": key,
                    "district_id": district.id,
                    "district": district.name,
                    "service": service.id,
                    "need_cases": float(need[i, s]),
                    "served_cases": float(need[i, s] - unmet[i, s]),
                    "unmet_cases": float(unmet[i, s]),
                    "coverage": float(found.coverage[i, s]),
                    "travel_mean_minutes": float(minutes[i, s]),
                }


def _minutes_of_districts(answer: CityAnswer) -> NDArray[np.float64]:
    plan, problem = answer.proposed.plan, answer.problem
    shape = (len(problem.districts), len(problem.services))
    journey = problem.journeys(plan.district, plan.facility, plan.service)
    cases, minutes = np.zeros(shape), np.zeros(shape)
    np.add.at(cases, (plan.district, plan.service), plan.cases)
    np.add.at(minutes, (plan.district, plan.service), plan.cases * problem.arc_minutes[journey])
    return np.divide(minutes, cases, out=np.full(shape, np.nan), where=cases > 0)


def _facilities(day: Day) -> Iterator[Row]:
    for key, answer in day.scenarios():
        capacity = answer.problem.capacity.sum(axis=2)
        load, price = answer.proposed.measures.load, answer.proposed.plan.price.sum(axis=2)
        for j, r in np.argwhere(capacity > 0):
            facility, resource = day.region.facilities[j], day.region.resources[r]
            yield {
                "scenario": key,
                "facility_id": facility.id,
                "facility": facility.name,
                "district_id": facility.district_id,
                "resource": resource.id,
                "capacity_resource_days": float(capacity[j, r]),
                "used_resource_days": float(capacity[j, r] * load[j, r]),
                "load": float(load[j, r]),
                "price_minutes_per_resource_day": float(price[j, r]) / len(day.need.expected.days),
            }


def _flows(day: Day) -> Iterator[Row]:
    for key, answer in day.scenarios():
        plan, problem = answer.proposed.plan, answer.problem
        arc = problem.journeys(plan.district, plan.facility, plan.service)
        used, place = np.unique(arc, return_inverse=True)
        cases = np.bincount(place, plan.cases)
        for index, a in enumerate(used):
            district = day.region.districts[problem.arc_district[a]]
            facility = day.region.facilities[problem.arc_facility[a]]
            yield {
                "scenario": key,
                "district_id": district.id,
                "district": district.name,
                "facility_id": facility.id,
                "facility": facility.name,
                "service": problem.services[problem.arc_service[a]],
                "cases": float(cases[index]),
                "travel_minutes": float(problem.arc_minutes[a]),
            }


def _worth(day: Day) -> Iterator[Row]:
    names = {facility.id: facility.name for facility in day.region.facilities}
    for key, answer in day.scenarios():
        for rank, worth in enumerate(answer.worth, start=1):
            yield {
                "scenario": key,
                "rank": rank,
                "facility_id": worth.facility,
                "facility": names[worth.facility],
                "resource": worth.resource,
                "predicted_minutes": worth.predicted,
                "confirmed_minutes": worth.confirmed,
                "unmet_avoided_cases": float(sum(worth.unmet_avoided)),
                "travel_saved_minutes": worth.minutes_saved,
            }


def _forecast(day: Day) -> Iterator[Row]:
    for outlook in day.need.outlooks:
        ahead = outlook.forecast
        for step, when in enumerate(ahead.dates):
            row: Row = {
                "indicator": ahead.indicator.id,
                "period_end": when.isoformat(),
                "method": ahead.method,
                "point": float(ahead.point[step]),
            }
            for level, band in ahead.bands.items():
                row[f"lower_{level}"] = float(band.lower[step])
                row[f"upper_{level}"] = float(band.upper[step])
            yield row


def _backtest(day: Day) -> Iterator[Row]:
    for outlook in day.need.outlooks:
        test = outlook.forecast.backtest
        for score in test.scores:
            yield {
                "indicator": outlook.series.indicator.id,
                "method": score.method,
                "chosen": score.method == outlook.forecast.method,
                "origins": len(test.origins),
                "mase_mean": score.mase_mean,
                "mase_median": score.mase_median,
                "mae_mean": score.mae_mean,
                "mae_median": score.mae_median,
            }


def _residuals(day: Day) -> Iterator[Row]:
    for outlook in day.need.outlooks:
        yield from _chart(outlook)


def _chart(outlook: Outlook) -> Iterator[Row]:
    chart = outlook.chart
    rules: dict[int, list[str]] = {}
    for signal in chart.signals:
        rules.setdefault(signal.index, []).append(signal.rule.value)
    for place, when in enumerate(chart.series.dates):
        yield {
            "indicator": outlook.series.indicator.id,
            "period_end": when.isoformat(),
            "error": float(chart.series.values[place]),
            "centre": float(chart.limits.centre[place]),
            "lower": float(chart.limits.lower[place]),
            "upper": float(chart.limits.upper[place]),
            "signals": " ".join(rules.get(place, [])),
        }


def _sources(day: Day) -> Iterator[Row]:
    for source in day.sources:
        yield {
            "file": source.file,
            "rows": source.rows,
            "as_of": None if source.as_of is None else source.as_of.isoformat(),
            "age_days": source.days,
        }


def _repairs(day: Day) -> Iterator[Row]:
    for repair in day.region.repairs:
        yield {
            "rule": repair.rule.value,
            "file": repair.where.source,
            "row": repair.where.row,
            "column": repair.where.column,
            "what": str(repair.what),
            "left_out": repair.left_out,
        }


MAKERS: dict[str, Callable[[Day], Iterator[Row]]] = {
    "methods": _methods,
    "districts": _districts,
    "facilities": _facilities,
    "flows": _flows,
    "worth": _worth,
    "forecast": _forecast,
    "backtest": _backtest,
    "residuals": _residuals,
    "sources": _sources,
    "repairs": _repairs,
}

SCHEMAS: dict[str, pa.Schema] = {
    "methods": _schema(
        "scenario:text scenario_name:text method:text need_cases:number unmet_cases:number "
        "unmet_severity_weighted:number cost_minutes:number bound_minutes:number gap:number "
        "travel_mean_minutes:number travel_p95_minutes:number lowest_coverage:number "
        "coverage_gap:number coverage_gini:number idle_share:number verified:flag"
    ),
    "districts": _schema(
        "scenario:text district_id:text district:text service:text need_cases:number "
        "served_cases:number unmet_cases:number coverage:number travel_mean_minutes:number"
    ),
    "facilities": _schema(
        "scenario:text facility_id:text facility:text district_id:text resource:text "
        "capacity_resource_days:number used_resource_days:number load:number "
        "price_minutes_per_resource_day:number"
    ),
    "flows": _schema(
        "scenario:text district_id:text district:text facility_id:text facility:text "
        "service:text cases:number travel_minutes:number"
    ),
    "worth": _schema(
        "scenario:text rank:whole facility_id:text facility:text resource:text "
        "predicted_minutes:number confirmed_minutes:number unmet_avoided_cases:number "
        "travel_saved_minutes:number"
    ),
    "forecast": _schema(
        "indicator:text period_end:text method:text point:number lower_50:number upper_50:number "
        "lower_80:number upper_80:number lower_95:number upper_95:number"
    ),
    "backtest": _schema(
        "indicator:text method:text chosen:flag origins:whole mase_mean:number "
        "mase_median:number mae_mean:number mae_median:number"
    ),
    "residuals": _schema(
        "indicator:text period_end:text error:number centre:number lower:number upper:number "
        "signals:text"
    ),
    "sources": _schema("file:text rows:whole as_of:text age_days:whole"),
    "repairs": _schema("rule:text file:text row:whole column:text what:text left_out:flag"),
}
"""Columns of each table, with their types; the units stand in the names."""
