"""The tables about people: what was mended, the queue, advice, effects and ways of choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.treat.valuing import people, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.advice.advised import AdvisedPatient
    from salus.service.day import Day
    from salus.service.tables.schemas import Row


def cleaning(day: Day) -> Iterator[Row]:
    """Lay out which rules were broken in the records, how often, and what was done."""
    if day.care is None or day.care.own is None:
        return
    for finding in day.care.own.cleaned.quality.findings:
        yield {
            "table": finding.table,
            "rule": finding.rule,
            "what": str(finding.sentence),
            "rows": finding.rows.num_rows,
            "done": finding.done.value,
        }


def queue(day: Day) -> Iterator[Row]:
    """Lay out who goes where now, and who waits; by request, never by person."""
    if day.care is None:
        return
    queued = day.care.queued
    answer, problem = queued.proposed.dispatch, queued.problem
    for p, row in enumerate(queued.rows.to_pylist()):
        j = int(answer.place[p])
        facility = day.region.facilities[j] if j >= 0 else None
        yield {
            "place_in_queue": int(answer.rank[p]) + 1,
            "request": problem.patients[p],
            "synthetic": queued.synthetic,
            "service": row["service_id"],
            "district_id": row["district_id"],
            "severity": float(problem.severity[p]),
            "waited_minutes": float(problem.waited[p]),
            "points": float(answer.points[p]),
            "facility_id": None if facility is None else facility.id,
            "facility": None if facility is None else facility.name,
            "travel_minutes": None if facility is None else float(answer.minutes[p]),
            "reason": str(queued.reasons[p].sentence),
        }


def advice(day: Day) -> Iterator[Row]:
    """Lay out the options of each patient who is advised, and what must not be given."""
    for patient in () if day.care is None else day.care.advised.patients:
        yield from advice_rows(patient)


def advice_rows(patient: AdvisedPatient) -> Iterator[Row]:
    """Lay out the options of one patient, the best first; none where no plan is for them."""
    plan = patient.advice.plan
    if plan is None:
        return
    of_patient: Row = {
        "patient": patient.patient_id,
        "synthetic": patient.synthetic,
        "condition": plan.icd10,
        "unit": plan.outcome.unit,
    }
    for rank, option in enumerate(patient.advice.options, start=1):
        yield {
            **of_patient,
            "treatment": option.arm.key,
            "rank": rank,
            "benefit": option.benefit.point,
            "lower_95": option.benefit.lower,
            "upper_95": option.benefit.upper,
            "average": option.average.point,
            "not_to_be_given": False,
            "with_care": "; ".join(str(each.sentence) for each in option.cautions) or None,
        }
    for removed in patient.advice.removed:
        why = "; ".join(str(finding.because) for finding in removed.findings)
        yield {
            **of_patient,
            "treatment": removed.arm.key,
            "not_to_be_given": not removed.continues,
            "why": why,
        }


def effects(day: Day) -> Iterator[Row]:
    """Lay out what each treatment changes on average, against the first of its condition."""
    for known in () if day.care is None else day.care.advised.treatments:
        for arm, average in zip(known.plan.arms[1:], known.averages[1:], strict=True):
            yield {
                "condition": known.plan.icd10,
                "treatment": arm.key,
                "effect": average.effect.point,
                "lower_95": average.effect.lower,
                "upper_95": average.effect.upper,
                "unit": known.plan.outcome.unit,
                "given": average.given,
            }


def choices(day: Day) -> Iterator[Row]:
    """Lay out what each way of choosing is worth, for each condition and for all together."""
    held_out = None if day.care is None else day.care.advised.held_out
    if held_out is None or not held_out.tried:
        return
    parts = [(each.plan.icd10, (each,)) for each in held_out.tried]
    for condition, part in (*parts, ("all", held_out.tried)):
        for valued in value(part):
            yield {
                "condition": condition,
                "way": valued.key,
                "patients": people(part),
                "gain_sd": valued.gain.point,
                "lower_95": valued.gain.lower,
                "upper_95": valued.gain.upper,
                "over_advised_sd": valued.over_advised.point,
                "over_lower_95": valued.over_advised.lower,
                "over_upper_95": valued.over_advised.upper,
                "differs_share": valued.differs,
            }
