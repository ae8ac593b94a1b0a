"""How right were we: each engine beside the truth of a synthetic city."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.domain.known_indicators import KNOWN_INDICATORS
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.signals import place_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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
    told = [bar.met for bar in bars if bar.met is not None]
    grids = [_bars_grid(bars), _planted(right, place_names(day))]
    if right.advice is not None:
        plans = [] if day.care is None else [known.plan for known in day.care.advised.treatments]
        grids += [_effects(right.advice, plans), _rankings(right.advice, plans)]
        grids += [_ways(right.advice)] if right.advice.ways else []
    return Section(
        "right",
        say("How right were we: {met} of {all} bars met", met=sum(told), all=len(told)),
        say("How right"),
        (
            say(
                "This city was made up, so the truth is known. It is kept apart: nothing above has "
                "seen it, and no decision rests on this comparison."
            ),
            say(
                "Signals in {years:,.0f} judged years of indicators that touch nothing planted: "
                "{false:,}; that is what finding the others costs.",
                years=right.watching.indicator_years,
                false=right.watching.false_signals,
            ),
        ),
        tuple(grids),
        synthetic=True,
    )


@dataclass(frozen=True, slots=True)
class _Bar:
    what: Message
    must: Message
    value: float | None
    decimals: int
    enough: Callable[[float], bool]

    @property
    def met(self) -> bool | None:
        # What could not be counted is neither met nor missed.
        return None if self.value is None else self.enough(self.value)


def _bars(right: Rightness) -> Iterator[_Bar]:
    watching, linking, unmet = right.watching, right.linking, right.unmet
    yield _Bar(
        say("planted anomalies and shifts that were found within 7 points"),
        say("at least 0.90"),
        watching.anomaly_recall,
        3,
        lambda share: share >= 0.9,  # noqa: PLR2004  # the bar, as the line above says it
    )
    yield _Bar(
        say("false signals per indicator and year"),
        say("at most 1"),
        watching.false_signals_per_indicator_year,
        2,
        lambda signals: signals <= 1,
    )
    if right.advice is not None:
        yield from _of_advice(right.advice)
    yield _Bar(
        say("registrations joined: precision"),
        say("at least 0.99"),
        linking.precision,
        3,
        lambda share: share >= 0.99,  # noqa: PLR2004  # the bar
    )
    yield _Bar(
        say("registrations joined: recall"),
        say("at least 0.95"),
        linking.recall,
        3,
        lambda share: share >= 0.95,  # noqa: PLR2004  # the bar
    )
    for label, other in (
        (say("unmet need of the status quo, by severity"), unmet.status_quo),
        (say("unmet need of greedy, by severity"), unmet.greedy),
    ):
        bar = say("above the plan's {plan:,.1f}", plan=unmet.proposed)
        yield _Bar(label, bar, other, 1, lambda cases: cases > unmet.proposed + ROUNDING)


def _of_advice(advice: AdviceRightness) -> Iterator[_Bar]:
    base, tree = advice.auroc_macro_base, advice.auroc_macro_tree
    yield _Bar(
        say("diseases told apart: AUROC, mean over diseases"),
        say("above base rate {base:.3f} and one tree {tree:.3f}", base=base, tree=tree),
        _finite(advice.auroc_macro),
        3,
        lambda auroc: auroc > max(base, tree),
    )
    yield _Bar(
        say("calibration error of the chances (ECE)"),
        say("at most 0.03"),
        _finite(advice.ece),
        3,
        lambda error: error <= 0.03,  # noqa: PLR2004  # the bar
    )
    yield _Bar(
        say("average effects inside their 95 % interval"),
        say("at least 0.90"),
        _finite(advice.effect_in_interval_share),
        2,
        lambda share: share >= 0.9,  # noqa: PLR2004  # the bar
    )
    yield _Bar(
        say("gain of choosing for each patient, in standard deviations of the outcome"),
        say("above 0"),
        _finite(advice.ranking_gain),
        2,
        lambda gain: gain > 0,
    )
    yield _Bar(
        say(
            "options offered against an allergy, a listed interaction or a gene, of {count:,}",
            count=advice.offers,
        ),
        say("none"),
        float(advice.unsafe_advice),
        0,
        lambda offers: offers == 0,
    )


def _bars_grid(bars: tuple[_Bar, ...]) -> Grid:
    columns = (
        Column(say("what was compared"), number=False, wraps=True),
        Column(say("must be"), number=False, wraps=True),
        Column(say("is")),
        Column(say("met"), number=False),
    )
    rows = tuple(
        (Cell(bar.what), Cell(bar.must), Cell(bar.value, bar.decimals), _yes(bar.met))
        for bar in bars
    )
    return Grid(say("Every engine beside the truth"), columns, rows, short=len(rows))


def _yes(true: bool | None) -> Cell:  # noqa: FBT001  # the answer that is written
    return Cell(None if true is None else say("yes") if true else say("no"))


def _planted(right: Rightness, names: Mapping[str, str]) -> Grid:
    columns = (
        Column(say("planted"), number=False),
        Column(say("indicator"), number=False, wraps=True),
        Column(say("place"), number=False),
        Column(say("since"), number=False),
        Column(say("until"), number=False),
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
            _yes(None if _finite(arm.estimate) is None else arm.inside),
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


def _ways(advice: AdviceRightness) -> Grid:
    columns = (
        Column(say("way of choosing"), number=False, wraps=True),
        Column(say("truly better than practice by (SD)")),
        Column(say("estimated")),
        Column(say("from (95 in 100)")),
        Column(say("to (95 in 100)")),
        Column(say("inside"), number=False),
    )
    rows = tuple(
        (
            Cell(each.label),
            *(
                Cell(_finite(value), 3)
                for value in (each.truth, each.said.point, each.said.lower, each.said.upper)
            ),
            _yes(each.inside),
        )
        for each in sorted(advice.ways, key=lambda each: -each.truth)
    )
    title = say("What each way of choosing a treatment is truly worth")
    return Grid(title, columns, rows, short=len(rows))


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
