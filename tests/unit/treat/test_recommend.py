"""From records to advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

from salus.core.rng import stream
from salus.treat.classifiers.logistic import Logistic
from salus.treat.episodes import diagnoses, episodes
from salus.treat.guard.check import Danger
from salus.treat.guard.record import Coded, Record
from salus.treat.guard.rules import packaged_rules
from salus.treat.learn import learn
from salus.treat.moments import Moment
from salus.treat.plans.reader import packaged_plans
from salus.treat.recommend import Advisor, Case, recommend
from tests.fakes.patients import city, day, rows

if TYPE_CHECKING:
    from salus.treat.advice import Advice

DIABETES = next(plan for plan in packaged_plans() if plan.icd10 == "E11")


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    """Learn from a city of diabetics and people with gout."""
    tables = city()
    return learn(
        tables,
        diagnoses(tables),
        [episodes(plan, tables) for plan in packaged_plans()],
        packaged_rules(),
        seed=1,
        methods=(Logistic(),),
    )


def case(advisor: Advisor, place: int, record: Record | None = None) -> Case:
    """Take one person of another city of the same kind, before the diagnosis."""
    found = advisor.cases(city(40, seed=2), [Moment(f"p{place:04}", day(1.9))])[0]
    return Case(found.values, record or found.record)


def advice(advisor: Advisor, record: Record | None = None) -> Advice:
    """Advise the first clear diabetic of the other city."""
    asked = (recommend(advisor, case(advisor, place, record)) for place in range(40))
    return next(each for each in asked if each.options)


def test_episodes_are_what_was_planted() -> None:
    """Everyone with diabetes has one episode; its moment lies before the first dose."""
    tables = city()
    found = episodes(DIABETES, tables)
    assert found.keys.num_rows == tables["medication"].num_rows
    assert set(found.arm.tolist()) == {0, 1}
    assert found.keys["at"][0].as_py() < day(3)


def test_an_outcome_is_not_read_at_another_illness() -> None:
    """A measurement at a contact for cough is passed over; at a follow-up it is not."""
    tables = city(60)
    whole = episodes(DIABETES, tables)
    after = tables["observation"].slice(0).to_pylist()
    for place, row in enumerate(after):
        row["encounter_id"] = f"e{place % 3}" if row["observed_at"] > day(50) else None
    reasons = ("R05", "Z09.8", None)
    contacts = [
        {"encounter_id": f"e{place}", "patient_id": "p", "started_at": day(93), "reason_code": each}
        for place, each in enumerate(reasons)
    ]
    tables["observation"] = pa.Table.from_pylist(after, tables["observation"].schema)
    tables["encounter"] = rows("encounter", *contacts)
    found = episodes(DIABETES, tables)
    assert 0 < len(found.arm) < len(whole.arm)
    passed = sum(row["encounter_id"] == "e0" for row in after)
    assert len(whole.arm) - len(found.arm) == passed


def test_a_diagnosis_is_asked_before_it_is_written() -> None:
    """The moment lies before the record, and the label is the category."""
    found = diagnoses(city(5))
    assert set(found.labels) <= {"E11", "M10"}
    assert all(at.as_py() < day(2) for at in found.keys["at"])


def test_only_treated_conditions_are_known(advisor: Advisor) -> None:
    """A plan that nobody followed is not ranked."""
    assert [each.plan.icd10 for each in advisor.treatments] == ["E11"]


def test_the_effect_for_the_patient_ranks(advisor: Advisor) -> None:
    """Effects differ in this city: the choice for each patient beats the average."""
    assert advisor.treatments[0].policy.beaten
    said = advice(advisor)
    assert "this patient" in str(said.ranked_by)
    known = [each.benefit.point for each in said.options if np.isfinite(each.benefit.point)]
    assert known == sorted(known, reverse=True)
    assert [each.arm.key for each in said.options[2:]] == ["empagliflozin", "semaglutide"]
    assert str(said.summary).startswith("Consider ")


def test_a_high_value_gets_the_medicine_that_helps_there(advisor: Advisor) -> None:
    """Glimepiride is better above 8 %, metformin below: the ranking follows."""
    first = {}
    place = advisor.spec.features.index(
        next(each for each in advisor.spec.features if each.name == "value 4548-4 %")
    )
    for value in (7.0, 9.0):
        values = case(advisor, 0).values.copy()
        values[place] = value
        first[value] = recommend(advisor, Case(values, Record()), "E11").options[0].arm.key
    assert first == {7.0: "metformin", 9.0: "glimepiride"}


def test_a_danger_takes_an_option_away(advisor: Advisor) -> None:
    """What is taken already is no option, and the reason is given."""
    said = advice(advisor, Record((Coded("A10BB12"),)))
    assert "glimepiride" not in [each.arm.key for each in said.options]
    assert [each.findings[0].danger for each in said.removed] == [Danger.DUPLICATE]
    assert [(each.continues, "continues" in str(each.word)) for each in said.removed] == [
        (True, True)
    ]


def test_no_advice_against_a_rule(advisor: Advisor) -> None:
    """Whatever is taken or not tolerated, no option has a finding."""
    rng = stream(1, "records")
    codes = ["A10BA02", "A10BB01", "A10BK01", "A10BJ02", "J01C", "C02KX01", "A10B", "A10BK"]
    for _ in range(60):
        drawn = [Coded(code) for code in rng.choice(codes, 3)]
        record = Record(tuple(drawn[:2]), tuple(drawn[2:]))
        said = recommend(advisor, case(advisor, 0, record), "E11")
        assert not any(advisor.guard.findings(each.arm, record) for each in said.options)
        assert len(said.options) + len(said.removed) == 4


def test_someone_unlike_all_is_not_classified(advisor: Advisor) -> None:
    """An impossible value or nothing at all leads to silence with a reason, not to a crash."""
    for value in (1e6, np.nan):
        values = np.full_like(case(advisor, 0).values, value)
        said = recommend(advisor, Case(values, Record()))
        assert said.likely == ()
        assert said.options == ()
        assert said.abstained is not None
        assert "No treatment" in str(said.summary)
    assert any("not known" in str(each) for each in said.unknown)


def test_a_condition_without_plan_is_said(advisor: Advisor) -> None:
    """A confirmed condition that has no plan gets no option, and why."""
    said = recommend(advisor, case(advisor, 0), "Z99")
    assert said.plan is None
    assert "no plan for Z99, or too few patients treated by it" in map(str, said.unknown)


def test_each_reason_is_confirmed(advisor: Advisor) -> None:
    """Asking again with the typical value gives what the reason says."""
    asked = next(
        found for place in range(40) if recommend(advisor, found := case(advisor, place)).reasons
    )
    said = recommend(advisor, asked)
    names = [feature.name for feature in advisor.spec.features]
    for each in said.reasons:
        changed = asked.values.copy()
        changed[names.index(each.feature.name)] = each.typical
        again = advisor.classifier.probabilities(changed[None])[0]
        top = advisor.classifier.classes.index(said.likely[0].code)
        assert again[top] == pytest.approx(each.without)
        assert "instead of" in str(each.because)
    assert "of 100 patients" in str(said.likely[0].frequency)


def test_the_same_records_and_seed_give_the_same_advice(advisor: Advisor) -> None:
    """Learning again from shuffled tables changes nothing."""
    tables = city()
    mixed = {
        name: table.take(stream(9, name).permutation(table.num_rows))
        for name, table in tables.items()
    }
    again = learn(
        mixed,
        diagnoses(mixed),
        [episodes(plan, mixed) for plan in packaged_plans()],
        packaged_rules(),
        seed=1,
        methods=(Logistic(),),
    )
    found = case(advisor, 0)
    assert str(recommend(again, found)) == str(recommend(advisor, found))
