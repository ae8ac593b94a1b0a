"""Hard rules that take options away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import InputError
from salus.core.messages import say
from salus.treat.guard.check import Danger, Guard
from salus.treat.guard.record import Coded, Record, records
from salus.treat.guard.rules import packaged_rules, read_rules
from salus.treat.moments import Moment
from salus.treat.plans.plan import Arm
from tests.fakes.patients import day, rows

if TYPE_CHECKING:
    from pathlib import Path

GUARD = Guard(packaged_rules())


def arm(*medicines: str) -> Arm:
    """Make an option."""
    return Arm("option", say("option"), medicines)


def dangers(medicine: str, record: Record) -> list[Danger]:
    """List what forbids a medicine."""
    return [finding.danger for finding in GUARD.findings(arm(medicine), record)]


@pytest.mark.parametrize(
    ("medicine", "allergy"),
    [
        ("J01CA04", Coded("J01C", "Penicillins")),
        ("J01CA04", Coded("J01CA04")),
        ("J01CA04", Coded("J01")),
        ("J01CA04", Coded("91936005")),
        ("J01CA04", Coded("7980", "Penicillin G")),
        ("J01DB01", Coded("J01C")),
        ("C09DX04", Coded("C09A")),
        ("M01AE01", Coded("387458008", "Aspirin")),
        ("V03AB15", Coded("V03AB15")),
    ],
)
def test_an_allergy_takes_the_medicine_away(medicine: str, allergy: Coded) -> None:
    """By class, by a wider or narrower code, by word, and by cross-reaction."""
    assert Danger.ALLERGY in dangers(medicine, Record(allergies=(allergy,)))


def test_an_unrelated_allergy_takes_nothing_away() -> None:
    """Peanuts forbid no medicine, and penicillin no ceftriaxone."""
    assert dangers("J01CA04", Record(allergies=(Coded("91935009", "Peanut"),))) == []
    assert dangers("J01DD04", Record(allergies=(Coded("J01C"),))) == []


@pytest.mark.parametrize("rule", GUARD.rules.interactions, ids=lambda rule: str(rule.name))
def test_each_listed_pair_is_found_both_ways(rule: object) -> None:
    """Any of the one with any of the other, whichever is taken first."""
    for one in rule.one:  # type: ignore[attr-defined]  # an Interaction
        for other in rule.other:  # type: ignore[attr-defined]  # an Interaction
            assert Danger.INTERACTION in dangers(one, Record((Coded(other),)))
            assert Danger.INTERACTION in dangers(other, Record((Coded(one),)))


def test_no_class_is_doubled() -> None:
    """The same medicine, or another of its class, is not given twice."""
    assert dangers("A10BA02", Record((Coded("A10BA02"),))) == [Danger.DUPLICATE]
    assert dangers("C09AA03", Record((Coded("C09CA01"),))) == [Danger.DUPLICATE]


def test_what_is_taken_continues_unless_a_rule_warns_of_it() -> None:
    """The very treatment goes on; another of its class, or an allergy to it, is a danger still."""
    taken, allergy = Coded("C09AA02"), Coded("C09AA", "ACE inhibitors")
    assert GUARD.continues(arm("C09AA02"), Record((taken,)))
    assert not GUARD.continues(arm("C09AA03"), Record((taken,)))
    assert not GUARD.continues(arm("C09AA02", "C03DA01"), Record((taken,)))
    assert not GUARD.continues(arm("C09AA02"), Record((taken,), (allergy,)))


def test_what_cannot_be_judged_is_named() -> None:
    """A code that no rule knows is said, not passed over."""
    record = Record((Coded("6809", "metformin"),), (Coded("123", "Moon dust"),))
    assert [str(each) for each in GUARD.unread(record)] == [
        "allergy not checked: Moon dust",
        "medicine not checked: metformin",
    ]


def test_the_record_is_read_as_of_the_moment() -> None:
    """Ended and future medicines are not taken; an undated allergy is held to be known."""
    medication = rows(
        "medication",
        {"patient_id": "p", "code": "C07AB02", "started_at": day(1)},
        {"patient_id": "p", "code": "C08DB01", "started_at": day(1), "ended_at": day(3)},
        {"patient_id": "p", "code": "B01AA03", "started_at": day(9)},
    )
    allergy = rows(
        "allergy",
        {"patient_id": "p", "code": "J01C"},
        {"patient_id": "p", "code": "J01E", "recorded_at": day(8)},
    )
    moments = [Moment("p", day(5)), Moment("q", day(5))]
    first, second = records({"medication": medication, "allergy": allergy}, moments)
    assert first == Record((Coded("C07AB02"),), (Coded("J01C"),))
    assert second == Record()


def test_all_faults_of_the_rules_are_named(tmp_path: Path) -> None:
    """A misspelt entry, an unknown severity and a class that is not there come together."""
    (tmp_path / "classes.toml").write_text(
        '[[class]]\nkey="a"\nname="a"\nword=["a"]\nsource="s"\ncrosses=["b"]\n'
    )
    (tmp_path / "interactions.toml").write_text(
        '[[interaction]]\nname="a"\none=["A"]\nother=["B"]\nseverity="bad"\nbecause="x"\nsource="s"'
    )
    (tmp_path / "duplicates.toml").write_text("=")
    (tmp_path / "genes.toml").write_text(
        '[[caution]]\ngene="G"\nphenotype="lazy"\natc=["A"]\nbecause="x"\nadvice="y"\n'
        'strength="weak"\nsource="s"'
    )
    with pytest.raises(InputError) as caught:
        read_rules(tmp_path)
    said = str(caught.value)
    assert said.count("not one of the choices") == 3
    for part in ("unknown entry", "not one of the choices", "unknown class", "is not TOML"):
        assert part in said
