"""How active a gene is by its alleles, and what that means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.checks import within
from salus.core.errors import Faults, Where
from salus.core.messages import Message, say
from salus.treat.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salus.treat.genes.diplotype import Allele, Diplotype

PHENOTYPES = {
    "poor": say("poor metaboliser"),
    "intermediate": say("intermediate metaboliser"),
    "normal": say("normal metaboliser"),
    "ultrarapid": say("ultrarapid metaboliser"),
}


class Phenotype(StrEnum):
    """How fast a person breaks a medicine down."""

    POOR = "poor"
    INTERMEDIATE = "intermediate"
    NORMAL = "normal"
    ULTRARAPID = "ultrarapid"

    @property
    def label(self) -> Message:
        """Name for people."""
        return PHENOTYPES[self.value]

    @classmethod
    def read(cls, text: str) -> Phenotype | None:
        """Read what a laboratory wrote; None where it is none of these words.

        Examples
        --------
        >>> Phenotype.read("Poor metabolizer"), Phenotype.read("Normal or poor metabolizer")
        (<Phenotype.POOR: 'poor'>, None)
        """
        said = text.strip().lower().replace("metabolizer", "metaboliser")
        return next((each for each in cls if said == f"{each.value} metaboliser"), None)


@dataclass(frozen=True, slots=True)
class Band:
    """The scores of one phenotype.

    Parameters
    ----------
    phenotype : Phenotype
        Which.
    least, most : float
        The score is at least the first, and at most the second.

    Raises
    ------
    ValueError
        If the band is empty.
    """

    phenotype: Phenotype
    least: float
    most: float

    def __post_init__(self) -> None:
        """Refuse a band without a score."""
        within("most", self.most, self.least)


@dataclass(frozen=True, slots=True)
class Gene:
    """How active the alleles of a gene are.

    Parameters
    ----------
    symbol : str
        Such as ``CYP2D6``.
    activity : mapping of str to float
        Value of one copy of each allele of known function, by its number; 0 or more.
    bands : tuple of Band
        What a score means, ascending.
    source : str
        Publication.
    """

    symbol: str
    activity: Mapping[str, float]
    bands: tuple[Band, ...]
    source: str

    def score(self, found: Diplotype) -> tuple[float, float] | None:
        """Add up the activity of both chromosomes.

        Parameters
        ----------
        found : Diplotype
            Of this gene.

        Returns
        -------
        (float, float) or None
            Least and most it can be: they differ where copies are there and not counted. None where
            the function of an allele is not known.
        """
        alleles = (*found.one, *found.other)
        if any(each.number not in self.activity for each in alleles):
            return None
        return sum(map(self._least, alleles)), sum(map(self._most, alleles))

    def phenotype(self, found: Diplotype) -> Phenotype | None:
        """Say what a genotype means; None where that is not known for sure.

        Examples
        --------
        >>> from salus.treat.genes.diplotype import read_diplotype
        >>> [cyp2d6().phenotype(read_diplotype(text)) for text in ("*4/*5", "*1/*4", "*1/*22")]
        [<Phenotype.POOR: 'poor'>, <Phenotype.INTERMEDIATE: 'intermediate'>, None]
        """
        score = self.score(found)
        if score is None:
            return None
        least, most = map(self._band, score)
        return least if least is most else None

    def _least(self, allele: Allele) -> float:
        return self.activity[allele.number] * allele.copies

    def _most(self, allele: Allele) -> float:
        return inf if allele.more and self.activity[allele.number] else self._least(allele)

    def _band(self, score: float) -> Phenotype:
        held = (band.phenotype for band in self.bands if score <= band.most)
        return next(held, self.bands[-1].phenotype)


@cache
def cyp2d6() -> Gene:
    """Read the gene that ships with the package.

    Examples
    --------
    >>> cyp2d6().activity["10"]
    0.25
    """
    return read_gene(Path(str(files("salus.treat.genes"))) / "cyp2d6.toml")


def read_gene(path: Path) -> Gene:
    """Read the activity values of a gene.

    Parameters
    ----------
    path : Path
        A TOML file.

    Returns
    -------
    Gene

    Raises
    ------
    InputError
        With every entry that does not fit.
    """
    faults = Faults()
    sheet = Sheet.read(path, faults)
    sheet.only("gene", "source", "activity", "phenotype")
    pairs = list(_values(sheet.tables("activity")))
    numbers = [number for number, _ in pairs]
    for number in sorted({each for each in numbers if numbers.count(each) > 1}):
        remedy = say("keep one value for each allele")
        faults.add(say("an allele has two values"), Where(path.name), remedy, number)
    bands = tuple(map(_band, sheet.tables("phenotype")))
    gene = Gene(sheet.text("gene"), dict(pairs), bands, sheet.text("source"))
    faults.stop()
    return gene


def _values(sheets: Iterable[Sheet]) -> Iterable[tuple[str, float]]:
    for sheet in sheets:
        sheet.only("value", "alleles", "source")
        sheet.text("source")
        value = sheet.number("value")
        yield from ((number, value) for number in sheet.texts("alleles"))


def _band(sheet: Sheet) -> Band:
    sheet.only("key", "least", "most")
    return Band(sheet.choice("key", Phenotype), sheet.number("least"), sheet.number("most"))
