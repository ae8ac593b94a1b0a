"""The competition's validator, on its published and on broken solutions; files lose nothing."""

from __future__ import annotations

import json
from csv import DictReader
from typing import Any

import pytest

from salus.allocate.hospital.bound.conflicts import conflicts
from salus.allocate.hospital.bound.lower_bound import lower_bound
from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.competition.solution import read_solution
from salus.allocate.hospital.competition.write import instance_text, solution_text
from salus.allocate.hospital.verify import verify
from salus.report.hospital_document import verification_document
from tests.conftest import SHARED

pytestmark = pytest.mark.shared
FOLDER = SHARED / "ihtc"


def _expected() -> dict[str, Any]:
    file = FOLDER / "golden" / "expected.json"
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


EXPECTED = _expected()
INSTANCES = sorted((FOLDER / "instances").glob("*/*.json"))


@pytest.mark.parametrize("name", EXPECTED)
def test_each_component_is_the_validators(name: str) -> None:
    """Ten good and ten broken solutions, component by component."""
    wanted = dict(EXPECTED[name])
    problem = read_instance(FOLDER / wanted.pop("instance"))
    found = verification_document(verify(problem, read_solution(FOLDER / name, problem)))
    assert found == wanted


@pytest.mark.parametrize("name", EXPECTED)
def test_a_solution_is_written_as_it_was_published(name: str) -> None:
    """Byte by byte, but for the costs that its authors noted at the end."""
    problem = read_instance(FOLDER / EXPECTED[name]["instance"])
    document = json.loads((FOLDER / name).read_text("utf-8"))
    text = solution_text(problem, read_solution(FOLDER / name, problem))
    del document["costs"]
    assert text == json.dumps(document, indent=2)
    if name.startswith("solutions"):
        assert (FOLDER / name).read_text("utf-8").startswith(text[: -len("\n}")])


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_an_instance_is_written_as_it_was_published(path: Any) -> None:
    """The public ones byte by byte, the others but for the order of their parts and blanks."""
    text, written = path.read_text("utf-8"), instance_text(read_instance(path))
    assert json.loads(written) == json.loads(text)
    assert written == text or path.parent.name != "public"


def test_the_worked_example_is_added_up() -> None:
    """591, as the printout of the validator says component by component."""
    folder = FOLDER / "example"
    problem = read_instance(folder / "mini.json")
    found = verify(problem, read_solution(folder / "mini_sol.json", problem))
    printed = (folder / "mini_expected.txt").read_text("utf-8")
    for name, amount in found.amounts.items():
        weight = name.weight(problem.weights)
        line = next(line for line in printed.splitlines() if line.startswith(f"{name}."))
        assert line.endswith(f"{found.costs[name]} ({weight:3} X {amount:3})")
    assert (found.total_violations, found.total_cost) == (0, 591)


@pytest.mark.parametrize("name", ["i01", "i03"])
def test_no_published_plan_undercuts_the_bound(name: str) -> None:
    """The bound lies near below the best plan known, and no reason is found against one."""
    with (FOLDER / "anchors.csv").open(encoding="utf-8") as lines:
        best = {each["instance"]: int(each["best_known"]) for each in DictReader(lines)}
    problem = read_instance(FOLDER / "instances" / "public" / f"{name}.json")
    total = lower_bound(problem, seconds=600).total
    assert total is not None
    assert 0.95 * best[name] < total <= best[name]
    assert conflicts(problem) == ()
