"""The whole day of a synthetic city: every section, every figure, and how right it was."""

from __future__ import annotations

import re

import pytest

from tests.functional.running import Made, listing, salus

RIGHT = {
    "anomaly_recall",
    "false_signals_per_indicator_year",
    "auroc_macro",
    "auroc_macro_base",
    "auroc_macro_tree",
    "ece",
    "effect_in_interval_share",
    "unsafe_advice",
    "link_precision",
    "link_recall",
    "unmet",
    "unmet_status_quo",
    "unmet_greedy",
}
"""What a city says about itself, whatever its seed."""
SECTIONS = [
    "decision",
    "scenarios",
    "places",
    "methods",
    "worth",
    "fairness",
    "signals",
    "outlook",
    "hospital",
    "queue",
    "advice",
    "records",
    "right",
    "basis",
]
PEOPLE = {"hospital", "queue", "advice", "right"}
"""Sections about people who were made up."""
BADGES = {"en": "SYNTHETIC", "zh": "合成数据"}


@pytest.fixture(params=["town", "villagers"])
def city(request: pytest.FixtureRequest) -> Made:
    """Give a town in English, and a village in Chinese."""
    made: Made = request.getfixturevalue(request.param)
    return made


def sections(page: str) -> dict[str, str]:
    """Take a page apart by the keys of its sections."""
    parts = re.split(r'<section[^>]*id="([^"]+)"', page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_right_has_its_keys(city: Made) -> None:
    """Every key of the comparison is there, with a number, or null where nothing can be said."""
    right = city.document["right"]
    assert set(right) >= RIGHT
    assert all(value is None or isinstance(value, int | float) for value in right.values())


def test_a_town_learns(town: Made) -> None:
    """From 6,000 people on, diseases are told apart and effects estimated; no advice is unsafe."""
    right = town.document["right"]
    assert all(right[key] is not None for key in RIGHT)
    assert right["auroc_macro"] > max(right["auroc_macro_base"], right["auroc_macro_tree"])
    assert right["unsafe_advice"] == 0
    assert town.document["tables"]["advice"]
    assert town.document["tables"]["effects"]


def test_a_village_learns_no_effects(villagers: Made) -> None:
    """Too few were treated to compare treatments, and it is said for each condition."""
    right = villagers.document["right"]
    assert right["effect_in_interval_share"] is None
    assert villagers.document["tables"]["effects"] == []
    assert villagers.text.count("接受治疗者过少，无法比较各治疗") == 5


def test_no_plan_leaves_more_unmet_than_the_others(city: Made) -> None:
    """The proposed plan is at least as good as the status quo and greedy, and as in its tables."""
    right, rows = city.document["right"], city.document["tables"]["methods"]
    assert right["unmet"] <= min(right["unmet_status_quo"], right["unmet_greedy"]) + 1e-6
    greedy = sum(row["unmet_severity_weighted"] for row in rows if row["method"] == "greedy")
    assert right["unmet_greedy"] == pytest.approx(greedy, abs=1e-5)


def test_every_section_is_on_the_page_and_in_the_terminal(city: Made) -> None:
    """The day is told from what to decide to what it rests on, on the page and in the terminal."""
    found = sections(city.page)
    assert list(found) == SECTIONS
    heads = [re.search(r"<h2>([^<]+)", text) for text in found.values()]
    printed = " ".join(city.text.split())
    assert all(head and " ".join(head[1].split()) in printed for head in heads)


def test_what_was_made_up_is_marked(city: Made) -> None:
    """The badge stands on the whole, on the sections about people and on every person."""
    badge, document = BADGES[city.lang], city.document
    assert document["synthetic"] is True
    for name in ("queue", "advice"):
        assert all(row["synthetic"] is True for row in document["tables"][name])
    found = sections(city.page)
    marked = {key for key, text in found.items() if f'class="badge">{badge}</span></h2>' in text}
    assert marked == PEOPLE
    assert f'class="badge">{badge}</span></h1>' in city.page
    assert city.text.splitlines()[0].endswith(f"[{badge}]")
    assert city.text.count(f"[{badge}]") == 1 + len(PEOPLE)


def test_the_queue_holds_everybody_with_a_reason(town: Made) -> None:
    """Each request has its place in the line, goes somewhere or waits, and is told why."""
    rows = town.document["tables"]["queue"]
    assert sorted(row["place_in_queue"] for row in rows) == list(range(1, len(rows) + 1))
    assert all(row["reason"] for row in rows)
    placed = sum(row["facility_id"] is not None for row in rows)
    figures = town.document["figures"]
    assert figures["queue.distribution.placed"]["value"] == placed
    assert figures["queue.distribution.waiting"]["value"] == len(rows) - placed


def test_every_source_is_listed(town: Made) -> None:
    """Tables, operations and the manifest are among the sources; nothing of the sidecar is."""
    files = {row["file"] for row in town.document["tables"]["sources"]}
    assert {"city.json", "tables/patient.parquet", "operations/queue.parquet"} <= files
    assert not any(file.startswith("truth") for file in files)


def test_the_day_is_replayed_without_the_truth(villagers: Made) -> None:
    """A new process makes the same bits from the ledger, which holds nothing of the sidecar."""
    told = salus("replay", villagers.decision, "--home", villagers.home)
    assert told.code == 0, told.err


def test_the_city_is_kept_in_the_home(town: Made) -> None:
    """Without a region the city is made where the next run finds it, under its size and seed."""
    assert listing(town.home / "cities") == {"synthetic-6000-1"}
    assert town.document["region"] == "synthetic-6000-1"
