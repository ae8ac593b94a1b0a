"""How right the linkage is on villages whose truth is known."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pytest

from salus.data.linkage.linkage import link
from salus.data.linkage.params import LinkParams
from salus.data.synthetic.city import make_city, read_city
from salus.data.synthetic.spec import CitySpec
from salus.data.synthetic.truth import read_truth
from salus.service.right.linking import LinkRightness, link_rightness

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

GIVEN, LEARNED = LinkParams(), LinkParams(learn_from=1_000, pairs=50_000)
AGAIN = """
import hashlib, sys
import pyarrow.parquet as pq
from salus.data.linkage.linkage import link
from salus.data.linkage.params import LinkParams
found = link(pq.read_table(sys.argv[1]), LinkParams(learn_from=1_000, pairs=50_000))
print(hashlib.sha256(repr(found.pairs.to_pylist()).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a village of 4,000 people."""
    folder = tmp_path_factory.mktemp("linking") / "village"
    return make_city(CitySpec(people=4_000, seed=7, days=200), folder).path


def register(village: Path) -> pa.Table:
    """Read its register."""
    return read_city(village).table("patient").to_table()


@pytest.mark.parametrize("params", [GIVEN, LEARNED], ids=["given", "learned"])
def test_doubles_of_a_village_are_found(village: Path, params: LinkParams) -> None:
    """Nearly all second registrations are joined, and hardly anybody else."""
    right = link_rightness(village, link(register(village), params))
    assert right.pairs_true > 40
    assert right.precision is not None
    assert right.precision >= 0.99
    assert right.recall is not None
    assert right.recall >= 0.95


@pytest.mark.parametrize("params", [GIVEN, LEARNED], ids=["given", "learned"])
def test_without_doubles_nobody_is_joined(village: Path, params: LinkParams) -> None:
    """A register that holds everybody once teaches no nonsense."""
    rows = register(village)
    second = read_truth(village, "duplicate")["patient_id"].combine_chunks()
    once = rows.filter(pc.invert(pc.is_in(rows["patient_id"], second)))
    assert link(once, params).joined.num_rows == 0


def test_the_same_in_every_process(village: Path) -> None:
    """The seed alone decides, bit for bit: no hash order, no threads."""
    path = village / "tables" / "patient.parquet"
    said = [
        subprocess.run(
            [sys.executable, "-c", AGAIN, str(path)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert len(said[0]) > 60


def test_rightness_counts_pairs(village: Path) -> None:
    """Nothing found has no precision, and a group counts each of its pairs."""
    rows = register(village)
    nobody = link_rightness(village, link(rows.slice(0, 0)))
    assert nobody.precision is None
    assert nobody.recall is None
    some = LinkRightness(pairs_true=4, pairs_found=2, pairs_right=1)
    assert (some.precision, some.recall) == (0.5, 0.25)
