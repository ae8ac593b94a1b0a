"""How right the linkage was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from salus.data.synthetic.truth import DUPLICATE, read_truth

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from salus.data.linkage.linkage import Linkage


@dataclass(frozen=True, slots=True)
class LinkRightness:
    """How right the linkage was, counted in pairs of registrations of one person.

    Parameters
    ----------
    pairs_true : int
        Pairs that are of one person.
    pairs_found : int
        Pairs that were put into one group.
    pairs_right : int
        Pairs found that are true.
    """

    pairs_true: int
    pairs_found: int
    pairs_right: int

    @property
    def precision(self) -> float | None:
        """Share of the pairs found that are true, 0 to 1; ``None`` where none was found."""
        return self.pairs_right / self.pairs_found if self.pairs_found else None

    @property
    def recall(self) -> float | None:
        """Share of the true pairs that were found, 0 to 1; ``None`` where there is none."""
        return self.pairs_right / self.pairs_true if self.pairs_true else None


def link_rightness(folder: Path, linkage: Linkage) -> LinkRightness:
    """Compare the linkage with the sidecar of a synthetic city.

    Parameters
    ----------
    folder : Path
        Of the city.
    linkage : Linkage
        Of its register.

    Returns
    -------
    LinkRightness
    """
    truth, clusters = read_truth(folder, DUPLICATE.name), linkage.clusters
    place = pc.index_in(clusters["patient_id"], truth["patient_id"].combine_chunks())
    person = pc.coalesce(truth["same_as"].take(place), clusters["patient_id"])
    groups = clusters.append_column("person", person)
    true, found, right = (
        _pairs(groups, names) for names in (["person"], ["golden_id"], ["person", "golden_id"])
    )
    return LinkRightness(true, found, right)


def _pairs(groups: pa.Table, names: list[str]) -> int:
    """Count the pairs of rows that are alike in these columns."""
    sizes = groups.group_by(names).aggregate([([], "count_all")])["count_all"].to_numpy()
    return int((sizes * (sizes - 1) // 2).sum())
