"""T2: an individual treatment plan, from patient information and the plans per disease class.

Condition and plan are associated by support vectors, a neural network and outcome models, compared
on patients that nothing was learned from; each patient is given ranked options behind hard rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.service.right.advice import advice_rightness
from salus.treat.association.learning import KEYS
from salus.treat.plans.reader import packaged_plans
from salus.treat.valuing import ADVISED
from tests.fakes.advised import LAST, advise, made, read

if TYPE_CHECKING:
    from pathlib import Path

    from salus.service.advice.advised import Advised
    from salus.service.right.advice import AdviceRightness


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Advised, AdviceRightness]:
    """Advise in a town of known truth."""
    folder: Path = made(tmp_path_factory.mktemp("town") / "town", 12_000)
    records = read(folder)
    advised = advise(records, tmp_path_factory.mktemp("home"), LAST)
    right = advice_rightness(folder, records, advised)
    assert right is not None
    return advised, right


def test_there_are_five_plans_to_choose_from() -> None:
    """Each disease class has a plan of four treatments, with its outcome and evidence, as data."""
    plans = packaged_plans()
    assert {plan.icd10 for plan in plans} == {"E11", "I10", "I48", "I50", "J18"}
    assert all(len(plan.arms) == 4 and plan.evidence for plan in plans)


def test_each_patient_is_given_a_plan_of_their_own(
    town: tuple[Advised, AdviceRightness],
) -> None:
    """Options are ranked by what they are expected to change; each method says which it takes."""
    advised, _ = town
    assert advised.patients
    for patient in advised.patients:
        advice = patient.advice
        known = [each.benefit.point for each in advice.options if np.isfinite(each.benefit.point)]
        assert known == sorted(known, reverse=True)
        assert {str(each.method) for each in advice.likened} == {
            "support vectors",
            "neural network",
        }
        offered = {option.arm.key for option in advice.options}
        assert {each.arm.key for each in advice.likened} <= offered


def test_the_ways_are_compared_on_patients_kept_apart(
    town: tuple[Advised, AdviceRightness],
) -> None:
    """Support vectors, network and outcome models are valued by what was seen, with intervals."""
    advised, right = town
    assert advised.held_out is not None
    gains = {each.key: each.gain for each in advised.held_out.valued}
    assert gains.keys() > KEYS | {ADVISED}
    assert all(gain.lower < gain.point < gain.upper for gain in gains.values())
    assert sum(each.inside for each in right.ways) >= len(right.ways) - 1


def test_what_is_dangerous_is_never_offered(town: tuple[Advised, AdviceRightness]) -> None:
    """No option stands against an allergy, a listed interaction, or a gene that is not minded."""
    _, right = town
    assert right.offers > 100
    assert right.unsafe_advice == 0
