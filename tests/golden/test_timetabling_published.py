"""The competition's validator, on its published and on broken solutions; files lose nothing."""

from __future__ import annotations

import json
from csv import DictReader
from typing import TYPE_CHECKING, Any

import pytest

from salus.allocate.hospital.bound.conflicts import conflicts
from salus.allocate.hospital.bound.lower_bound import lower_bound
from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.competition.solution import read_solution
from salus.allocate.hospital.competition.write import instance_text, solution_text
from salus.allocate.hospital.verify import verify
from salus.report.hospital_document import verification_document
from tests.conftest import REPOSITORY, SHARED

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared
FOLDER = SHARED / "ihtc"


def _expected() -> dict[str, Any]:
    file = FOLDER / "golden" / "expected.json"
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


def _best() -> dict[str, int]:
    with (FOLDER / "anchors.csv").open(encoding="utf-8") as lines:
        return {each["instance"]: int(each["best_known"]) for each in DictReader(lines)}


EXPECTED = _expected()
CHEAPER = sorted((REPOSITORY / "benches" / "results" / "timetables").glob("*.json"))
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
    best = _best()
    problem = read_instance(FOLDER / "instances" / "public" / f"{name}.json")
    total = lower_bound(problem, seconds=600).total
    assert total is not None
    assert 0.95 * best[name] < total <= best[name]
    assert conflicts(problem) == ()


@pytest.mark.parametrize("path", CHEAPER, ids=lambda path: path.stem)
def test_a_plan_that_is_kept_is_cheaper_than_the_best_one_known(path: Path) -> None:
    """Whoever doubts that an instance was solved better finds the plan, and can check it."""
    problem = read_instance(FOLDER / "instances" / "public" / path.name)
    found = verify(problem, read_solution(path, problem))
    assert found.total_violations == 0
    assert found.total_cost is not None
    assert found.total_cost < _best()[path.stem]
