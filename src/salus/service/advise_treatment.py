"""Advise on the treatment of some patients who are in care now."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from threadpoolctl import threadpool_limits

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.service.advice.advised import Advised, AdvisedPatient
from salus.service.advice.choosing import cautioned, choose
from salus.service.advice.cohort import Cohort
from salus.service.advice.in_care import in_care
from salus.service.advice.judging import judged
from salus.service.advice.params import AdviceParams
from salus.service.guarded import guarded
from salus.service.known import end_of, known_until
from salus.treat.feature import Kind as Feature
from salus.treat.guard.record import Coded, Record
from salus.treat.guard.rules import packaged_rules
from salus.treat.learn import learn
from salus.treat.past import category
from salus.treat.plans.reader import packaged_plans
from salus.treat.recommend import recommend
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from salus.service.context import Context
    from salus.service.records import Records
    from salus.treat.advice import Advice
    from salus.treat.guard.check import Guard
    from salus.treat.recommend import Advisor, Case

SEXES = {1.0: say("woman"), 0.0: say("man")}
BAND = 10


@guarded(Permission.ADVISE_TREATMENT, Kind.RECORDS, attrgetter("name"))
def advise_treatment(
    context: Context,
    records: Records,
    as_of: date,
    *,
    seed: int,
    count: int = 3,
    params: AdviceParams | None = None,
) -> Advised:
    """Learn from the records until a day, and advise on some patients who are in care then.

    A share of the patients is kept apart: nothing is learned from them; they are judged, and those
    of them in care now are advised. Nothing after the day is seen.

    Parameters
    ----------
    context : Context
        What is in use.
    records : Records
        Of the people of a region.
    as_of : date
        The last day that is known, until its end in UTC.
    seed : int
        Of the deal of patients, the draws, folds and forest.
    count : int
        How many patients to advise, 0 or more.
    params : AdviceParams, optional
        How many are learned from and judged; the defaults, when not given.

    Returns
    -------
    Advised
        Where the records are too few, nobody is advised, and ``missing`` says why.

    Raises
    ------
    InputError
        If a table does not have its standard columns.
    ForbiddenError
        If the policy does not permit it.
    ValueError
        If the count is negative.
    """
    within("count", count, 0, unit="patients")
    chosen, end = params or AdviceParams(), end_of(as_of)
    context.progress(say("reading who was treated with what"), 0.0)
    tables = known_until(records.tables, as_of)
    cohort = Cohort.deal(tables, packaged_plans(), chosen, seed)
    empty = Advised(as_of, chosen)
    if too_few := _too_few(cohort, chosen):
        return replace(empty, missing=(too_few,))
    context.progress(say("learning what patients have, and what helps them"), 0.2)
    # One thread for each sum: how many there are would change its last digits, and many small
    # ones are slower in parallel than one after the other.
    with threadpool_limits(1):
        advisor = learn(tables, cohort.training, cohort.treated, packaged_rules(), seed=seed)
        context.progress(say("judging the advice on patients it did not learn from"), 0.7)
        held_out, scores = judged(tables, advisor, cohort, chosen)
        context.progress(say("advising patients in care"), 0.9)
        asked = _asked(tables, advisor, cohort, chosen, end)
        patients = tuple(_advise(tables, advisor, asked, count))
    return replace(
        empty,
        contacts=len(cohort.training.labels),
        people=len(pc.unique(cohort.training.keys["patient_id"])),
        patients=patients,
        missing=(
            *_unread(tables["allergy"], advisor.guard),
            *_missing(advisor, cohort, len(patients), count, chosen),
        ),
        scores=scores,
        treatments=advisor.treatments,
        names=_names(tables),
        held_out=held_out,
        spec=advisor.spec,
        in_care=sum(bool(advice.options) for _, _, advice in asked),
        cautioned=sum(cautioned(advice) for _, _, advice in asked),
    )


def _too_few(cohort: Cohort, params: AdviceParams) -> Message | None:
    learned, judged_ = len(cohort.training.labels), len(cohort.judged.labels)
    if learned < params.fewest or len(np.unique(cohort.training.labels)) < 2 or not judged_:  # noqa: PLR2004 - one class is no question
        return say(
            "Not advised: no data. There are {count:,} diagnosed contacts to learn from, and "
            "{fewest:,} of two or more diseases are needed",
            count=learned,
            fewest=params.fewest,
        )
    return None


def _asked(
    tables: Mapping[str, pa.Table],
    advisor: Advisor,
    cohort: Cohort,
    params: AdviceParams,
    end: datetime,
) -> list[tuple[dict[str, Any], Case, Advice]]:
    # Everybody in care now whose likeliest disease has a plan, the latest first.
    plans = [each.plan for each in cohort.treated]
    moments = in_care(tables, cohort.apart, plans, end, params.recent_days)
    planned = {each.plan.icd10 for each in advisor.treatments}
    cases = zip(moments.to_pylist(), advisor.cases(tables, moments), strict=True)
    return [
        (row, case, recommend(advisor, case))
        for row, case in cases
        if _likely(advisor, case) in planned
    ]


def _advise(
    tables: Mapping[str, pa.Table],
    advisor: Advisor,
    asked: list[tuple[dict[str, Any], Case, Advice]],
    count: int,
) -> Iterator[AdvisedPatient]:
    made_up, homes = _made_up(tables), _homes(tables)
    for place in choose([advice for _, _, advice in asked], count):
        row, case, advice = asked[place]
        patient = _patient(advisor, case, row, advice, made_up)
        yield replace(patient, district_id=homes.get(patient.patient_id))


def _likely(advisor: Advisor, case: Case) -> str:
    chances = advisor.classifier.probabilities(case.values[None])[0]
    return advisor.classifier.classes[int(chances.argmax())]


def _unread(allergies: pa.Table, guard: Guard) -> Iterator[Message]:
    # Of all people, not only of those advised: codes that no rule can read are not "no allergy".
    kinds = pa.table({name: allergies[name] for name in ("code", "display")})
    counted = kinds.group_by(["code", "display"]).aggregate([([], "count_all")]).to_pylist()
    lost = sum(
        row["count_all"]
        for row in counted
        if guard.unread(Record(allergies=(Coded(row["code"], row["display"] or ""),)))
    )
    if lost:
        yield say(
            "Allergies on record that no rule can read, so that nothing is checked against them: "
            "{lost:,} of {total:,}",
            lost=lost,
            total=allergies.num_rows,
        )


def _names(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    rows = tables["condition"]
    pairs = pa.table({"code": category(rows["code"]), "display": rows["display"]})
    least = pairs.group_by("code").aggregate([("display", "min")]).sort_by("code")
    words = zip(least["code"].to_pylist(), least["display_min"].to_pylist(), strict=True)
    return {code: display or code for code, display in words}


def _made_up(tables: Mapping[str, pa.Table]) -> frozenset[str]:
    people = tables["patient"]
    flagged = pc.fill_null(people["synthetic"], fill_value=False)
    return frozenset(people["patient_id"].filter(flagged).to_pylist())


def _homes(tables: Mapping[str, pa.Table]) -> dict[str, str | None]:
    people = tables["patient"].select(["patient_id", "district_id"]).to_pydict()
    return dict(zip(people["patient_id"], people["district_id"], strict=True))


def _patient(
    advisor: Advisor,
    case: Case,
    row: Mapping[str, Any],
    advice: Advice,
    made_up: frozenset[str],
) -> AdvisedPatient:
    known = {
        feature.kind: float(value)
        for feature, value in zip(advisor.spec.features, case.values, strict=True)
        if feature.kind in {Feature.AGE, Feature.SEX}
    }
    return AdvisedPatient(
        row["patient_id"],
        row["contact"],
        row["at"],
        _age(known[Feature.AGE]),
        SEXES.get(known[Feature.SEX], say("sex not known")),
        row["patient_id"] in made_up,
        advice,
    )


def _age(years: float) -> Message:
    if np.isnan(years):
        return say("age not known")
    first = BAND * int(years // BAND)
    return say("{first} to {last} years old", first=first, last=first + BAND - 1)


def _missing(
    advisor: Advisor, cohort: Cohort, advised: int, count: int, params: AdviceParams
) -> Iterator[Message]:
    known = {each.plan.icd10 for each in advisor.treatments}
    for each in cohort.treated:
        if each.plan.icd10 not in known:
            yield say("{plan}: too few were treated to compare treatments", plan=each.plan.name)
    if advised < count:
        yield say(
            "Advised: {advised} of {count}. Among the patients kept apart, no others who came to a "
            "hospital within {days:g} days had a likely condition with a plan and an option",
            advised=advised,
            count=count,
            days=params.recent_days,
        )
