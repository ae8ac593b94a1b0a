"""Plans as readable data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import InputError
from salus.core.messages import say
from salus.treat.plans.plan import Plan
from salus.treat.plans.reader import packaged_plans, read_plans

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("plan", packaged_plans(), ids=lambda plan: plan.key)
def test_each_packaged_plan_has_a_choice_and_evidence(plan: Plan) -> None:
    """Two arms at least, medicines by full ATC codes, and a published source."""
    assert len(plan.arms) >= 2
    assert plan.evidence
    assert all(len(code) == 7 for arm in plan.arms for code in arm.medicines)


def test_all_faults_of_a_folder_are_named(tmp_path: Path) -> None:
    """Every file and entry that does not fit is listed at once."""
    (tmp_path / "a.toml").write_text('key = "a"\nname = 3\nicd = "E11"\n')
    (tmp_path / "b.toml").write_text("not toml")
    with pytest.raises(InputError) as caught:
        read_plans(tmp_path)
    said = str(caught.value)
    for part in ("column icd: unknown entry", "column name: missing", "b.toml: the file is not"):
        assert part in said


def test_two_plans_for_one_condition_are_refused(tmp_path: Path) -> None:
    """A condition has one plan, or nobody knows which one counts."""
    arms = "".join(f'[[arm]]\nkey="{k}"\nname="{k}"\nmedicines=["{k}"]\n' for k in "xy")
    outcome = '[outcome]\nname="o"\nloinc="1-8"\nunit="%"\nbetter="lower"\nreasons=["Z09"]\n'
    outcome += "from_day=0\nuntil_day=9\n"
    for name in "ab":
        text = f'key="{name}"\nname="n"\nicd10="E11"\n{outcome}{arms}[[evidence]]\nsource="s"\n'
        (tmp_path / f"{name}.toml").write_text(text)
    with pytest.raises(InputError, match="two plans for one condition"):
        read_plans(tmp_path)


def test_a_plan_with_one_arm_is_no_choice() -> None:
    """The value refuses to exist."""
    plan = packaged_plans()[0]
    with pytest.raises(ValueError, match="different keys"):
        Plan(plan.key, say("plan"), plan.icd10, plan.arms[:1], plan.outcome, plan.evidence)
