"""`dayround policy`: the versions of a city's policy, and what a new one would change."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import (
    LARGEST,
    CityOption,
    JsonOption,
    Open,
    answer,
    answer_json,
    answer_list,
    answer_table,
    counting,
    escaped,
    fail,
    opened,
    say,
)

if TYPE_CHECKING:
    from scheduler.policy import Policy
    from scheduler.policy_preview import Preview
    from scheduler.ports import PolicyVersion

policy = typer.Typer(
    no_args_is_help=True,
    help="Which cases are visited, from when and how often: versions, approved by a second person.",
)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A policy as TOML.")]
HISTORY = ("version", "valid from", "made by", "made at", "approved by", "note", "title")


def register(app: typer.Typer) -> None:
    app.add_typer(policy, name="policy")


@policy.command("show", epilog="Example: [bold]dayround policy show > policy.toml[/]")
def show(
    context: typer.Context,
    version: Annotated[
        int | None,
        typer.Option("--version", help="Its number; 0 is the house's default."),
    ] = None,
    city: CityOption = None,
) -> None:
    """Print a version as TOML, as `put` takes it."""
    from data.policy import policy_text

    desk = opened(context, city)
    answer(escaped(policy_text(chosen(desk, version)).rstrip()))


@policy.command("history", epilog="Example: [bold]dayround policy history --json[/]")
def history(context: typer.Context, city: CityOption = None, as_json: JsonOption = False) -> None:
    """List the versions of a city's policy: who made and who approved them, and why."""
    desk = opened(context, city)
    rows = [row_of(each) for each in desk.wired.store.policy_versions(desk.city.name)]
    answer_list(f"Versions of {desk.city.name}'s policy", HISTORY, rows, as_json=as_json)


@policy.command(
    "put", epilog='Example: [bold]dayround policy put policy.toml --note "visits from M2 on"[/]'
)
def put(
    context: typer.Context,
    file: FileArgument,
    note: Annotated[str, typer.Option("--note", help="What is changed, and why.")],
    since: Annotated[str, typer.Option("--from", help="The day from which it holds.")] = "tomorrow",
    city: CityOption = None,
) -> None:
    """Keep a file as the next version; it holds once a second person has approved it."""
    desk = opened(context, city)
    told = read(file)
    with desk.wired.store.writing(desk.by()) as writer:
        made = writer.put_policy(desk.city.name, told, desk.day(since), note)
    answer(
        f"version {made.number} is kept, to hold from {made.valid_from}; "
        f"somebody else approves it: dayround policy approve {made.number} --as NAME"
    )


@policy.command("approve", epilog="Example: [bold]dayround policy approve 3 --as olga[/]")
def approve(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="The version.", max=LARGEST)],
    city: CityOption = None,
) -> None:
    """Let a version hold from its day on, as a compliance officer or an administrator."""
    desk = opened(context, city)
    refuse_who_may_not(desk)
    with desk.wired.store.writing(desk.by()) as writer:
        approved = writer.approve_policy(desk.city.name, number)
    answer(f"version {number} holds from {approved.valid_from}")


@policy.command("preview", epilog="Example: [bold]dayround policy preview policy.toml[/]")
def preview_file(
    context: typer.Context,
    file: FileArgument,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write the cases that are affected there.")
    ] = None,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a file would change tomorrow: who comes in, falls out, or is visited otherwise."""
    from dataclasses import replace

    from scheduler.policy import next_number
    from scheduler.policy_preview import preview

    desk = opened(context, city)
    versions = desk.wired.store.policy_versions(desk.city.name)
    told = replace(read(file), number=next_number(each.number for each in versions))
    tomorrow = desk.day("today") + timedelta(days=1)
    day = desk.wired.store.open_day(desk.city.name, tomorrow)
    rules = desk.wired.ports.profiles.rules(desk.city.profile)
    with counting("screening") as count:
        found = preview(day, rules, told, count)
    if csv:
        write_csv(csv, found)
    if as_json:
        answer_json(summary(found))
        return
    tell(found)


def chosen(desk: Open, version: int | None) -> Policy:
    """Return a version by its number, or the one in force today."""
    from data.policy import house_policy
    from scheduler.policy import HOUSE_VERSION

    if version is None:
        return desk.wired.store.policy_in_force(desk.city.name, desk.day("today"))
    if version == HOUSE_VERSION:
        return house_policy()
    versions = {each.number: each for each in desk.wired.store.policy_versions(desk.city.name)}
    if version not in versions:
        fail(
            f"{desk.city.name} has no version {version} of its policy: see dayround policy history"
        )
    return versions[version].policy


def read(file: Path) -> Policy:
    """Return the policy of a file; its faults end the command."""
    from data.policy import InvalidPolicyError, read_policy
    from data.toml_text import TomlError, utf8

    try:
        return read_policy(utf8(file.read_bytes()), file.name)
    except TomlError as error:
        fail(f"{file.name}: {error}")
    except InvalidPolicyError as error:
        fail(str(error))


def refuse_who_may_not(desk: Open) -> None:
    """End the command unless who acts may approve a policy."""
    from data.access import POLICY_WRITERS

    user = desk.wired.users.find(desk.actor)
    if user is None or not any(user.can(role, desk.city.name, "") for role in POLICY_WRITERS):
        fail(
            f"{desk.actor} is no compliance officer or administrator of {desk.city.name}: "
            "say who is by --as"
        )


def row_of(version: PolicyVersion) -> tuple[object, ...]:
    approved = version.approved.actor if version.approved else ""
    return (
        *(version.number, version.valid_from, version.made.actor, f"{version.made.at:%F %H:%M}"),
        *(approved, version.note, version.policy.title),
    )


def summary(found: Preview) -> dict[str, object]:
    """Return a preview for a program."""
    from scheduler.policy_preview import Effect

    return {
        "cases": found.cases,
        "visited before": found.visited_before,
        "visited after": found.visited_after,
        **{effect.value: found.total(effect) for effect in Effect},
    }


def tell(found: Preview) -> None:
    from scheduler.policy_preview import Effect

    columns = ("bucket", "product", *(effect.value for effect in Effect))
    rows = [
        (bucket, product, *(counts[effect] for effect in Effect))
        for bucket, product, counts in found.counts()
    ]
    answer(
        f"{found.visited_before:,} of {found.cases:,} cases may be visited tomorrow; "
        f"{found.visited_after:,} by this policy"
    )
    if rows:
        answer_table("Cases that it affects", columns, rows, right=columns[2:])


def write_csv(file: Path, found: Preview) -> None:
    from data.policy.preview_file import preview_csv

    file.write_bytes(preview_csv(found))
    say(f"{len(found.affected):,} lines are in {escaped(str(file))}")
