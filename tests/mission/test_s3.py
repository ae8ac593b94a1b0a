"""S3: what leaves the house is masked, or carries noise that a budget pays for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import ForbiddenError
from salus.core.settings import Settings
from salus.data.synthetic.city import make_city, read_city
from salus.data.synthetic.spec import CitySpec
from salus.service.context import open_context
from salus.service.grant_budget import Grant, grant_budget
from salus.service.mask_text import MaskRequest, mask_text
from salus.service.release_statistic import release_statistic
from salus.service.statistic.request import Statistic, StatisticRequest
from salus.service.verify_audit import verify_audit
from salus.trust.masking.known import Known

if TYPE_CHECKING:
    from pathlib import Path


def test_a_text_leaves_without_names_in_both_languages(tmp_path: Path) -> None:
    """Names, numbers and phones become marks; illnesses stay."""
    note = "Mrs. Jane Doe (MRN 00482913) has Crohn's disease. 患者王小明，电话13800138000，发热。"
    with open_context(Settings(home=tmp_path)) as context:
        masked = mask_text(context, MaskRequest(note, Known(names=("王小明",)))).text
    for told in ("Jane", "Doe", "00482913", "王小明", "13800138000"):
        assert told not in masked
    assert "Crohn's disease" in masked
    assert "发热" in masked


def test_a_statistic_leaves_with_noise_until_its_budget_is_spent(tmp_path: Path) -> None:
    """It is near the truth, it is paid for beforehand, and nobody is told more than was granted."""
    city = make_city(CitySpec(people=2_000, seed=2, days=200), tmp_path / "cities" / "hamlet").path
    truth = read_city(city).table("patient").count_rows()
    with open_context(Settings(home=tmp_path)) as context:
        grant_budget(context, Grant("hamlet", 1.0))
        asked = [
            StatisticRequest("hamlet", "patient", Statistic.COUNT, epsilon)
            for epsilon in (0.5, 0.4, 0.2)
        ]
        released = [release_statistic(context, each) for each in asked[:2]]
        assert all(abs(each.values[0] - truth) < 150 for each in released)
        assert [each.left.epsilon for each in released] == [0.5, 0.1]
        with pytest.raises(ForbiddenError, match=r"only 0\.1 of 1 is left"):
            release_statistic(context, asked[2])
        verify_audit(context, "audit")
