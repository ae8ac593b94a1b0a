"""When a solve may end before its proof is complete."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """Limits of one solve; without any, it goes on until the optimum is proved.

    Parameters
    ----------
    seconds : float, optional
        Seconds of the wall clock after which to stop, at least 0.
    gap : float, optional
        Relative gap |objective - bound| / |objective| at which a programme with integers counts as
        solved, at least 0; without it, the optimum is proved. Programmes without integers have
        no such gap.

    nodes : int, optional
        Nodes of branch and bound after which to stop, at least 0. Other than seconds, they end
        each solve of a programme with the same solution; those without integers have none.

    Raises
    ------
    ValueError
        If a limit is negative or NaN; all such are named.

    Examples
    --------
    >>> Stop(seconds=60, gap=0.01)
    Stop(seconds=60, gap=0.01, nodes=None)
    """

    seconds: float | None = None
    gap: float | None = None
    nodes: int | None = None

    def __post_init__(self) -> None:
        """Refuse limits that no solve could keep."""
        faults = [
            f"{name} must be at least 0, but is {value}"
            for name, value in (
                ("seconds", self.seconds),
                ("gap", self.gap),
                ("nodes", self.nodes),
            )
            if value is not None and not value >= 0
        ]
        if faults:
            raise ValueError("; ".join(faults))
