"""Every permission with its kind of thing and its purpose, as the schema has them."""

from __future__ import annotations

import re

from salus.service.guarded import PURPOSES
from salus.trust.permission import Kind, Permission, Purpose
from salus.trust.policy import shipped

_ACTIONS = re.compile(r"action ([\w,\s]+?)\s+appliesTo \{[^}]*resource: \[(\w+)\]")
_KINDS = {
    name: Kind(kind)
    for names, kind in _ACTIONS.findall(shipped("salus.cedarschema"))
    for name in re.split(r",\s*", names)
}

USES: list[tuple[Permission, Kind, Purpose]] = [
    (each, _KINDS[each.value], PURPOSES[_KINDS[each.value]]) for each in Permission
    (Permission.RUN_DAY, Kind.REGION, Purpose.PLANNING),
    (Permission.MAKE_CITY, Kind.REGION, Purpose.PLANNING),
    (Permission.READ_REGION, Kind.REGION, Purpose.PLANNING),
    (Permission.READ_RECORDS, Kind.RECORDS, Purpose.CARE),
    (Permission.CLEAN_RECORDS, Kind.RECORDS, Purpose.CARE),
    (Permission.LINK_RECORDS, Kind.RECORDS, Purpose.CARE),
    (Permission.WATCH_QUALITY, Kind.RECORDS, Purpose.CARE),
    (Permission.FORECAST_NEED, Kind.REGION, Purpose.PLANNING),
    (Permission.PLAN_CITY, Kind.REGION, Purpose.PLANNING),
    (Permission.DISPATCH_QUEUE, Kind.RECORDS, Purpose.CARE),
    (Permission.ADVISE_TREATMENT, Kind.RECORDS, Purpose.CARE),
    (Permission.REPLAY_DECISION, Kind.DECISION, Purpose.REVIEW),
    (Permission.VERIFY_AUDIT, Kind.AUDIT, Purpose.REVIEW),
    (Permission.READ_AUDIT, Kind.AUDIT, Purpose.REVIEW),
    (Permission.FIRST_ADMINISTRATOR, Kind.ACCOUNT, Purpose.ADMINISTRATION),
    (Permission.INVITE, Kind.ACCOUNT, Purpose.ADMINISTRATION),
    (Permission.ACCEPT_INVITATION, Kind.ACCOUNT, Purpose.ADMINISTRATION),
    (Permission.SIGN_IN, Kind.ACCOUNT, Purpose.ADMINISTRATION),
    (Permission.SIGN_OUT, Kind.SESSION, Purpose.ADMINISTRATION),
    (Permission.CHANGE_ACCOUNT, Kind.ACCOUNT, Purpose.ADMINISTRATION),
    (Permission.LIST_ACCOUNTS, Kind.ACCOUNT, Purpose.ADMINISTRATION),
    (Permission.LOAD_REGION, Kind.REGION, Purpose.PLANNING),
    (Permission.LIST_REGIONS, Kind.REGION, Purpose.PLANNING),
    (Permission.SEE_REGION, Kind.REGION, Purpose.PLANNING),
    (Permission.START_JOB, Kind.JOB, Purpose.PLANNING),
    (Permission.RESUME_JOB, Kind.JOB, Purpose.PLANNING),
    (Permission.CANCEL_JOB, Kind.JOB, Purpose.PLANNING),
    (Permission.LIST_JOBS, Kind.JOB, Purpose.PLANNING),
    (Permission.SEE_JOB, Kind.JOB, Purpose.PLANNING),
    (Permission.LIST_PLANS, Kind.DECISION, Purpose.REVIEW),
    (Permission.SEE_PLAN, Kind.DECISION, Purpose.REVIEW),
    (Permission.SEE_FORECAST, Kind.DECISION, Purpose.REVIEW),
    (Permission.SEE_SIGNALS, Kind.DECISION, Purpose.REVIEW),
    (Permission.LIST_PATIENTS, Kind.PATIENTS, Purpose.CARE),
    (Permission.SEE_PATIENT, Kind.PATIENT, Purpose.CARE),
    (Permission.TAKE_READINGS, Kind.READINGS, Purpose.CARE),
    (Permission.FOLLOW_STREAM, Kind.READINGS, Purpose.CARE),
    (Permission.SCORE_READINGS, Kind.READINGS, Purpose.CARE),
    (Permission.SEE_ALERTS, Kind.ALERT, Purpose.CARE),
    (Permission.FOLLOW_ALERTS, Kind.ALERT, Purpose.CARE),
    (Permission.SEE_READINGS, Kind.READINGS, Purpose.CARE),
    (Permission.HANDLE_ALERT, Kind.ALERT, Purpose.CARE),
    (Permission.RAISE_SIGNALS, Kind.ALERT, Purpose.CARE),
    (Permission.OPEN_ACTION, Kind.ALERT, Purpose.CARE),
    (Permission.CLOSE_ACTION, Kind.ALERT, Purpose.CARE),
]
"""All of them, in their order."""
