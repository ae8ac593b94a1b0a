"""How right were we: each engine beside the truth of a synthetic city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.domain.known_indicators import KNOWN_INDICATORS
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.signals import place_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from salus.service.day import Day
    from salus.service.right.advice import AdviceRightness
    from salus.service.right.rightness import Rightness
    from salus.treat.plans.plan import Plan

SHORT = 8

KINDS = {"anomaly": say("anomaly"), "shift": say("shift"), "outbreak": say("outbreak")}

ROUNDING = 1e-9


def rightness_section(day: Day, right: Rightness) -> Section:
    """Compare each engine with the truth.

    Parameters
    ----------
    day : Day
        Names of places and treatments.
    right : Rightness
        What was counted.

    Returns
    -------
    Section
    """
    bars = tuple(_bars(right))
    met = sum(reached for *_, reached in bars)
    grids = [_bars_grid(bars), _planted(right, place_names(day))]
    if right.advice is not None:
        plans = [] if day.care is None else [known.plan for known in day.care.advised.treatments]
        grids += [_effects(right.advice, plans), _rankings(right.advice, plans)]
    return Section(
        "right",
        say("How right were we: {met} of {all} bars met", met=met, all=len(bars)),
        say("How right"),
        (
            say(
                "This city was made up, so the truth is known. It is kept apart: nothing above has "
                "seen it, and no decision rests on this comparison."
            ),
        ),
        tuple(grids),
        synthetic=True,
    )


Bar = tuple[Message, Message, float | None, int, bool]


def _bars(right: Rightness) -> Iterator[Bar]:
    watching, linking, unmet = right.watching, right.linking, right.unmet
    recall, false = watching.anomaly_recall, watching.false_signals_per_indicator_year
    yield (
        say("planted anomalies and shifts that were found within 7 points"),
        say("at least 0.90"),
        recall,
        3,
        recall is None or recall >= 0.9,  # noqa: PLR2004  # the bar, as the line above says it
    )
    yield (
        say("false signals per indicator and year"),
        say("at most 1"),
        false,
        2,
        false is None or false <= 1,
    )
    if right.advice is not None:
        yield from _of_advice(right.advice)
    for label, share, least, bar in (
        (say("registrations joined: precision"), linking.precision, 0.99, say("at least 0.99")),
        (say("registrations joined: recall"), linking.recall, 0.95, say("at least 0.95")),
    ):
        yield label, bar, share, 3, share is None or share >= least
    for label, other in (
        (say("unmet need of the status quo, by severity"), unmet.status_quo),
        (say("unmet need of greedy, by severity"), unmet.greedy),
    ):
        bar = say("above the plan's {plan:,.1f}", plan=unmet.proposed)
        yield label, bar, other, 1, other > unmet.proposed


def _of_advice(advice: AdviceRightness) -> Iterator[Bar]:
    auroc = advice.auroc_macro
    yield (
        say("diseases told apart: AUROC, mean over diseases"),
        say(
            "above base rate {base:.3f} and one tree {tree:.3f}",
            base=advice.auroc_macro_base,
            tree=advice.auroc_macro_tree,
        ),
        auroc,
        3,
        auroc > max(advice.auroc_macro_base, advice.auroc_macro_tree),
    )
    yield (
        say("calibration error of the chances (ECE)"),
        say("at most 0.03"),
        advice.ece,
        3,
        advice.ece <= 0.03,  # noqa: PLR2004  # the bar
    )
    share = advice.effect_in_interval_share
    yield (
        say("average effects inside their 95 % interval"),
        say("at least 0.90"),
        share,
        2,
        share >= 0.9,  # noqa: PLR2004  # the bar
    )
    yield (
        say("gain of choosing for each patient, in standard deviations of the outcome"),
        say("above 0"),
        advice.ranking_gain,
        2,
        advice.ranking_gain > 0,
    )
    yield (
        say(
            "options offered against an allergy or a listed interaction, of {count:,}",
            count=advice.offers,
        ),
        say("none"),
        float(advice.unsafe_advice),
        0,
        advice.unsafe_advice == 0,
    )


def _bars_grid(bars: tuple[Bar, ...]) -> Grid:
    columns = (
        Column(say("what was compared"), number=False, wraps=True),
        Column(say("must be"), number=False, wraps=True),
        Column(say("is")),
        Column(say("met"), number=False),
    )
    rows = tuple(
        (Cell(what), Cell(must), Cell(value, digits), Cell(say("yes") if reached else say("no")))
        for what, must, value, digits, reached in bars
    )
    return Grid(say("Every engine beside the truth"), columns, rows, short=len(rows))


def _planted(right: Rightness, names: Mapping[str, str]) -> Grid:
    columns = (
        Column(say("planted"), number=False),
        Column(say("indicator"), number=False, wraps=True),
        Column(say("place"), number=False),
        Column(say("from"), number=False),
        Column(say("to"), number=False),
        Column(say("found"), number=False),
    )
    events = sorted(right.watching.events, key=lambda event: (event.found is not None, event.first))
    rows = tuple(
        (
            Cell(KINDS.get(event.kind, event.kind)),
            Cell(_indicator(event.indicator_id)),
            Cell(names.get(event.place_id, event.place_id)),
            Cell(event.first),
            Cell(event.last),
            Cell(event.found if event.found is not None else say("not found")),
        )
        for event in events
    )
    title = say("What was planted in the indicators, and when it was found")
    return Grid(title, columns, rows, short=SHORT, long=len(rows))


def _indicator(key: str) -> Message | str:
    known = KNOWN_INDICATORS.get(key)
    return key if known is None else known.name


def _effects(advice: AdviceRightness, plans: Sequence[Plan]) -> Grid:
    conditions = {plan.icd10: plan.name for plan in plans}
    arms = {(plan.icd10, arm.key): arm.name for plan in plans for arm in plan.arms}
    columns = (
        Column(say("condition"), number=False),
        Column(say("treatment"), number=False),
        Column(say("true effect")),
        Column(say("estimated")),
        Column(say("from (95 in 100)")),
        Column(say("to (95 in 100)")),
        Column(say("inside"), number=False),
    )
    rows = tuple(
        (
            Cell(conditions[arm.condition]),
            Cell(arms[arm.condition, arm.arm]),
            *(Cell(_finite(value), 2) for value in (arm.truth, arm.estimate, arm.lower, arm.upper)),
            Cell(say("yes") if arm.inside else say("no")),
        )
        for arm in advice.effects
    )
    title = say("What each treatment truly does on average, and what was estimated")
    return Grid(title, columns, rows, short=len(rows))


def _rankings(advice: AdviceRightness, plans: Sequence[Plan]) -> Grid:
    conditions = {plan.icd10: plan.name for plan in plans}
    columns = (
        Column(say("condition"), number=False),
        Column(say("held-out patients ranked by their own effect")),
        Column(say("better than the best average by")),
    )
    rows = tuple(
        (Cell(conditions[each.condition]), Cell(each.patients), Cell(_finite(each.gain), 2))
        for each in advice.rankings
    )
    title = say("What choosing for each patient was truly worth")
    return Grid(title, columns, rows, short=len(rows))


def _finite(value: float) -> float | None:
    return value if value == value and abs(value) != float("inf") else None  # noqa: PLR0124
