"""Rules of nurses that a plan breaks, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.law.verify import NurseRule
from salus.core.messages import Message, say
from salus.report.charts.hospital.axis import day_name, shift_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salus.allocate.hospital.law.verify import RuleBreach
    from salus.allocate.hospital.problem import HospitalProblem

MOST = 10
"""Breaches that are told one by one; documents for programs list them all."""

HOUR = 60


def rule_sentences(
    breaches: Sequence[RuleBreach], problem: HospitalProblem, first: date | None
) -> Iterator[Message]:
    """Count the rules that are broken, and name the first of them.

    Parameters
    ----------
    breaches : sequence of RuleBreach
        What is broken.
    problem : HospitalProblem
        What was planned.
    first : date or None
        The first day; ``None`` where days have no dates.

    Yields
    ------
    Message
    """
    yield say("Rules of nurses that are broken: {count:,}.", count=len(breaches))
    for each in breaches[:MOST]:
        yield _sentence(each, problem, first)


def _sentence(breach: RuleBreach, problem: HospitalProblem, first: date | None) -> Message:
    when = shift_name(problem, breach.shift, first)
    if breach.rule is NurseRule.SHARE:
        return say(
            "{when}: {found:.0%} of the nurses of {ward} have at least the skill {skill}, but "
            "{allowed:.0%} should.",
            when=when,
            found=breach.found,
            ward=breach.who or say("the hospital"),
            skill=breach.skill,
            allowed=breach.allowed,
        )
    found, allowed = breach.found / HOUR, breach.allowed / HOUR
    if breach.rule is NurseRule.REST and found < 0:
        return say(
            "{when}: an earlier shift of {nurse} ends {over:g} h after this one begins, but "
            "{allowed:g} h of rest should lie between them.",
            when=when,
            nurse=breach.who,
            over=-found,
            allowed=allowed,
        )
    if breach.rule is NurseRule.REST:
        return say(
            "{when}: {nurse} has rested for {found:g} hours, but should for {allowed:g}.",
            when=when,
            nurse=breach.who,
            found=found,
            allowed=allowed,
        )
    if breach.rule is NurseRule.WEEK:
        return say(
            "{nurse} works {found:g} hours in the 7 days from {day}, but at most {allowed:g} are "
            "allowed.",
            nurse=breach.who,
            found=found,
            day=day_name(breach.shift // len(problem.shifts), first),
            allowed=allowed,
        )
    return say(
        "{nurse} works {found:g} hours in all, but at most {allowed:g} are allowed.",
        nurse=breach.who,
        found=found,
        allowed=allowed,
    )
