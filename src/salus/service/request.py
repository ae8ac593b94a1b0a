"""What a person asks of the day, as a value that can be written down and read again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from salus.data.region.folder import region_name
from salus.service.rules import PlanningRules
from salus.service.stress import Stress, parse_stresses

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from salus.core.canonical import Json


@dataclass(frozen=True, slots=True)
class DayRequest:
    """What a person asks of the day.

    Parameters
    ----------
    region : Path
        Folder of the region.
    as_of : date or None
        What is known until this day; ``None`` takes the latest date of the sources.
    seed : int
        Seed of every random stream.
    horizon : int
        Days to plan, 1 or more.
    stresses : tuple of Stress or None
        What is planned beside the expected week; ``None`` takes what the region allows.
    rules : PlanningRules
        What the plan takes for granted.
    guests : int
        Synthetic people for queue and advice where the region has no records; 0 for none.
    """

    region: Path
    as_of: date | None = None
    seed: int = 1
    horizon: int = 7
    stresses: tuple[Stress, ...] | None = None
    rules: PlanningRules = field(default_factory=PlanningRules)
    guests: int = 0

    def parameters(self) -> dict[str, Json]:
        """Write down everything but the place of the folder, for the ledger."""
        return {
            "region": region_name(self.region),
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "seed": self.seed,
            "horizon": self.horizon,
            "stresses": [stress.spec for stress in self.stresses or ()],
            "rules": asdict(self.rules),
            "guests": self.guests,
        }


def request_of(region: Path, parameters: Mapping[str, Any]) -> DayRequest:
    """Read a request again from what the ledger holds.

    Parameters
    ----------
    region : Path
        Where the inputs lie now.
    parameters : mapping
        What :meth:`DayRequest.parameters` wrote.

    Returns
    -------
    DayRequest
    """
    as_of = parameters["as_of"]
    return DayRequest(
        region,
        None if as_of is None else date.fromisoformat(as_of),
        parameters["seed"],
        parameters["horizon"],
        parse_stresses(tuple(parameters["stresses"])),
        PlanningRules(**parameters["rules"]),
        parameters["guests"],
    )
