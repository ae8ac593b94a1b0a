"""Any small hospital and plan as a folder: nothing is lost on the way, whatever it is called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.competition.write import instance_text
from salus.allocate.hospital.files import read_hospital, read_plan, write_hospital, write_plan
from salus.allocate.hospital.plan import HospitalPlan
from salus.allocate.hospital.verify import verify
from salus.core.errors import Fault, InputError
from salus.core.names import harmless
from tests.fakes.house import stated, written

SEEDS = st.integers(0, 10_000)
NAMES = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda name: name and name == harmless(name)),
    min_size=3,
    max_size=3,
    unique_by=lambda name: name.lower().replace(" ", "_"),
)


@given(SEEDS, st.integers(1, 12), st.integers(2, 9))
def test_a_folder_loses_nothing(seed: int, patients: int, days: int) -> None:
    """The problem is the same, and so is what stands beside it."""
    hospital = stated(random_hospital(seed, patients=patients, days=days))
    with TemporaryDirectory() as place:
        folder = Path(place) / "hospital"
        write_hospital(hospital, folder)
        again = read_hospital(folder)
    assert instance_text(again.problem) == instance_text(hospital.problem)
    for field in ("calendar", "skills", "wards", "teams", "rules", "known"):
        assert getattr(again, field) == getattr(hospital, field)


@given(SEEDS, NAMES, NAMES)
def test_names_may_be_any(seed: int, shifts: list[str], skills: list[str]) -> None:
    """Names with commas, quotes, capitals and signs of any script come back as they were."""
    problem = replace(random_hospital(seed), shifts=tuple(shifts))
    hospital = replace(stated(problem), skills=tuple(skills))
    with TemporaryDirectory() as place:
        folder = Path(place) / "hospital"
        write_hospital(hospital, folder)
        again = read_hospital(folder)
    assert again.problem.shifts == problem.shifts
    assert again.skills == hospital.skills
    assert instance_text(again.problem) == instance_text(problem)


@given(SEEDS, st.integers(0, 100))
def test_a_plan_in_either_form_is_the_same_plan(seed: int, other: int) -> None:
    """JSON to folder and back breaks and costs the same, with the same admissions."""
    problem = random_hospital(seed)
    hospital, plan = stated(problem), random_plan(problem, other)
    with TemporaryDirectory() as place:
        folder, file = Path(place) / "plan", Path(place) / "plan.json"
        write_plan(hospital, plan, folder)
        read = read_plan(folder, hospital)
        write_plan(hospital, read, file)
        back = read_plan(file, hospital)
    assert read == back
    assert read.admissions == plan.admissions
    order = {each.id: place for place, each in enumerate(problem.nurses)}
    duties = sorted(plan.duties, key=lambda each: (order[each.nurse], each.shift))
    assert read.duties == tuple(duties)
    assert verify(problem, read) == verify(problem, HospitalPlan(plan.admissions, plan.duties))


@given(st.data())
def test_a_damaged_folder_is_read_or_refused(data: st.DataObject) -> None:
    """Whatever stands in a cell, a row or a header, the answer is a hospital or advice."""
    with TemporaryDirectory() as place:
        folder = written(Path(place))
        for _ in range(data.draw(st.integers(1, 4))):
            _damage(data, data.draw(st.sampled_from(sorted(folder.iterdir()))))
        faults = _faults(folder)
    assert all(str(each.where.source).endswith(".csv") for each in faults)
    assert len(set(map(str, faults))) == len(faults)


def _faults(folder: Path) -> tuple[Fault, ...]:
    try:
        read_hospital(folder)
    except InputError as error:
        return error.faults
    return ()


def _damage(data: st.DataObject, path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[at].split(",")
    cell = data.draw(st.integers(0, len(cells) - 1))
    junk = st.sampled_from(["", "-1", "1e99", "0.5", "nan", "x", "=x", '"', "2026-03-03", "9", ";"])
    what = data.draw(st.sampled_from(["cell", "row", "twice", "gone"]))
    if what == "gone":
        path.write_text("", encoding="utf-8")
        return
    cells[cell] = data.draw(junk) if what == "cell" else cells[cell]
    changed = {"cell": [",".join(cells)], "row": [], "twice": [lines[at], lines[at]]}
    lines[at : at + 1] = changed[what]
    path.write_text("\n".join(lines), encoding="utf-8")
