"""What is taken for granted where a region does not say: services, stays, and who takes what."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.domain.care import Service
from salus.domain.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.messages import Message

WARD_BED = Resource("ward_bed", say("ward beds"), say("bed"))
ICU_BED = Resource("icu_bed", say("ICU beds"), say("bed"))
RESOURCES = (WARD_BED, ICU_BED)

KNOWN_RESOURCES = (
    *RESOURCES,
    Resource("nurse", say("nurses"), say("nurse")),
    Resource("doctor", say("doctors"), say("doctor")),
    Resource("antibiotic", say("antibiotics"), say("daily dose")),
)
"""Those that have a name in every language; any other is called by its key."""

WARD = Service("ward", say("ward"), 4.6, 1, MappingProxyType({"ward_bed": 1.0}))
ICU = Service("icu", say("intensive care"), 3.8, 3, MappingProxyType({"icu_bed": 1.0}))
SERVICES = (WARD, ICU)

DEFAULT_ASSUMPTIONS: tuple[Message, ...] = (
    say(
        "A ward case stays {days} days: the mean of all US hospital stays in 2016 "
        "(Freeman, Weiss and Heslin 2018, HCUP Statistical Brief 246).",
        days=WARD.stay_days,
    ),
    say(
        "An intensive care case stays {days} days: the mean ICU stay in the United States "
        "(Society of Critical Care Medicine, Critical Care Statistics).",
        days=ICU.stay_days,
    ),
    say(
        "An unmet intensive care case weighs {icu}, an unmet ward case {ward}: our own choice.",
        icu=ICU.severity,
        ward=WARD.severity,
    ),
    say("Ward beds are the staffed beds that are not ICU beds."),
)

SERIES_SPLIT: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {"influenza_admissions": MappingProxyType({"ward": 0.85, "icu": 0.15})}
)
"""Share of the cases of a series that each service gets.

Of people in hospital with influenza about one in six needs intensive care (O'Halloran et al.
2025, MMWR, FluSurv-NET 2024-25); .15 is our own round choice.
"""


@dataclass(frozen=True, slots=True)
class FacilityType:
    """A type of facility, and which of the default services it takes.

    Parameters
    ----------
    name : str
        As in ``facilities.csv``, in capitals.
    serves : Message
        Whom it serves.
    takes : tuple of str
        Keys of default services; none where a restricted group is served.
    aliases : tuple of str
        Other names of the type.
    """

    name: str
    serves: Message
    takes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


_ALL = ("ward", "icu")
FACILITY_TYPES = (
    FacilityType("GENERAL ACUTE CARE", say("everybody"), _ALL, ("GENERAL", "综合医院")),
    FacilityType("CRITICAL ACCESS", say("everybody in a rural area"), _ALL),
    FacilityType("PSYCHIATRIC", say("people with mental illness"), aliases=("精神病医院",)),
    FacilityType("REHABILITATION", say("people after acute care"), aliases=("康复医院",)),
    FacilityType("LONG TERM CARE", say("people with long stays"), aliases=("护理院",)),
    FacilityType("CHILDREN", say("children"), aliases=("CHILDRENS", "儿童医院")),
    FacilityType("WOMEN", say("women"), aliases=("妇产医院",)),
    FacilityType("MILITARY", say("soldiers and veterans")),
    FacilityType("SPECIAL", say("people with certain conditions"), aliases=("专科医院",)),
    FacilityType("CHRONIC DISEASE", say("people with chronic disease")),
    FacilityType("OTHER", say("a group that is not told")),
)
TYPE_OF_NAME: Mapping[str, FacilityType] = MappingProxyType(
    {name: kind for kind in FACILITY_TYPES for name in (kind.name, *kind.aliases)}
)


def types_that_take(service_id: str) -> frozenset[str]:
    """Return the types that take a service by default.

    A service that is not a default one is taken where ward cases are.

    Examples
    --------
    >>> sorted(types_that_take("icu"))
    ['CRITICAL ACCESS', 'GENERAL ACUTE CARE']
    """
    known = service_id if service_id in _ALL else "ward"
    return frozenset(kind.name for kind in FACILITY_TYPES if known in kind.takes)


def type_name(text: str) -> str:
    """Return the name of a type as it is written in :data:`FACILITY_TYPES`, where it is known.

    Examples
    --------
    >>> type_name(" general acute care"), type_name("综合医院"), type_name("Spa")
    ('GENERAL ACUTE CARE', 'GENERAL ACUTE CARE', 'SPA')
    """
    plain = " ".join(text.upper().split())
    return TYPE_OF_NAME[plain].name if plain in TYPE_OF_NAME else plain
