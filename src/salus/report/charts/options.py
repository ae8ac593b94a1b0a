"""What each option is expected to change for one patient: a dot and its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.report.layout import Chart

if TYPE_CHECKING:
    from salus.core.canonical import Json
    from salus.core.messages import Message
    from salus.report.words import Words
    from salus.service.advice.advised import AdvisedPatient
    from salus.treat.advice import Option
    from salus.treat.plans.plan import Plan


def options_chart(key: str, patient: AdvisedPatient, plan: Plan, words: Words) -> Chart:
    """Draw the options of a patient, the best on top, against the reference of the plan.

    Parameters
    ----------
    key : str
        Key of the picture within the page; never that of a person.
    patient : AdvisedPatient
        With at least one option.
    plan : Plan
        Of the condition.
    words : Words
        The reader's language, for the labels inside the picture.

    Returns
    -------
    Chart
    """
    known = [each for each in patient.advice.options if np.isfinite(each.benefit.point)]
    return Chart(
        key,
        say(
            "{badge}{plan}: what each option is expected to change, 95 % intervals",
            badge=say("SYNTHETIC · ") if patient.synthetic else "",
            plan=plan.name,
        ),
        _option(known, plan, words),
        say(
            "Source: first treatments on record, corrected for who was given what; positive is "
            "better than {reference}.",
            reference=plan.arms[0].name,
        ),
    )


def _option(options: list[Option], plan: Plan, words: Words) -> Json:
    names: list[Json] = [words(each.arm.name) for each in options]
    dots: list[Json] = [[_number(each.benefit.point), row] for row, each in enumerate(options)]
    return {
        "grid": {"left": 150, "right": 30, "top": 20, "bottom": 45},
        "tooltip": {"trigger": "item"},
        "xAxis": {
            "type": "value",
            "name": words(_unit(plan)),
            "nameLocation": "middle",
            "nameGap": 28,
            "nameTextStyle": {"color": "--soft"},
            "splitLine": {"lineStyle": {"color": "--line", "opacity": 0.5}},
        },
        "yAxis": {"type": "category", "data": names, "inverse": True},
        "series": [
            *(_interval(each, row) for row, each in enumerate(options)),
            {"type": "scatter", "data": dots, "symbolSize": 11, "color": "--accent"},
        ],
    }


def _unit(plan: Plan) -> Message:
    return say("{outcome}, better by ({unit})", outcome=plan.outcome.name, unit=plan.outcome.unit)


def _interval(option: Option, row: int) -> Json:
    ends: list[Json] = [
        [_number(option.benefit.lower), row],
        [_number(option.benefit.upper), row],
    ]
    return {
        "type": "line",
        "data": ends,
        "symbol": "none",
        "silent": True,
        "color": "--accent",
        "lineStyle": {"width": 3, "opacity": 0.45},
    }


def _number(value: float) -> float:
    return round(value, 3)
