"""What is advised for one patient: to be considered; a clinician decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.treat.association.target import Target
    from salus.treat.effects.average import Mean
    from salus.treat.explain import Reason
    from salus.treat.guard.check import Caution, Finding
    from salus.treat.plans.plan import Arm, Plan


@dataclass(frozen=True, slots=True)
class Likely:
    """A disease class with its chance.

    Parameters
    ----------
    code : str
        Category of ICD-10.
    probability : float
        Calibrated, 0 to 1.
    """

    code: str
    probability: float

    @property
    def frequency(self) -> Message:
        """The chance as a natural frequency, for people."""
        count = round(100 * self.probability)
        if not count:
            return say("fewer than 1 of 100 patients like this one")
        return say(
            "{count} of 100 patients like this one ({share:.0%})",
            count=count,
            share=self.probability,
        )


@dataclass(frozen=True, slots=True)
class Option:
    """A treatment that may be considered.

    Parameters
    ----------
    arm : Arm
        What is given.
    benefit : Mean
        Change of the outcome for the better against the reference of the plan, expected for this
        patient, with a 95 % interval, in the unit of the outcome; NaN where too little is known.
    average : Mean
        The same, on average over all patients.
    cautions : tuple of Caution
        How it must be given, should it be chosen.
    """

    arm: Arm
    benefit: Mean
    average: Mean
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A treatment that a hard rule takes away.

    Parameters
    ----------
    arm : Arm
        What must not be given.
    findings : tuple of Finding
        Why, at least one.
    continues : bool
        Whether the only reason is that the patient takes this very treatment: it goes on.
    """

    arm: Arm
    findings: tuple[Finding, ...]
    continues: bool = False

    @property
    def word(self) -> Message:
        """What becomes of the treatment, for people."""
        if self.continues:
            return say("taken already, continues; not to be added again")
        return say("not to be given: {why}", why=tuple(each.because for each in self.findings))


@dataclass(frozen=True, slots=True)
class Likened:
    """The arm that one association of patients with arms takes for this patient.

    Parameters
    ----------
    method : Message
        Name of the method for people.
    target : Target
        What it was taught: what was given, or what did good.
    arm : Arm
        Of those that no hard rule takes away.
    """

    method: Message
    target: Target
    arm: Arm


@dataclass(frozen=True, slots=True)
class Advice:
    """What is advised for one patient at one moment.

    Parameters
    ----------
    likely : tuple of Likely
        The most likely classes, the first most; empty when abstaining.
    abstained : Message or None
        Why no class is named.
    reasons : tuple of Reason
        What moved the chance of the first class.
    plan : Plan or None
        Of the condition, where there is one.
    options : tuple of Option
        The best first; those of unknown benefit last.
    removed : tuple of Removed
        What must not be given, and why.
    ranked_by : Message or None
        Which effect model ranked the options.
    unknown : tuple of Message
        What was not known, or could not be checked.
    likened : tuple of Likened
        Which arm each association takes; it ranks nothing.
    """

    likely: tuple[Likely, ...]
    abstained: Message | None
    reasons: tuple[Reason, ...]
    plan: Plan | None
    options: tuple[Option, ...]
    removed: tuple[Removed, ...]
    ranked_by: Message | None
    unknown: tuple[Message, ...]
    likened: tuple[Likened, ...] = ()

    @property
    def summary(self) -> Message:
        """The advice in one sentence, for people."""
        if self.options and self.options[0].cautions:
            return say(
                "Consider {what}, with a caution for this patient; a clinician decides.",
                what=self.options[0].arm.name,
            )
        if self.options:
            return say("Consider {what}; a clinician decides.", what=self.options[0].arm.name)
        return say("No treatment is advised; a clinician decides.")
