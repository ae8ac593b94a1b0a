"""Reference pages, made from the source at each build, so that they cannot drift from it."""

from __future__ import annotations

import ast
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import typer
from mkdocs.structure.files import File

from salus.allocate.city import features as city_features
from salus.allocate.city import practice as city_practice
from salus.allocate.city.constraints import AIM_CONSTRAINTS, CONSTRAINTS, OBJECTIVE
from salus.allocate.hospital.folder.settings import NAMES as HOSPITAL_SETTINGS
from salus.allocate.hospital.folder.tables import PLAN_TABLES, care_table
from salus.allocate.hospital.folder.tables import TABLES as HOSPITAL_FILES
from salus.allocate.queue.constraints import CONSTRAINTS as QUEUE_RULES
from salus.allocate.queue.constraints import OBJECTIVE as QUEUE_OBJECTIVE
from salus.cli.allocate import ENDS
from salus.cli.app import app
from salus.core.errors import SalusError
from salus.core.settings import Settings
from salus.data.quality.clean import rules
from salus.data.quality.ranges import ranges
from salus.data.quality.repeats import AGAIN, OTHER
from salus.data.quality.rule import Done
from salus.data.region.columns import TABLES as REGION_FILES
from salus.domain.records.catalogue import TABLES as STANDARD_TABLES
from salus.service.guarded import PURPOSES
from salus.service.tables.schemas import SCHEMAS as OUTPUT_TABLES
from salus.treat.catalogue import packaged_kinds
from salus.treat.features import FeatureParams
from salus.treat.genes.activity import cyp2d6
from salus.treat.guard.rules import packaged_rules
from salus.treat.plans.reader import packaged_plans
from salus.trust.permission import ROLES, Permission, Principal, Resource
from salus.trust.permission import Context as Why
from salus.trust.policy import decide, open_policy
from salus.web.openapi import described

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from typer._click.core import Command

    from salus.allocate.city.constraints import Constraint
    from salus.core.sheets.column import Table

PACKAGE = Path(__file__).parents[1] / "src" / "salus"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to the build; mkdocs calls this."""
    for path, content in pages().items():
        files.append(File.generated(config, path, content=content))
    return files


def pages() -> dict[str, str]:
    """Make every generated page, by its path below ``docs``."""
    made = {
        "reference/command-line.md": command_line(),
        "reference/http-api.md": http_api(),
        "reference/settings.md": settings(),
        "reference/region-folder.md": region_folder(),
        "reference/hospital-folder.md": hospital_folder(),
        "reference/city-plan.md": city_plan(),
        "reference/queue.md": queue(),
        "reference/output-tables.md": output_tables(),
        "reference/standard-tables.md": standard_tables(),
        "reference/cleaning.md": cleaning(),
        "reference/features.md": features(),
        "reference/treatment-plans.md": treatment_plans(),
        "reference/genes.md": genes(),
        "reference/permissions.md": permissions(),
        "reference/errors.md": errors(),
    }
    return made | python_api()


def command_line() -> str:
    """Describe every command with its options."""
    parts = ["# Command line", "Every command ends with an [exit code](errors.md)."]
    whole = typer.main.get_command(app)
    parts += [_command(command, name) for name, command in walk(whole, "salus")]
    return "\n\n".join(parts) + "\n"


def http_api() -> str:
    """Describe every route for programs, from the same document that programs read."""
    document = described()
    parts = ["# HTTP API", document["info"]["description"]]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            needs = ", ".join(f"`{name}`" for name in operation.get("x-permissions", ()))
            parts += [
                f"## {method.upper()} {path}",
                str(operation.get("description") or operation["summary"]),
                f"Permission: {needs}." if needs else "Anybody may ask.",
            ]
            rows = [
                (f"`{each['name']}`", each["in"], each.get("description", ""))
                for each in operation.get("parameters", ())
            ]
            parts += [_table(("parameter", "in", "meaning"), rows)] if rows else []
            parts += _schema_of(operation, document)
    return "\n\n".join(parts) + "\n"


def settings() -> str:
    """Describe every setting."""
    rows = [
        (
            f"`{item.name}`",
            f"`SALUS_{item.name.upper()}`",
            str(item.metadata["meaning"]),
            f"`{item.default}`" if str(item.default) else "empty",
            _range(item.metadata["low"], item.metadata["high"]),
        )
        for item in fields(Settings)
    ]
    return _page(
        "Settings",
        "A setting is a key of `salus.toml` in the working folder (or of the file that "
        "`SALUS_SETTINGS` names) or a variable of the environment. An option of the command line "
        "comes first, then the environment, then the file, then the default.",
        _table(("key", "variable", "meaning", "default", "range"), rows),
    )


def region_folder() -> str:
    """Describe every file of a region and its columns."""
    sentence = (
        "A region is a folder of CSV files in UTF-8, UTF-8 with byte order mark, or GB18030. "
        "Columns may stand in any order and under any of their names. `districts.geojson` may add "
        "outlines, one feature for each district with its `district_id`."
    )
    return "\n\n".join(["# Region folder", sentence, *map(_file, REGION_FILES)]) + "\n"


def hospital_folder() -> str:
    """Describe every file of a hospital, and those of a plan, with their columns."""
    sentence = (
        "A hospital is a folder of CSV files in UTF-8, UTF-8 with byte order mark, or GB18030. "
        "Columns may stand in any order and under any of their names; one of another name is "
        "refused, for it may be misspelt. `care.csv` has two columns "
        "for each shift of `shifts.csv`, here for one that is called early. A plan is a folder "
        "with `admissions.csv` and `roster.csv`."
    )
    files = (*HOSPITAL_FILES, care_table(("early",)), *PLAN_TABLES)
    named = ", ".join(f"`{name}`" for name in HOSPITAL_SETTINGS)
    settings = f"Settings are {named}; only the first two must be stated."
    parts = ["# Hospital folder", sentence, settings, *map(_file, files)]
    return "\n\n".join(parts) + "\n"


def _file(table: Table) -> str:
    need = "needed" if table.needed else "optional"
    columns = (*table.columns, *([table.others] if table.others else []))
    rows = [
        (
            f"`{column.name}`" if column.name else "any other",
            str(column.meaning),
            column.unit or column.kind.value,
            _range(column.low, column.high),
            "yes" if column.needed else "no",
            ", ".join(f"`{alias}`" for alias in column.aliases),
        )
        for column in columns
    ]
    head = ("column", "meaning", "unit", "range", "needed", "also read")
    bare = " It may have a header only." if table.bare else ""
    said = f"A row is {table.meaning}. The file is {need}.{bare}"
    return f"## {table.file}\n\n{said}\n\n{_table(head, rows)}"


def city_plan() -> str:
    """Describe the mathematics of the city's plan, and that of each feature it may have."""
    head = ("name", "rule", "formula", "a breach is counted in")
    page = _page(
        "City plan",
        "Indices: `i` district, `j` facility, `s` service, `r` resource, `t` period. `x_ijst` are "
        "the cases that a plan sends, `v_jrt` its prices. The solvers, the check of every plan "
        "and this page follow the same records in `salus.allocate.city.constraints`. What a city "
        "may decide or must keep beside its journeys is a feature, with its records in a file "
        "of its own below `salus.allocate.city.features`; see the end of this page.",
        _table(head, _formulas((OBJECTIVE, *CONSTRAINTS, *AIM_CONSTRAINTS))),
    )
    parts = [page]
    modules = (
        module
        for package in (city_practice, city_features)
        for module in walk_packages(package.__path__, f"{package.__name__}.")
    )
    for module in modules:
        found = import_module(module.name)
        if rules := getattr(found, "CONSTRAINTS", ()):
            said, _, more = (found.__doc__ or "").partition("\n")
            told = f"{more.replace('``', '`').strip()}\n\n" if more.strip() else ""
            parts.append(f"## {said}\n\n{told}{_table(head, _formulas(rules))}\n")
    return "\n".join(parts)


def _formulas(rules: Iterable[Constraint]) -> list[tuple[str, str, str, str]]:
    return [(rule.name, str(rule.sentence), f"`{rule.formula}`", str(rule.unit)) for rule in rules]


def queue() -> str:
    """Describe the mathematics of a dispatch."""
    rows = _formulas((QUEUE_OBJECTIVE, *QUEUE_RULES))
    return _page(
        "Queue",
        "Indices: `p` patient, `j` facility, `s` service, `r` resource. `x_pj` is 1 where a "
        "patient is sent to a facility, `begin_p` the time until care. The check of every dispatch "
        "and this page follow the same records in `salus.allocate.queue.constraints`; "
        "`passed_over` holds for the methods that promise it.",
        _table(("name", "rule", "formula", "a breach is counted in"), rows),
    )


def output_tables() -> str:
    """Describe every table that a run writes."""
    parts = [
        "# Output tables",
        "A run writes each table as Parquet and as CSV; units stand in the names of the columns.",
    ]
    for name, schema in OUTPUT_TABLES.items():
        rows = [(f"`{column.name}`", f"`{column.type}`") for column in schema]
        parts += [f"## {name}", _table(("column", "type"), rows)]
    return "\n\n".join(parts) + "\n"


def standard_tables() -> str:
    """Describe every standard table with the sensitivity of its fields."""
    sentence = (
        "Every source of records is brought into these tables. Each field says what it could "
        "reveal about a person: *identifying*, *quasi*-identifying, *sensitive* or *plain*."
    )
    parts = ["# Standard tables", sentence]
    for table in STANDARD_TABLES.values():
        rows = [
            (
                f"`{field.name}`",
                field.meaning,
                f"`{field.type}`",
                field.sensitivity.value,
                "yes" if field.required else "no",
            )
            for field in table.fields
        ]
        key = ", ".join(f"`{name}`" for name in table.key)
        head = ("field", "meaning", "type", "sensitivity", "required")
        parts += [f"## {table.name}", f"Version {table.version}, key {key}.", _table(head, rows)]
    return "\n\n".join(parts) + "\n"


def features() -> str:
    """Describe what advice knows of a patient, kind by kind."""
    days = FeatureParams().window_days
    rows = [
        (
            str(each.name),
            each.meaning,
            each.unit,
            f"`{each.table}`: "
            + ", ".join(
                f"`{name}`"
                for name in dict.fromkeys(
                    (each.code, each.detail, each.value, each.dated, each.ends)
                )
                if name
            ),
            f"{days:g} days" if each.window else "for good",
            each.absent.value,
        )
        for each in packaged_kinds()
    ]
    return _page(
        "Features",
        "What advice knows of a patient at a moment is a row of numbers of these kinds; nothing "
        "after the moment is seen. Which codes there are is learned from the records: the table "
        "`features` of a run lists each with its name, unit, code and window.",
        _table(("kind", "meaning", "unit", "read from", "holds", "without a row"), rows),
    )


def treatment_plans() -> str:
    """Describe the plan of each condition."""
    sentence = (
        "Each plan is a file that ships with the package; the first treatment is the reference "
        "that the others are compared with. The table `treatments` of a run holds the same."
    )
    parts = ["# Treatment plans", sentence]
    for plan in packaged_plans():
        outcome = plan.outcome
        rows = [
            (f"`{arm.key}`", str(arm.name), ", ".join(f"`{code}`" for code in arm.medicines))
            for arm in plan.arms
        ]
        judged = (
            f"Judged by {outcome.name} (LOINC `{outcome.loinc}`, {outcome.unit}), "
            f"{outcome.better.value} is better, {outcome.from_day:g} to {outcome.until_day:g} days "
            "after the start."
        )
        parts += [
            f"## {plan.name} ({plan.icd10})",
            judged,
            _table(("key", "treatment", "medicines (ATC)"), rows),
            "\n".join(f"- {source}" for source in plan.evidence),
        ]
    return "\n\n".join(parts) + "\n"


def genes() -> str:
    """Describe what genes ask for, and how a genotype is read."""
    gene = cyp2d6()
    asked = [
        (
            f"{rule.gene} {rule.phenotype.label}",
            ", ".join(f"`{code}`" for code in rule.atc),
            f"{rule.because}: {rule.advice}",
            str(rule.strength.label),
            rule.source,
        )
        for rule in packaged_rules().genes
    ]
    values = sorted(set(gene.activity.values()), reverse=True)
    active = [
        (f"{value:g}", ", ".join(f"*{n}" for n, own in gene.activity.items() if own == value))
        for value in values
    ]
    bands = [(str(b.phenotype.label), f"{b.least:g}", f"{b.most:g}") for b in gene.bands]
    parts = [
        "# Genes",
        "A caution takes no option away and changes no rank: it says how to give the medicine.",
        _table(("who", "medicine (ATC)", "caution", "strength", "source"), asked),
        f"## {gene.symbol}: activity of one copy",
        f"{gene.source}; CPIC's table of allele functions.",
        _table(("value", "alleles"), active),
        "The values of both chromosomes are added up. Other alleles are not judged.",
        _table(("phenotype", "from", "to"), bands),
    ]
    return "\n\n".join(parts) + "\n"


def cleaning() -> str:
    """Describe every rule of cleaning, and what a measurement can be at all."""
    repeated = [
        ("`repeated_row`", "every table", str(AGAIN), str(Done.LEFT_OUT.label)),
        ("`repeated_key`", "every table", str(OTHER), str(Done.LEFT_OUT.label)),
    ]
    named = [
        (f"`{rule.name}`", f"`{rule.table}`", str(rule.sentence), str(rule.done.label))
        for rule in rules()
    ]
    bounds = [
        (each.loinc, each.measure, f"{each.least:g} to {each.most:g} {each.unit}", each.source)
        for each in ranges()
    ]
    sentence = (
        "The rules that the records go through, in this order; `salus.data.quality.clean` applies "
        "them. Every row that breaks one is listed by its key."
    )
    parts = [
        "# Cleaning",
        sentence,
        _table(("rule", "table", "what is wrong", "what is done"), repeated + named),
        "## What a measurement can be at all",
        "These are no reference ranges: only slips lie outside. *Ours* marks our own choice.",
        _table(("LOINC", "measure", "range", "source"), bounds),
    ]
    return "\n\n".join(parts) + "\n"


@cache
def permissions() -> str:
    """Describe every permission of the gate, and which roles the policies that ship permit it."""
    policy = open_policy()

    def may(role: str, permission: Permission) -> str:
        asks = (
            decide(policy, Principal("x", role), permission, Resource(kind, "x"), Why(purpose))
            for kind, purpose in PURPOSES.items()
        )
        return "yes" if any(answer.allowed for answer in asks) else ""

    rows = [
        (f"`{each.value}`", str(each.meaning), *(may(role, each) for role in ROLES))
        for each in Permission
    ]
    return _page(
        "Permissions",
        "Every use case needs one of these at the [gate](../explanation/privacy.md). "
        "The policies that ship permit all of them to the role `operator`: the person at the "
        "command line of this machine. What they permit to the others, within the districts of "
        "each account, is asked of them when this page is made.",
        _table(("permission", "what it allows", *ROLES), rows),
    )


def errors() -> str:
    """Describe the family of errors with its exit codes."""
    rows = [
        (f"`{each.__name__}`", (each.__doc__ or "").partition("\n")[0], str(each.exit_code))
        for each in _family(SalusError)
    ]
    return _page(
        "Errors and exit codes",
        "A command ends with 0 when it is done, also when need stays unmet. Otherwise it writes "
        "every fault with its place, the value and what to do, and ends with the code of the "
        "error. An error lists all faults of an input at once.",
        _table(("error", "what it means", "exit code"), rows)
        + "\n\n`salus allocate lp` tells by its exit code how a programme ended. Where the check "
        "finds the answer wrong, it is 3.\n\n"
        + _table(("ending", "exit code"), [(each.value, str(code)) for each, code in ENDS.items()]),
    )


def python_api() -> dict[str, str]:
    """Make one page for each public module of the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        empty = path.name == "__init__.py" and len(ast.parse(path.read_text("utf-8")).body) == 1
        if empty or "migrations" in parts or any(part.startswith("_") for part in parts[:-1]):
            continue
        name = ".".join(("salus", *(part for part in parts if part != "__init__")))
        found[f"reference/api/{name}.md"] = f"# {name}\n\n::: {name}\n"
    listing = "\n".join(f"- [{Path(page).stem}]({Path(page).name})" for page in found)
    head = "# Python\n\nEvery module, from the floor up as the imports go.\n\n"
    return {"reference/api/index.md": head + listing + "\n"} | found


def walk(command: Command, name: str) -> Iterator[tuple[str, Command]]:
    """Walk a command and all commands below it, each with its full name."""
    yield name, command
    for part, each in getattr(command, "commands", {}).items():
        yield from walk(each, f"{name} {part}")


def _schema_of(operation: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    content = operation.get("requestBody", {}).get("content", {})
    for media, body in content.items():
        schema = body.get("schema", {})
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        found = document["components"]["schemas"].get(name, schema)
        rows = [
            (
                f"`{field}`",
                str(each.get("description", "")),
                _yes(field in found.get("required", ())),
            )
            for field, each in found.get("properties", {}).items()
        ]
        yield f"Body: `{media}`"
        if rows:
            yield _table(("field", "meaning", "required"), rows)


def _yes(holds: bool) -> str:  # noqa: FBT001
    return "yes" if holds else "no"


def _command(command: Command, name: str) -> str:
    rows = [
        (
            " ".join(f"`{flag}`" for flag in (*each.opts, *each.secondary_opts)),
            getattr(each, "help", None) or "",
            "" if each.default in (None, (), False) else f"`{each.default}`",
        )
        for each in command.params
    ]
    table = _table(("argument or option", "meaning", "default"), rows) if rows else ""
    return f"## {name}\n\n{(command.help or '').strip()}\n\n{table}".rstrip()


def _family(error: type[SalusError]) -> Iterator[type[SalusError]]:
    yield error
    for each in error.__subclasses__():
        yield from _family(each)


def _range(low: float, high: float) -> str:
    if low == high or (low == -float("inf") and high == float("inf")):
        return ""
    return f"{low:g} or more" if high == float("inf") else f"{low:g} to {high:g}"


def _page(title: str, sentence: str, table: str) -> str:
    return f"# {title}\n\n{sentence}\n\n{table}\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    cells = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in cells)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
