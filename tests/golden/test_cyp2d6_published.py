"""Genotypes of CYP2D6 and the phenotypes that CPIC publishes for them."""

from __future__ import annotations

import pytest

from salus.data.synthetic.formulary import genes
from salus.treat.genes.activity import Phenotype, cyp2d6
from salus.treat.genes.diplotype import read_diplotype

PUBLISHED = {
    "*1/*1": (2.0, "normal"),
    "*1/*1x2": (3.0, "ultrarapid"),
    "*1/*2x2": (3.0, "ultrarapid"),
    "*1/*3": (1.0, "intermediate"),
    "*1/*4": (1.0, "intermediate"),
    "*1/*5": (1.0, "intermediate"),
    "*1/*9": (1.25, "normal"),
    "*1/*9x2": (1.5, "normal"),
    "*1/*10": (1.25, "normal"),
    "*1/*14": (1.5, "normal"),
    "*1/*17": (1.5, "normal"),
    "*4/*4": (0.0, "poor"),
    "*3/*6": (0.0, "poor"),
    "*4/*10": (0.25, "intermediate"),
    "*10/*10": (0.5, "intermediate"),
    "*1x2/*9": (2.25, "normal"),
}
"""Activity score and phenotype, CPIC diplotype to phenotype table of CYP2D6."""


@pytest.mark.parametrize("text", sorted(PUBLISHED))
def test_score_and_phenotype_are_those_published(text: str) -> None:
    """The alleles add up to the published score, and mean the published phenotype."""
    found = read_diplotype(text)
    score, phenotype = PUBLISHED[text]
    assert cyp2d6().score(found) == (score, score)
    assert cyp2d6().phenotype(found) is Phenotype(phenotype)


def test_the_city_agrees() -> None:
    """The synthetic city names phenotypes by a table of its own; ours says the same of each."""
    gene = next(each for each in genes() if each.symbol == "CYP2D6")
    for pair in gene.genotypes():
        own = cyp2d6().phenotype(read_diplotype("/".join(pair)))
        assert own is Phenotype.read(gene.metaboliser(pair))


def test_phenotypes_are_about_as_common_as_published() -> None:
    """Of people of European origin 5 to 10 of 100 are poor, and 1 to 3 ultrarapid metabolisers."""
    gene = next(each for each in genes() if each.symbol == "CYP2D6")
    shares = dict.fromkeys(Phenotype, 0.0)
    for pair, share in gene.genotypes().items():
        phenotype = Phenotype.read(gene.metaboliser(pair))
        assert phenotype is not None
        shares[phenotype] += share
    assert sum(shares.values()) == pytest.approx(1)
    assert 0.05 < shares[Phenotype.POOR] < 0.10
    assert 0.01 < shares[Phenotype.ULTRARAPID] < 0.04
