"""Which region a page shows: asked for in the address, else chosen before, else the newest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from salus.service.list_plans import list_plans

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from salus.data.store.reports import Kept
    from salus.service.context import Context

REGION = "salus-region"
"""Cookie of a region that was chosen; a page asks for one by ``region`` in its address."""

A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A region that may be shown.

    Parameters
    ----------
    name : str
        What it is called.
    synthetic, chosen : bool
        Whether it was made up, and whether it is the one that is shown.
    """

    name: str
    synthetic: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Regions:
    """The newest plan of each region, and the one that is shown.

    Parameters
    ----------
    newest : Kept or None
        What is shown; ``None`` before anything was planned.
    choices : tuple of RegionChoice
        All regions, real ones before those that were made up, then the newest first.
    asked : str
        What the address asks for; empty where it asks for nothing.
    """

    newest: Kept | None = None
    choices: tuple[RegionChoice, ...] = ()
    asked: str = ""


def regions_of(request: Request, context: Context) -> Regions:
    """Find the newest plan of each region, and choose the one that a page shows.

    Parameters
    ----------
    request : Request
        Whose query may hold ``region``, and whose cookie the region that was chosen before.
    context : Context
        What is in use, acting for the reader.

    Returns
    -------
    Regions

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    asked = request.query_params.get("region", "")
    newest = newest_of_each(list_plans(context, "newest"))
    wanted = (asked, unquote(request.cookies.get(REGION, "")))
    found = next((newest[name] for name in wanted if name in newest), None)
    shown = found or next(iter(newest.values()), None)
    choices = tuple(
        RegionChoice(name, kept.about.synthetic, kept is shown) for name, kept in newest.items()
    )
    return Regions(shown, choices, asked if asked in newest else "")


def newest_of_each(plans: tuple[Kept, ...]) -> dict[str, Kept]:
    """Choose the newest plan of each region, real regions before those that were made up.

    Parameters
    ----------
    plans : tuple of Kept
        The newest first.

    Returns
    -------
    dict of str to Kept
        By the name of the region; the first one is shown to whoever has not chosen.
    """
    newest: dict[str, Kept] = {}
    for kept in plans:
        newest.setdefault(kept.about.region, kept)
    return dict(sorted(newest.items(), key=lambda each: each[1].about.synthetic))


def remember(request: Request, response: Response, regions: Regions) -> None:
    """Keep the region that was asked for, so that the other pages show it too."""
    if regions.asked:
        response.set_cookie(
            REGION,
            quote(regions.asked),
            max_age=A_YEAR,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
