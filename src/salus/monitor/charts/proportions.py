"""The P chart: shares of cases, and binomial limits that follow the number of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.monitor.charts.attributes import attribute_chart, checked_sizes
from salus.monitor.charts.phases import WHOLE, Phases

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from salus.domain.indicator import Series
    from salus.monitor.charts.control_chart import ControlChart


def proportions(
    series: Series,
    sizes: NDArray[np.float64],
    frozen: int | None = None,
    phases: Phases = WHOLE,
) -> ControlChart:
    """Draw a P chart.

    With ``p`` the share of all cases of a phase, the limits of a point of ``n`` cases are
    ``p ± 3 sqrt(p (1 - p) / n)``, not below 0 and not above 1.

    Parameters
    ----------
    series : Series
        Share of cases at each point, 0 to 1; gaps stay gaps.
    sizes : ndarray, shape (n_dates,)
        Cases at each point, 0 or more; a point without cases has no limits.
    frozen : int, optional
        Freeze the limits on this many first points of each phase; on all, when not given.
    phases : Phases
        Where limits begin anew, and which points they leave out.

    Returns
    -------
    ControlChart

    Raises
    ------
    ValueError
        If a share or a number of cases is out of range, or limits would be frozen on too few.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> import numpy as np
    >>> from salus.core.messages import say
    >>> from salus.domain.indicator import Indicator, Series
    >>> died = Indicator("died", say("died"), say("share"))
    >>> weeks = tuple(date(2025, 1, 4) + timedelta(weeks=k) for k in range(3))
    >>> shares = Series(died, weeks, np.array([0.1, 0.3, 0.2]))
    >>> proportions(shares, np.array([100.0, 100, 400])).limits.upper.round(3)
    array([0.32, 0.32, 0.26])

    References
    ----------
    D. C. Montgomery (2013), Introduction to statistical quality control, 7th edition, chapter 7.
    """
    cases = checked_sizes(series, sizes, whole=True)
    return attribute_chart(
        series, cases, lambda p: p * (1 - p), phases=phases, frozen=frozen, highest=1.0
    )
