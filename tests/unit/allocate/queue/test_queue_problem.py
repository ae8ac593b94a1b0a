"""A queue refuses what means nothing, and quotes nothing that a patient has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from salus.allocate.queue.checks import small_queue

QUEUE = small_queue(1)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"patients": ("p1",) * 8}, "patients must hold no key twice, but 7 of 8 do"),
        ({"facilities": ("H1", "H1", "H3")}, "facilities must hold no key twice, but H1 is"),
        ({"resources": ()}, "resources must hold at least one key"),
        ({"free": QUEUE.free[:2]}, r"free must have shape \(3, 2\), but has \(2, 2\)"),
        ({"free": QUEUE.free - 9}, "free must be finite and 0 or more, but holds -"),
        ({"ready": QUEUE.ready + np.inf}, "ready must be finite"),
        ({"minutes": QUEUE.minutes * np.nan}, "minutes must be 0 or more, but holds nan"),
        ({"severity": np.zeros(8)}, "severity must be above 0, but is not 8 times"),
        ({"waited": QUEUE.waited - 1000}, "waited must be .* but is not 8 times"),
        ({"service": QUEUE.service + 9}, "service must be from 0 to 2, but is not 8 times"),
        ({"at": QUEUE.at - 9}, "at must be from -1 to 2, but is not 8 times"),
        ({"district": QUEUE.district * 1.0}, "district must hold whole numbers"),
        ({"accepted": QUEUE.accepted * 1}, "accepted must hold yes or no"),
        ({"uses": np.zeros((3, 2))}, "service icu must use a resource"),
    ],
)
def test_what_means_nothing_is_refused(changes: dict[str, Any], named: str) -> None:
    """Each fault is named with what was found."""
    with pytest.raises(ValueError, match=named):
        replace(QUEUE, **changes)


def test_all_faults_are_named_at_once() -> None:
    """Independent faults come in one error."""
    with pytest.raises(ValueError, match=r"waited must.*free must.*at must"):
        replace(QUEUE, waited=QUEUE.waited - 1000, free=QUEUE.free - 9, at=QUEUE.at + 9)


def test_who_is_there_does_not_travel() -> None:
    """Patients at a facility take no minutes to it, whatever the roads say."""
    queue = replace(QUEUE, at=np.full(8, 2), minutes=np.full((2, 3), np.inf))
    assert queue.travel[:, 2].tolist() == [0.0] * 8
    assert not queue.reach[:, :2].any()
