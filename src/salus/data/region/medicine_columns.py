"""The columns of the files of medicines."""

from __future__ import annotations

from salus.core.messages import say
from salus.core.sheets.column import Table
from salus.core.sheets.kinds import amount, date, days, key, text
from salus.data.region.shared_columns import AS_OF, SERVICE

_UNIT = text("unit", say("what is counted; empty for the unit of medicines.csv"), needed=False)
_MEDICINE = key("medicine_id", say("key of the medicine"), "药品编号", refers="medicines.csv")
_UNITS_A_DAY = amount("units_per_day", say("most units in a day"), "units", filled=True)
MEDICINES = Table(
    "medicines.csv",
    say("what one case of a service needs of one medicine"),
    ("medicine_id", "service_id"),
    (
        key("medicine_id", say("key of the medicine"), "药品编号"),
        text("name", say("name for people"), "药品名称", needed=False),
        SERVICE,
        amount(
            "units_per_case", say("units that a case needs over its stay"), "units", filled=True
        ),
        key("unit", say("what is counted, such as tablet; the same in all rows of a medicine")),
        amount(
            "unit_cost",
            say("what a unit is worth, in your money; the same in all rows of a medicine"),
            "money",
            filled=True,
        ),
    ),
)
DEPOTS = Table(
    "depots.csv",
    say("a place that holds medicines and treats nobody"),
    ("depot_id",),
    (
        key("depot_id", say("key of the depot, other than any of a facility")),
        text("name", say("name for people"), needed=False),
    ),
)
STOCK = Table(
    "stock.csv",
    say("units of a medicine at a place that expire on the same day"),
    ("place_id", "medicine_id", "expiry_date", "arrival_date"),
    (
        key("place_id", say("key of a facility or of a depot"), refers="depots.csv"),
        _MEDICINE,
        amount("units", say("how many"), "units", filled=True),
        _UNIT,
        date("expiry_date", say("last day on which they can be used"), "有效期至"),
        date(
            "arrival_date",
            say("day on which they arrive; empty where they lie there already"),
            needed=False,
        ),
        AS_OF,
    ),
)
ORDERS = Table(
    "orders.csv",
    say("what a depot can order of a medicine, on any day"),
    ("depot_id", "medicine_id"),
    (
        key("depot_id", say("key of the depot"), refers="depots.csv"),
        _MEDICINE,
        days("days", say("days until it arrives"), 0),
        days("usable_days", say("days on which it can be used after it arrived"), 1),
        _UNITS_A_DAY,
        _UNIT,
        amount("unit_cost", say("price of a unit, in your money"), "money", filled=True),
    ),
)
DELIVERIES = Table(
    "deliveries.csv",
    say("a way on which medicines are sent from place to place"),
    ("from_place_id", "to_place_id"),
    (
        key("from_place_id", say("key of a facility or of a depot"), refers="depots.csv"),
        key("to_place_id", say("key of a facility or of a depot"), refers="depots.csv"),
        days("days", say("days under way; 0 arrives on the same day"), 0),
        _UNITS_A_DAY,
        amount("unit_cost", say("cost of sending a unit, in your money"), "money", filled=True),
    ),
)
