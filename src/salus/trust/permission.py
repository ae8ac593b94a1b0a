"""Who asks for what, on what, and why: the words of the policies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salus.core.checks import named
from salus.core.messages import Message, say


class Permission(StrEnum):
    """What a use case needs; one for each of them, and an action of the policy schema."""

    RUN_DAY = "run_day"
    MAKE_CITY = "make_city"
    READ_REGION = "read_region"
    READ_RECORDS = "read_records"
    LOAD_RECORDS = "load_records"
    OPEN_RECORDS = "open_records"
    CLEAN_RECORDS = "clean_records"
    LINK_RECORDS = "link_records"
    WATCH_QUALITY = "watch_quality"
    FORECAST_NEED = "forecast_need"
    PLAN_CITY = "plan_city"
    EXPLAIN_CITY = "explain_city"
    SOLVE_PROGRAM = "solve_program"
    VERIFY_HOSPITAL = "verify_hospital"
    CONVERT_HOSPITAL = "convert_hospital"
    WEIGH_OVERRUN = "weigh_overrun"
    PLAN_HOSPITAL = "plan_hospital"
    REPLAN_HOSPITAL = "replan_hospital"
    EXPLAIN_HOSPITAL = "explain_hospital"
    DISPATCH_QUEUE = "dispatch_queue"
    ADVISE_TREATMENT = "advise_treatment"
    REPLAY_DECISION = "replay_decision"
    VERIFY_AUDIT = "verify_audit"
    READ_AUDIT = "read_audit"
    FIRST_ADMINISTRATOR = "first_administrator"
    INVITE = "invite"
    ACCEPT_INVITATION = "accept_invitation"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    CHANGE_ACCOUNT = "change_account"
    LIST_ACCOUNTS = "list_accounts"
    LOAD_REGION = "load_region"
    LIST_REGIONS = "list_regions"
    SEE_REGION = "see_region"
    START_JOB = "start_job"
    RESUME_JOB = "resume_job"
    CANCEL_JOB = "cancel_job"
    LIST_JOBS = "list_jobs"
    SEE_JOB = "see_job"
    LIST_PLANS = "list_plans"
    SEE_PLAN = "see_plan"
    SEE_FORECAST = "see_forecast"
    SEE_SIGNALS = "see_signals"
    LIST_PATIENTS = "list_patients"
    SEE_PATIENT = "see_patient"
    TAKE_READINGS = "take_readings"
    FOLLOW_STREAM = "follow_stream"
    SCORE_READINGS = "score_readings"
    SEE_ALERTS = "see_alerts"
    FOLLOW_ALERTS = "follow_alerts"
    SEE_READINGS = "see_readings"
    HANDLE_ALERT = "handle_alert"
    RAISE_SIGNALS = "raise_signals"
    OPEN_ACTION = "open_action"
    CLOSE_ACTION = "close_action"
    MASK_TEXT = "mask_text"
    RELEASE_STATISTIC = "release_statistic"
    GRANT_BUDGET = "grant_budget"
    LIST_BUDGETS = "list_budgets"
    ROTATE_KEYS = "rotate_keys"
    KEEP_SECRET = "keep_secret"  # noqa: S105  a permission, no password

    @property
    def meaning(self) -> Message:
        """Say in one phrase what the permission allows.

        Examples
        --------
        >>> str(Permission.PLAN_CITY.meaning)
        'decide which facility serves which district, and what stays unmet'
        """
        return _MEANINGS[self]


_MEANINGS = {
    Permission.RUN_DAY: say("run the whole day: read, forecast, plan, verify and report"),
    Permission.MAKE_CITY: say("make a synthetic city in the home folder"),
    Permission.READ_REGION: say("read the folder of a region into the standard tables"),
    Permission.READ_RECORDS: say("read the records of the people of a region"),
    Permission.LOAD_RECORDS: say("take records in from an export of FHIR, and keep them"),
    Permission.OPEN_RECORDS: say("open records that were loaded"),
    Permission.CLEAN_RECORDS: say("clean the records by named rules, and list what they find"),
    Permission.LINK_RECORDS: say("find which registrations are of one person, and join them"),
    Permission.WATCH_QUALITY: say("watch the quality of care and name what left its normal range"),
    Permission.FORECAST_NEED: say("forecast the need of a region from its history"),
    Permission.PLAN_CITY: say("decide which facility serves which district, and what stays unmet"),
    Permission.EXPLAIN_CITY: say("tell why a plan is as it is, and what would change it"),
    Permission.SOLVE_PROGRAM: say("solve a linear programme that a file states"),
    Permission.VERIFY_HOSPITAL: say("add up what a plan of a hospital breaks and costs"),
    Permission.CONVERT_HOSPITAL: say("write a hospital or a plan of it in another form"),
    Permission.WEIGH_OVERRUN: say("tell how likely days of theatres take longer than they may"),
    Permission.PLAN_HOSPITAL: say("plan a hospital's weeks"),
    Permission.REPLAN_HOSPITAL: say("change a hospital's plan after something has happened"),
    Permission.EXPLAIN_HOSPITAL: say(
        "tell where the cost of a hospital's plan arises, why patients wait, and what would help"
    ),
    Permission.DISPATCH_QUEUE: say("decide which waiting patient goes where now, and who waits"),
    Permission.ADVISE_TREATMENT: say("advise on the treatment of patients, from their records"),
    Permission.REPLAY_DECISION: say("rebuild a recorded decision and compare it with the answer"),
    Permission.VERIFY_AUDIT: say("read the audit and check that its chain is whole"),
    Permission.READ_AUDIT: say("see the newest lines of the audit: who asked for what"),
    Permission.FIRST_ADMINISTRATOR: say("invite the first administrator while nobody has a role"),
    Permission.INVITE: say("invite a person to an account with a role and districts"),
    Permission.ACCEPT_INVITATION: say("take up an invitation and choose a password"),
    Permission.SIGN_IN: say("sign in with a name and a password"),
    Permission.SIGN_OUT: say("sign out, and end the session for good"),
    Permission.CHANGE_ACCOUNT: say("change the role or districts of an account, or disable it"),
    Permission.LIST_ACCOUNTS: say("see which accounts there are, with roles and districts"),
    Permission.LOAD_REGION: say("load the files of a region into the home of the service"),
    Permission.LIST_REGIONS: say("see which regions are loaded"),
    Permission.SEE_REGION: say("see what a loaded region holds"),
    Permission.START_JOB: say("start the day of a region in the background"),
    Permission.RESUME_JOB: say("start a job again whose process ended before its work"),
    Permission.CANCEL_JOB: say("stop a job that waits or runs"),
    Permission.LIST_JOBS: say("see which jobs wait, run and have ended"),
    Permission.SEE_JOB: say("see how far a job is, and how it ended"),
    Permission.LIST_PLANS: say("see which plans are kept"),
    Permission.SEE_PLAN: say("see a kept plan, without advice for single patients"),
    Permission.SEE_FORECAST: say("see the forecast of a kept plan"),
    Permission.SEE_SIGNALS: say("see the indicators and signals of a kept plan"),
    Permission.LIST_PATIENTS: say("see which patients of the own districts are advised"),
    Permission.SEE_PATIENT: say("see what is advised for one patient of the own districts"),
    Permission.TAKE_READINGS: say("hand in a batch of readings of devices"),
    Permission.FOLLOW_STREAM: say("store the readings of a broker as long as it is connected"),
    Permission.SCORE_READINGS: say("score stored readings and open alerts"),
    Permission.SEE_ALERTS: say("see the alerts and their history"),
    Permission.FOLLOW_ALERTS: say("follow what happens to alerts while it happens"),
    Permission.SEE_READINGS: say("see the newest readings of devices"),
    Permission.HANDLE_ALERT: say("acknowledge or close an alert"),
    Permission.RAISE_SIGNALS: say("turn the confirmed signals of a day into alerts"),
    Permission.OPEN_ACTION: say("open an action with owner, cause and due date on an alert"),
    Permission.CLOSE_ACTION: say("close an action when the chart shows its effect"),
    Permission.MASK_TEXT: say("mask what tells in a text who somebody is"),
    Permission.RELEASE_STATISTIC: say("ask for a statistic with noise, from a privacy budget"),
    Permission.GRANT_BUDGET: say("grant a privacy budget, or more of it"),
    Permission.LIST_BUDGETS: say("see what of each privacy budget is spent"),
    Permission.ROTATE_KEYS: say("renew the keys that encrypt, or the master key"),
    Permission.KEEP_SECRET: say("keep a secret of the installation, or forget it"),
}


class Purpose(StrEnum):
    """Why something is asked for; policies may allow an action for one purpose only."""

    PLANNING = "planning"
    """Deciding about beds, staff and stock."""
    CARE = "care"
    """Looking after people who are ill, and after the quality of their care."""
    REVIEW = "review"
    """Looking back at what was decided and done."""
    ADMINISTRATION = "administration"
    """Letting people in, and keeping what protects the others."""


class Kind(StrEnum):
    """What kind of thing is asked about: an entity type of the policy schema."""

    REGION = "Region"
    RECORDS = "Records"
    DECISION = "Decision"
    AUDIT = "Audit"
    PATIENT = "Patient"
    ACCOUNT = "Account"
    SESSION = "Session"
    TEXT = "Text"
    STATISTIC = "Statistic"
    BUDGET = "Budget"
    JOB = "Job"
    PATIENTS = "Patients"
    """The patients of a day together; of each of them a person is shown the own districts."""
    READINGS = "Readings"
    ALERT = "Alert"
    KEYS = "Keys"
    PROGRAM = "Program"
    """A linear programme in a file of its own, which speaks of no person."""
    HOSPITAL = "Hospital"
    """The weeks of one hospital in files of their own: its people, rooms, theatres and nurses."""


OPERATOR = "operator"
"""The role of the person at the command line of this machine."""
PLANNER = "planner"
"""Plans beds and staff: regions, forecasts, plans, and records in aggregate."""
QUALITY = "quality"
"""Looks after the quality of care: indicators, signals, alerts and actions."""
CLINICIAN = "clinician"
"""Treats patients: patients and advice of the own districts."""
DISPATCHER = "dispatcher"
"""Works the queue of those who wait, and the alerts."""
SECURITY = "security"
"""Keeps audit, budgets, keys and policies."""
ADMINISTRATOR = "administrator"
"""Keeps accounts and loads data, and sees no patient."""
FEED = "feed"
"""A source of readings: a device or an interface, no person."""
WORKER = "worker"
"""The process of a job: does what somebody with a permission asked for, and shows it to nobody."""
VISITOR = "visitor"
"""Whoever has not signed in."""
ROLES = (PLANNER, QUALITY, CLINICIAN, DISPATCHER, SECURITY, ADMINISTRATOR, FEED)
"""The roles that an account may have."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks.

    Parameters
    ----------
    id : str
        Name of the account.
    role : str
        Role it acts in; what a role may do is the policy's matter.
    districts : frozenset of str, optional
        Ids of the districts it may see into; ``None`` is everywhere, an empty set nowhere.

    Raises
    ------
    ValueError
        If name or role is empty.

    Examples
    --------
    >>> Principal("anna", OPERATOR).role
    'operator'
    """

    id: str
    role: str
    districts: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Refuse a nameless principal."""
        named("principal id", self.id)
        named("role", self.role)


@dataclass(frozen=True, slots=True)
class Resource:
    """What is asked about.

    Parameters
    ----------
    kind : Kind
        What kind of thing it is.
    id : str
        Its key, such as the name of a region or the id of a decision.
    district : str, optional
        Id of the district it belongs to; ``None`` when it belongs to no single one, or nobody
        knows to which.

    Raises
    ------
    ValueError
        If the key is empty.

    Examples
    --------
    >>> str(Resource(Kind.REGION, "florida"))
    'Region::florida'
    """

    kind: Kind
    id: str
    district: str | None = None

    def __post_init__(self) -> None:
        """Refuse a thing without a key."""
        named("resource id", self.id)

    def __str__(self) -> str:
        """Write the resource as the audit does."""
        return f"{self.kind}::{self.id}"


@dataclass(frozen=True, slots=True)
class Context:
    """What else a policy may look at.

    Parameters
    ----------
    purpose : Purpose
        Why it is asked for.
    """

    purpose: Purpose
