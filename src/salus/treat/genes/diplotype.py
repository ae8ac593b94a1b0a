"""The name of a genotype, such as ``CYP2D6 *1/*4``, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salus.core.checks import named, within
from salus.core.errors import Faults, Where
from salus.core.messages import say

GENE = re.compile(r"[A-Z][A-Z0-9-]*")
ALLELE = re.compile(r"\*(?P<number>\d{1,3})[A-Z]?(?:[xX×](?P<copies>N|n|≥?[1-9]\d?))?")
"""A star allele; a letter names a variant of equal function, ``x2`` a gene that is there twice."""
LEAST = 2
"""``xN`` says that there are copies, and not how many: at least so many."""


@dataclass(frozen=True, slots=True)
class Allele:
    """One star allele, and how often it is there on its chromosome.

    Parameters
    ----------
    number : str
        What stands behind the star, such as ``4``.
    copies : int
        At least 1.
    more : bool
        Whether there may be more copies than that.

    Raises
    ------
    ValueError
        If the number is empty or there is no copy.
    """

    number: str
    copies: int = 1
    more: bool = False

    def __post_init__(self) -> None:
        """Refuse an allele that is not there."""
        named("number", self.number)
        within("copies", self.copies, 1)


@dataclass(frozen=True, slots=True)
class Diplotype:
    """The alleles of both chromosomes.

    Parameters
    ----------
    gene : str
        Symbol of the gene; empty where the text does not say.
    one, other : tuple of Allele
        Of each chromosome; more than one where two genes stand in tandem.

    Raises
    ------
    ValueError
        If a chromosome has no allele.
    """

    gene: str
    one: tuple[Allele, ...]
    other: tuple[Allele, ...]

    def __post_init__(self) -> None:
        """Refuse a chromosome of which nothing is said."""
        within("alleles of one chromosome", len(self.one), 1)
        within("alleles of the other chromosome", len(self.other), 1)


def read_diplotype(text: str) -> Diplotype:
    """Take the name of a genotype apart.

    Parameters
    ----------
    text : str
        Such as ``CYP2D6 *1/*4``, ``*2xN/*41`` or ``*36+*10/*1x2``.

    Returns
    -------
    Diplotype

    Raises
    ------
    InputError
        With one fault for each part that is no allele, and for more or fewer than two chromosomes.

    Examples
    --------
    >>> found = read_diplotype("CYP2D6 *1/*4x2")
    >>> found.gene, found.other
    ('CYP2D6', (Allele(number='4', copies=2, more=False),))
    """
    faults, where = Faults(), Where(say("genotype"))
    gene = GENE.match(text.strip())
    rest = text.strip()[gene.end() if gene else 0 :]
    sides = [side.strip() for side in rest.split("/")]
    if len(sides) != 2:  # noqa: PLR2004 - people have two of each chromosome
        what = say("a genotype names two chromosomes, but here are {count}", count=len(sides))
        faults.add(what, where, say("write both with one stroke between them, as in *1/*4"))
    read = [tuple(_allele(part.strip(), faults) for part in side.split("+")) for side in sides]
    faults.stop()
    return Diplotype(gene[0] if gene else "", read[0], read[1])


def _allele(part: str, faults: Faults) -> Allele:
    found = ALLELE.fullmatch(part)
    if found is None:
        remedy = say("write a star and a number, and copies as x2 or xN, as in *2xN")
        faults.add(say("no star allele"), Where(say("genotype")), remedy)
        return Allele("?")
    number, copies = found["number"].lstrip("0") or "0", found["copies"] or "1"
    if copies in {"N", "n"}:
        return Allele(number, LEAST, more=True)
    return Allele(number, int(copies.lstrip("≥")), more=copies.startswith("≥"))
