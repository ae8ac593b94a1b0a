"""Who is learned from, who is in care, and who is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from salus.core.messages import say
from salus.domain.records.catalogue import TABLES
from salus.service.advice.choosing import choose
from salus.service.advice.cohort import Cohort
from salus.service.advice.in_care import in_care
from salus.service.advice.params import AdviceParams
from salus.treat.advice import Advice, Option, Removed
from salus.treat.effects.average import Mean
from salus.treat.guard.check import Caution, Danger, Finding
from salus.treat.guard.rules import Strength
from salus.treat.plans.reader import packaged_plans
from tests.fakes.patients import city, day, rows

PLANS = packaged_plans()


def contact(patient: str, number: int, begun: float, reason: str | None = None) -> dict[str, Any]:
    """Describe a contact."""
    return {
        "encounter_id": f"e{number}",
        "patient_id": patient,
        "started_at": day(begun),
        "reason_code": reason,
    }


def person(name: str, died: date | None = None) -> dict[str, Any]:
    """Describe a person."""
    return {"patient_id": name, "death_date": died, "source": "test"}


def test_patients_are_dealt_and_nobody_is_in_both() -> None:
    """A share is kept apart, for classes and for treatments alike."""
    tables = city(400)
    cohort = Cohort.deal(tables, PLANS, AdviceParams(apart=0.25), 3)
    apart = set(cohort.apart.to_pylist())
    assert 60 < len(apart) < 140
    assert not apart & set(cohort.training.keys["patient_id"].to_pylist())
    assert set(cohort.judged.keys["patient_id"].to_pylist()) <= apart
    for others, kept in zip(cohort.treated, cohort.untouched, strict=True):
        assert not apart & set(others.keys["patient_id"].to_pylist())
        assert set(kept.keys["patient_id"].to_pylist()) <= apart


def test_the_deal_knows_no_order() -> None:
    """Reversed tables give the same draw."""
    tables = city(400)
    back = {name: table.take(np.arange(table.num_rows)[::-1]) for name, table in tables.items()}
    params = AdviceParams(contacts=100, judged=100)
    first, again = (Cohort.deal(each, PLANS, params, 3) for each in (tables, back))
    assert first.training.contacts.equals(again.training.contacts)
    assert len(first.training.labels) == 100
    assert np.array_equal(first.training.labels, again.training.labels)


def test_who_is_in_care_now() -> None:
    """The latest contact of each of the living, within the days, and not for a look only."""
    tables = {
        "patient": pa.Table.from_pylist(
            [person("a"), person("b", date(2025, 1, 9)), person("c"), person("d"), person("e")],
            TABLES["patient"].schema(),
        ),
        "encounter": rows(
            "encounter",
            contact("a", 1, 5),
            contact("a", 2, 8),
            contact("b", 3, 8),
            contact("c", 4, 9, "Z09.8"),
            contact("d", 5, 1),
            contact("e", 6, 9),
        ),
        "condition": rows(
            "condition",
            {"patient_id": "a", "encounter_id": "e2", "code": "I10", "recorded_at": day(8.5)},
        ),
    }
    everyone = pa.array(["a", "b", "c", "d", "e"])
    found = in_care(tables, everyone, PLANS, day(10), 7).to_pylist()
    assert [(row["patient_id"], row["contact"]) for row in found] == [("e", "e6"), ("a", "e2")]
    assert found[0]["at"] == day(10)
    assert found[1]["at"] < day(8.5)


def advice(place: int, *, removed: Danger | None = None, able: bool = True) -> Advice:
    """Make advice by a plan, with or without an option, and one taken away."""
    plan = PLANS[place]
    nothing = Mean(0, 0, 0)
    finding = Finding(removed, say("taken already"), "s") if removed else None
    return Advice(
        (),
        None,
        (),
        plan,
        (Option(plan.arms[0], nothing, nothing),) if able else (),
        (Removed(plan.arms[1], (finding,)),) if finding else (),
        None,
        (),
    )


def test_those_shown_are_unlike() -> None:
    """First a danger, then other conditions, then whoever came last; none without an option."""
    asked = [
        advice(0),
        advice(0, able=False),
        advice(1, removed=Danger.DUPLICATE),
        advice(0, removed=Danger.ALLERGY),
        advice(2),
        advice(1),
    ]
    assert choose(asked, 3) == (3, 2, 4)
    assert choose(asked, 9) == (3, 2, 4, 0, 5)
    assert choose(asked, 0) == ()
    assert choose([], 3) == ()


def test_a_gene_is_shown_before_other_conditions() -> None:
    """After a danger comes one with an option to be given with care; nobody is shown twice."""
    care = Caution(say("slow"), say("start low"), Strength.MODERATE, "s")
    slow = advice(0)
    slow = replace(slow, options=(replace(slow.options[0], cautions=(care,)),))
    assert choose([advice(0), advice(1), slow, advice(0, removed=Danger.ALLERGY)], 2) == (3, 2)
    assert choose([advice(0), slow], 2) == (1, 0)


@pytest.mark.parametrize(
    "wrong", [{"apart": 0.9}, {"contacts": 1}, {"offers": 0}, {"recent_days": 0}, {"fewest": 1}]
)
def test_impossible_settings_are_refused(wrong: dict[str, Any]) -> None:
    """Each bound names its field."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        AdviceParams(**wrong)
