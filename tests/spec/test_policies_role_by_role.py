"""What each role may do, in one table: the policies that ship say the same, and nothing more."""

from __future__ import annotations

import pytest

from salus.service.guarded import PURPOSES
from salus.trust.permission import (
    OPERATOR,
    ROLES,
    VISITOR,
    WORKER,
    Context,
    Kind,
    Permission,
    Principal,
    Resource,
)
from salus.trust.policy import decide, open_policy
from tests.fakes.uses import USES

TABLE = """
                     planner quality clinician dispatcher security administrator feed worker visitor
run_day              yes     .       .         .          .        .             .    yes    .
make_city            yes     .       .         .          .        yes           .    yes    .
read_region          yes     .       .         .          .        yes           .    yes    .
read_records         yes     yes     yes       yes        .        .             .    yes    .
load_records         .       .       .         .          .        yes           .    .      .
open_records         yes     yes     yes       yes        .        .             .    .      .
clean_records        yes     yes     yes       .          .        .             .    yes    .
link_records         yes     yes     yes       .          .        .             .    yes    .
watch_quality        yes     yes     .         .          .        .             .    yes    .
forecast_need        yes     .       .         .          .        .             .    yes    .
plan_city            yes     .       .         .          .        .             .    yes    .
explain_city         yes     .       .         .          .        .             .    yes    .
solve_program        yes     .       .         .          .        .             .    .      .
verify_hospital      yes     .       .         .          .        .             .    .      .
convert_hospital     yes     .       .         .          .        .             .    .      .
weigh_overrun        yes     .       .         .          .        .             .    .      .
plan_hospital        yes     .       .         .          .        .             .    .      .
replan_hospital      yes     .       .         .          .        .             .    .      .
explain_hospital     yes     .       .         .          .        .             .    .      .
dispatch_queue       yes     .       .         yes        .        .             .    yes    .
advise_treatment     .       .       yes       .          .        .             .    yes    .
replay_decision      yes     .       .         .          yes      .             .    .      .
verify_audit         .       .       .         .          yes      .             .    .      .
read_audit           .       .       .         .          yes      .             .    .      .
first_administrator  .       .       .         .          .        .             .    .      .
invite               .       .       .         .          .        yes           .    .      .
accept_invitation    yes     yes     yes       yes        yes      yes           yes  yes    yes
sign_in              yes     yes     yes       yes        yes      yes           yes  yes    yes
sign_out             yes     yes     yes       yes        yes      yes           yes  yes    yes
change_account       .       .       .         .          .        yes           .    .      .
list_accounts        .       .       .         .          yes      yes           .    .      .
load_region          yes     .       .         .          .        yes           .    .      .
list_regions         yes     .       .         .          .        yes           .    .      .
see_region           yes     .       .         .          .        yes           .    .      .
start_job            yes     .       .         .          .        .             .    .      .
resume_job           yes     .       .         .          .        .             .    .      .
cancel_job           yes     .       .         .          .        .             .    .      .
list_jobs            yes     .       .         .          .        yes           .    .      .
see_job              yes     .       .         .          .        yes           .    .      .
list_plans           yes     yes     yes       yes        yes      yes           .    .      .
see_plan             yes     yes     yes       yes        yes      yes           .    .      .
see_forecast         yes     yes     yes       yes        yes      yes           .    .      .
see_signals          yes     yes     yes       yes        yes      yes           .    .      .
list_patients        .       .       yes       .          .        .             .    .      .
see_patient          .       .       yes       .          .        .             .    .      .
take_readings        .       .       .         .          .        .             yes  .      .
follow_stream        .       .       .         .          .        .             yes  .      .
score_readings       .       .       .         .          .        .             yes  .      .
see_alerts           .       yes     yes       yes        .        yes           .    .      .
follow_alerts        .       yes     yes       yes        .        yes           .    .      .
see_readings         .       yes     yes       yes        .        .             .    .      .
handle_alert         .       yes     yes       yes        .        yes           .    .      .
raise_signals        yes     yes     .         .          .        .             .    yes    .
open_action          .       yes     .         .          .        .             .    .      .
close_action         .       yes     .         .          .        .             .    .      .
mask_text            .       yes     yes       .          .        .             .    .      .
release_statistic    yes     yes     .         .          .        .             .    .      .
grant_budget         .       .       .         .          yes      .             .    .      .
list_budgets         yes     yes     .         .          yes      .             .    .      .
rotate_keys          .       .       .         .          yes      .             .    .      .
keep_secret          .       .       .         .          yes      .             .    .      .
"""
"""For somebody who sees into all districts. The operator may do all of it."""

HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
WANTED = {
    (row[0], role): cell == "yes" for row in ROWS for role, cell in zip(HEAD, row[1:], strict=True)
}
KINDS = {permission.value: kind for permission, kind, _ in USES}
POLICY = open_policy()
NORTH = frozenset({"north"})
PERSONAL = {
    Permission.ADVISE_TREATMENT.value,
    *(permission.value for permission, kind, _ in USES if kind is Kind.PATIENT),
}
"""What shows single patients."""


def _may(
    role: str, permission: str, districts: frozenset[str] | None, district: str | None
) -> bool:
    resource = Resource(KINDS[permission], "x", district)
    asker = Principal("anna", role, districts)
    why = Context(PURPOSES[resource.kind])
    return decide(POLICY, asker, Permission(permission), resource, why).allowed


def test_the_table_is_complete() -> None:
    """It has a row for each permission, in order, and a column for each role."""
    assert [row[0] for row in ROWS] == [each.value for each in Permission]
    assert (*ROLES, WORKER, VISITOR) == tuple(HEAD)


@pytest.mark.parametrize(("permission", "role"), WANTED)
def test_a_role_may_do_what_the_table_says(permission: str, role: str) -> None:
    """Neither less, so that everybody can work, nor more."""
    assert _may(role, permission, None, None) == WANTED[permission, role]


@pytest.mark.parametrize("permission", [each.value for each in Permission])
def test_the_operator_may_do_all(permission: str) -> None:
    """The person at the command line of this machine could read its disk as well."""
    assert _may(OPERATOR, permission, None, None)


@pytest.mark.parametrize(("permission", "role"), WANTED)
def test_another_district_is_refused_whatever_the_role_may(permission: str, role: str) -> None:
    """The policy of districts forbids, and what forbids wins over every permit."""
    assert not _may(role, permission, NORTH, "south")
    assert not _may(role, permission, frozenset(), "south")


@pytest.mark.parametrize(("permission", "role"), WANTED)
def test_the_own_district_is_no_right_by_itself(permission: str, role: str) -> None:
    """There the table holds as it does everywhere."""
    assert _may(role, permission, NORTH, "north") == WANTED[permission, role]


@pytest.mark.parametrize("role", HEAD)
def test_advice_on_a_whole_city_needs_sight_of_all_of_it(role: str) -> None:
    """Its records hold patients of every district."""
    assert not _may(role, Permission.ADVISE_TREATMENT, NORTH, None)


@pytest.mark.parametrize("role", [role for role in HEAD if role not in {"clinician", WORKER}])
def test_nobody_but_a_clinician_is_advised_on_patients(role: str) -> None:
    """Neither who plans, nor who keeps accounts or the audit; a worker shows nobody anything."""
    assert not any(WANTED[permission, role] for permission in PERSONAL)
