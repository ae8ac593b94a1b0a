"""How long surgeries and days of theatres take: against simulation, theory and by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.overrun.bounded import ROUNDS, within_overrun
from salus.allocate.hospital.overrun.chance import Lengths, theatre_days
from salus.allocate.hospital.overrun.durations import Fit, fitted
from salus.allocate.hospital.overrun.lognormal import Lognormal
from salus.allocate.hospital.overrun.total import within_minutes
from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.surgeries import Case, SurgeryKnown
from salus.core.errors import InputError
from salus.core.rng import stream
from tests.fakes.timetables import crowded, roomy

if TYPE_CHECKING:
    from salus.allocate.hospital.problem import HospitalProblem

DRAWS = 200_000


def simulated(surgeries: list[Lognormal], rate: float, emergency: Lognormal, minutes: int) -> float:
    """Draw days of a theatre, and count those that take longer."""
    draw = stream(1, "theatre days")
    total = np.zeros(DRAWS)
    for each in surgeries:
        total += draw.lognormal(each.middle, each.width, DRAWS)
    counts = draw.poisson(rate, DRAWS)
    for place in range(int(counts.max())):
        longer = draw.lognormal(emergency.middle, emergency.width, DRAWS)
        total += np.where(counts > place, longer, 0.0)
    return float((total > minutes).mean())


def wilkinson(surgeries: list[Lognormal], minutes: int) -> float:
    """Take the sum for lognormal with the same mean and variance (Fenton and Wilkinson)."""
    mean = sum(each.mean for each in surgeries)
    spread = math.sqrt(sum((each.mean * each.spread) ** 2 for each in surgeries)) / mean
    whole = Lognormal.of(mean, spread)
    return 0.5 * math.erfc((math.log(minutes) - whole.middle) / (whole.width * math.sqrt(2)))


@pytest.mark.parametrize(
    ("means", "spread", "rate"),
    [
        ([200, 150, 90], 0.4, 0.0),
        ([60] * 7, 0.3, 0.5),
        ([440], 0.2, 0.1),
        ([], 0.4, 2.0),
        ([30, 30, 300], 0.8, 1.0),
    ],
)
def test_the_chance_agrees_with_simulation(means: list[int], spread: float, rate: float) -> None:
    """Within four standard errors of 200,000 drawn days, and what rounding to minutes may add."""
    surgeries = [Lognormal.of(mean, spread) for mean in means]
    emergency = Lognormal.of(100, 0.6)
    chance = 1 - within_minutes(surgeries, rate, emergency, 480).sum()
    drawn = simulated(surgeries, rate, emergency, 480)
    error = 4 * math.sqrt(max(drawn * (1 - drawn), 1e-5) / DRAWS)
    assert chance == pytest.approx(drawn, abs=error + 0.002)


def test_the_chance_is_near_the_one_of_a_matched_lognormal() -> None:
    """The approximation of Fenton and Wilkinson is within two points of the convolution."""
    surgeries = [Lognormal.of(mean, 0.4) for mean in (180, 120, 120)]
    for minutes in (420, 480, 600):
        chance = 1 - within_minutes(surgeries, 0.0, Lognormal(0, 0), minutes).sum()
        assert chance == pytest.approx(wilkinson(surgeries, minutes), abs=0.02)


def test_nothing_takes_no_time() -> None:
    """A day without surgeries and emergencies ends at once; many emergencies never do."""
    assert within_minutes([], 0.0, Lognormal(0, 0), 0).tolist() == [1.0]
    assert within_minutes([], 50.0, Lognormal.of(100, 0.5), 480).sum() < 1e-6


def test_with_many_cases_the_fit_is_the_maximum_likelihood() -> None:
    """Mean and deviation of the logarithms of ten thousand cases."""
    ratios = stream(3, "cases").lognormal(0.2, 0.35, 10_000)
    cases = [Case("Ito", "hip", 1000, max(1, round(1000 * each))) for each in ratios]
    logs = np.log([case.took / 1000 for case in cases])
    found = fitted(cases).of("hip", "Ito", 1.0)
    assert found.middle == pytest.approx(logs.mean(), abs=1e-3)
    assert found.width == pytest.approx(logs.std(), abs=1e-3)


def test_a_few_cases_move_the_belief_a_little() -> None:
    """Ten cases of twice the planned time, against a belief worth ten: half of the logarithm."""
    fit = Fit(spread=0.4, weight=10.0)
    belief = Lognormal.of(1.0, 0.4)
    found = fitted([Case("Ito", "", 60, 120)] * 10, fit).of("", "Ono", 1.0)
    assert found.middle == pytest.approx((belief.middle + math.log(2)) / 2)
    none = fitted([]).of("hip", "Ito", 90)
    assert (none.mean, none.spread) == pytest.approx((90, 0.4))


def test_a_surgeon_is_told_from_others_of_the_same_procedure() -> None:
    """Slow and fast lie on either side of the procedure, whose mean a stranger gets."""
    cases = [Case("slow", "hip", 100, 150)] * 20 + [Case("fast", "hip", 100, 80)] * 20
    found = fitted([*cases, *[Case("slow", "knee", 100, 100)] * 5])
    slow, fast, new = (found.of("hip", name, 100).mean for name in ("slow", "fast", "new"))
    assert fast < new < slow
    assert found.of("eye", "new", 100) == found.of("", "", 100)


def test_a_surgeon_s_new_procedure_is_told_by_what_the_surgeon_does() -> None:
    """All cases of the surgeon count, not those without a procedure alone."""
    cases = [Case("slow", "hip", 100, 200)] * 90 + [Case("fast", "hip", 100, 100)] * 900
    found = fitted(cases)
    assert found.of("eye", "slow", 100).mean > 180
    assert found.of("", "fast", 100).mean < 110


def test_days_of_a_plan_are_added_up_by_theatre_and_date() -> None:
    """Patients, minutes and emergencies of each; days without surgery are not listed."""
    problem = roomy(240)
    first, second = problem.patients[:2]
    rooms, theatre = problem.rooms, problem.theatres[0]
    plan = HospitalPlan(
        tuple(Admission(each.id, 1, rooms[0].id, theatre.id) for each in (first, second)), ()
    )
    known = SurgeryKnown(emergencies={(theatre.id, 1): 0.5}, minutes=100.0)
    (day,) = theatre_days(Lengths.of(problem, known), plan)
    assert (day.theatre, day.day, day.patients) == (theatre.id, 1, (first.id, second.id))
    assert day.planned == first.minutes + second.minutes
    assert day.expected == pytest.approx(day.planned + 50)
    calm = theatre_days(Lengths.of(problem, SurgeryKnown()), plan)[0]
    assert calm.chance < day.chance


def _packed(problem: HospitalProblem, warm: HospitalPlan | None) -> HospitalPlan:
    """Put each patient into the first theatre and day with minutes left, as full as can be."""
    del warm
    left = {each.id: each.minutes.copy() for each in problem.theatres}
    admissions = []
    for patient in problem.patients:
        for day in range(problem.days):
            name = next((t for t in left if left[t][day] >= patient.minutes), None)
            if name is not None:
                left[name][day] -= patient.minutes
                admissions.append(Admission(patient.id, day, "hall", name))
                break
    duties = [
        Duty(next(n.id for n in problem.nurses if shift in n.loads), shift, ("hall",))
        for shift in range(problem.horizon)
    ]
    return HospitalPlan(tuple(admissions), tuple(duties))


def test_a_plan_is_made_anew_until_each_day_keeps_the_bound() -> None:
    """Four of a hundred minutes in 480 are too many for one in ten; three or fewer are not."""
    problem = roomy()
    lengths = Lengths.of(problem, SurgeryKnown())
    packed = theatre_days(lengths, _packed(problem, None))
    assert max(each.chance for each in packed) > 0.1
    found = within_overrun(problem, lengths, 0.1, _packed)
    assert found.rounds > 1
    assert max(each.chance for each in found.days) <= 0.1
    assert len(found.plan.admissions) == len(problem.patients)
    assert {each.minutes for each in found.days} == {480}
    for given, left in zip(problem.theatres, found.problem.theatres, strict=True):
        assert (left.minutes <= given.minutes).all()


def test_the_last_plan_that_breaks_no_rule_is_kept_when_it_is_over() -> None:
    """Though its days overrun; a plan of fewer minutes that was not ended is not taken for it."""
    problem = roomy()
    lengths = Lengths.of(problem, SurgeryKnown())
    found = within_overrun(problem, lengths, 0.1, _packed, over=lambda: True)
    assert (found.rounds, found.plan) == (1, _packed(problem, None))
    made: list[HospitalPlan] = []

    def unchanged(problem: HospitalProblem, warm: HospitalPlan | None) -> HospitalPlan:
        made.append(warm or _packed(problem, None))
        return made[-1]

    found = within_overrun(problem, lengths, 0.1, unchanged, over=lambda: len(made) > 1)
    assert (found.rounds, found.plan, len(made)) == (1, _packed(problem, None), 2)


def test_the_last_plan_that_breaks_no_rule_is_kept_where_the_bound_leaves_too_few_minutes() -> None:
    """Sixteen patients in four days of one theatre: four a day overrun too often."""
    problem = crowded()
    lengths = Lengths.of(problem, SurgeryKnown())
    begun: list[HospitalPlan | None] = []

    def noted(problem: HospitalProblem, warm: HospitalPlan | None) -> HospitalPlan:
        begun.append(warm)
        return _packed(problem, warm)

    found = within_overrun(problem, lengths, 0.1, noted)
    assert (found.rounds, found.plan, len(begun)) == (1, _packed(problem, None), ROUNDS)
    assert max(each.chance for each in found.days) > 0.1
    assert begun[2] is not None
    assert len(begun[2].admissions) < len(
        problem.patients
    )  # what was broken is mended, not made anew


def test_a_plan_that_is_mended_counts() -> None:
    """The second one breaks rules, the third does not, with the same minutes."""
    problem = roomy()
    lengths = Lengths.of(problem, SurgeryKnown())
    asked: list[HospitalProblem] = []

    def slow(problem: HospitalProblem, warm: HospitalPlan | None) -> HospitalPlan:
        asked.append(problem)
        plan = _packed(problem, warm)
        return replace(plan, admissions=plan.admissions[:1]) if len(asked) == 2 else plan

    found = within_overrun(problem, lengths, 0.1, slow)
    assert found.rounds > 2
    assert asked[1] is asked[2]
    assert max(each.chance for each in found.days) <= 0.1


def test_a_day_without_minutes_to_lower_ends_it() -> None:
    """A surgery of no minutes beside emergencies that take longer than the theatre may."""
    problem = roomy()
    short = replace(problem.patients[0], minutes=0, mandatory=False, due=None)
    problem = replace(problem, patients=(short,))
    known = SurgeryKnown(
        emergencies={(each.id, day): 9.0 for each in problem.theatres for day in range(4)}
    )
    found = within_overrun(problem, Lengths.of(problem, known), 0.1, _packed)
    assert found.rounds == 2  # the first one has lowered all days alike
    assert found.days[0].chance > 0.1


def test_a_bound_that_a_patient_alone_breaks_names_the_patient() -> None:
    """A surgery of 470 minutes in 480 overruns in four cases of ten, wherever it is."""
    problem = roomy()
    long = replace(problem.patients[2], minutes=470)
    patients = (*problem.patients[:2], long)
    problem = replace(problem, patients=patients)
    with pytest.raises(InputError) as told:
        within_overrun(problem, Lengths.of(problem, SurgeryKnown()), 0.1, _packed)
    assert [each.value for each in told.value.faults] == [long.id]
    with pytest.raises(InputError) as told:
        within_overrun(roomy(), Lengths.of(roomy(), SurgeryKnown()), 1e-9, _packed)
    assert "of at least 0 " not in f"{told.value} "


@pytest.mark.parametrize("bound", [0.0, 1.0, -1.0, math.nan])
def test_a_bound_is_a_chance(bound: float) -> None:
    """Neither never nor always can be asked for."""
    problem = random_hospital(7)
    with pytest.raises(InputError):
        within_overrun(problem, Lengths.of(problem, SurgeryKnown()), bound, _packed)


def test_a_plan_that_breaks_rules_is_returned() -> None:
    """Without a bound's doing it is shown as it is."""
    problem = random_hospital(7)
    lengths = Lengths.of(problem, SurgeryKnown())
    found = within_overrun(problem, lengths, 0.9, lambda *_: random_plan(problem, 7))
    assert found.rounds == 1
    assert found.plan == random_plan(problem, 7)
