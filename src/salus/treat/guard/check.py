"""Hard rules that no model overrules: a finding takes the option away, and says why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.messages import Message, say, word
from salus.treat.genes.results import phenotypes, unread_genes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.treat.guard.record import Coded, Record
    from salus.treat.guard.rules import Rules, Strength, SubstanceClass
    from salus.treat.plans.plan import Arm

ATC = re.compile(r"[A-Z]\d\d([A-Z]([A-Z](\d\d)?)?)?")
"""An ATC code of the second level or deeper."""


class Danger(StrEnum):
    """What kind of rule found it."""

    ALLERGY = "allergy"
    INTERACTION = "interaction"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Finding:
    """Why an option must not be given.

    Parameters
    ----------
    danger : Danger
        What kind of rule found it.
    because : Message
        The reason, for people.
    source : str
        Publication of the rule.
    """

    danger: Danger
    because: Message
    source: str


@dataclass(frozen=True, slots=True)
class Caution:
    """How an option must be given, should it be chosen; no model overrules it.

    Parameters
    ----------
    because : Message
        What was found in the patient, and what happens otherwise.
    advice : Message
        What to do.
    strength : Strength
        How strongly the source recommends it.
    source : str
        Publication of the rule.
    """

    because: Message
    advice: Message
    strength: Strength
    source: str

    @property
    def sentence(self) -> Message:
        """The caution for people."""
        return say("{because}: {advice}", because=self.because, advice=self.advice)


@dataclass(frozen=True, slots=True)
class Guard:
    """Checks options against what a patient takes and does not tolerate.

    Parameters
    ----------
    rules : Rules
        What it knows.

    Examples
    --------
    >>> from salus.treat.guard.record import Coded, Record
    >>> from salus.treat.guard.rules import packaged_rules
    >>> from salus.treat.plans.plan import Arm
    >>> arm = Arm("amoxicillin", say("amoxicillin"), ("J01CA04",))
    >>> allergic = Record(allergies=(Coded("91936005", "Allergy to penicillin"),))
    >>> [str(each.because) for each in Guard(packaged_rules()).findings(arm, allergic)]
    ['allergy to penicillins']
    """

    rules: Rules

    def findings(self, arm: Arm, record: Record) -> tuple[Finding, ...]:
        """List everything that forbids an option; empty where no rule does.

        Parameters
        ----------
        arm : Arm
            The option.
        record : Record
            What the patient takes and does not tolerate.

        Returns
        -------
        tuple of Finding
            Allergies, then interactions, then duplicates.
        """
        return (
            *self._allergies(arm, record),
            *self._interactions(arm, record),
            *self._duplicates(arm, record),
        )

    def continues(self, arm: Arm, record: Record) -> bool:
        """Say whether a patient takes this very option, and no rule warns of it.

        Parameters
        ----------
        arm : Arm
            The option.
        record : Record
            What the patient takes and does not tolerate.

        Returns
        -------
        bool
            ``False`` too where an allergy or an interaction speaks against what is taken.

        Examples
        --------
        >>> from salus.treat.guard.record import Coded, Record
        >>> from salus.treat.guard.rules import packaged_rules
        >>> from salus.treat.plans.plan import Arm
        >>> arm = Arm("enalapril", say("enalapril"), ("C09AA02",))
        >>> Guard(packaged_rules()).continues(arm, Record((Coded("C09AA02"),)))
        True
        """
        taken = {each.code for each in record.medicines}
        found = self.findings(arm, record)
        return set(arm.medicines) <= taken and all(
            each.danger is Danger.DUPLICATE for each in found
        )

    def cautions(self, arm: Arm, record: Record) -> tuple[Caution, ...]:
        """List what a patient's genes ask for when an option is given; empty where nothing.

        Parameters
        ----------
        arm : Arm
            The option.
        record : Record
            Its gene tests are read. Where two contradict each other, each is minded.

        Returns
        -------
        tuple of Caution
        """
        return tuple(
            Caution(
                say(
                    "{gene} {phenotype}, {harm}",
                    gene=rule.gene,
                    phenotype=rule.phenotype.label,
                    harm=rule.because,
                ),
                rule.advice,
                rule.strength,
                rule.source,
            )
            for rule in self.rules.genes
            if _any(arm.medicines, rule.atc)
            and rule.phenotype in phenotypes(rule.gene, record.genes)
        )

    def unread(self, record: Record) -> tuple[Message, ...]:
        """Name what the rules cannot judge, as no class or code of it is known.

        Parameters
        ----------
        record : Record
            What the patient takes and does not tolerate.

        Returns
        -------
        tuple of Message
        """
        allergies = [each for each in record.allergies if not _atc(each) and not self._hit(each)]
        medicines = [each for each in record.medicines if not _atc(each)]
        return (
            *(say("allergy not checked: {what}", what=_words(each)) for each in allergies),
            *(say("medicine not checked: {what}", what=_words(each)) for each in medicines),
            *unread_genes(record.genes),
        )

    def _allergies(self, arm: Arm, record: Record) -> Iterator[Finding]:
        for allergy in record.allergies:
            hit = self._hit(allergy)
            own = [each for each in hit if _any(arm.medicines, each.atc)]
            crossed = [
                other
                for each in hit
                for other in self.rules.classes
                if other.key in each.crosses and _any(arm.medicines, other.atc)
            ]
            for each in own:
                because = say("allergy to {what}", what=each.name)
                yield Finding(Danger.ALLERGY, because, each.source)
            for each in crossed if not own else []:
                because = say("{what} may cross-react with a known allergy", what=each.name)
                yield Finding(Danger.ALLERGY, because, each.source)
            if not own and not crossed and _atc(allergy) and _any(arm.medicines, (allergy.code,)):
                because = say("allergy to {what}", what=_words(allergy))
                yield Finding(Danger.ALLERGY, because, "ATC")

    def _interactions(self, arm: Arm, record: Record) -> Iterator[Finding]:
        taken = [each.code for each in record.medicines]
        for rule in self.rules.interactions:
            if (_any(arm.medicines, rule.one) and _any(taken, rule.other)) or (
                _any(arm.medicines, rule.other) and _any(taken, rule.one)
            ):
                because = say(
                    "{pair}: {severity}, {harm}",
                    pair=rule.name,
                    severity=rule.severity.label,
                    harm=rule.because,
                )
                yield Finding(Danger.INTERACTION, because, rule.source)

    def _duplicates(self, arm: Arm, record: Record) -> Iterator[Finding]:
        taken = [each.code for each in record.medicines]
        if set(arm.medicines) & set(taken):
            yield Finding(Danger.DUPLICATE, say("taken already"), "ATC")
            return
        for rule in self.rules.duplicates:
            if _any(arm.medicines, rule.atc) and _any(taken, rule.atc):
                because = say("another one of {what} is taken already", what=rule.name)
                yield Finding(Danger.DUPLICATE, because, rule.source)

    def _hit(self, allergy: Coded) -> list[SubstanceClass]:
        return [each for each in self.rules.classes if _covers(each, allergy)]


def _covers(substances: SubstanceClass, allergy: Coded) -> bool:
    if allergy.code in substances.codes:
        return True
    if _atc(allergy):
        # A wider code, such as J01, covers the class as a narrower one does.
        code = allergy.code
        return any(code.startswith(each) or each.startswith(code) for each in substances.atc)
    said = allergy.display.lower()
    return any(re.search(rf"\b{re.escape(each)}\b", said) for each in substances.words)


def _any(codes: tuple[str, ...] | list[str], prefixes: tuple[str, ...]) -> bool:
    return any(code.startswith(prefix) for code in codes for prefix in prefixes)


def _atc(coded: Coded) -> bool:
    return ATC.fullmatch(coded.code) is not None


def _words(coded: Coded) -> Message | str:
    return word(coded.display) if coded.display else coded.code
