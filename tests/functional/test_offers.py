"""A region that offers beds to open and units to lend: what the plan makes of it is told."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from salus.data.region.sample import sample_region
from tests.functional.running import salus
from tests.house.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SURGE = "facility_id,resource_id,units,minutes\nH01,icu_bed,6,240\nH02,ward_bed,30,120\n"
LENDING = "from_facility_id,to_facility_id,resource_id,units,minutes\nH03,H01,icu_bed,4,45\n"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run without guests, who change nothing of a plan."""
    monkeypatch.setenv("SALUS_GUESTS", "0")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the sample region with offers of both kinds."""
    found = tmp_path_factory.mktemp("offers") / "region"
    shutil.copytree(sample_region(), found)
    (found / "surge.csv").write_text(SURGE, encoding="utf-8")
    (found / "lending.csv").write_text(LENDING, encoding="utf-8")
    return found


def test_what_is_opened_is_told_and_helps(folder: Path, tmp_path: Path) -> None:
    """In the record week whole beds are opened, within the offers, and fewer go without care."""
    told = salus("run", "--region", folder, "--json", "--home", tmp_path / "home")
    assert told.code == 0, told.err
    document = told.document
    opened = [row for row in document["tables"]["moves"] if row["move"] == "opened"]
    assert {row["scenario"] for row in opened} >= {"stress1"}
    most = {("H01", "icu_bed"): 6, ("H02", "ward_bed"): 30}
    for row in opened:
        assert row["units"] == round(row["units"]) <= most[row["facility_id"], row["resource"]]
    plans = {
        row["method"]: row for row in document["tables"]["methods"] if row["scenario"] == "stress1"
    }
    assert plans["exact"]["unmet_severity_weighted"] < plans["greedy"]["unmet_severity_weighted"]
    assert all(row["verified"] for row in plans.values())


def test_the_page_shows_what_is_opened(folder: Path, tmp_path: Path) -> None:
    """People read it in a section of its own, in both languages."""
    for lang, head in (("en", "What is opened and lent"), ("zh", "开放与借调")):
        out = tmp_path / lang
        told = salus(
            "run", "--region", folder, "--out", out, "--home", tmp_path / "h", "--lang", lang
        )
        assert told.code == 0, told.err
        assert head in (out / "report.html").read_text(encoding="utf-8")


def test_the_guide_to_uncertain_need_shows_what_a_run_prints(tmp_path: Path) -> None:
    """Its two files and its command give its lines, the JSON the same, and a replay agrees."""
    page = (ROOT / "docs" / "how-to" / "plan-for-uncertain-demand.md").read_text(encoding="utf-8")
    surge, lending, command, told = (
        re.findall(rf"^```(?:{kind})\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[number]
        for kind, number in (("csv", 0), ("csv", 1), ("sh", 0), ("text", 0))
    )
    folder, out, home = tmp_path / "my-region", tmp_path / "out", tmp_path / "home"
    shutil.copytree(sample_region(), folder)
    (folder / "surge.csv").write_text(surge, encoding="utf-8")
    (folder / "lending.csv").write_text(lending, encoding="utf-8")
    words = [str(folder) if each == "my-region" else each for each in command.split()[1:]]
    run = salus(*words, "--out", out, "--home", home)
    assert run.code == 0, run.err
    assert told in run.out
    document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    figures = document["figures"]
    assert f"{figures['uncertain.of_planning']['value']:,.0f}" in told
    assert f"{figures['uncertain.of_knowing']['value']:,.0f}" in told
    assert figures["uncertain.drawn"]["value"] == 100
    assert figures["uncertain.seed"]["value"] == 1
    assert any(each.startswith("Scenarios of need") for each in document["assumptions"])
    assert "unmet-by-scenario" in (out / "report.html").read_text(encoding="utf-8")
    again = salus("replay", document["decision"], "--home", home)
    assert again.code == 0, again.err
