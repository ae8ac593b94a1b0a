"""The columns of every output table, with their types; the units stand in the names."""

from __future__ import annotations

from typing import TypeAlias

import pyarrow as pa

Row: TypeAlias = "dict[str, str | float | int | bool | None]"


def _schema(spec: str) -> pa.Schema:
    types = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_()}
    return pa.schema([(name, types[kind]) for name, kind in (c.split(":") for c in spec.split())])


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
    "moves": _schema(
        "scenario:text move:text resource:text units:number facility_id:text facility:text "
        "to_facility_id:text to_facility:text first_day:text last_day:text"
    ),
    "transfers": _schema(
        "scenario:text day:text patients:number service:text to_service:text facility_id:text "
        "facility:text to_facility_id:text to_facility:text travel_minutes:number escort:text "
        "escort_hours:number vehicle_facility_id:text vehicle_hours:number"
    ),
    "staff": _schema(
        "scenario:text facility_id:text facility:text staff:text rule:text runs:whole "
        "run_days:whole runs_full:whole first_full_day:text unit:text work:number "
        "most_work:number load:number worth_minutes_per_unit:number"
    ),
    "impossible": _schema(
        "scenario:text move:text what:text facility_id:text facility:text to_facility_id:text "
        "to_facility:text reason:text"
    ),
    "medicines": _schema(
        "scenario:text medicine_id:text medicine:text unit:text stated_units:number "
        "ordered_units:number sent_units:number given_units:number expired_units:number "
        "left_units:number order_cost:number sending_cost:number expired_cost:number"
    ),
    "shipments": _schema(
        "scenario:text shipment:text medicine_id:text medicine:text units:number unit:text "
        "from_place_id:text from_place:text to_place_id:text to_place:text day:text "
        "arrival_day:text expiry_day:text cost:number"
    ),
    "dispensed": _schema(
        "scenario:text medicine_id:text medicine:text units:number unit:text place_id:text "
        "place:text day:text expiry_day:text"
    ),
    "expiries": _schema(
        "scenario:text medicine_id:text medicine:text units:number unit:text place_id:text "
        "place:text expiry_day:text cost:number"
    ),
    "shortages": _schema(
        "scenario:text service:text medicine_id:text medicine:text unmet_cases:number "
        "withheld_cases:number"
    ),
    "uncertain": _schema(
        "choice:text unmet_severity_weighted_average:number unmet_severity_weighted_tail:number "
        "unmet_severity_weighted_worst:number cost_minutes_average:number"
    ),
    "uncertain_moves": _schema(
        "choice:text move:text resource:text units:number facility_id:text facility:text "
        "to_facility_id:text to_facility:text first_day:text last_day:text"
    ),
    "uncertain_scenarios": _schema(
        "choice:text scenario:whole kept_probability:number need_cases:number "
        "unmet_severity_weighted:number cost_minutes:number"
    ),
    "practice": _schema(
        "scenario:text rule:text journeys_forbidden:whole journeys_priced:whole "
        "journeys_overridden:whole cases:number cases_overridden:number price_minutes:number"
    ),
    "practice_journeys": _schema(
        "scenario:text district_id:text district:text facility_id:text facility:text "
        "service:text rule:text cases:number minutes_per_case:number price_minutes:number "
        "decided_by:text reason:text"
    ),
    "overrides": _schema(
        "scenario:text district_id:text facility_id:text service:text journeys:whole "
        "cases:number decided_by:text reason:text"
    ),
    "reserves": _schema(
        "facility_id:text facility:text resource:text reserve_units:number staffed_units:number"
    ),
    "declines": _schema(
        "facility_id:text service:text district_id:text first_day:text last_day:text "
        "days_in_plan:whole reason:text"
    ),
    "replanned": _schema(
        "district_id:text district:text service:text elsewhere_cases:number lost_cases:number "
        "gained_cases:number"
    ),
    "worth": _schema(
        "scenario:text rank:whole facility_id:text facility:text resource:text "
        "predicted_minutes:number confirmed_minutes:number unmet_avoided_cases:number "
        "weighted_avoided_cases:number travel_saved_minutes:number"
    ),
    "deprivation": _schema(
        "scenario:text group:whole districts:whole people:number need_cases:number "
        "unmet_cases:number coverage:number"
    ),
    "front": _schema(
        "plan:whole need_minutes:number more_share:number worst_coverage:number gap:number"
    ),
    "prices": _schema(
        "facility_id:text facility:text resource:text days:whole first_day:text last_day:text "
        "worth_minutes_per_resource_day:number worth_weighted_cases_per_resource_day:number "
        "fewer_resource_days:number more_resource_days:number"
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
    "hospital_patients": _schema(
        "facility_id:text request:text synthetic:flag must_be_admitted:flag from_day:text "
        "until_day:text day:text delay_days:whole stay_days:whole room:text theatre:text "
        "surgeon:text surgery_minutes:whole"
    ),
    "hospital_rooms": _schema(
        "facility_id:text room:text day:text beds:whole women:whole men:whole"
    ),
    "hospital_nurses": _schema(
        "facility_id:text nurse:text skill:whole day:text shift:text rooms:text work:whole "
        "most_work:whole"
    ),
    "hospital_days": _schema(
        "facility_id:text day:text admitted:whole surgery_minutes:whole open_minutes:whole "
        "beds:whole women:whole men:whole overload:whole"
    ),
    "cleaning": _schema("table:text rule:text what:text rows:whole done:text"),
    "queue": _schema(
        "place_in_queue:whole request:text synthetic:flag service:text district_id:text "
        "severity:number waited_minutes:number points:number facility_id:text facility:text "
        "travel_minutes:number reason:text"
    ),
    "signals": _schema(
        "place:text indicators:text shares:text since:text found:text until:text open:flag "
        "side:text size:number observed:number expected:number detector:text"
    ),
    "indicators": _schema(
        "indicator:text chart:text period_end:text latest:number centre:number lower:number "
        "upper:number target:number variation:text assurance:text places:whole "
        "open_signals:whole judged_years:number"
    ),
    "control": _schema(
        "indicator:text place:text period_end:text value:number centre:number lower:number "
        "upper:number rules:text"
    ),
    "advice": _schema(
        "patient:text synthetic:flag condition:text treatment:text rank:whole benefit:number "
        "lower_95:number upper_95:number average:number unit:text not_to_be_given:flag why:text "
        "with_care:text"
    ),
    "effects": _schema(
        "condition:text treatment:text effect:number lower_95:number upper_95:number unit:text "
        "given:whole"
    ),
    "features": _schema(
        "feature:text name:text kind:text meaning:text unit:text table:text code:text "
        "finding:text window_days:number"
    ),
    "treatments": _schema(
        "condition:text plan:text treatment:text reference:flag medicines:text outcome:text "
        "loinc:text unit:text better:text from_day:number until_day:number evidence:text"
    ),
    "choices": _schema(
        "condition:text way:text patients:whole gain_sd:number lower_95:number upper_95:number "
        "over_advised_sd:number over_lower_95:number over_upper_95:number differs_share:number"
    ),
    "sources": _schema("file:text rows:whole as_of:text age_days:whole"),
    "repairs": _schema("rule:text file:text row:whole column:text what:text left_out:flag"),
}
