"""Medicines: what to order and send, what expires, and who goes without for want of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section
from salus.service.day import EXPECTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.service.day import Day

    Rows = list[dict[str, Any]]

SMALL = 0.05
"""Cases below this are not worth a sentence."""


def medicines(day: Day, tables: Mapping[str, pa.Table]) -> Iterator[Section]:
    """Show what becomes of medicines.

    Parameters
    ----------
    day : Day
        What was planned.
    tables : mapping of str to pyarrow.Table
        Its flat tables.

    Yields
    ------
    Section
        Nothing where a region states no medicines.
    """
    if not day.region.stores.medicines:
        return
    names = ("medicines", "shipments", "expiries", "shortages")
    rows = {name: tables[name].to_pylist() for name in names}
    expected = {
        name: [row for row in found if row["scenario"] == EXPECTED] for name, found in rows.items()
    }
    yield Section(
        "medicines",
        _headline(_withheld(expected["shortages"])),
        say("Medicines"),
        tuple(_sentences(expected)),
        tuple(_grids(day, rows)),
    )


def medicines_finding(day: Day) -> Iterator[Message]:
    """Say in one sentence what stays unmet for want of medicines; nothing where nobody does."""
    want = day.expected.want
    withheld = 0.0 if want is None else float(want.together.sum())
    if withheld >= SMALL:
        yield say(
            "{cases:,.0f} cases stay unmet for want of medicines: with plenty of these they are "
            "served (confirmed by planning again).",
            cases=withheld,
        )


def _headline(withheld: float) -> Message:
    if withheld < SMALL:
        return say("Nobody goes without care for want of a medicine")
    return say("{cases:,.1f} cases stay unmet for want of medicines", cases=withheld)


def _withheld(shortages: Rows) -> float:
    return sum(row["withheld_cases"] for row in shortages if row["medicine_id"] is None)


def _sentences(expected: Mapping[str, Rows]) -> Iterator[Message]:
    flows = expected["medicines"]
    ordered, sent, lost = (
        sum(row[name] for row in flows) for name in ("order_cost", "sending_cost", "expired_cost")
    )
    yield say(
        "In the expected days, orders cost {ordered:,.2f} and sendings {sent:,.2f}; what expires "
        "unused was worth {lost:,.2f}. All money is in the currency of your files.",
        ordered=ordered,
        sent=sent,
        lost=lost,
    )
    if _withheld(expected["shortages"]) >= SMALL:
        yield say(
            "What goes without is found by planning again as if no medicine, or one of them alone, "
            "were short."
        )
    yield say(
        "At each facility, what expires first is given first; table {table} names the batches.",
        table="dispensed",
    )


def _grids(day: Day, rows: Mapping[str, Rows]) -> Iterator[Grid]:
    services = {service.id: service.name for service in day.region.services}
    for key, answer in day.scenarios():
        short = 12 if key == EXPECTED else 0
        of = {name: [r for r in found if r["scenario"] == key] for name, found in rows.items()}
        label = answer.demand.label
        yield _shipments(say("{case}: what to order and send", case=label), of, short)
        yield _expiries(say("{case}: what expires unused", case=label), of, short)
        if _withheld(of["shortages"]) >= SMALL:
            title = say("{case}: for want of medicines", case=label)
            yield _shortages(title, of, short, services)
        yield _flows(say("{case}: what becomes of medicines", case=label), of, short)


def _text(head: Message, *, wraps: bool = False) -> Column:
    return Column(head, number=False, wraps=wraps)


def _shipments(title: Message, of: Mapping[str, Rows], short: int) -> Grid:
    cells = tuple(
        (
            Cell(row["day"]),
            Cell(row["medicine"]),
            Cell(row["units"], 1),
            Cell(row["unit"]),
            Cell(row["from_place"] or say("an order")),
            Cell(row["to_place"]),
            Cell(row["arrival_day"]),
            Cell(row["cost"], 2),
        )
        for row in sorted(of["shipments"], key=lambda row: str(row["day"]))
    )
    columns = (
        _text(say("day")),
        _text(say("medicine"), wraps=True),
        Column(say("amount")),
        _text(say("unit")),
        _text(say("comes from"), wraps=True),
        _text(say("goes to"), wraps=True),
        _text(say("arrives")),
        Column(say("cost")),
    )
    return Grid(title, columns, cells, short, file="shipments")


def _expiries(title: Message, of: Mapping[str, Rows], short: int) -> Grid:
    cells = tuple(
        (
            Cell(row["expiry_day"]),
            Cell(row["medicine"]),
            Cell(row["place"]),
            Cell(row["units"], 1),
            Cell(row["unit"]),
            Cell(row["cost"], 2),
        )
        for row in sorted(of["expiries"], key=lambda row: -row["cost"])
    )
    columns = (
        _text(say("last day")),
        _text(say("medicine")),
        _text(say("place")),
        Column(say("amount")),
        _text(say("unit")),
        Column(say("worth")),
    )
    return Grid(title, columns, cells, short, file="expiries")


def _shortages(
    title: Message, of: Mapping[str, Rows], short: int, services: Mapping[str, Message]
) -> Grid:
    cells = tuple(
        (
            Cell(services[row["service"]]),
            Cell(row["medicine"] or say("all medicines")),
            Cell(row["unmet_cases"], 1),
            Cell(row["withheld_cases"], 1),
        )
        for row in of["shortages"]
    )
    columns = (
        _text(say("service")),
        _text(say("if this were not short")),
        Column(say("cases unmet")),
        Column(say("of them served then")),
    )
    return Grid(title, columns, cells, short, file="shortages")


def _flows(title: Message, of: Mapping[str, Rows], short: int) -> Grid:
    amounts = ("stated", "ordered", "given", "expired", "left")
    cells = tuple(
        (
            Cell(row["medicine"]),
            Cell(row["unit"]),
            *(Cell(row[f"{name}_units"], 1) for name in amounts),
            Cell(row["order_cost"] + row["sending_cost"], 2),
        )
        for row in of["medicines"]
    )
    columns = (
        _text(say("medicine")),
        _text(say("unit")),
        Column(say("in stock or on its way")),
        Column(say("ordered")),
        Column(say("units given")),
        Column(say("expired unused")),
        Column(say("left at the end")),
        Column(say("cost")),
    )
    return Grid(title, columns, cells, short, file="medicines")
