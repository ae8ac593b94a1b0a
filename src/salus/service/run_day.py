"""The main job: read a region, forecast its need, plan it, stress the plan, write it down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.core.progress import part_of
from salus.data.region.folder import region_name
from salus.data.store.ledger import Ledger
from salus.data.store.runs import Ending, Runs
from salus.service.advise_treatment import advise_treatment
from salus.service.answer import answer_bytes
from salus.service.as_of import ages, as_of_day, later_sources
from salus.service.assumptions import assumptions
from salus.service.care import Care, Prepared
from salus.service.clean_records import clean_records
from salus.service.day import Day
from salus.service.dispatch_queue import dispatch_queue
from salus.service.explain_city import explain_city
from salus.service.forecast_need import forecast_need
from salus.service.guarded import guarded
from salus.service.guests import guests
from salus.service.known import end_of
from salus.service.link_records import link_records
from salus.service.medicines import in_time
from salus.service.origin import origin
from salus.service.plan_city import plan_city
from salus.service.raise_signals import SignalsOfDay, raise_signals
from salus.service.read_records import has_records, read_records
from salus.service.read_region import read_region
from salus.service.right.rightness import rightness
from salus.service.stress import WITH_HISTORY, WITH_RECORDS, WITHOUT_HISTORY, parse_stresses
from salus.service.stressed import changes_of, refuse_stresses, stressed
from salus.service.uncertain.plan_ahead import plan_ahead
from salus.service.watch_quality import watch_quality
from salus.service.weeks.assumed import weeks_assumptions
from salus.service.weeks.plan_weeks import is_compiled, plan_weeks
from salus.service.witness import witness
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from salus.core.messages import Message
    from salus.data.region.region import Region
    from salus.data.store.ledger_entry import LedgerEntry
    from salus.service.advice.advised import Advised
    from salus.service.context import Context
    from salus.service.dispatch_queue import Queued
    from salus.service.forecast_need import Need
    from salus.service.plan_city import CityAnswer
    from salus.service.records import Records
    from salus.service.request import DayRequest
    from salus.service.right.rightness import Rightness
    from salus.service.stress import Stress
    from salus.service.weeks.plan_weeks import PlannedWeeks


def _region(request: DayRequest) -> str:
    return region_name(request.region)


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """A day that is on the record.

    Parameters
    ----------
    day : Day
        What was forecast and planned.
    decision : LedgerEntry
        Its entry in the ledger, by which it can be replayed.
    right : Rightness or None
        How right the engines were, where the truth is known; no part of the decision.
    """

    day: Day
    decision: LedgerEntry
    right: Rightness | None


def keep(decided: Decided) -> Path | None:
    """Hand the day to nobody: the ledger has it."""
    del decided
    return None  # the folder that was not written


@guarded(Permission.RUN_DAY, Kind.REGION, _region)
def run_day(
    context: Context, request: DayRequest, deliver: Callable[[Decided], Path | None] = keep
) -> Decided:
    """Run the day of a region and put it on the record.

    Parameters
    ----------
    context : Context
        What is in use.
    request : DayRequest
        Which region, as of when, for how many days, under which stress.
    deliver : callable
        Hands the day to whoever asked, and returns the folder it wrote, if it wrote one. The run
        counts as done only after it.

    Returns
    -------
    Decided
        With the as-of date that was found.

    Raises
    ------
    InputError
        If the folder or the request cannot be used.
    MismatchError
        If a plan does not pass its verification.
    ForbiddenError
        If the policy does not permit it.
    """
    runs = Runs(context.store)
    run = runs.start("run", region_name(request.region), context.clock.now())
    try:
        day = _day(context, request)
        context.progress(say("recording the decision"), 0.92)
        right = rightness(day)  # a sidecar that cannot be read is refused before anything is kept
        decided = Decided(day, _record(context, day), right)
        out = deliver(decided)
        _raise(context, day)
    except KeyboardInterrupt:
        runs.finish(run, Ending.CANCELLED, context.clock.now())
        raise
    except BaseException:
        runs.finish(run, Ending.FAILED, context.clock.now())
        raise
    runs.finish(run, Ending.DONE, context.clock.now(), None if out is None else str(out))
    return decided


def _day(context: Context, request: DayRequest) -> Day:
    context.progress(say("reading the region"), 0.0)
    region = read_region(context, request.region)
    today = context.clock.now().date()
    as_of = as_of_day(region, request.as_of, request.horizon, today)
    records = _people(context, request, region, as_of)
    own = None if records is None or not has_records(request.region) else records
    prepared = None if own is None else _prepared(context, own, request)
    region = in_time(region, as_of + timedelta(days=1), request.horizon)
    context.progress(say("forecasting need"), 0.3)
    need = forecast_need(context, region, as_of, request.horizon)
    refuse_stresses(region, need, request.stresses or (), request.rules)
    context.progress(say("planning the expected days"), 0.4)
    expected = plan_city(context, region, need.expected, request.rules)
    explained = explain_city(context, region, expected, request.rules)
    context.progress(say("planning for uncertain need"), 0.43)
    ahead, granted = plan_ahead(
        region, need, expected, request.rules, seed=request.seed, clock=context.clock
    )
    found = replace(request, as_of=as_of, stresses=_stresses(request, need))
    answers = (expected, *_stressed(context, region, need, expected, found))
    people = records if prepared is None else prepared.records
    weeks = None if prepared is None else _weeks(context, prepared.records, request.seed)
    files = (*region.sources, *(own.sources if own else ()))
    return Day(
        found,
        region,
        need,
        answers,
        files,
        ages(files, as_of),
        (
            *region.assumptions,
            *later_sources(region, as_of),
            *need.assumptions,
            *assumptions(region, need, request),
            *granted,
            *weeks_assumptions(weeks),
            *(records.notes if records else ()),
        ),
        None
        if people is None
        else Care(prepared, *_care(context, found, people, region, expected)),
        explained,
        ahead,
        weeks,
    )


def _weeks(context: Context, records: Records, seed: int) -> PlannedWeeks | Message:
    doing = say("planning the weeks of the busiest hospital")
    if not is_compiled():
        doing = say("compiling the search of hospital plans: about a minute, once")
    context.progress(doing, 0.54)
    return plan_weeks(records, seed)


def _people(context: Context, request: DayRequest, region: Region, as_of: date) -> Records | None:
    if has_records(request.region):
        return read_records(context, request.region, as_of)
    if request.guests:
        return guests(region, request.guests, request.seed)
    return None


def _prepared(context: Context, records: Records, request: DayRequest) -> Prepared:
    context.progress(say("cleaning the records"), 0.08)
    cleaned = clean_records(context, records, records.as_of)
    context.progress(say("joining what is of one person"), 0.1)
    linked = link_records(context, cleaned.records)
    context.progress(say("watching the quality of care"), 0.2)
    watched = watch_quality(context, linked.records, records.as_of, seed=request.seed)
    return Prepared(cleaned, linked, watched)


def _care(
    context: Context,
    request: DayRequest,
    people: Records,
    region: Region,
    planned: CityAnswer,
) -> tuple[Queued, Advised]:
    context.progress(say("dispatching the queue"), 0.55)
    moment = end_of(people.as_of)
    queued = dispatch_queue(context, people, region, planned, request.rules, moment=moment)
    part = replace(context, progress=part_of(context.progress, 0.56, 0.9))
    return queued, advise_treatment(part, people, people.as_of, seed=request.seed)


def _stresses(request: DayRequest, need: Need) -> tuple[Stress, ...]:
    if request.stresses is not None:
        return request.stresses
    if not need.record:
        return parse_stresses(WITHOUT_HISTORY)
    return parse_stresses(WITH_RECORDS if has_records(request.region) else WITH_HISTORY)


def _stressed(
    context: Context, region: Region, need: Need, expected: CityAnswer, request: DayRequest
) -> Iterator[CityAnswer]:
    stresses = request.stresses or ()
    for number, stress in enumerate(stresses):
        share = 0.45 + 0.1 * number / len(stresses)
        context.progress(say("planning: {what}", what=stress.label()), share)
        demand, closed = stressed(region, need, expected, stress)
        changes = changes_of(region, stress, request.rules)
        yield plan_city(
            context,
            region,
            demand,
            request.rules,
            closed=closed,
            slow=stress.slow,
            changes=changes,
            yields=True,
        )


def _raise(context: Context, day: Day) -> None:
    """Tell people of what the charts show, once the decision is on the record; no part of it."""
    if day.care is None or day.care.own is None:
        return
    region = day.region
    places = {each.id: each.id for each in region.districts}
    places |= {each.id: each.district_id for each in region.facilities if each.district_id}
    names = {each.id: each.name for each in region.districts}
    names |= {each.id: each.name for each in region.facilities}
    name = region_name(day.request.region)
    raise_signals(context, SignalsOfDay(name, day.care.own.watched, places, names))


def _record(context: Context, day: Day) -> LedgerEntry:
    request, now = day.request, context.clock.now()
    entry = Ledger(context.store).record(
        "run_day",
        {source.file: source.path for source in day.files},
        request.parameters(),
        request.seed,
        answer_bytes(day),
        as_of=request.as_of,
        made_at=now,
        origin=origin(),
        witness=witness(context.principal, now),
    )
    _refuse_changed(day, entry)
    return entry


def _refuse_changed(day: Day, entry: LedgerEntry) -> None:
    # A file that is edited while the day runs would be recorded as if it had been planned with.
    read = {source.file: source.sha256 for source in day.files}
    faults = Faults()
    for kept in entry.inputs:
        if kept.sha256 != read[kept.name]:
            what = say("the file changed while it was in use")
            faults.add(what, Where(kept.name), say("run again"))
    faults.stop()
