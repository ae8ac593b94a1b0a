"""Names of genotypes, good and bad."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.errors import InputError
from salus.treat.genes.diplotype import Allele, read_diplotype

NUMBER = st.integers(1, 170).map(str)
ALLELE = st.builds(Allele, NUMBER, st.integers(1, 13))


@pytest.mark.parametrize(
    ("text", "gene", "one", "other"),
    [
        ("*1/*4", "", Allele("1"), Allele("4")),
        ("CYP2D6 *1/*4", "CYP2D6", Allele("1"), Allele("4")),
        ("CYP2D6*2xN/*41", "CYP2D6", Allele("2", 2, more=True), Allele("41")),
        (" *4A / *1x2 ", "", Allele("4"), Allele("1", 2)),
        ("*1x≥3/*5", "", Allele("1", 3, more=True), Allele("5")),
        ("*01/*004", "", Allele("1"), Allele("4")),
    ],
)
def test_both_chromosomes_are_read(text: str, gene: str, one: Allele, other: Allele) -> None:
    """Gene, alleles, copies and variants of equal function, as laboratories write them."""
    found = read_diplotype(text)
    assert (found.gene, found.one, found.other) == (gene, (one,), (other,))


def test_a_tandem_is_two_genes_of_one_chromosome() -> None:
    """A plus joins the alleles of one chromosome."""
    assert read_diplotype("*36+*10/*1").one == (Allele("36"), Allele("10"))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", 2),
        ("*1", 1),
        ("*1/*2/*4", 1),
        ("1/4", 2),
        ("*1x0/*2", 1),
        ("*1/*", 1),
        ("*1/*4 and more", 1),
        ("*36+/*1", 1),
        ("poor/poor/poor", 4),
    ],
)
def test_every_bad_part_is_named_at_once(text: str, faults: int) -> None:
    """Each part that is no allele is a fault, and so is a wrong count of chromosomes."""
    with pytest.raises(InputError) as caught:
        read_diplotype(text)
    assert len(caught.value.faults) == faults
    assert "poor" not in str(caught.value)


@given(ALLELE, ALLELE)
def test_what_is_written_is_read(one: Allele, other: Allele) -> None:
    """Any two alleles, written as laboratories do, come back."""
    written = "/".join(f"*{each.number}x{each.copies}" for each in (one, other))
    found = read_diplotype(written)
    assert (found.one, found.other) == ((one,), (other,))
