"""From alleles to phenotypes: what cannot be known for sure, and faults of the file."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.core.errors import InputError
from salus.treat.genes.activity import Phenotype, cyp2d6, read_gene
from salus.treat.genes.diplotype import Allele, Diplotype, read_diplotype

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = st.sampled_from(sorted(cyp2d6().activity)).map(Allele)


@pytest.mark.parametrize(
    ("text", "phenotype"),
    [
        ("*1/*1xN", Phenotype.ULTRARAPID),
        ("*4xN/*5", Phenotype.POOR),
        ("*4/*41xN", None),
        ("*1/*22", None),
        ("*1/*999", None),
        ("*36+*10/*4", Phenotype.INTERMEDIATE),
    ],
)
def test_what_is_not_sure_is_not_said(text: str, phenotype: Phenotype | None) -> None:
    """Copies that were not counted, and alleles of unknown function, say only what holds anyway."""
    assert cyp2d6().phenotype(read_diplotype(text)) is phenotype


@given(KNOWN, KNOWN)
def test_the_chromosomes_may_be_swapped(one: Allele, other: Allele) -> None:
    """Which chromosome is named first makes no difference, and some phenotype is always said."""
    first = cyp2d6().phenotype(Diplotype("CYP2D6", (one,), (other,)))
    assert first is cyp2d6().phenotype(Diplotype("CYP2D6", (other,), (one,)))
    assert first is not None


def test_every_score_has_its_phenotype() -> None:
    """The bands follow each other in quarters without a hole."""
    bands = cyp2d6().bands
    assert bands[0].least == 0
    assert all(a.most + 0.25 == b.least for a, b in pairwise(bands))


def test_all_faults_of_the_file_are_named(tmp_path: Path) -> None:
    """An allele with two values, a phenotype that is none, and a misspelt entry come together."""
    path = tmp_path / "gene.toml"
    path.write_text(
        'gene="G"\nsource="s"\n'
        '[[activity]]\nvalue=1.0\nalleles=["1"]\nsource="s"\n'
        '[[activity]]\nvalue=0\nalleles=["1"]\nsauce="s"\nsource="s"\n'
        '[[phenotype]]\nkey="lazy"\nleast=0\nmost=1\n'
    )
    with pytest.raises(InputError) as caught:
        read_gene(path)
    for part in ("two values", "not one of the choices", "unknown entry"):
        assert part in str(caught.value)
