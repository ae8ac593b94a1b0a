"""What the results of gene tests on record say, whether as a genotype or as a phenotype."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from salus.core.errors import InputError
from salus.core.messages import Message, say
from salus.treat.genes.activity import Phenotype, cyp2d6
from salus.treat.genes.diplotype import GENE, read_diplotype

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GENOTYPE = "84413-4"
"""LOINC: genotype display name, of any gene; the gene stands in the result."""
METABOLISERS = {"79715-9": "CYP2D6"}
"""LOINC of the metabolic activity of the product of a gene, as a laboratory interprets it."""
GENE_TESTS = {GENOTYPE, *METABOLISERS}


class Result(Protocol):
    """The result of a gene test as it stands on record."""

    @property
    def code(self) -> str:
        """LOINC of the test."""

    @property
    def display(self) -> str:
        """What was found, in words of the source."""


def phenotypes(gene: str, results: Iterable[Result]) -> frozenset[Phenotype]:
    """Read what is known of a gene; two phenotypes where results contradict each other.

    Parameters
    ----------
    gene : str
        Symbol, such as ``CYP2D6``.
    results : iterable of Result
        Of one patient, of any gene.

    Returns
    -------
    frozenset of Phenotype
        Empty where nothing is on record, or nothing that can be read.
    """
    said = (_said(each) for each in results if _gene(each) == gene)
    return frozenset(each for each in said if each is not None)


def unread_genes(results: Iterable[Result]) -> Iterator[Message]:
    """Name the results that no rule can read, and those that contradict each other."""
    known = tuple(results)
    for each in known:
        if _gene(each) in {cyp2d6().symbol, ""} and _said(each) is None:
            yield say("gene test not checked: {what}", what=each.display)
    if len(phenotypes(cyp2d6().symbol, known)) > 1:
        yield say("gene tests contradict each other: {gene}", gene=cyp2d6().symbol)


def _gene(result: Result) -> str:
    if result.code in METABOLISERS:
        return METABOLISERS[result.code]
    found = GENE.match(result.display.strip())
    return found[0] if found else ""


def _said(result: Result) -> Phenotype | None:
    if result.code in METABOLISERS:
        return Phenotype.read(result.display)
    try:
        found = read_diplotype(result.display)
    except InputError:
        return None
    return cyp2d6().phenotype(found) if found.gene == cyp2d6().symbol else None
