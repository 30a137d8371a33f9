"""`dayround token`: which programs may call the API."""

from __future__ import annotations

from typing import Annotated

import typer

from data.access import Grant, Role
from web.cli.common import JsonOption, answer, answer_json, answer_list, session

token = typer.Typer(no_args_is_help=True, help="Which programs may call the API, and what of it.")

NameArgument = Annotated[str, typer.Argument(help="Which program it is for.")]
COLUMNS = ("name", "made by", "made at", "expires", "feeds", "role", "city", "agency")


def register(app: typer.Typer) -> None:
    app.add_typer(token, name="token")


EXAMPLE = "Example: [bold]dayround token add desk --role dispatcher --city ningzhou --days 90[/]"


@token.command("add", epilog=EXAMPLE)
def add(
    context: typer.Context,
    name: NameArgument,
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="How long it holds.")] = 365,
    feeds: Annotated[
        str | None,
        typer.Option("--feeds", help="City whose contacts and payments it may feed; nothing else."),
    ] = None,
    role: Annotated[
        Role | None,
        typer.Option("--role", help="What it may see and do: dispatcher, planner or compliance."),
    ] = None,
    city: Annotated[str, typer.Option("--city", help="The city of its role.")] = "",
    agency: Annotated[
        str, typer.Option("--agency", help="The agency of its role; all of them by default.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Make a token, and print it: what is kept of it is a digest."""
    here = session(context)
    wired = here.wired()
    if role is None and (city or agency):
        raise typer.BadParameter("name what it may there by --role", param_hint="--city")
    fed = wired.store.city(feeds).name if feeds else ""
    grant = Grant(role, city, agency) if role else None
    secret = wired.tokens.add(name, days, wired.ports.by(here.actor), feeds=fed, grant=grant)
    if as_json:
        answer_json({"name": name, "token": secret, "days": days})
    else:
        answer(f"token of {name}: [bold]{secret}[/] ({days} days, shown only now)")


@token.command("list")
def list_tokens(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the tokens: whose they are, never what they are."""
    found = session(context).wired().tokens.all()
    rows = [tuple(getattr(one, column.replace(" ", "_")) for column in COLUMNS) for one in found]
    answer_list("Tokens", COLUMNS, rows, as_json=as_json)


@token.command("revoke")
def revoke(context: typer.Context, name: NameArgument) -> None:
    """End a token at once."""
    here = session(context)
    wired = here.wired()
    wired.tokens.revoke(name, wired.ports.by(here.actor))
    answer(f"the token of {name} is worth nothing any more")
