"""`dayround user`: who may log in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

import typer

from web.cli.common import JsonOption, answer, answer_json, answer_list, fail, say, session

if TYPE_CHECKING:
    from data.access import Grant, User
    from data.home import Home

user = typer.Typer(no_args_is_help=True, help="Who may log in, and as what.")

NameArgument = Annotated[str, typer.Argument(help="What they type to log in.")]
UrlOption = Annotated[
    str | None,
    typer.Option(
        "--public-url",
        help="The address that people open, for the link.",
        show_default="where it was served last",
    ),
]
USUAL_ADDRESS = "http://127.0.0.1:8000"


def register(app: typer.Typer) -> None:
    app.add_typer(user, name="user")


@user.command("add", epilog="Example: [bold]dayround user add li --role administrator[/]")
def add(
    context: typer.Context,
    name: NameArgument,
    role: Annotated[
        list[str],
        typer.Option("--role", help="dispatcher, collector, planner, compliance, administrator."),
    ],
    city: Annotated[
        list[str] | None, typer.Option("--city", help="Where; an administrator's may be all.")
    ] = None,
    agency: Annotated[str, typer.Option("--agency", help="Whose work; all by default.")] = "",
    collector: Annotated[
        str | None, typer.Option("--collector", help="The id of the collector who logs in.")
    ] = None,
    public_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add somebody who may log in; prints the one-time code for the first sign-in."""
    here = session(context)
    wired = here.wired()
    cities = city or [""]
    grants = [grant(word, place, agency, collector) for word in role for place in cities]
    code = wired.users.add(name, grants, wired.ports.by(here.actor))
    tell_code(name, code, public_url or served_at(wired.home), as_json=as_json)


@user.command("list")
def list_users(context: typer.Context, as_json: JsonOption = False) -> None:
    """List who may log in."""
    users = session(context).wired().users.all()
    rows = [(one.name, roles_of(one), state_of(one)) for one in users]
    columns = ("name", "roles", "state")
    answer_list("Users", columns, rows, as_json=as_json)


@user.command("disable")
def disable(context: typer.Context, name: NameArgument) -> None:
    """Let somebody in no more; whoever is logged in by that name is out at once."""
    here = session(context)
    wired = here.wired()
    wired.users.disable(name, wired.ports.by(here.actor))
    answer(f"{name} is disabled")


@user.command("enable")
def enable(context: typer.Context, name: NameArgument) -> None:
    """Let somebody in again."""
    here = session(context)
    wired = here.wired()
    wired.users.enable(name, wired.ports.by(here.actor))
    answer(f"{name} may log in again")


@user.command("reset")
def reset(
    context: typer.Context,
    name: NameArgument,
    public_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a password away, and print a new one-time code."""
    here = session(context)
    wired = here.wired()
    code = wired.users.reset(name, wired.ports.by(here.actor))
    tell_code(name, code, public_url or served_at(wired.home), as_json=as_json)


def grant(word: str, city: str, agency: str, collector: str | None) -> Grant:
    """Return what the options grant."""
    from data.access import Grant, Role

    if word not in list(Role):
        fail(f"--role {word!r} is none of {', '.join(Role)}")
    role = Role(word)
    return Grant(role, city, agency, collector if role is Role.COLLECTOR else None)


def served_at(home: Home) -> str:
    """Return the address that `dayround serve` said last; its usual one, and say so, before."""
    file = home.address_file
    if file.exists():
        return file.read_text(encoding="utf-8")
    say(
        f"not served yet: the link takes {USUAL_ADDRESS}; where it will be another, "
        "serve it first or tell it by --public-url"
    )
    return USUAL_ADDRESS


def tell_code(name: str, code: str, public_url: str, *, as_json: bool) -> None:
    """Print a one-time code, and the link that has it filled in."""
    link = f"{public_url.rstrip('/')}/first-sign-in#{urlencode({'name': name, 'code': code})}"
    if as_json:
        answer_json({"name": name, "code": code, "link": link})
        return
    answer(f"one-time code for {name}: [bold]{code}[/] (7 days, shown only now)")
    answer(f"link: {link}")


def roles_of(one: User) -> str:
    return ", ".join(
        " ".join(filter(None, (grant.role, grant.city or "everywhere", grant.agency)))
        for grant in one.grants
    )


def state_of(one: User) -> str:
    if one.is_disabled:
        return "disabled"
    return "active" if one.has_password else "waits for the first sign-in"
