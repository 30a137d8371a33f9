"""The robot of a city's group: off, unless an administrator gives it a webhook here."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, g, redirect, request, url_for

from data.access import Role
from data.jobs import Job, JobKind, JobState
from data.robots.kept import SIGNED, Robot, RobotError, RobotKind, Robots
from data.robots.messages import TEXTS
from scheduler.errors import ConflictError
from web.auth.access import by, needs
from web.context import wired
from web.language import lazy_t, t
from web.phrases import said
from web.settings_pages.reach import only_for_the_whole_city
from web.settings_pages.room import Answer, page, settings

KINDS = {
    RobotKind.WECOM: lazy_t("WeCom"),
    RobotKind.DINGTALK: lazy_t("DingTalk"),
    RobotKind.FEISHU: lazy_t("Feishu"),
}


@dataclass(frozen=True)
class Shown:
    """What the panel tells: the robot that is on, the newest message, and what is wrong."""

    robot: Robot | None
    sent: Job | None
    problem: str = ""


@settings.get("/cities/<city>/robot")
@needs(Role.ADMINISTRATOR)
def robot(city: str) -> str:
    """Show whether a group is told that its day has changed."""
    only_for_the_whole_city(city)
    return panel(shown(city))


@settings.post("/cities/<city>/robot")
@needs(Role.ADMINISTRATOR)
def switch_robot(city: str) -> Answer:
    """Switch the robot on, with the webhook that is typed now and shown to nobody again, or off."""
    only_for_the_whole_city(city)
    robots, is_off = Robots(wired().home.path), request.form.get("act") == "off"
    try:
        with wired().store.writing(by()) as writer:
            if is_off:
                robots.remove(writer, city)
            else:
                robots.put(writer, by(), city, typed())
    except RobotError as error:
        return panel(shown(city, said(str(error)))), 400
    flash(t("Kept: off.") if is_off else t("Kept: the group is told when its day has changed."))
    return redirect(url_for("settings.robot", city=city))


@settings.post("/cities/<city>/robot/try")
@needs(Role.ADMINISTRATOR)
def try_robot(city: str) -> Answer:
    """Send the message once, to see whether it arrives."""
    only_for_the_whole_city(city)
    try:
        wired().jobs.add(JobKind.ROBOT, city, None, by())
        flash(t("The message is under way. Open this page again to see whether it arrived."))
    except ConflictError:
        flash(t("A message is under way already."))
    return redirect(url_for("settings.robot", city=city))


def typed() -> Robot:
    """Return what the form says; RobotError where it names no kind."""
    told = request.form
    kind = told.get("kind", "")
    if kind not in set(RobotKind):
        raise RobotError("choose whose robot it is")
    language = told.get("language", "zh")
    return Robot(
        RobotKind(kind),
        webhook=told.get("webhook", "").strip(),
        secret=told.get("secret", "").strip(),
        language=language if language in TEXTS else "zh",
        link=told.get("link", "").strip(),
    )


def shown(city: str, problem: str = "") -> Shown:
    sent = wired().jobs.newest(city, None, JobKind.ROBOT)
    try:
        return Shown(Robots(wired().home.path).of(city), sent, problem)
    except RobotError as error:
        return Shown(None, sent, said(str(error)))


def panel(shown: Shown) -> str:
    told = {"kinds": KINDS, "texts": TEXTS, "signed": SIGNED, "JobState": JobState}
    return page("robot", "cities", shown=shown, city=g.city.name, **told)
