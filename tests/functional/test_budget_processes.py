"""Several processes ask at the same time; together they are told what the budget allows."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from salus.core.settings import Settings
from salus.data.store.budgets import Budgets, Key
from salus.data.synthetic.city import make_city
from salus.data.synthetic.spec import CitySpec
from salus.service.context import open_context
from salus.service.grant_budget import Grant, grant_budget
from salus.service.verify_audit import verify_audit
from tests.functional.running import salus

if TYPE_CHECKING:
    from pathlib import Path

ASK = """
import sys
from pathlib import Path
from salus.core.errors import ForbiddenError
from salus.core.settings import Settings
from salus.service.context import open_context
from salus.service.release_statistic import release_statistic
from salus.service.statistic.request import Statistic, StatisticRequest
told = 0
with open_context(Settings(home=Path(sys.argv[1]))) as context:
    for number in range(6):
        rows = 1 + 6 * int(sys.argv[2]) + number
        try:
            release_statistic(
                context, StatisticRequest("hamlet", "patient", Statistic.COUNT, 0.1, rows=rows)
            )
            told += 1
        except ForbiddenError:
            pass
print(told)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home with the smallest city and a budget of one."""
    folder = tmp_path_factory.mktemp("budget") / "home"
    with open_context(Settings(home=folder)) as context:
        make_city(CitySpec(people=2_000, seed=2, days=200), folder / "cities" / "hamlet")
        grant_budget(context, Grant("hamlet", 1.0))
    return folder


def test_four_processes_share_one_budget(home: Path) -> None:
    """Of 24 different questions that cost a tenth each, exactly ten are answered."""
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(home), str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    told = [int(each.communicate()[0]) for each in asking]
    assert [each.returncode for each in asking] == [0] * 4
    assert sum(told) == 10
    with open_context(Settings(home=home)) as context:
        budget = Budgets(context.store).find(Key("hamlet", "planning"))
        assert budget is not None
        assert budget.left.units == 0
        verify_audit(context, "audit")


def test_the_command_says_that_the_budget_is_spent(home: Path) -> None:
    """Exit code 2 and one line of advice; a grant opens it again."""
    ask = ["trust", "statistic", "count", "--data", "hamlet", "--epsilon", "0.5"]
    told = salus(*ask, "--home", str(home))
    assert told.code == 2
    assert "ask the security officer" in told.err.lower()
    assert salus("trust", "budget", "grant", "hamlet", "1", "--home", str(home)).code == 0
    told = salus(*ask, "--home", str(home), "--json")
    assert told.code == 0
    assert abs(told.document["values"][0] - 2_000) < 200
    again = salus(*ask, "--home", str(home), "--json").document
    assert (again["again"], again["values"]) == (True, told.document["values"])
