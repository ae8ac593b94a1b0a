"""Rules of nurses on a roster small enough to read: each is kept by the fewest shifts left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.hospital.calendar import Calendar
from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.law.called import called_in
from salus.allocate.hospital.law.expected import expected_work
from salus.allocate.hospital.law.permitted import at_work, on_duty, permitted, worked
from salus.allocate.hospital.law.verify import NurseRule, verify_nurse_rules
from salus.allocate.hospital.nurse_rules import NurseRules
from salus.allocate.hospital.plan import Duty, HospitalPlan
from salus.allocate.hospital.site import Nurse
from salus.core.errors import InputError

if TYPE_CHECKING:
    from salus.allocate.hospital.law.verify import RuleBreach

DAYS, SHIFTS, HOUR = 10, 3, 60
EARLY, LATE, NIGHT = range(SHIFTS)
NOTHING = HospitalPlan((), ())


def house(rosters: dict[str, tuple[int, list[tuple[int, int]]]], rules: NurseRules) -> Hospital:
    """Give a hospital of ten days nurses by name: skill, and shifts as (day, place)."""
    problem = random_hospital(3, days=DAYS)
    stands = Nurse("always", 2, dict.fromkeys(range(DAYS * SHIFTS), 5))
    nurses = [
        Nurse(name, skill, {day * SHIFTS + place: 5 for day, place in shifts})
        for name, (skill, shifts) in rosters.items()
    ]
    problem = replace(problem, nurses=(*nurses, stands))
    calendar = Calendar(date(2026, 3, 2), (6 * HOUR, 14 * HOUR, 22 * HOUR), (8 * HOUR,) * 3)
    return replace(Hospital.plain(problem), calendar=calendar, rules=rules)


def broken(hospital: Hospital, name: str = "") -> list[RuleBreach]:
    """List what the roster breaks where everybody works every shift, of one nurse if named."""
    found = verify_nurse_rules(hospital, at_work(hospital.problem, NOTHING))
    return [each for each in found if each.who == name]


def test_rest_counts_from_the_end_to_the_next_start() -> None:
    """Late then early is eight hours; early then early is sixteen."""
    roster = {"ada": (1, [(0, LATE), (1, EARLY), (2, EARLY)])}
    found = broken(house(roster, NurseRules(rest=11 * HOUR)), "ada")
    assert [(each.rule, each.shift, each.found) for each in found] == [
        (NurseRule.REST, 3, 8 * HOUR)
    ]


def test_a_shift_that_reaches_into_the_next_day_ends_there() -> None:
    """A night is followed by eight hours until the late shift, none until the early one."""
    late = house({"ada": (1, [(0, NIGHT), (1, LATE)])}, NurseRules(rest=9 * HOUR))
    early = house({"ada": (1, [(0, NIGHT), (1, EARLY)])}, NurseRules(rest=1))
    assert [each.found for each in broken(late, "ada")] == [8 * HOUR]
    assert [each.found for each in broken(early, "ada")] == [0]


def test_the_hours_of_seven_days_are_those_of_any_seven() -> None:
    """Six shifts from Thursday to Tuesday are in one such stretch, though in two calendar weeks."""
    days = [3, 4, 5, 6, 7, 8]
    roster = {"ada": (1, [(day, EARLY) for day in days])}
    found = broken(house(roster, NurseRules(week=40 * HOUR)), "ada")
    assert {(each.rule, each.found) for each in found} == {(NurseRule.WEEK, 48 * HOUR)}
    assert found[0].shift // SHIFTS in {2, 3}
    eight_apart = {"ada": (1, [(day, EARLY) for day in (0, 1, 2, 7, 8, 9)])}
    assert not broken(house(eight_apart, NurseRules(week=40 * HOUR)), "ada")


def test_the_hours_of_the_whole_horizon_are_bounded() -> None:
    """Four shifts are thirty-two hours."""
    roster = {"ada": (1, [(day, EARLY) for day in (0, 3, 6, 9)])}
    found = broken(house(roster, NurseRules(whole=24 * HOUR)), "ada")
    assert [(each.rule, each.found) for each in found] == [(NurseRule.WHOLE, 32 * HOUR)]


def test_shares_count_whoever_is_at_work_in_a_ward() -> None:
    """One of three with the skill is less than a half; by ward, the ward without any is named."""
    roster = {"ada": (0, [(0, EARLY)]), "ben": (0, [(0, EARLY)])}
    hospital = house(roster, NurseRules(shares=(0.0, 0.5, 0.0)))
    (found,) = broken(hospital)
    assert (found.rule, found.shift, found.skill) == (NurseRule.SHARE, 0, "1")
    assert found.found == pytest.approx(1 / 3)
    wards = replace(hospital, teams={"ada": "north", "ben": "north", "always": "south"})
    assert [each.found for each in broken(wards, "north")] == [0.0]
    assert broken(wards, "south") == []


def test_whoever_has_no_duty_is_not_at_work() -> None:
    """A plan that names nobody breaks nothing; rules that ask for nothing neither."""
    hospital = house({"ada": (0, [(0, LATE), (1, EARLY)])}, NurseRules(rest=11 * HOUR))
    assert verify_nurse_rules(hospital, NOTHING) == ()
    assert broken(replace(hospital, rules=NurseRules()), "ada") == []


def test_the_permitted_roster_leaves_out_as_little_as_it_can() -> None:
    """Of late, early, early, the middle one goes, or the first, not two."""
    roster = {"ada": (1, [(0, LATE), (1, EARLY), (2, EARLY)]), "ben": (1, [(5, NIGHT)])}
    hospital = house(roster, NurseRules(rest=11 * HOUR, week=60 * HOUR))
    stands = hospital.problem.nurses[-1]
    rest = {shift: 5 for shift in stands.loads if shift % SHIFTS == EARLY and shift < 15}
    others = replace(
        hospital.problem,
        nurses=(
            *hospital.problem.nurses[:-1],
            *(Nurse(f"only {shift}", 2, {shift: 5}) for shift in stands.loads if shift not in rest),
            Nurse("early", 2, rest),
        ),
    )
    hospital = replace(hospital, problem=others)
    found = {each.id: sorted(each.loads) for each in permitted(hospital).nurses}
    assert len(found["ada"]) == 2
    assert found["ben"] == [5 * SHIFTS + NIGHT]
    kept = replace(hospital, problem=permitted(hospital))
    assert verify_nurse_rules(kept, at_work(kept.problem, NOTHING)) == ()


def test_without_rules_the_problem_is_the_same() -> None:
    """Off by default."""
    hospital = Hospital.plain(random_hospital(3))
    assert permitted(hospital) is hospital.problem


def test_rules_that_leave_nobody_name_shift_nurse_and_rule() -> None:
    """Whoever stands in every shift cannot rest; each shift left bare says who and why."""
    hospital = house({}, NurseRules(rest=11 * HOUR))
    with pytest.raises(InputError) as told:
        permitted(hospital)
    assert len(told.value.faults) == 20
    assert "always would not rest enough beside 2026-03-" in str(told.value.faults[0])
    skilled = replace(
        hospital,
        problem=replace(hospital.problem, nurses=(replace(hospital.problem.nurses[0], skill=1),)),
        rules=NurseRules(shares=(0.0, 0.0, 0.3)),
    )
    with pytest.raises(InputError) as told:
        permitted(skilled)
    assert len(told.value.faults) == DAYS * SHIFTS
    assert "always would be at work where too few have the skill 2" in str(told.value.faults[0])
    for rules, reason in (
        (NurseRules(week=40 * HOUR), "too many hours in 7 days"),
        (NurseRules(whole=40 * HOUR), "too many hours in all"),
    ):
        with pytest.raises(InputError) as told:
            permitted(replace(hospital, rules=rules))
        assert reason in str(told.value.faults[0])


def test_expected_work_adds_up_to_all_work_inside_the_horizon() -> None:
    """Where nobody can stay beyond the end, nothing is lost; higher levels ask for less."""
    problem = random_hospital(11, days=9)
    early = tuple(replace(each, release=0, due=1) for each in problem.patients if each.mandatory)
    problem = replace(problem, patients=early)
    found = expected_work(problem)
    everybody = (*problem.occupants, *problem.patients)
    assert found[0].sum() == pytest.approx(sum(each.work.sum() for each in everybody))
    assert np.all(np.diff(found, axis=0) <= 1e-9)


def test_another_plan_of_the_shifts_worked_keeps_the_rules() -> None:
    """Shifts that the plan does not name are gone, but for those in which nobody would be left."""
    roster = {"ada": (1, [(0, LATE), (1, EARLY)]), "ben": (1, [(0, LATE)])}
    hospital = house(roster, NurseRules(rest=11 * HOUR))
    plan = HospitalPlan((), (Duty("ben", LATE, ()),))
    found = {each.id: set(each.loads) for each in worked(hospital, plan).nurses}
    assert found == {"ada": {SHIFTS}, "ben": {LATE}, "always": set(range(DAYS * SHIFTS)) - {LATE}}
    assert worked(replace(hospital, rules=NurseRules()), plan) is hospital.problem
    assert on_duty(worked(hospital, plan), HospitalPlan((), (Duty("ada", LATE, ()),))).duties == ()


def test_who_offers_the_shift_is_called_in_and_rests() -> None:
    """The fewest shifts change: ada stands in for a night, and leaves out the morning after it."""
    everywhere = [(day, place) for day in range(DAYS) for place in range(SHIFTS)]
    crew = {f"only {day} {place}": (0, [(day, place)]) for day, place in everywhere if day != 3}
    crew |= {"early": (0, [(3, EARLY)]), "late": (0, [(3, LATE)])}
    rota = {**crew, "ada": (0, [(3, NIGHT), (4, EARLY)]), "bea": (0, [(6, LATE)])}
    hospital = house(rota, NurseRules(rest=11 * HOUR))
    nurses = tuple(each for each in hospital.problem.nurses if each.id != "always")
    hospital = replace(hospital, problem=replace(hospital.problem, nurses=nurses))
    duties = [
        Duty(each.id, shift, ()) for each in nurses if each.id in crew for shift in each.loads
    ]
    plan = HospitalPlan((), (*duties, Duty("ada", 4 * SHIFTS, ()), Duty("gone", 11, ())))
    found = {each.id: set(each.loads) for each in called_in(hospital, plan, 3).nurses}
    assert (found["ada"], found["bea"]) == ({3 * SHIFTS + NIGHT}, set())
    assert all(found[name] for name in crew)
    broken_rota = called_in(replace(hospital, rules=NurseRules(rest=24 * 60, whole=60)), plan, 3)
    assert {each.id: set(each.loads) for each in broken_rota.nurses}["ada"] == {11, 12}


def test_who_is_called_in_rests_also_where_skill_is_missing() -> None:
    """A share that nobody can fill is no reason to break the rest of those who come."""
    everywhere = [(day, place) for day in range(DAYS) for place in range(SHIFTS)]
    crew = {f"only {day} {place}": (1, [(day, place)]) for day, place in everywhere if day != 3}
    crew |= {"early": (1, [(3, EARLY)]), "late": (1, [(3, LATE)])}
    rota = {**crew, "ada": (0, [(3, NIGHT), (4, EARLY)])}
    hospital = house(rota, NurseRules(rest=11 * HOUR, shares=(0.0, 0.5)))
    nurses = tuple(each for each in hospital.problem.nurses if each.id != "always")
    hospital = replace(hospital, problem=replace(hospital.problem, nurses=nurses))
    duties = [
        Duty(each.id, shift, ()) for each in nurses if each.id in crew for shift in each.loads
    ]
    plan = HospitalPlan((), (*duties, Duty("ada", 4 * SHIFTS, ())))
    found = {each.id: set(each.loads) for each in called_in(hospital, plan, 3).nurses}
    assert found["ada"] == {3 * SHIFTS + NIGHT}
    assert all(found[name] for name in crew)
