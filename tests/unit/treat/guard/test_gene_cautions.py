"""What genes ask for: said with every option they touch, whatever a model expects of it."""

from __future__ import annotations

import pytest

from salus.core.messages import say
from salus.treat.genes.results import GENOTYPE
from salus.treat.guard.check import Guard
from salus.treat.guard.record import Coded, Record, records
from salus.treat.guard.rules import packaged_rules
from salus.treat.moments import Moment
from salus.treat.plans.plan import Arm
from tests.fakes.patients import day, rows

GUARD = Guard(packaged_rules())
METOPROLOL = Arm("metoprolol", say("metoprolol"), ("C07AB02",))
PHENOTYPE = "79715-9"


def cautions(*results: tuple[str, str], arm: Arm = METOPROLOL) -> int:
    """Count the cautions for a patient with these results."""
    record = Record(genes=tuple(Coded(code, words) for code, words in results))
    return len(GUARD.cautions(arm, record))


def unread(*results: tuple[str, str]) -> list[str]:
    """List what the guard cannot judge."""
    record = Record(genes=tuple(Coded(code, words) for code, words in results))
    return [str(each) for each in GUARD.unread(record)]


@pytest.mark.parametrize(
    ("code", "words", "count"),
    [
        (PHENOTYPE, "Poor metabolizer", 1),
        (PHENOTYPE, "poor metaboliser", 1),
        (PHENOTYPE, "Intermediate metabolizer", 0),
        (PHENOTYPE, "Ultrarapid metabolizer", 0),
        (GENOTYPE, "CYP2D6 *4/*5", 1),
        (GENOTYPE, "CYP2D6 *1/*4", 0),
        (GENOTYPE, "CYP2C19 *2/*2", 0),
    ],
)
def test_a_poor_metaboliser_is_given_metoprolol_with_care(
    code: str, words: str, count: int
) -> None:
    """The published rule is about poor metabolisers alone, by genotype or by phenotype."""
    assert cautions((code, words)) == count


def test_the_caution_says_what_to_do_and_who_says_so() -> None:
    """Reason, advice, strength and source stand in it."""
    (found,) = GUARD.cautions(METOPROLOL, Record(genes=(Coded(GENOTYPE, "CYP2D6 *4/*4"),)))
    assert str(found.sentence).startswith("CYP2D6 poor metaboliser, about five times")
    assert "lowest recommended dose" in str(found.advice)
    assert "Duarte" in found.source
    assert found.strength.value == "moderate"


def test_another_medicine_is_not_touched() -> None:
    """The source recommends nothing for other beta blockers."""
    assert cautions((PHENOTYPE, "Poor metabolizer"), arm=Arm("b", say("b"), ("C07AB07",))) == 0


def test_no_test_is_no_caution_and_no_word() -> None:
    """Genes that were never tested say nothing."""
    assert cautions() == 0
    assert unread() == []


def test_what_cannot_be_read_is_named() -> None:
    """A genotype that is none, an allele of unknown function, a word that says two things."""
    assert unread((GENOTYPE, "CYP2D6 *1"), (PHENOTYPE, "Normal or poor metabolizer")) == [
        "gene test not checked: CYP2D6 *1",
        "gene test not checked: Normal or poor metabolizer",
    ]
    assert unread((GENOTYPE, "CYP2D6 *1/*22")) == ["gene test not checked: CYP2D6 *1/*22"]
    assert unread((GENOTYPE, "*4/*4")) == ["gene test not checked: *4/*4"]
    assert unread((GENOTYPE, "HLA-B *57:01/*58:01")) == []


def test_two_tests_that_contradict_each_other_are_both_minded() -> None:
    """The caution stands, and the contradiction is named."""
    both = ((GENOTYPE, "CYP2D6 *1/*1"), (PHENOTYPE, "Poor metabolizer"))
    assert cautions(*both) == 1
    assert unread(*both) == ["gene tests contradict each other: CYP2D6"]


def test_a_test_counts_from_when_it_was_known() -> None:
    """A result of later is not seen, nor one that says nothing; other observations are no genes."""
    observation = rows(
        "observation",
        {
            "patient_id": "p",
            "code": PHENOTYPE,
            "value_text": "Poor metabolizer",
            "observed_at": day(4),
        },
        {"patient_id": "p", "code": PHENOTYPE, "observed_at": day(1)},
        {"patient_id": "p", "code": "8480-6", "value": 120.0, "observed_at": day(1)},
    )
    moments = [Moment("p", day(at)) for at in (3, 5)]
    before, after = records({"observation": observation}, moments)
    assert before.genes == ()
    assert after.genes == (Coded(PHENOTYPE, "Poor metabolizer"),)
