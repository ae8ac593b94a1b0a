"""F1: the way ahead, bioinformatics for treatment, and work spread over processes.

A genotype on record changes how a medicine is advised, by a published rule; the genotypes of a
whole population are read group by group, here or in a pool of processes, with the same answer.
"""

from __future__ import annotations

import pyarrow as pa

from salus.core.groupmap import InProcess, ProcessPool, groupmap
from salus.data.synthetic.formulary import genes
from salus.treat.genes.activity import Phenotype, cyp2d6
from salus.treat.genes.diplotype import read_diplotype
from salus.treat.guard.check import Guard
from salus.treat.guard.record import records
from salus.treat.guard.rules import packaged_rules
from salus.treat.moments import Moment
from salus.treat.plans.reader import packaged_plans
from tests.fakes.patients import day, rows

RHYTHM = next(plan for plan in packaged_plans() if plan.icd10 == "I48")


def phenotypes(group: pa.Table) -> pa.Table:
    """Count the phenotypes of one district; importable by name, as a pool needs."""
    found = [cyp2d6().phenotype(read_diplotype(text)) for text in group["genotype"].to_pylist()]
    counts = {each.value: found.count(each) for each in Phenotype}
    return pa.table(
        {"district": group["district"].slice(0, 1)} | {k: [v] for k, v in counts.items()}
    )


def test_a_genotype_changes_how_a_medicine_is_advised() -> None:
    """A poor metaboliser is offered metoprolol with a caution from its source; others are not."""
    found = [
        {
            "patient_id": who,
            "code": "84413-4",
            "value_text": f"CYP2D6 {text}",
            "observed_at": day(1),
        }
        for who, text in (("slow", "*4/*5"), ("usual", "*1/*4"))
    ]
    moments = [Moment(who, day(2)) for who in ("slow", "usual", "untested")]
    guard = Guard(packaged_rules())
    slow, usual, untested = (
        {arm.key: guard.cautions(arm, record) for arm in RHYTHM.arms}
        for record in records({"observation": rows("observation", *found)}, moments)
    )
    (caution,) = slow["metoprolol"]
    assert "lowest recommended dose" in str(caution.advice)
    assert "CPIC" in caution.source
    assert not any(slow[key] for key in slow if key != "metoprolol")
    assert not any((*usual.values(), *untested.values()))


def test_a_population_is_read_in_a_pool_as_it_is_here() -> None:
    """One function on every district gives the same in this process and in two others."""
    gene = next(each for each in genes() if each.symbol == "CYP2D6")
    texts = ["/".join(pair) for pair in gene.genotypes()] * 4
    table = pa.table({"district": [f"D{n % 3}" for n in range(len(texts))], "genotype": texts})
    here = groupmap(table, ["district"], phenotypes, InProcess())
    assert groupmap(table, ["district"], phenotypes, ProcessPool(2)).equals(here)
    assert sum(sum(here[each.value].to_pylist()) for each in Phenotype) == len(texts)
