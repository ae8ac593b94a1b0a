"""T1: disease classification, from records, results and history to disease classes per patient.

Records with impossible values and gaps are cleaned; a decision tree, a random forest and others
learn from them; patients that nobody learned from are given classes with their chances.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.data.quality.clean import clean
from salus.treat.assess import assess
from salus.treat.episodes import diagnoses
from salus.treat.features import features
from salus.treat.guard.rules import packaged_rules
from salus.treat.learn import learn
from salus.treat.recommend import recommend
from tests.fakes.patients import city, day, measured, rows


def dirty(people: int, seed: int) -> dict[str, pa.Table]:
    """Make records in which a tenth of the measurements is missing, and some are impossible."""
    tables = city(people, seed)
    found = tables["observation"]
    found = found.filter(pa.array(np.arange(found.num_rows) % 10 != 0))
    wild = rows(
        "observation", *(measured(f"p{n:04}", "4548-4", 400.0, 1.5) for n in range(0, 50, 5))
    )
    wild = wild.set_column(
        0, "observation_id", pa.array([f"wild-{n}" for n in range(wild.num_rows)])
    )
    return {**tables, "observation": pa.concat_tables([found, wild.cast(found.schema)])}


def test_patients_are_told_apart_by_their_records() -> None:
    """Impossible values are taken out by name; tree, forest and others beat the base rate."""
    cleaned = clean(dirty(400, seed=1))
    assert any(finding.rows.num_rows >= 10 for finding in cleaned.findings)
    tables, others = dict(cleaned.tables), city(300, seed=2)
    advisor = learn(tables, diagnoses(tables), [], packaged_rules(), seed=1)
    assert {"base_rate", "decision_tree", "random_forest"} <= {s.method for s in advisor.scores}

    asked = diagnoses(others)
    values = features(others, asked.keys, advisor.spec).values
    right = {
        score.method: assess(tried.probabilities(values), asked.labels, tried.classes)
        for score, tried in zip(advisor.scores, advisor.tried, strict=True)
    }
    base = right.pop("base_rate")
    assert base.auroc == 0.5
    for each in right.values():
        assert each.auroc > 0.95
        assert each.log_loss < base.log_loss


def test_each_patient_is_given_classes_with_chances() -> None:
    """The likely classes come most likely first; of a patient of whom nothing is known, none is."""
    tables = city()
    advisor = learn(tables, diagnoses(tables), [], packaged_rules(), seed=1)
    asked = diagnoses(city(40, seed=3))
    cases = advisor.cases(city(40, seed=3), asked.keys)
    told = [recommend(advisor, case) for case in cases]
    named = [
        (advice.likely[0].code, label)
        for advice, label in zip(told, asked.labels, strict=True)
        if advice.likely
    ]
    assert len(named) > 30
    assert np.mean([code == label for code, label in named]) > 0.9
    for advice in told:
        chances = [each.probability for each in advice.likely]
        assert chances == sorted(chances, reverse=True)
        assert (advice.abstained is None) == bool(chances)
    nobody = advisor.cases({}, pa.table({"patient_id": ["x"], "at": pa.array([day(2)])}))
    assert recommend(advisor, nobody[0]).abstained is not None
