"""A planner with nothing but files: practice, overrides, declines, reserves and deprivation."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salus.data.region.sample import sample_region
from tests.functional.running import done, salus

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functional.running import Made

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "plan-your-own-region.md"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run without guests, who change nothing of a plan."""
    monkeypatch.setenv("SALUS_GUESTS", "0")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the sample region with consortia, reserves, deprivation, and the files of the how-to."""
    found = tmp_path_factory.mktemp("rights") / "region"
    shutil.copytree(sample_region(), found)
    _columns(
        found / "facilities.csv",
        consortium=lambda place: ("east", "west")[place % 2],
        reserve_ward_beds=lambda place: "20" * (place == 0),
    )
    _columns(
        found / "districts.csv",
        consortium=lambda place: ("east", "west")[place % 2],
        deprivation=lambda place: f"{place / 20:.2f}",
    )
    overrides, declines = re.findall(
        r"```csv\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    (found / "overrides.csv").write_text(overrides, encoding="utf-8")
    (found / "declines.csv").write_text(declines, encoding="utf-8")
    return found


def _columns(path: Path, **columns: Callable[[int], str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for place, row in enumerate(rows):
        row |= {name: value(place) for name, value in columns.items()}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def told(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Run the day of it once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALUS_GUESTS", "0")
        return done(tmp_path_factory.mktemp("told"), "--region", folder, "--stress", "demand=1.3")


def test_the_ledger_of_practice_is_in_the_document(told: Made) -> None:
    """Journeys against a rule, their cases and prices add up to what is told of the rule."""
    tables = told.document["tables"]
    (rule,) = (row for row in tables["practice"] if row["scenario"] == "expected")
    used = [row for row in tables["practice_journeys"] if row["scenario"] == "expected"]
    assert rule["rule"] == "consortium"
    assert rule["journeys_priced"] > 0 < rule["journeys_overridden"]
    assert sum(row["price_minutes"] for row in used) == pytest.approx(rule["price_minutes"])
    assert sum(row["cases"] for row in used) == pytest.approx(rule["cases"])
    let = [row for row in used if row["reason"] is not None]
    assert {(row["district_id"], row["reason"], row["decided_by"]) for row in let} == {
        ("AC01", "bridge closed", "health bureau")
    }
    assert all(row["minutes_per_case"] == 0 for row in let)


def test_what_is_declined_is_not_planned(told: Made) -> None:
    """Nobody of AC02 goes to H01, and nobody needs intensive care at H03; the change is told."""
    tables = told.document["tables"]
    for flow in tables["flows"]:
        assert (flow["district_id"], flow["facility_id"]) != ("AC02", "H01")
        assert (flow["service"], flow["facility_id"]) != ("icu", "H03")
    assert [row["days_in_plan"] for row in tables["declines"]] == [2, 7, 7]
    costs = {
        row["method"]: row["cost_minutes"]
        for row in tables["methods"]
        if row["scenario"] == "expected" and row["verified"]
    }
    assert set(costs) == {"exact", "greedy", "nearest"}
    assert min(costs.values()) == costs["exact"]
    changed = sum(row["elsewhere_cases"] + row["lost_cases"] for row in tables["replanned"])
    assert changed > 0
    assert tables["reserves"] == [
        {
            "facility_id": "H01",
            "facility": "Harbourgate General",
            "resource": "ward_bed",
            "reserve_units": 20,
            "staffed_units": 556,
        }
    ]


def test_coverage_is_told_by_deprivation(told: Made) -> None:
    """Five groups, whose people and cases are those of the region."""
    tables = told.document["tables"]
    groups = [row for row in tables["deprivation"] if row["scenario"] == "expected"]
    assert [row["group"] for row in groups] == [1, 2, 3, 4, 5]
    (plan,) = (
        row
        for row in tables["methods"]
        if row["scenario"] == "expected" and row["method"] == "exact"
    )
    assert sum(row["unmet_cases"] for row in groups) == pytest.approx(plan["unmet_cases"])
    assert sum(row["districts"] for row in groups) == 12


def test_terminal_and_page_show_it(told: Made) -> None:
    """People read reasons and groups where they read the plan."""
    for text in (told.text, told.page):
        for part in ("Override", "two nurses are ill", "bridge closed", "most deprived"):
            assert part in text, part


def test_it_is_told_in_chinese(folder: Path, tmp_path: Path) -> None:
    """The sections have their Chinese heads."""
    made = done(tmp_path, "--region", folder, "--stress", "demand=1.3", lang="zh")
    for head in ("诊疗规则与机构权利带来的变化", "按剥夺程度的覆盖率", "机构拒收的内容"):
        assert head in made.page


def test_a_bound_that_cannot_be_kept_is_told_tidily(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command ends with code 2, names districts and what can be kept, and writes nothing."""
    monkeypatch.setenv("SALUS_MIN_COVERAGE", "0.9")
    monkeypatch.setenv("SALUS_MAX_TRAVEL_MINUTES", "25")
    out = tmp_path / "out"
    told = salus("run", "--region", folder, "--out", out, "--home", tmp_path / "home")
    assert told.code == 2
    assert "Elmfield was promised a coverage of 90.0%" in told.err
    assert "bring capacity within reach of Elmfield" in told.err
    assert not out.exists()
