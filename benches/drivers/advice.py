"""Make a city, advise in it, and write how right that was: ``advice.py SEED PEOPLE FOLDER``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from salus.core.settings import Settings
from salus.data.synthetic.city import make_city
from salus.data.synthetic.spec import CitySpec
from salus.service.advise_treatment import advise_treatment
from salus.service.context import open_context
from salus.service.read_records import read_records
from salus.service.right.advice import AdviceRightness, advice_rightness


def main(seed: int, people: int, place: Path) -> None:
    """Write one JSON object on standard output."""
    folder = place / "city"
    spec = CitySpec(seed=seed, people=people)
    make_city(spec, folder)
    with open_context(Settings(home=place / "home")) as context:
        records = read_records(context, folder, spec.as_of)
        start = context.clock.ticks()
        advised = advise_treatment(context, records, spec.as_of, seed=1)
        seconds = context.clock.ticks() - start
    right = advice_rightness(folder, records, advised)
    if right is None:
        sys.exit("nothing was learned")
    print(json.dumps({"advice_seconds": seconds} | _figures(right)))


def _figures(right: AdviceRightness) -> dict[str, float]:
    return {
        "auroc_macro": right.auroc_macro,
        "auroc_macro_base": right.auroc_macro_base,
        "auroc_macro_tree": right.auroc_macro_tree,
        "ece": right.ece,
        "effects": len(right.effects),
        "effects_inside": sum(each.inside for each in right.effects),
        "ranking_gain": right.ranking_gain,
        "offers": right.offers,
        "unsafe_advice": right.unsafe_advice,
        "ways_inside": sum(each.inside for each in right.ways),
        **{f"{each.key}_said": each.said.point for each in right.ways},
        **{f"{each.key}_true": each.truth for each in right.ways},
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
