"""What the advisor says of patients that nothing was learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.service.advice.advised import HeldOut, Said
from salus.treat.assess import assess
from salus.treat.effects.base import FEWEST, Experience
from salus.treat.features import features
from salus.treat.guard.forbidden import forbidden
from salus.treat.recommend import Score, offer
from salus.treat.valuing import tried, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.service.advice.cohort import Cohort
    from salus.service.advice.params import AdviceParams
    from salus.treat.episodes import Episodes
    from salus.treat.knowledge import Knowledge
    from salus.treat.recommend import Advisor, Case
    from salus.treat.valuing import Tried

OFFERS = pa.schema(
    [
        pa.field("patient_id", pa.string()),
        pa.field("at", pa.timestamp("us", "UTC")),
        pa.field("condition", pa.string()),
        pa.field("medicine", pa.string()),
        pa.field("offered", pa.bool_()),
        pa.field("benefit", pa.float64()),
        pa.field("average", pa.float64()),
        pa.field("individual", pa.bool_()),
        pa.field("cautioned", pa.bool_()),
    ]
)


def judged(
    tables: Mapping[str, pa.Table], advisor: Advisor, cohort: Cohort, params: AdviceParams
) -> tuple[HeldOut, tuple[Score, ...]]:
    """Ask the advisor about those kept apart, and compare with what is on record.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name, without what became known later.
    advisor : Advisor
        Learned from the others.
    cohort : Cohort
        Who was kept apart; at least one contact of them.
    params : AdviceParams
        How many offers are kept.

    Returns
    -------
    HeldOut, tuple of Score
        What was said, and how good each method was by the diagnoses on record.
    """
    values = features(tables, cohort.judged.keys, advisor.spec).values
    said = tuple(
        Said(score.method, tried.classes, tried.probabilities(values))
        for score, tried in zip(advisor.scores, advisor.tried, strict=True)
    )
    scores = tuple(
        Score(
            score.method,
            score.label,
            assess(each.probabilities, cohort.judged.labels, each.classes),
        )
        for score, each in zip(advisor.scores, said, strict=True)
    )
    chosen = advisor.scores[advisor.tried.index(advisor.classifier)].method
    offers = _offers(tables, advisor, cohort, params.offers)
    ways = tuple(_tried(tables, advisor, cohort))
    valued = value(ways) if ways else ()
    return HeldOut(cohort.judged.contacts, said, chosen, offers, ways, valued), scores


def _tried(tables: Mapping[str, pa.Table], advisor: Advisor, cohort: Cohort) -> Iterator[Tried]:
    plans = {known.plan.key: known for known in advisor.treatments}
    kept = [each for each in cohort.untouched if each.plan.key in plans and len(each.arm) >= FEWEST]
    if not kept:
        return
    whole, first = features(tables, pa.concat_tables([each.keys for each in kept]), advisor.spec), 0
    for each in kept:
        known, own = plans[each.plan.key], whole.part(first, len(each.arm))
        first += len(each.arm)
        away = forbidden(advisor.guard, each.plan.arms, tables, each.keys)
        values, arms = own.values[:, known.columns], len(each.plan.arms)
        yield tried(known, Experience(values, each.arm, each.outcome, own.patients, arms, away))


def _offers(
    tables: Mapping[str, pa.Table], advisor: Advisor, cohort: Cohort, most: int
) -> pa.Table:
    asked = [
        (known, each.take(np.arange(min(most, len(each.arm)))))
        for known in advisor.treatments
        for each in cohort.untouched
        if each.plan is known.plan and len(each.arm)
    ]
    if not asked:
        return OFFERS.empty_table()
    keys = pa.concat_tables([each.keys for _, each in asked])
    cases = iter(advisor.cases(tables, keys))
    rows = [row for known, each in asked for row in _rows(advisor, known, each, cases)]
    return pa.Table.from_pylist(rows, OFFERS)


def _rows(
    advisor: Advisor, known: Knowledge, untouched: Episodes, cases: Iterator[Case]
) -> Iterator[dict[str, object]]:
    moments = zip(*(column.to_pylist() for column in untouched.keys.columns), strict=True)
    for (patient, at), case in zip(moments, cases):  # noqa: B905 - the cases go on for other plans
        options, removed = offer(advisor.guard, known, case)
        head = {
            "patient_id": patient,
            "at": at,
            "condition": known.plan.icd10,
            "individual": known.individual(case.values),
        }
        for option in options:
            yield head | {
                "medicine": "+".join(option.arm.medicines),
                "offered": True,
                "benefit": option.benefit.point,
                "average": option.average.point,
                "cautioned": bool(option.cautions),
            }
        for each in removed:
            yield head | {"medicine": "+".join(each.arm.medicines), "offered": False}
