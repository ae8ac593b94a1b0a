"""Any small hospital: two ways to add up agree, files lose nothing, names mean nothing."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.competition.solution import read_solution
from salus.allocate.hospital.competition.write import instance_text, solution_text
from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.verification import Hard, Soft
from salus.allocate.hospital.verify import verify
from salus.core.errors import InputError
from tests.fakes.timetables import dense_amounts, kept

if TYPE_CHECKING:
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem

SEEDS = st.integers(0, 10_000)
SIZES = st.tuples(st.integers(1, 12), st.integers(2, 9))


def _hospital(seed: int, size: tuple[int, int]) -> HospitalProblem:
    return random_hospital(seed, patients=size[0], days=size[1])


@st.composite
def messy(draw: st.DrawFn) -> tuple[HospitalProblem, HospitalPlan]:
    """Draw a hospital and a plan whose duties are left out, doubled and in any order."""
    problem = _hospital(draw(SEEDS), draw(SIZES))
    plan = random_plan(problem, draw(SEEDS))
    names = [each.id for each in problem.rooms]
    more = st.builds(
        lambda duty, rooms: replace(duty, rooms=tuple(rooms)),
        st.sampled_from(plan.duties),
        st.lists(st.sampled_from(names), max_size=4),
    )
    duties = draw(st.permutations(plan.duties))[draw(st.integers(0, 3)) :]
    return problem, replace(plan, duties=(*duties, *draw(st.lists(more, max_size=4))))


@given(messy())
def test_two_ways_to_add_up_agree(drawn: tuple[HospitalProblem, HospitalPlan]) -> None:
    """What rooms and nurses break and cost is the same by definition and by dense arrays."""
    problem, plan = drawn
    found = verify(problem, plan)
    both = {each.value: n for each, n in found.violations.items()}
    both |= {each.value: n for each, n in found.amounts.items()}
    wanted = dense_amounts(problem, plan)
    assert {name: both[name] for name in wanted} == wanted


@given(messy())
def test_files_lose_nothing(drawn: tuple[HospitalProblem, HospitalPlan]) -> None:
    """An instance and a plan that are written, read and written again are the same."""
    problem, plan = drawn
    with TemporaryDirectory() as folder:
        instance, solution = instance_text(problem), solution_text(problem, plan)
        again = read_instance(kept(Path(folder), instance))
        back = read_solution(kept(Path(folder), solution), problem)
    assert instance_text(again) == instance
    assert solution_text(problem, back) == solution
    assert back == plan
    assert verify(again, back) == verify(problem, plan)


@given(messy())
def test_names_and_orders_mean_nothing(drawn: tuple[HospitalProblem, HospitalPlan]) -> None:
    """The other gender, and rows in any order, break and cost the same."""
    problem, plan = drawn
    other = {Gender.A: Gender.B, Gender.B: Gender.A}
    turned = replace(
        problem,
        patients=tuple(replace(p, gender=other[p.gender]) for p in problem.patients[::-1]),
        occupants=tuple(replace(p, gender=other[p.gender]) for p in problem.occupants[::-1]),
        rooms=problem.rooms[::-1],
        nurses=problem.nurses[::-1],
    )
    again = verify(turned, replace(plan, admissions=plan.admissions[::-1]))
    assert again == verify(problem, plan)


@given(SEEDS, SIZES)
def test_admission_is_added_up(seed: int, size: tuple[int, int]) -> None:
    """Everybody is admitted or not, late or not; theatres are open where somebody is operated."""
    problem = _hospital(seed, size)
    plan = random_plan(problem, seed)
    found = verify(problem, plan)
    postponed = (
        found.violations[Hard.MANDATORY_UNSCHEDULED_PATIENTS]
        + found.amounts[Soft.ELECTIVE_UNSCHEDULED_PATIENTS]
    )
    assert postponed + len(plan.admissions) == len(problem.patients)
    delay = sum(
        max(0, each.day - problem.patient[each.patient].release) for each in plan.admissions
    )
    assert found.amounts[Soft.PATIENT_DELAY] == delay
    opened = found.amounts[Soft.OPEN_OPERATING_THEATER]
    assert opened <= len(plan.admissions) <= opened * len(problem.patients)
    on_time = tuple(
        each
        for each in plan.admissions
        if problem.patient[each.patient].release <= each.day
        and each.day <= problem.last_day(problem.patient[each.patient])
    )
    wrong = len(plan.admissions) - len(on_time)
    assert found.violations[Hard.ADMISSION_DAY] == wrong
    punctual = verify(problem, replace(plan, admissions=on_time))
    assert punctual.violations[Hard.ADMISSION_DAY] == 0


@given(SEEDS)
def test_a_wider_house_breaks_less(seed: int) -> None:
    """With beds for all, theatres round the clock and surgeons without end, nothing is too much."""
    problem = random_hospital(seed)
    plan = random_plan(problem, seed)
    wide = replace(
        problem,
        rooms=tuple(replace(each, beds=99) for each in problem.rooms),
        theatres=tuple(
            replace(each, minutes=0 * each.minutes + 1_440) for each in problem.theatres
        ),
        surgeons=tuple(replace(each, minutes=each.minutes + 9_999) for each in problem.surgeons),
    )
    eased = {Hard.ROOM_CAPACITY, Hard.SURGEON_OVERTIME, Hard.OPERATING_THEATER_OVERTIME}
    before, after = verify(problem, plan), verify(wide, plan)
    for rule in Hard:
        assert after.violations[rule] == (0 if rule in eased else before.violations[rule])
    assert after.amounts == before.amounts


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 99, 1.5, "", "x", [], {}, [1], float("inf")]
)


@given(SEEDS, st.data())
def test_any_damage_is_refused_or_read(seed: int, data: st.DataObject) -> None:
    """A document in which any one value is another is read, or refused with its faults."""
    document = json.loads(instance_text(random_hospital(seed)))
    at: Any = document
    while True:
        key = data.draw(st.sampled_from(list(at) if isinstance(at, dict) else range(len(at))))
        if not at[key] or not isinstance(at[key], dict | list) or data.draw(st.integers(0, 3)) == 0:
            break
        at = at[key]
    at[key] = data.draw(ODD)
    with TemporaryDirectory() as folder, suppress(InputError):
        read_instance(kept(Path(folder), document))
