"""Answers with noise: charged before they are made, and refused without cost."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pytest
from sqlalchemy import select

from salus.core.errors import ForbiddenError, InputError, MismatchError
from salus.data.store.budget_tables import BUDGET, CHARGE
from salus.data.store.schema import AUDIT
from salus.data.synthetic.city import read_city
from salus.service import release_statistic as released_by
from salus.service.context import Context, acting
from salus.service.grant_budget import Grant, grant_budget
from salus.service.list_budgets import list_budgets
from salus.service.load_records import LoadRequest, load_records
from salus.service.release_statistic import release_statistic
from salus.service.statistic.request import Statistic, StatisticRequest
from salus.service.verify_audit import verify_audit
from salus.trust.permission import Principal, Purpose
from tests.fakes import fhir

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Executable

PEOPLE = StatisticRequest("hamlet", "patient", Statistic.COUNT, 0.5)
SEXES = replace(PEOPLE, statistic=Statistic.HISTOGRAM, column="sex", categories=("female", "male"))
PRESSURE = replace(
    PEOPLE,
    table="observation",
    statistic=Statistic.SUM,
    column="value",
    low=50.0,
    high=250.0,
    where=(("code", "8480-6"),),
    rows=2,
)


@pytest.fixture
def context(in_use: Context, hamlet: Path) -> Context:
    """Give what is in use, with the smallest city in its home."""
    cities = in_use.settings.home / "cities"
    cities.mkdir()
    (cities / "hamlet").symlink_to(hamlet)
    return in_use


@pytest.fixture
def granted(context: Context) -> Context:
    """Give the same with a budget of two."""
    grant_budget(context, Grant("hamlet", 2.0))
    return context


def _charges(context: Context) -> list[int]:
    with context.store.reading() as connection:
        return list(connection.scalars(select(CHARGE.c.units)))


def test_a_count_lies_near_the_truth(granted: Context, hamlet: Path) -> None:
    """Closer than a hundred, which noise of scale two exceeds once in ten to the 21."""
    released = release_statistic(granted, PEOPLE)
    truth = read_city(hamlet).table("patient").count_rows()
    assert abs(released.values[0] - truth) < 100
    assert (released.half_width, released.loss.epsilon, released.left.epsilon) == (6, 0.5, 1.5)
    assert "95 in 100 times" in str(released.said[0])


def test_a_histogram_counts_each_category_and_the_rest(granted: Context, hamlet: Path) -> None:
    """All of it costs as much as one count: a person is in one category only."""
    released = release_statistic(granted, SEXES)
    sexes = read_city(hamlet).table("patient").to_table()["sex"]
    truth = [pc.sum(pc.equal(sexes, sex)).as_py() for sex in SEXES.categories]
    assert released.labels == ("female", "male", "")
    assert released.values[:2] == pytest.approx(truth, abs=100)
    assert released.loss.epsilon == 0.5


def test_a_sum_is_clamped_and_bounded_for_each_person(granted: Context, hamlet: Path) -> None:
    """Two rows of each person, each moved into the bounds, and noise for two times the bound."""
    rows = read_city(hamlet).table("observation").to_table()
    rows = rows.filter(pc.equal(rows["code"], "8480-6"))
    seen: dict[str, int] = {}
    truth = 0.0
    for person, value in zip(
        rows["patient_id"].to_pylist(), rows["value"].to_pylist(), strict=True
    ):
        seen[person] = seen.get(person, 0) + 1
        if seen[person] <= 2:
            truth += round(min(max(value, 50), 250))
    released = release_statistic(granted, PRESSURE)
    assert released.values[0] == pytest.approx(truth, abs=2 * 250 / 0.5 * 30)
    assert 2_000 < released.half_width < 4_000


def test_the_same_question_is_answered_once(granted: Context) -> None:
    """A second draw would tell more; the first answer again tells nothing new and costs nothing."""
    first, second = release_statistic(granted, PEOPLE), release_statistic(granted, PEOPLE)
    assert (second.values, second.left, second.again) == (first.values, first.left, True)
    assert len(_charges(granted)) == 1
    other = release_statistic(granted, replace(PEOPLE, epsilon=0.4))
    assert not other.again
    assert len(_charges(granted)) == 2


def test_a_spent_budget_refuses_and_charges_nothing(granted: Context) -> None:
    """The answer is not even drawn, and a smaller one may still fit."""
    release_statistic(granted, replace(PEOPLE, epsilon=1.75))
    with pytest.raises(ForbiddenError, match=r"costs epsilon 0\.5, but only 0\.25 of 2 is left"):
        release_statistic(granted, PEOPLE)
    assert len(_charges(granted)) == 1
    release_statistic(granted, replace(PEOPLE, epsilon=0.25))
    assert list_budgets(granted, "all")[0].budget.left.units == 0


def test_without_a_budget_nothing_is_answered(context: Context) -> None:
    """Nobody is told anything by default, and each purpose has its own budget."""
    with pytest.raises(ForbiddenError, match="no privacy budget was granted"):
        release_statistic(context, PEOPLE)
    grant_budget(context, Grant("hamlet", 1.0, Purpose.CARE))
    with pytest.raises(ForbiddenError, match="no privacy budget was granted"):
        release_statistic(context, PEOPLE)
    release_statistic(context, replace(PEOPLE, purpose=Purpose.CARE))


def test_a_budget_for_nothing_is_not_granted(context: Context) -> None:
    """A slip in the name is said at once, with the names that are there."""
    with pytest.raises(InputError, match="no such records") as caught:
        grant_budget(context, Grant("hamlett", 1.0))
    assert "a city of the home: hamlet" in str(caught.value)
    assert list_budgets(context, "all") == ()


def test_what_is_advised_depends_on_what_was_granted(context: Context) -> None:
    """Where nothing was granted, a smaller epsilon would not help."""
    with pytest.raises(ForbiddenError, match="to grant one"):
        release_statistic(context, PEOPLE)
    grant_budget(context, Grant("hamlet", 0.25))
    with pytest.raises(ForbiddenError, match="smaller epsilon"):
        release_statistic(context, PEOPLE)


def test_an_answer_says_that_it_counts_registrations(granted: Context) -> None:
    """Whoever is registered twice is two here, and the words say so."""
    released = release_statistic(granted, PEOPLE)
    assert "One registration counts with 1 rows at most" in str(released.said[1])
    assert "registered twice" in str(released.said[1])


def test_grants_add_up(granted: Context) -> None:
    """And are in the audit with who gave them."""
    assert grant_budget(granted, Grant("hamlet", 0.5)).granted.epsilon == 2.5
    with granted.store.reading() as connection:
        rows = connection.execute(select(AUDIT).where(AUDIT.c.outcome == "granted")).all()
    assert [row.detail for row in rows] == ['{"epsilon":2.0}', '{"epsilon":0.5}']
    verify_audit(granted, "audit")


def test_the_charge_is_there_before_the_answer(
    granted: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever kills the process while it answers has spent the budget all the same."""

    def killed(*_: object) -> tuple[float, ...]:
        raise KeyboardInterrupt

    monkeypatch.setattr(released_by, "_answer", killed)
    with pytest.raises(KeyboardInterrupt):
        release_statistic(granted, PEOPLE)
    assert _charges(granted) == [500_000_000]
    monkeypatch.undo()
    released = release_statistic(granted, PEOPLE)
    assert (released.again, released.left.epsilon) == (False, 1.0)


def test_every_charge_is_in_the_audit(granted: Context) -> None:
    """With who asked, for what, and how much, and without the answer."""
    release_statistic(granted, SEXES)
    with granted.store.reading() as connection:
        (row,) = connection.execute(select(AUDIT).where(AUDIT.c.outcome == "charged"))
    assert row.resource == "Statistic::hamlet/patient"
    detail = json.loads(row.detail)
    assert (detail.pop("epsilon"), detail.pop("purpose")) == (0.5, "planning")
    assert list(detail) == ["question"]
    verify_audit(granted, "audit")


def test_the_database_itself_refuses_to_be_overspent(granted: Context) -> None:
    """Should our own code be wrong one day."""
    with pytest.raises(Exception, match="CHECK"), granted.store.writing() as connection:
        connection.execute(BUDGET.update().values(spent=BUDGET.c.granted + 1))


def test_loaded_records_are_asked_as_those_of_a_city_are(granted: Context, tmp_path: Path) -> None:
    """They lie encrypted in the lake; the question and its budget are the same."""
    export = fhir.write_bundle(tmp_path / "export", *fhir.EACH)
    load_records(granted, LoadRequest(export, "clinic"))
    asked = replace(PEOPLE, data="clinic", table="condition", where=(("status", "active"),))
    with pytest.raises(ForbiddenError, match="no privacy budget was granted for clinic"):
        release_statistic(granted, asked)
    grant_budget(granted, Grant("clinic", 1.0))
    released = release_statistic(granted, asked)
    assert released.values[0] < 100
    assert release_statistic(granted, asked).again


@pytest.mark.parametrize("tampering", [{"spent": 0}, {"granted": 9_000_000_000}])
def test_a_budget_that_was_changed_beside_salus_is_found_out(
    granted: Context, tampering: dict[str, int]
) -> None:
    """The audit knows what was granted and charged, and verification adds it up."""
    release_statistic(granted, PEOPLE)
    with granted.store.writing() as connection:
        connection.execute(BUDGET.update().values(tampering))
    with pytest.raises(MismatchError, match="not what was granted and charged"):
        verify_audit(granted, "audit")


@pytest.mark.parametrize(
    "tampering",
    [
        CHARGE.update().values(answer="[1]"),
        CHARGE.update().values(answer=None),
        CHARGE.update().values(units=0),
        CHARGE.update().values(account="eve"),
        CHARGE.delete(),
    ],
)
def test_a_charge_or_answer_that_was_changed_beside_salus_is_found_out(
    granted: Context, tampering: Executable
) -> None:
    """The next who asks the same is answered from that row: it must be what was drawn."""
    release_statistic(granted, PEOPLE)
    verify_audit(granted, "audit")
    with granted.store.writing() as connection:
        connection.execute(tampering)
    with pytest.raises(MismatchError, match="charges or answers"):
        verify_audit(granted, "audit")


def test_a_charge_whose_answer_was_never_drawn_is_whole(
    granted: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed process leaves a charge without answer, and the audit says the same."""

    def killed(*_: object) -> tuple[float, ...]:
        raise KeyboardInterrupt

    monkeypatch.setattr(released_by, "_answer", killed)
    with pytest.raises(KeyboardInterrupt):
        release_statistic(granted, PEOPLE)
    verify_audit(granted, "audit")


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (replace(PEOPLE, data="../hamlet"), "no such records here"),
        (replace(PEOPLE, table="bed_state"), "no such table of people"),
        (replace(SEXES, column="given_name"), "names a person"),
        (replace(PEOPLE, where=(("patient_id", "p1"),)), "names a person"),
        (replace(SEXES, column="shoe_size"), "no such column"),
        (replace(SEXES, categories=()), "no category is named"),
        (replace(SEXES, column=""), "no column is named"),
        (replace(PRESSURE, column="display"), "holds no numbers"),
        (replace(PRESSURE, low=0.0, high=0.0), "a sum needs bounds"),
        (replace(PEOPLE, where=(("", "1"),)), "a filter names no column"),
        (replace(PRESSURE, low=0.0, high=10.0, step=100.0), "cannot be counted in steps"),
        (replace(PRESSURE, low=0.0, high=149.0, step=100.0), "cannot be counted in steps"),
    ],
)
def test_a_question_that_cannot_be_asked_costs_nothing(
    granted: Context, request_: StatisticRequest, said: str
) -> None:
    """It is refused with advice before anything is charged."""
    with pytest.raises(InputError, match=said):
        release_statistic(granted, request_)
    assert _charges(granted) == []


def test_a_clinician_asks_no_statistics(granted: Context) -> None:
    """Nor does anybody else whom the policy does not name."""
    clinician = acting(granted, Principal("anna", "clinician"))
    with pytest.raises(ForbiddenError):
        release_statistic(clinician, PEOPLE)
    with pytest.raises(ForbiddenError):
        grant_budget(clinician, Grant("hamlet", 1.0))
