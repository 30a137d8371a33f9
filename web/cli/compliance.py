"""`dayround compliance`: sign a profile's doubtful values, set house rules aside by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from web.cli import rule_lines
from web.cli.common import (
    LARGEST,
    CityOption,
    DateArgument,
    JsonOption,
    Open,
    YesOption,
    answer,
    answer_list,
    fail,
    needs_an_answer,
    opened,
)

if TYPE_CHECKING:
    from data.access import User
    from data.store.override_lists import OverrideLists
    from scheduler.overriding import AskedOverride

compliance = typer.Typer(
    no_args_is_help=True,
    help="Sign values of the rules that are doubtful; set a house rule aside, by two people.",
)

IdArgument = Annotated[
    int, typer.Argument(metavar="ID", help="Its number in the list.", max=LARGEST)
]
NoteOption = Annotated[str, typer.Option("--note", help="A word on it.")]
OVERRIDES = ("id", "state", "borrower", "rule", "on", "reason", "asked by", "decided by", "note")
REFUSALS = ("rule", "planned", "suspended", "door")


def register(app: typer.Typer) -> None:
    app.add_typer(compliance, name="compliance")


@compliance.command(
    "sign", epilog="Example: [bold]dayround compliance sign US --as olga --city boston[/]"
)
def sign(
    context: typer.Context,
    profile: Annotated[str, typer.Argument(help="The rules to sign, such as US.")],
    city: CityOption = None,
    yes: YesOption = False,
) -> None:
    """Show the values of a profile that are known from memory or a draft only, and sign them."""
    from scheduler.compliance import sign_profile
    from scheduler.signing import digest_of, to_sign

    desk = opened(context, city)
    rules = desk.wired.ports.profiles.rules(profile)
    doubtful = to_sign(rules)
    if not doubtful:
        answer(f"the rules {profile} hold nothing that needs a signature")
        return
    officer(desk)
    answer(f"[bold]{profile}[/], version {rules.version}: read these values")
    rule_lines.values(doubtful)
    needs_an_answer(f"Sign them for {desk.city.name}, as {desk.actor}?", yes=yes)
    sign_profile(desk.wired.ports, desk.city.name, profile, digest_of(rules), desk.actor)
    answer(f"signed: {desk.city.name} may be planned by {profile}")


@compliance.command(
    "ask",
    epilog='Example: [bold]dayround compliance ask HT-1 days_between_visits today "she asked"[/]',
)
def ask(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="A contract of hers.")],
    rule: Annotated[str, typer.Argument(help="The house rule, by its name.")],
    date: DateArgument,
    reason: Annotated[str, typer.Argument(help="Why; another person decides by it.")],
    key: Annotated[
        str | None, typer.Option("--key", help="Your own, so that asking twice asks once.")
    ] = None,
    city: CityOption = None,
) -> None:
    """Ask another person to set a house rule aside for a borrower on a day."""
    from scheduler.compliance import ask_override

    desk = opened(context, city)
    name = desk.city.name
    borrower_id = lists(desk).borrower_of(name, case, None) or case
    what = (borrower_id, rule, desk.day(date), reason)
    asked = ask_override(desk.wired.ports, name, *what, desk.actor, key)
    answer(f"asked: override {asked.id} of {rule} for {asked.borrower_id} on {asked.on}")


@compliance.command("list")
def list_overrides(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", help="The first day; today if not told.")] = (
        "today"
    ),
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the overrides that were asked for a day, and what became of them."""
    desk = opened(context, city)
    found = lists(desk).since(desk.city.name, desk.day(since), None)
    answer_list("Overrides", OVERRIDES, map(listed, found), as_json=as_json)


@compliance.command("allow", epilog="Example: [bold]dayround compliance allow 7 --as olga[/]")
def allow(
    context: typer.Context, id: IdArgument, note: NoteOption = "", city: CityOption = None
) -> None:
    """Allow an override that somebody else asked for."""
    decide(opened(context, city), id, is_allowed=True, note=note)


@compliance.command("decline")
def decline(
    context: typer.Context, id: IdArgument, note: NoteOption = "", city: CityOption = None
) -> None:
    """Decline an override that somebody else asked for."""
    decide(opened(context, city), id, is_allowed=False, note=note)


@compliance.command("withdraw")
def withdraw(context: typer.Context, id: IdArgument, city: CityOption = None) -> None:
    """Take back what was asked or allowed."""
    desk = opened(context, city)
    asked = desk.wired.store.asked_override(desk.city.name, id)
    if asked.asked_by != desk.actor:
        second_person(desk, asked)
    with desk.wired.store.writing(desk.by()) as writer:
        writer.withdraw_override(desk.city.name, id)
    answer(f"override {id} is withdrawn")


@compliance.command(
    "refusals", epilog="Example: [bold]dayround compliance refusals 2026-11-01 2026-11-30[/]"
)
def refusals(
    context: typer.Context,
    first: DateArgument,
    last: DateArgument,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count what each rule refused: while planning, since then, and at the door."""
    from data.store.refusals import Refusals, Span

    desk = opened(context, city)
    span = Span(desk.city, desk.day(first), desk.day(last))
    found = Refusals(desk.wired.store.engine).counts(span, None)
    rows = [(one.rule, one.planned, one.suspended, one.door) for one in found]
    answer_list(f"Refusals, {span.first} to {span.last}", REFUSALS, rows, as_json=as_json)


def decide(desk: Open, id: int, *, is_allowed: bool, note: str) -> None:
    """Allow or decline an override as a second person who may."""
    second_person(desk, desk.wired.store.asked_override(desk.city.name, id))
    with desk.wired.store.writing(desk.by()) as writer:
        decided = writer.decide_override(desk.city.name, id, is_allowed=is_allowed, note=note)
    answer(f"override {id} is {decided.state}")


def officer(desk: Open) -> User:
    """Return who acts, if she is a compliance officer of the whole city."""
    from data.access import Role

    user = known(desk)
    if not user.can(Role.COMPLIANCE, desk.city.name, ""):
        fail(f"{user.name} is no compliance officer of {desk.city.name}: say who is by --as")
    return user


def second_person(desk: Open, asked: AskedOverride) -> User:
    """Return who acts, if she looks after the borrower's cases as an officer or a dispatcher."""
    user = known(desk)
    if not user.may_allow(
        desk.city.name, lists(desk).agencies_of(desk.city.name, asked.borrower_id)
    ):
        fail(f"{user.name} looks after no case of {asked.borrower_id}: say who does by --as")
    return user


def known(desk: Open) -> User:
    """Return the user who acts; a signature is somebody's."""
    user = desk.wired.users.find(desk.actor)
    if user is None or user.is_disabled:
        fail(f"there is no user {desk.actor!r}: `dayround user list` shows them; say who by --as")
    return user


def lists(desk: Open) -> OverrideLists:
    """Return what is asked of the book about overrides."""
    from data.store.override_lists import OverrideLists

    return OverrideLists(desk.wired.store.engine)


def listed(one: AskedOverride) -> tuple[object, ...]:
    """Return a row of the list, under `OVERRIDES`."""
    who = (one.reason, one.asked_by, one.decided_by or "", one.note)
    return (one.id, str(one.state), one.borrower_id, one.rule, str(one.on), *who)
