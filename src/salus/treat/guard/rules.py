"""What must not be given, as frozen values read from readable files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

from salus.core.errors import Faults, Where
from salus.core.messages import Message, say
from salus.treat.genes.activity import Phenotype
from salus.treat.sheets import Sheet

SEVERITIES = {"contraindicated": say("contraindicated"), "serious": say("serious")}

STRENGTHS = {
    "strong": say("strong recommendation"),
    "moderate": say("moderate recommendation"),
    "optional": say("optional recommendation"),
}


class Strength(StrEnum):
    """How strongly a source recommends, in the words of CPIC."""

    STRONG = "strong"
    MODERATE = "moderate"
    OPTIONAL = "optional"

    @property
    def label(self) -> Message:
        """Name for people."""
        return STRENGTHS[self.value]


class Severity(StrEnum):
    """How strongly the source warns; both take an option away."""

    CONTRAINDICATED = "contraindicated"
    SERIOUS = "serious"

    @property
    def label(self) -> Message:
        """Name for people."""
        return SEVERITIES[self.value]


@dataclass(frozen=True, slots=True)
class SubstanceClass:
    """Substances that an allergy covers together.

    Parameters
    ----------
    key : str
        Name in files.
    name : Message
        Name for people.
    atc : tuple of str
        Prefixes of ATC codes; none for what is no medicine.
    codes : tuple of str
        Codes under which the allergy is recorded.
    words : tuple of str
        What the allergy is called, in lower case.
    crosses : tuple of str
        Keys of classes that the allergy forbids too.
    source : str
        Publication.
    """

    key: str
    name: Message
    atc: tuple[str, ...]
    codes: tuple[str, ...]
    words: tuple[str, ...]
    crosses: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """Two groups of medicines that harm together.

    Parameters
    ----------
    name : Message
        Which groups, for people.
    one, other : tuple of str
        Prefixes of ATC codes.
    severity : Severity
        How strongly the source warns.
    because : Message
        What may happen.
    source : str
        Publication.
    """

    name: Message
    one: tuple[str, ...]
    other: tuple[str, ...]
    severity: Severity
    because: Message
    source: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A class of which one medicine at a time is enough.

    Parameters
    ----------
    name : Message
        Name for people.
    atc : tuple of str
        Prefixes of ATC codes.
    source : str
        Publication.
    """

    name: Message
    atc: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class GeneRule:
    """What a gene asks for when a medicine is given.

    Parameters
    ----------
    gene : str
        Symbol, such as ``CYP2D6``.
    phenotype : Phenotype
        Whom it is about.
    atc : tuple of str
        Prefixes of ATC codes.
    because : Message
        What happens otherwise.
    advice : Message
        What to do.
    strength : Strength
        How strongly the source recommends it.
    source : str
        Publication.
    """

    gene: str
    phenotype: Phenotype
    atc: tuple[str, ...]
    because: Message
    advice: Message
    strength: Strength
    source: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that the guard knows.

    Parameters
    ----------
    classes : tuple of SubstanceClass
        Allergies.
    interactions : tuple of Interaction
        Pairs.
    duplicates : tuple of Duplicate
        Classes not to be doubled.
    genes : tuple of GeneRule
        Cautions, which take no option away.
    """

    classes: tuple[SubstanceClass, ...]
    interactions: tuple[Interaction, ...]
    duplicates: tuple[Duplicate, ...]
    genes: tuple[GeneRule, ...]


def packaged_rules() -> Rules:
    """Read the rules that ship with the package.

    Returns
    -------
    Rules

    Examples
    --------
    >>> len(packaged_rules().interactions)
    33
    """
    return read_rules(Path(str(files("salus.treat.guard"))))


def read_rules(folder: Path) -> Rules:
    """Read ``classes.toml``, ``interactions.toml``, ``duplicates.toml`` and ``genes.toml``.

    Parameters
    ----------
    folder : Path
        Where the four files are.

    Returns
    -------
    Rules

    Raises
    ------
    InputError
        With every entry of every file that does not fit.
    """
    faults = Faults()
    classes = Sheet.read(folder / "classes.toml", faults).tables("class")
    interactions = Sheet.read(folder / "interactions.toml", faults).tables("interaction")
    duplicates = Sheet.read(folder / "duplicates.toml", faults).tables("duplicate")
    genes = Sheet.read(folder / "genes.toml", faults).tables("caution")
    rules = Rules(
        tuple(map(_class, classes)),
        tuple(map(_interaction, interactions)),
        tuple(map(_duplicate, duplicates)),
        tuple(map(_gene, genes)),
    )
    keys = {each.key for each in rules.classes}
    for each in rules.classes:
        for key in sorted(set(each.crosses) - keys):
            remedy = say("name a class of this file")
            faults.add(say("unknown class"), Where("classes.toml", column=each.key), remedy, key)
    faults.stop()
    return rules


def _class(sheet: Sheet) -> SubstanceClass:
    sheet.only("key", "name", "atc", "codes", "words", "crosses", "source")
    return SubstanceClass(
        sheet.text("key"),
        Message(sheet.text("name")),
        sheet.texts("atc", optional=True),
        sheet.texts("codes", optional=True),
        sheet.texts("words"),
        sheet.texts("crosses", optional=True),
        sheet.text("source"),
    )


def _interaction(sheet: Sheet) -> Interaction:
    sheet.only("name", "one", "other", "severity", "because", "source")
    return Interaction(
        Message(sheet.text("name")),
        sheet.texts("one"),
        sheet.texts("other"),
        sheet.choice("severity", Severity),
        Message(sheet.text("because")),
        sheet.text("source"),
    )


def _duplicate(sheet: Sheet) -> Duplicate:
    sheet.only("name", "atc", "source")
    return Duplicate(Message(sheet.text("name")), sheet.texts("atc"), sheet.text("source"))


def _gene(sheet: Sheet) -> GeneRule:
    sheet.only("gene", "phenotype", "atc", "because", "advice", "strength", "source")
    return GeneRule(
        sheet.text("gene"),
        sheet.choice("phenotype", Phenotype),
        sheet.texts("atc"),
        Message(sheet.text("because")),
        Message(sheet.text("advice")),
        sheet.choice("strength", Strength),
        sheet.text("source"),
    )
