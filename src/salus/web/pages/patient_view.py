"""What the pages of patients show, as values; nothing of it reaches a log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from salus.report.worded import worded_from
from salus.report.words import capital
from salus.web.shelf import Picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.data.store.advised_patients import KeptPatient
    from salus.report.worded import WordedCell, WordedSection
    from salus.report.words import Words
    from salus.web.pages.regions import RegionChoice

NOWHERE = "-"
"""In an address, in place of a district that is not known."""


@dataclass(frozen=True, slots=True)
class PatientLine:
    """One patient of the list.

    Parameters
    ----------
    who, district, likely, first, address : str
        Pseudonym with sex and age in bands, where they live, what is most likely, what to
        consider first, and the page of the patient.
    synthetic : bool
        Whether this person was made up.
    warnings : int
        Treatments that a rule takes away.
    """

    who: str
    synthetic: bool
    district: str
    likely: str
    first: str
    warnings: int
    address: str


@dataclass(frozen=True, slots=True)
class PatientsView:
    """What the list shows.

    Parameters
    ----------
    title, as_of : str
        How many there are, and how old what is known.
    scope : str
        Which districts the reader sees into.
    patients : tuple of PatientLine
        Those who are advised.
    empty : str
        Why there are none; empty otherwise.
    regions : tuple of RegionChoice
        What else may be shown.
    """

    title: str
    as_of: str
    scope: str
    patients: tuple[PatientLine, ...]
    empty: str
    regions: tuple[RegionChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One treatment.

    Parameters
    ----------
    name, point, between, word : str
        What it is, what it is expected to change, between which values, and what is advised.
    first, removed : bool
        Whether it is to be considered first, and whether a rule takes it away.
    """

    name: str
    point: str
    between: str
    word: str
    first: bool
    removed: bool


@dataclass(frozen=True, slots=True)
class PatientView:
    """What the page of a patient shows.

    Parameters
    ----------
    title, as_of, summary : str
        Who it is about, when the record was looked at, and the condition with what to consider.
    synthetic : bool
        Whether this person was made up.
    gain : str
        By how much what is to be considered first is better, and how sure that is; empty where
        nothing is known.
    better : str
        In which unit a treatment is better.
    options : tuple of OptionLine
        The best first; those that a rule takes away last.
    chart : Picture or None
        Options with their intervals.
    likely, reasons, dangers, unknown, evidence : tuple of str
        Classes as natural frequencies; why; what would be dangerous; what is not known; sources.
    """

    title: str
    as_of: str
    summary: str
    synthetic: bool
    gain: str
    better: str
    options: tuple[OptionLine, ...]
    chart: Picture | None
    likely: tuple[str, ...]
    reasons: tuple[str, ...]
    dangers: tuple[str, ...]
    unknown: tuple[str, ...]
    evidence: tuple[str, ...]


def patient_line(
    kept: KeptPatient, decision: str, names: Mapping[str, str], words: Words
) -> PatientLine:
    """Show a patient in the list.

    Parameters
    ----------
    kept : KeptPatient
        What was advised.
    decision : str
        Id of the decision.
    names : mapping of str to str
        Names of districts by key.
    words : Words
        The reader's language.
    """
    section = _section(kept, words)
    options = _options(section, kept.options)
    likely = _found(section, words.say("likely"))
    first = [each.name for each in options if each.first]
    place = kept.district_id or NOWHERE
    return PatientLine(
        _who(kept, words),
        kept.synthetic,
        words.say("not known") if kept.district_id is None else names.get(place, place),
        likely[0] if likely else "–",
        first[0] if first else "–",
        sum(each.removed for each in options),
        f"/patient/{decision}/{quote(place, safe='')}/{quote(kept.patient, safe='')}",
    )


def patient_view(kept: KeptPatient, words: Words) -> PatientView:
    """Show what is advised for a patient.

    Parameters
    ----------
    kept : KeptPatient
        What was advised.
    words : Words
        The reader's language.
    """
    section = _section(kept, words)
    options = _options(section, kept.options)
    grid = section.grids[0] if options else None
    looked = _found(section, words.say("looked at"))
    return PatientView(
        _who(kept, words),
        words.say("Looked at: {what}.", what=looked[0]) if looked else "",
        "" if grid is None else capital(grid.title.removeprefix(section.title).lstrip(":： ")),
        kept.synthetic,
        _gain(section, kept.options, words),
        "" if grid is None else grid.columns[1].head,
        options,
        Picture.of(section.charts[0]) if section.charts else None,
        tuple(map(capital, _found(section, words.say("likely")))),
        tuple(map(capital, _found(section, words.say("because")))),
        tuple(
            words.say("{name}: {why}", name=capital(each.name), why=each.word)
            for each in options
            if each.removed
        ),
        tuple(map(capital, _found(section, words.say("with care")))),
        (
            *map(capital, _found(section, words.say("ranked by"))),
            *_found(section, words.say("evidence")),
        ),
    )


def _who(kept: KeptPatient, words: Words) -> str:
    # A badge beside the name says that somebody was made up.
    return kept.summary[words.lang].removeprefix(words.say("SYNTHETIC · "))


def _section(kept: KeptPatient, words: Words) -> WordedSection:
    document: Any = kept.sections[words.lang]
    return worded_from(document).sections[0]


def _options(section: WordedSection, rows: Any) -> tuple[OptionLine, ...]:  # noqa: ANN401  # JSON
    # Rows and grid list the same options in the same order; without any there is no such grid.
    if not rows:
        return ()
    grid = section.grids[0]
    return tuple(
        _option(cells, removed=bool(row["not_to_be_given"]), first=place < grid.lead)
        for place, (cells, row) in enumerate(zip(grid.rows, rows, strict=True))
    )


def _option(cells: tuple[WordedCell, ...], *, removed: bool, first: bool) -> OptionLine:
    name, point, lower, upper, _average, word = cells
    between = "–" if lower.number is None else f"{lower.text} … {upper.text}"
    return OptionLine(name.text, point.text, between, word.text, first, removed)


def _gain(section: WordedSection, rows: Any, words: Words) -> str:  # noqa: ANN401  # JSON
    if not rows or not section.grids[0].lead:
        return ""
    _name, point, lower, upper, *_others = section.grids[0].rows[0]
    if lower.number is None or upper.number is None:
        return ""
    figures = {"point": point.text, "lower": lower.text, "upper": upper.text}
    unit = str(rows[0].get("unit") or "")
    if lower.number <= 0 <= upper.number:
        return words.say(
            "Expected to be better by {point} {unit} (95 times in 100 between {lower} and {upper}: "
            "no difference is possible).",
            unit=unit,
            **figures,
        )
    return words.say(
        "Expected to be better by {point} {unit} (95 times in 100 between {lower} and {upper}).",
        unit=unit,
        **figures,
    )


def _found(section: WordedSection, what: str) -> tuple[str, ...]:
    return tuple(row[1].text for row in section.grids[-1].rows if row[0].text == what)
