"""The commands of ``salus trust`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from salus.cli.help import Command, Group, phrase
from salus.cli.options import AsJson, Home, Lang  # noqa: TC001  # typer reads them

Name = Annotated[str, typer.Argument(metavar="NAME", help=phrase("Name of the account."))]
Role = Annotated[
    str | None,
    typer.Option(
        metavar="ROLE",
        help=phrase("planner, quality, clinician, dispatcher, security, administrator or feed."),
    ),
]
District = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID", help=phrase("District it sees into, may be repeated; everywhere without.")
    ),
]
Purpose = Annotated[
    str, typer.Option(metavar="WHAT", help=phrase("What the answers are for: planning or care."))
]

trust = typer.Typer(cls=Group)
audit = typer.Typer(cls=Group)
account = typer.Typer(cls=Group)
budget = typer.Typer(cls=Group)
keys = typer.Typer(cls=Group)
trust.add_typer(audit, name="audit", help=phrase("The hash-chained audit."))
trust.add_typer(account, name="account", help=phrase("Who may come in, and as what."))
trust.add_typer(budget, name="budget", help=phrase("What statistics may tell of each person."))
trust.add_typer(keys, name="keys", help=phrase("What encrypts secrets and records."))


@audit.command(cls=Command, help=phrase("Check that the audit is as it was written."))
def verify(
    context: typer.Context, *, home: Home = None, as_json: AsJson = False, lang: Lang = None
) -> None:
    """Verify the audit."""
    from salus.cli.review import verify_command  # noqa: PLC0415  # help needs no engine

    verify_command({"home": home, "lang": lang}, context.obj, as_json=as_json)


@audit.command(cls=Command, help=phrase("Show the newest lines of the audit."))
def show(
    context: typer.Context,
    *,
    count: Annotated[
        int, typer.Option(metavar="N", help=phrase("How many lines, 1 to 1,000."))
    ] = 20,
    before: Annotated[
        int, typer.Option(metavar="N", help=phrase("Only lines with a smaller number."))
    ] = 0,
    who: Annotated[str, typer.Option(metavar="NAME", help=phrase("Only lines of them."))] = "",
    permission: Annotated[
        str, typer.Option(metavar="NAME", help=phrase("Only lines about this permission."))
    ] = "",
    outcome: Annotated[
        str, typer.Option(metavar="NAME", help=phrase("Only lines that ended so, such as refused."))
    ] = "",
    resource: Annotated[
        str, typer.Option(metavar="START", help=phrase("Only lines about what begins so."))
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show lines of the audit."""
    from salus.cli.audit import Wanted, show_command  # noqa: PLC0415  # help needs no engine

    wanted = Wanted(count, before, who, permission, outcome, resource)
    show_command(wanted, {"home": home, "lang": lang}, context.obj, as_json=as_json)


@account.command(cls=Command, help=phrase("Invite a person, and print a link that is good once."))
def invite(
    context: typer.Context,
    name: Name,
    *,
    role: Role = None,
    district: District = None,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Invite a person."""
    from salus.cli.accounts import invite_command  # noqa: PLC0415  # help needs no engine

    options = {"home": home, "lang": lang}
    invite_command(name, role, district, options, context.obj, as_json=as_json)


@account.command("list", cls=Command, help=phrase("List the accounts."))
def list_(
    context: typer.Context, *, home: Home = None, as_json: AsJson = False, lang: Lang = None
) -> None:
    """List the accounts."""
    from salus.cli.accounts import list_command  # noqa: PLC0415  # help needs no engine

    list_command({"home": home, "lang": lang}, context.obj, as_json=as_json)


@account.command(cls=Command, help=phrase("Change the role and districts of an account."))
def change(
    context: typer.Context,
    name: Name,
    *,
    role: Role = None,
    district: District = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help=phrase("Let it see into all districts."))
    ] = False,
    home: Home = None,
    lang: Lang = None,
) -> None:
    """Change an account."""
    from salus.cli.accounts import change_command  # noqa: PLC0415  # help needs no engine
    from salus.service.change_account import AccountChange  # noqa: PLC0415

    seen = frozenset(district) if district else None
    change = AccountChange(name, role, seen, everywhere)
    change_command(change, {"home": home, "lang": lang}, context.obj)


@account.command(cls=Command, help=phrase("Let nobody sign in with an account any more."))
def disable(context: typer.Context, name: Name, *, home: Home = None, lang: Lang = None) -> None:
    """Disable an account."""
    from salus.cli.accounts import change_command  # noqa: PLC0415  # help needs no engine
    from salus.service.change_account import AccountChange  # noqa: PLC0415

    change_command(AccountChange(name, disabled=True), {"home": home, "lang": lang}, context.obj)


@account.command(cls=Command, help=phrase("Let somebody sign in with a disabled account again."))
def enable(context: typer.Context, name: Name, *, home: Home = None, lang: Lang = None) -> None:
    """Enable an account."""
    from salus.cli.accounts import change_command  # noqa: PLC0415  # help needs no engine
    from salus.service.change_account import AccountChange  # noqa: PLC0415

    change_command(AccountChange(name, disabled=False), {"home": home, "lang": lang}, context.obj)


@trust.command(cls=Command, help=phrase("Mask names, numbers and places of a text from stdin."))
def mask(
    context: typer.Context,
    *,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help=phrase("Name that the text may hold, may be repeated.")),
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help=phrase("Where to; stdout when not given."))
    ] = None,
    home: Home = None,
    lang: Lang = None,
) -> None:
    """Mask a text."""
    from salus.cli.privacy import mask_command  # noqa: PLC0415  # help needs no engine

    mask_command(tuple(name or ()), out, {"home": home, "lang": lang}, context.obj)


@trust.command(cls=Command, help=phrase("Ask for a count, sum or histogram with noise."))
def statistic(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=phrase("count, sum or histogram."))],
    *,
    data: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help=phrase("Name of a city in the home, or of loaded records.")
        ),
    ] = None,
    table: Annotated[
        str, typer.Option(metavar="NAME", help=phrase("Standard table; patient when not given."))
    ] = "patient",
    column: Annotated[
        str, typer.Option(metavar="NAME", help=phrase("What is summed, or counted by category."))
    ] = "",
    category: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help=phrase("Category of a histogram, may be repeated.")),
    ] = None,
    low: Annotated[
        float, typer.Option(metavar="X", help=phrase("Lowest value of a sum that counts."))
    ] = 0.0,
    high: Annotated[
        float, typer.Option(metavar="X", help=phrase("Highest value of a sum that counts."))
    ] = 0.0,
    step: Annotated[
        float, typer.Option(metavar="X", help=phrase("Values of a sum are rounded to it."))
    ] = 1.0,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=TEXT", help=phrase("Only rows that have it, may be repeated.")
        ),
    ] = None,
    rows: Annotated[
        int, typer.Option(metavar="N", help=phrase("Rows of one person that count at most."))
    ] = 1,
    epsilon: Annotated[
        float | None,
        typer.Option(metavar="X", help=phrase("What it may tell of one person, 0.001 to 10.")),
    ] = None,
    purpose: Purpose = "planning",
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Ask for a statistic."""
    from salus.cli.privacy import Question, statistic_command  # noqa: PLC0415

    question = Question(
        what, data, table, epsilon, column, low, high, step, tuple(category or ()),
        tuple(where or ()), rows, purpose,
    )  # fmt: skip
    statistic_command(question, {"home": home, "lang": lang}, context.obj, as_json=as_json)


@budget.command(cls=Command, help=phrase("Grant a privacy budget, or more of it."))
def grant(
    context: typer.Context,
    data: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help=phrase("Name of a city in the home, or of loaded records.")
        ),
    ],
    epsilon: Annotated[
        float, typer.Argument(metavar="EPSILON", help=phrase("How much more, 0.001 to 100."))
    ],
    *,
    purpose: Purpose = "planning",
    home: Home = None,
    lang: Lang = None,
) -> None:
    """Grant a budget."""
    from salus.cli.privacy import grant_command  # noqa: PLC0415  # help needs no engine

    grant_command(data, epsilon, purpose, {"home": home, "lang": lang}, context.obj)


@budget.command("list", cls=Command, help=phrase("List the privacy budgets."))
def budgets(
    context: typer.Context, *, home: Home = None, as_json: AsJson = False, lang: Lang = None
) -> None:
    """List the budgets."""
    from salus.cli.privacy import budgets_command  # noqa: PLC0415  # help needs no engine

    budgets_command({"home": home, "lang": lang}, context.obj, as_json=as_json)


@keys.command(cls=Command, help=phrase("Renew the data keys, or the master key."))
def rotate(
    context: typer.Context,
    *,
    master: Annotated[
        bool, typer.Option("--master", help=phrase("Renew the key that wraps the others."))
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Renew keys."""
    from salus.cli.keys import rotate_command  # noqa: PLC0415  # help needs no engine

    rotate_command({"home": home, "lang": lang}, context.obj, master=master, as_json=as_json)


@trust.command(cls=Command, help=phrase("Keep a secret, encrypted; it is read from stdin."))
def secret(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=phrase("broker: password of its account."))
    ],
    *,
    forget: Annotated[
        bool, typer.Option("--forget", help=phrase("Forget the secret that is kept."))
    ] = False,
    home: Home = None,
    lang: Lang = None,
) -> None:
    """Keep a secret."""
    from salus.cli.keys import secret_command  # noqa: PLC0415  # help needs no engine

    secret_command(name, {"home": home, "lang": lang}, context.obj, forget=forget)
