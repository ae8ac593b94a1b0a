"""The plan that stands: the newest of the reader's region, or one asked for, in their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.service.see_plan import see_plan
from salus.web.moments import known_until, moment

if TYPE_CHECKING:
    from salus.data.store.reports import Kept
    from salus.report.words import Words
    from salus.service.context import Context
    from salus.web.shelf import Shelf, Told


@dataclass(frozen=True, slots=True)
class Standing:
    """A kept plan in the reader's words.

    Parameters
    ----------
    decision, region : str
        Id of its decision, and name of its region.
    as_of : str
        Which region, until when it is known, how old that is, and when it was planned.
    synthetic : bool
        Whether the region was made up.
    told : Told
        The plan.
    """

    decision: str
    region: str
    as_of: str
    synthetic: bool
    told: Told

    @property
    def finding(self) -> str:
        """What needs a decision, in a few words."""
        decision = self.told.part("decision")
        return self.told.title if decision is None else decision.title

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/plan/{self.decision}"

    @property
    def files(self) -> str:
        """Where its files are."""
        return f"/plan/{self.decision}/files"


def standing(context: Context, shelf: Shelf, words: Words, newest: Kept | None) -> Standing | None:
    """Show the newest plan of a region.

    Parameters
    ----------
    context : Context
        What is in use, acting for the reader.
    shelf : Shelf
        Plans that were read before.
    words : Words
        The reader's language.
    newest : Kept or None
        As :attr:`salus.web.pages.regions.Regions.newest` chooses it.

    Returns
    -------
    Standing or None
        ``None`` before anything was planned.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    return None if newest is None else planned(context, shelf, words, newest.about.decision)


def planned(context: Context, shelf: Shelf, words: Words, decision: str) -> Standing:
    """Find the plan of a decision.

    Parameters
    ----------
    context : Context
        What is in use, acting for the reader.
    shelf : Shelf
        Plans that were read before.
    words : Words
        The reader's language.
    decision : str
        Id of the decision, whole.

    Returns
    -------
    Standing

    Raises
    ------
    NotFoundError
        If no plan of this decision is kept.
    ForbiddenError
        If the policy does not permit it.
    """
    kept = see_plan(context, decision)
    about, told = kept.about, shelf.told(kept.sections(words.lang))
    as_of = known(kept, context, words)
    return Standing(about.decision, about.region, as_of, about.synthetic, told)


def known(kept: Kept, context: Context, words: Words) -> str:
    """Say which region a plan is of, until when it is known, and when it was planned."""
    about = kept.about
    return words.say(
        "{region}, {age}. Planned {moment}, decision {id}.",
        region=about.region,
        age=known_until(about.as_of, context.clock.now()),
        moment=moment(about.made_at, words),
        id=about.decision,
    )
