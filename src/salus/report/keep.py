"""Keep a day in the home for people to read later: in each language, patients apart."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from salus.core.settings import LANGUAGES
from salus.core.tables import write_table
from salus.data.store.advised_patients import KeptPatient, write_patients
from salus.data.store.reports import PATIENTS, About, Reports
from salus.report.contents import lay_out
from salus.report.document import forecast_part, plan_part
from salus.report.page import page
from salus.report.sections.advice import advisor_section, patient_section, who
from salus.report.worded import WordedReport, worded, worded_section
from salus.report.words import Words
from salus.service.tables.people import advice_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from salus.core.canonical import Json
    from salus.data.store.advised_patients import Seal
    from salus.report.contents import Report
    from salus.report.sections.basis import RunFacts
    from salus.service.advice.advised import Advised, AdvisedPatient
    from salus.service.run_day import Decided

ADVICE = "advice"


def keep_report(decided: Decided, facts: RunFacts, seal: Seal | None) -> Path:
    """Keep what people read of a day.

    What is advised for each patient is kept apart from all else, encrypted where there is a seal,
    for not everybody who may see the plan may see the patients.

    Parameters
    ----------
    decided : Decided
        The day.
    facts : RunFacts
        What the run took; its home is where the day is kept.
    seal : Seal or None
        What encrypts the advice for patients.

    Returns
    -------
    Path
        The folder.
    """
    day = decided.day
    days = day.need.expected.days
    about = About(
        decided.decision.id,
        day.region.name,
        day.synthetic,
        day.as_of,
        days[0],
        days[-1],
        decided.decision.made_at,
    )

    def fill(folder: Path) -> None:
        for lang in LANGUAGES:
            words = Words(lang)
            report = without_patients(lay_out(decided, facts, words), decided)
            (folder / f"report.{lang}.html").write_text(page(report, words), encoding="utf-8")
            _json(folder / f"sections.{lang}.json", worded(report, words).document())
        _json(folder / "plan.json", plan_part(report.document))
        _json(folder / "forecast.json", forecast_part(report.document))
        (folder / "tables").mkdir()
        for name, table in report.tables.items():
            write_table(table, folder / "tables", name)
        write_patients(folder / PATIENTS, about.decision, kept_patients(decided), seal)

    return Reports(facts.home).keep(about, fill)


def without_patients(report: Report, decided: Decided) -> Report:
    """Leave out what is advised for single patients.

    Parameters
    ----------
    report : Report
        The whole.
    decided : Decided
        The day it shows.

    Returns
    -------
    Report
        With how good the advice is in its place.
    """
    tables: Mapping[str, Json] = report.document["tables"]  # type: ignore[assignment]  # laid out as such
    care = decided.day.care
    return replace(
        report,
        sections=tuple(
            advisor_section(care.advised) if section.id == ADVICE and care else section
            for section in report.sections
        ),
        tables={name: table for name, table in report.tables.items() if name != ADVICE},
        document={
            **report.document,
            "tables": {name: rows for name, rows in tables.items() if name != ADVICE},
        },
    )


def kept_patients(decided: Decided) -> Iterator[KeptPatient]:
    """Write down what is advised for each patient, in each language.

    Parameters
    ----------
    decided : Decided
        The day.

    Yields
    ------
    KeptPatient
    """
    care = decided.day.care
    if care is not None:
        yield from (_patient(care.advised, patient) for patient in care.advised.patients)


def _patient(advised: Advised, patient: AdvisedPatient) -> KeptPatient:
    spoken = [Words(lang) for lang in LANGUAGES]
    return KeptPatient(
        patient.patient_id,
        patient.district_id,
        patient.synthetic,
        {words.lang: words(who(patient)) for words in spoken},
        {words.lang: _worded(advised, patient, words).document() for words in spoken},
        [{name: _known(value) for name, value in row.items()} for row in advice_rows(patient)],
    )


def _known(value: Json) -> Json:
    # A benefit that too few were treated to tell is no number, which JSON does not have.
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _worded(advised: Advised, patient: AdvisedPatient, words: Words) -> WordedReport:
    section = worded_section(patient_section(advised, patient, words), words)
    return WordedReport(section.title, "", (), (section,), patient.synthetic)


def _json(path: Path, document: Json) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, allow_nan=False), encoding="utf-8")
