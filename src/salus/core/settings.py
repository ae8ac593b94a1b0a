"""Typed settings, from a TOML file and from the environment, each with its bounds and meaning.

Order: what the command line says, then ``SALUS_*`` in the environment, then the file named by
``SALUS_SETTINGS`` (``salus.toml`` in the working folder, when it is there), then the default.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from salus.core.errors import Faults, Where
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "SALUS_"
# One names the file of settings, the other the data that only tests and benches read.
NO_SETTINGS = (f"{PREFIX}SETTINGS", f"{PREFIX}SHARED")
LEVELS = ("debug", "info", "warning", "error")
LANGUAGES = ("en", "zh")


def _setting(default: Any, meaning: Message, low: float = 0, high: float = 0) -> Any:  # noqa: ANN401
    # The dataclass field's own type says what is stored; `field` is typed as Any as well.
    return field(default=default, metadata={"meaning": meaning, "low": low, "high": high})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set once for all commands.

    Every field is a key of the TOML file and, in capitals with the prefix ``SALUS_``, a
    variable of the environment.

    Examples
    --------
    >>> Settings().home
    PosixPath('salus-home')
    >>> read_settings({"SALUS_SEED": "7"}).seed
    7
    """

    home: Path = _setting(Path("salus-home"), say("folder of the store, the ledger and the audit"))
    lang: str = _setting("", say("language of people: en or zh; empty follows LC_ALL or LANG"))
    seed: int = _setting(1, say("seed of every random stream"), 0, 2**32 - 1)
    people: int = _setting(
        200_000,
        say("people of the synthetic city that a run without a region is about"),
        2_000,
        2_000_000,
    )
    guests: int = _setting(
        20_000,
        say("synthetic people for queue and advice of a region without records; 0 for none"),
        0,
        200_000,
    )
    horizon: int = _setting(7, say("days to plan"), 1, 28)
    workers: int = _setting(1, say("processes for grouped work"), 1, 64)
    log_level: str = _setting("warning", say("what the log keeps: debug, info, warning or error"))
    target_occupancy: float = _setting(
        0.85, say("share of the staffed beds that a plan may fill"), 0.01, 1
    )
    max_travel_minutes: float = _setting(60.0, say("longest journey to a bed, minutes"), 1, 1440)
    speed_kmh: float = _setting(50.0, say("speed of a journey, km/h"), 1, 300)
    detour: float = _setting(1.3, say("road distance for each km as the crow flies"), 1, 5)
    nearest: int = _setting(
        0,
        say("nearest facilities kept for each district; 0 lets the size of the region decide"),
        0,
        10_000,
    )
    unmet_minutes: float = _setting(
        1000.0, say("minutes of travel that one unmet ward case weighs as much as"), 61, 1_000_000
    )
    referral_minutes: float = _setting(
        10.0, say("minutes added for each tier that a case is referred upward (上转)"), 0, 10_000
    )
    first_contact_minutes: float = _setting(
        30.0,
        say("minutes added for each tier that a case goes past that of first contact (首诊)"),
        0,
        10_000,
    )
    step_down_minutes: float = _setting(
        20.0,
        say("minutes added for each tier above the one that a case could step down to (下转)"),
        0,
        10_000,
    )
    consortium_minutes: float = _setting(
        45.0, say("minutes added to a journey out of the own consortium (医共体)"), 0, 10_000
    )
    insurance_minutes: float = _setting(
        30.0, say("minutes added to a journey out of the own insurance area"), 0, 10_000
    )
    minutes_per_money: float = _setting(
        1.0,
        say("minutes of travel that a unit of the money of medicines weighs as much as"),
        0,
        10_000,
    )
    min_coverage: float = _setting(
        0.0, say("share of its cases that each district is served at least; 0 for no bound"), 0, 1
    )
    max_district_gap: float = _setting(
        1.0,
        say("widest gap between the served shares of two districts; 1 for no bound"),
        0,
        1,
    )
    max_deprivation_gap: float = _setting(
        1.0, say("the same between two groups of districts by deprivation; 1 for no bound"), 0, 1
    )
    master_key: str = _setting(
        "", say("file of the master key; empty takes keys/master.key in the home")
    )
    lake: str = _setting(
        "", say("folder or address of the lake, such as s3://…; empty takes lake in the home")
    )
    policy: str = _setting("", say("file of Cedar policies; empty takes the ones that ship"))
    broker: str = _setting(
        "",
        say("broker of readings, like mqtt://user:password@host:1883; empty starts a private one"),
    )
    account: str = _setting("", say("account to act as; empty is the operator of this machine"))
    host: str = _setting("127.0.0.1", say("address that the service listens on"))
    port: int = _setting(
        8000, say("port that the service listens on; 0 takes a free one"), 0, 65535
    )
    tls_certificate: str = _setting("", say("file of the certificate of the service, PEM"))
    tls_key: str = _setting("", say("file of the key of that certificate, PEM"))
    jobs: int = _setting(1, say("jobs of the service that run at the same time"), 1, 16)
    max_upload_mb: int = _setting(64, say("most that an upload may hold, MiB"), 1, 4096)


def read_settings(
    environment: Mapping[str, str],
    folder: Path = Path(),
    asked: Mapping[str, str | None] = MappingProxyType({}),
) -> Settings:
    """Read the settings, and raise all their faults at once.

    Parameters
    ----------
    environment : mapping of str to str
        Usually ``os.environ``.
    folder : Path
        Where ``salus.toml`` is looked for.
    asked : mapping of str to str or None
        What the command line says, by setting; ``None`` says nothing.

    Returns
    -------
    Settings

    Raises
    ------
    InputError
        If a file or a value cannot be understood, or a name is unknown.
    """
    faults = Faults()
    given = {
        **_from_file(environment, folder, faults),
        **_from_environment(environment),
        **{name: (v, Where(f"--{name}")) for name, v in asked.items() if v is not None},
    }
    known = {item.name: item for item in fields(Settings)}
    values: dict[str, Any] = {}
    for name, (value, where) in given.items():
        if name not in known:
            remedy = say("use one of: {names}", names=", ".join(known))
            faults.add(say("there is no such setting"), where, remedy, name)
        else:
            meta = known[name].metadata
            values[name] = _typed(value, where, known[name].default, meta, faults)
    if values.get("log_level", "warning") not in LEVELS:
        remedy = say("use one of: {names}", names=", ".join(LEVELS))
        faults.add(say("unknown level"), given["log_level"][1], remedy, values["log_level"])
    if values.get("lang") and not language(values["lang"]):
        what, remedy = say("Salus does not speak this language"), say("use en or zh")
        faults.add(what, given["lang"][1], remedy, values["lang"])
    faults.stop()
    return Settings(**values)


def language(name: str) -> str:
    """Tell which of our languages a name means, such as that of a locale.

    Parameters
    ----------
    name : str
        As a person or a system writes it.

    Returns
    -------
    str
        One of ``LANGUAGES``; empty when it is none of them.

    Examples
    --------
    >>> language("zh_CN.UTF-8"), language("fr")
    ('zh', '')
    """
    short = name[:2].lower()
    return short if short in LANGUAGES else ""


def file_language(environment: Mapping[str, str], folder: Path = Path()) -> str:
    """Read the language that the file of settings names, and nothing else of it.

    A fault of the file is told by the command that reads all of it; help is shown all the same.

    Parameters
    ----------
    environment : mapping of str to str
        Usually ``os.environ``.
    folder : Path
        Where ``salus.toml`` is looked for.

    Returns
    -------
    str
        As it is written there; empty when none is, or the file cannot be read.
    """
    value, _ = _from_file(environment, folder, Faults()).get("lang", ("", None))
    return str(value)


def _from_environment(environment: Mapping[str, str]) -> dict[str, tuple[object, Where]]:
    return {
        name.removeprefix(PREFIX).lower(): (value, Where(name))
        for name, value in environment.items()
        if name.startswith(PREFIX) and name not in NO_SETTINGS and value
    }


def _from_file(
    environment: Mapping[str, str], folder: Path, faults: Faults
) -> dict[str, tuple[object, Where]]:
    named = environment.get(f"{PREFIX}SETTINGS", "")
    path = Path(named) if named else folder / "salus.toml"
    if not named and not path.exists():
        return {}
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        remedy = say("write a readable TOML file, or unset SALUS_SETTINGS")
        faults.add(say("the settings cannot be read"), Where(str(path)), remedy, str(error))
        return {}
    return {name: (value, Where(str(path), column=name)) for name, value in document.items()}


def _typed(
    value: object, where: Where, default: object, meta: Mapping[str, Any], faults: Faults
) -> object:
    if isinstance(default, Path):
        return asked_path(str(value), where, faults)
    if not isinstance(default, int | float):
        return str(value)
    try:
        number = type(default)(str(value))
    except ValueError:
        faults.add(say("not a number of this kind"), where, _range(default, meta), str(value))
        return default
    if not meta["low"] <= number <= meta["high"]:
        faults.add(say("out of range"), where, _range(default, meta), number)
    return number


def asked_path(text: str, where: Where, faults: Faults) -> Path:
    """Read the name of a folder that a person wrote.

    Parameters
    ----------
    text : str
        What was written.
    where : Where
        The option or setting.
    faults : Faults
        Gathers a name that is empty or is no text.

    Returns
    -------
    Path

    Examples
    --------
    >>> asked_path("salus-home", Where("--home"), Faults())
    PosixPath('salus-home')
    """
    shown = text.encode(errors="replace").decode()
    if not text or shown != text:
        remedy = say("name a folder, in Unicode")
        faults.add(say("this is no name of a folder"), where, remedy, shown)
    return Path(shown)


def _range(default: float, meta: Mapping[str, Any]) -> Message:
    if isinstance(default, int):
        return say("write a whole number from {low} to {high}", low=meta["low"], high=meta["high"])
    return say("write a number from {low} to {high}", low=meta["low"], high=meta["high"])
