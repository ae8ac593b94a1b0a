"""Rules of nurses that a plan breaks, as sentences."""

from __future__ import annotations

from datetime import date

import pytest

from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.law.verify import NurseRule, RuleBreach
from salus.report.sections.hospital.nurse_rules import MOST, rule_sentences

PROBLEM = random_hospital(7)
MISSED = (
    "2026-03-02, early: 25% of the nurses of the hospital have at least the skill B, "
    "but 50% should."
)

OVERLAP = (
    "2026-03-03, late: an earlier shift of Amy ends 1 h after this one begins, but 11 h of rest "
    "should lie between them."
)


@pytest.mark.parametrize(
    ("breach", "said"),
    [
        (
            RuleBreach(NurseRule.REST, "Amy", 4, 480, 660),
            "2026-03-03, late: Amy has rested for 8 hours, but should for 11.",
        ),
        (
            RuleBreach(NurseRule.REST, "Amy", 4, -60, 660),
            OVERLAP,
        ),
        (
            RuleBreach(NurseRule.WEEK, "Amy", 3, 3000, 2400),
            "Amy works 50 hours in the 7 days from 2026-03-03, but at most 40 are allowed.",
        ),
        (
            RuleBreach(NurseRule.WHOLE, "Amy", 0, 6030, 6000),
            "Amy works 100.5 hours in all, but at most 100 are allowed.",
        ),
        (
            RuleBreach(NurseRule.SHARE, "", 0, 0.25, 0.5, "B"),
            MISSED,
        ),
    ],
)
def test_each_rule_is_told_with_its_numbers(breach: RuleBreach, said: str) -> None:
    """Hours, not minutes; days by date where there are dates."""
    counted, told = rule_sentences([breach], PROBLEM, date(2026, 3, 2))
    assert str(counted) == "Rules of nurses that are broken: 1."
    assert str(told) == said


def test_many_are_counted_and_the_first_are_told() -> None:
    """The rest is for programs."""
    many = [RuleBreach(NurseRule.WHOLE, "Amy", 0, 61, 60)] * (MOST + 5)
    assert len(list(rule_sentences(many, PROBLEM, None))) == MOST + 1
