"""`dayround robot`: whether a chat group is told that its day has changed."""

from __future__ import annotations

from typing import Annotated

import typer

from data.robots.kept import Robot, RobotKind, Robots
from data.robots.messages import TEXTS
from data.robots.sending import Sender
from web.cli.common import CityOption, JsonOption, answer, answer_json, fail, opened

robot = typer.Typer(
    no_args_is_help=True,
    help="A group's robot says that a day has changed, and nothing else; off unless switched on.",
)
EXAMPLE = "Example: [bold]dayround robot on dingtalk --city ningbo --signed < webhook.txt[/]"


def register(app: typer.Typer) -> None:
    app.add_typer(robot, name="robot")


@robot.command("on", epilog=EXAMPLE)
def switch_on(
    context: typer.Context,
    kind: Annotated[RobotKind, typer.Argument(help="Whose robot it is.")],
    city: CityOption = None,
    signed: Annotated[
        bool, typer.Option("--signed", help="Ask for the secret that signs, too.")
    ] = False,
    language: Annotated[str, typer.Option("--language", help="Of the message: zh or en.")] = "zh",
    link: Annotated[str, typer.Option("--link", help="An https address at its end.")] = "",
) -> None:
    """Switch a robot on. Its webhook is asked for, or read from standard input, and never shown."""
    if language not in TEXTS:
        fail(f"the message is in {' or '.join(sorted(TEXTS))}")
    desk = opened(context, city)
    webhook = typer.prompt("Webhook", hide_input=True)
    secret = typer.prompt("Secret", hide_input=True) if signed else ""
    made = Robot(kind, webhook.strip(), secret.strip(), language, link)
    by = desk.wired.ports.by(desk.actor)
    with desk.wired.store.writing(by) as writer:
        Robots(desk.wired.home.path).put(writer, by, desk.city.name, made)
    answer(f"a {kind} group is told when a day of {desk.city.name} has changed")


@robot.command("off")
def switch_off(context: typer.Context, city: CityOption = None) -> None:
    """Switch a city's robot off, and forget its webhook."""
    desk = opened(context, city)
    with desk.wired.store.writing(desk.wired.ports.by(desk.actor)) as writer:
        Robots(desk.wired.home.path).remove(writer, desk.city.name)
    answer(f"no group is told anything of {desk.city.name}")


@robot.command("show")
def show(context: typer.Context, city: CityOption = None, as_json: JsonOption = False) -> None:
    """Tell whether a city has a robot: its kind and by whom, never its webhook."""
    desk = opened(context, city)
    found = Robots(desk.wired.home.path).of(desk.city.name)
    if as_json:
        answer_json({"kind": found.kind, "language": found.language} if found else None)
    elif found is None:
        answer(f"{desk.city.name} has no robot")
    else:
        answer(f"a {found.kind} robot, switched on by {found.said_by} at {found.said_at}")


@robot.command("try")
def send(context: typer.Context, city: CityOption = None) -> None:
    """Send the message once, to see whether it arrives."""
    desk = opened(context, city)
    found = Robots(desk.wired.home.path).of(desk.city.name)
    if found is None:
        fail(f"{desk.city.name} has no robot: dayround robot on")
    tries = Sender().send(found)
    answer(f"it took the message, at try {tries}")
