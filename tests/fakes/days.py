"""A day of the sample region with people who wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from salus.core.settings import Settings
from salus.data.region.reader import read_region
from salus.data.region.sample import sample_region
from salus.service.advice.advised import Advised
from salus.service.advice.params import AdviceParams
from salus.service.care import Care
from salus.service.context import open_context
from salus.service.day import Day
from salus.service.dispatch_queue import dispatch_queue
from salus.service.forecast_need import forecast_need
from salus.service.plan_city import plan_city
from salus.service.request import DayRequest
from salus.service.rules import PlanningRules
from tests.fakes.hospital import kept
from tests.fakes.queues import NOW

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

LAST, RULES = date(2026, 6, 27), PlanningRules()


def coast_day(home: Path, asked: pa.Table, *, made_up: bool = True, **tables: pa.Table) -> Day:
    """Plan two days of the sample, and dispatch a queue at noon of the day before."""
    region = read_region(sample_region())
    records = replace(kept([], **tables), queue=asked, made_up=made_up)
    with open_context(Settings(home=home)) as context:
        need = forecast_need(context, region, LAST, 2)
        planned = plan_city(context, region, need.expected, RULES)
        queued = dispatch_queue(context, records, region, planned, RULES, moment=NOW)
    care = Care(None, queued, Advised(LAST, AdviceParams()))
    return Day(DayRequest(sample_region(), LAST), region, need, (planned,), (), (), (), care)
