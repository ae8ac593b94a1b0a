"""Made-up sentences of clinical notes, and where in them somebody is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.rng import stream
from salus.trust.masking.birth import MONTHS
from salus.trust.masking.identity import resident_check_digit
from salus.trust.masking.span import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

SLOT = re.compile(r"\{(\w+)\}")
HAN = re.compile("[\u4e00-\u9fff]")
GIVEN = [
    "Mary", "John", "Aisha", "Wei", "Oluwaseun", "Grace", "Mark", "Siobhán", "José", "Will",
    "Priya", "Anne-Marie", "Hannah", "Tom", "Zoë", "May",
]  # fmt: skip
FAMILY = [
    "Smith", "Underwood", "Parkinson", "O'Brien", "Nguyen", "García", "Bell", "Lee-Jones",
    "Okafor", "Young", "Patel", "Wilson", "Fairhurst", "Graves", "Kowalczyk", "Brown",
    "McAllister", "Park", "Hope", "Oakworth",
]  # fmt: skip
ZH_FAMILY = [*"王李张刘陈杨赵黄周吴徐孙马高何方于余任康石白曾易常占亓", "欧阳", "司马"]
ZH_GIVEN = [
    *("伟", "芳", "秀英", "建国", "小明", "桂兰", "志强", "丽华", "子涵"),
    *("玉梅", "文", "静", "海燕", "国庆", "春花", "雪", "一鸣", "安然"),
]
STREETS = [
    *("Harbour Lane", "Main Street", "Oak Ave.", "West 5th St", "King's Road", "Meadow Way"),
    "Old Mill Drive",
]
ZH_PLACES = [
    "杭州市西湖区文三路{n}号2幢301室",
    "北京市朝阳区建国路甲{n}号",
    "上海市浦东新区张江镇科苑路{n}弄5号",
    "广东省广州市天河区体育西路{n}号丽景花园3栋1502",
    "四川省仪陇县新政镇石桥村三组",
    "和平区自由道{n}号院4号楼",
]
TOWNS = ("Springfield, IL 62701", "Apt 4B", "Miami, FL 33101-1234", "")
COUNTIES = (110105, 330106, 440106, 510104, 310115)


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence, and what in it tells who somebody is."""

    text: str
    told: tuple[Span, ...]

    @property
    def chinese(self) -> bool:
        """Whether it is written in Chinese."""
        return bool(HAN.search(self.text))


def notes(name: str, seed: int, times: int) -> list[Note]:
    """Fill each template of a file several times."""
    rng = stream(seed, f"notes {name}")
    lines = (Path(__file__).parent / f"notes_{name}.txt").read_text(encoding="utf-8").splitlines()
    return [_fill(line, rng) for line in lines for _ in range(times)]


def _fill(template: str, rng: np.random.Generator) -> Note:
    text, told, at = "", [], 0
    for slot in SLOT.finditer(template):
        text += template[at : slot.start()]
        kind, make = SLOTS[slot[1]]
        value = make(rng)
        if kind is not None:
            told.append(Span(len(text), len(text) + len(value), kind))
        text, at = text + value, slot.end()
    return Note(text + template[at:], tuple(told))


def _one(rng: np.random.Generator, of: list[str]) -> str:
    return of[int(rng.integers(len(of)))]


def _digits(rng: np.random.Generator, shape: str) -> str:
    return re.sub(
        "9", lambda _: str(rng.integers(10)), re.sub("N", lambda _: str(rng.integers(2, 9)), shape)
    )


def _day(rng: np.random.Generator, first: int, last: int) -> tuple[int, int, int]:
    return int(rng.integers(first, last)), int(rng.integers(1, 13)), int(rng.integers(1, 29))


def _name(rng: np.random.Generator) -> str:
    middle = _one(rng, ["", "", " J.", " Lynn"])
    return f"{_one(rng, GIVEN)}{middle} {_one(rng, FAMILY)}"


def _written(rng: np.random.Generator, first: int, last: int) -> str:
    y, m, d = _day(rng, first, last)
    month = MONTHS[m - 1]
    return _one(
        rng,
        [f"{m:02}/{d:02}/{y}", f"{y}-{m:02}-{d:02}", f"{month} {d}, {y}", f"{d} {month[:3]} {y}"],
    )


def _zh_written(rng: np.random.Generator, first: int, last: int) -> str:
    y, m, d = _day(rng, first, last)
    return _one(rng, [f"{y}年{m}月{d}日", f"{y}-{m:02}-{d:02}", f"{y}年{m}月"])


def _zh(rng: np.random.Generator) -> str:
    return _one(rng, ZH_FAMILY) + _one(rng, ZH_GIVEN)


def _resident(rng: np.random.Generator) -> str:
    y, m, d = _day(rng, 1930, 2020)
    number = f"{_one(rng, list(map(str, COUNTIES)))}{y}{m:02}{d:02}{rng.integers(1000):03}"
    return number + resident_check_digit(number)


def _address(rng: np.random.Generator) -> str:
    town = _one(rng, list(TOWNS))
    return f"{rng.integers(1, 2000)} {_one(rng, STREETS)}{', ' if town else ''}{town}"


def _shaped(*shapes: str) -> Callable[[np.random.Generator], str]:
    return lambda rng: _digits(rng, _one(rng, list(shapes)))


SLOTS: dict[str, tuple[Kind | None, Callable[[np.random.Generator], str]]] = {
    "name": (Kind.NAME, _name),
    "given": (Kind.NAME, lambda rng: _one(rng, GIVEN)),
    "family": (Kind.NAME, lambda rng: _one(rng, FAMILY)),
    "caps": (Kind.NAME, lambda rng: f"{_one(rng, FAMILY)}, {_one(rng, GIVEN)}".upper()),
    "zh": (Kind.NAME, _zh),
    "zhf": (Kind.NAME, lambda rng: _one(rng, ZH_FAMILY)),
    "mrn": (Kind.RECORD, _shaped("N9999999", "ZY2026999999", "A99-99999", "999999")),
    "ssn": (Kind.IDENTITY, _shaped("N99-N9-9999", "N99 N9 9999")),
    "rid": (Kind.IDENTITY, _resident),
    "phone": (
        Kind.PHONE,
        _shaped("(N99) N99-9999", "N99-N99-9999", "+1 N99 N99 9999", "N99.N99.9999"),
    ),
    "intl": (Kind.PHONE, _shaped("+44 20 N999 9999", "+49 30 N9999999", "+86 13N 9999 9999")),
    "mobile": (Kind.PHONE, _shaped("13N99999999", "18N-9999-9999", "+86 15N99999999")),
    "landline": (Kind.PHONE, _shaped("010-N9999999", "(0571) N9999999", "0755-N9999999转9")),
    "email": (Kind.EMAIL, _shaped("j.doe99@example.org", "wang_9@mail.example.com")),
    "addr": (Kind.ADDRESS, _address),
    "zhaddr": (Kind.ADDRESS, lambda rng: _one(rng, ZH_PLACES).format(n=rng.integers(1, 999))),
    "dob": (Kind.BIRTH, lambda rng: _written(rng, 1925, 2020)),
    "zhdob": (Kind.BIRTH, lambda rng: _zh_written(rng, 1925, 2020)),
    "date": (None, lambda rng: _written(rng, 2025, 2027)),
    "zhdate": (None, lambda rng: _zh_written(rng, 2025, 2027)),
    "dose": (None, _shaped("N5", "N50", "1N5")),
}
