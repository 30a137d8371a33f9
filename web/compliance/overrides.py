"""Overrides of house rules: what waits for a second person, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.override_lists import OverrideLists
from scheduler.overriding import AskedOverride, AskState
from web.auth.access import by, current_user, needs
from web.compliance.room import compliance, page, seen_agencies
from web.context import today_here, wired
from web.language import t

LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Listed:
    """An override, and what the person who looks may do with it."""

    asked: AskedOverride
    may_decide: bool
    may_withdraw: bool


@compliance.get("/<city>/compliance/overrides")
@needs(Role.COMPLIANCE, Role.DISPATCHER)
def overrides(city: str) -> str:
    """List what waits and what was decided in the last month."""
    waiting, others = listed(city)
    return page("overrides", "overrides", waiting=waiting, others=others)


@compliance.post("/<city>/compliance/overrides/<int:id>")
@needs(Role.COMPLIANCE, Role.DISPATCHER)
def decide(city: str, id: int) -> Response:
    """Allow, decline or withdraw an override."""
    act, one = request.form.get("act"), seen(city, id)
    if act not in ("allow", "decline", "withdraw"):
        abort(400)
    if not (may_withdraw(city, one) if act == "withdraw" else may_decide(city, one)):
        abort(403)
    with wired().store.writing(by()) as writer:
        if act == "withdraw":
            writer.withdraw_override(city, id)
        else:
            note = request.form.get("note", "")
            writer.decide_override(city, id, is_allowed=act == "allow", note=note)
    flash(DONE[act]())
    return redirect(url_for("compliance.overrides", city=city))


DONE = {
    "allow": lambda: t("It is allowed: put the visit in on the desk, or plan the day again."),
    "decline": lambda: t("It is declined."),
    "withdraw": lambda: t("It is withdrawn, and holds no more."),
}


def listed(city: str) -> tuple[list[Listed], list[Listed]]:
    """Return what waits for somebody, and the others, the newest first."""
    found = lists().since(city, today_here() - LOOK_BACK, seen_agencies())
    waiting = [one for one in found if is_waiting(one)]
    others = [one for one in found if not is_waiting(one)]
    return shown(city, waiting), shown(city, others)


def shown(city: str, found: Sequence[AskedOverride]) -> list[Listed]:
    """Return overrides with what may be done with each."""
    return [Listed(one, may_decide(city, one), may_withdraw(city, one)) for one in found]


def is_waiting(one: AskedOverride) -> bool:
    """Whether somebody can still decide about it."""
    return one.state is AskState.ASKED and not one.is_over(today_here())


def may_decide(city: str, one: AskedOverride) -> bool:
    """Whether the person is the second one: another than who asked, and looks after the case."""
    is_other = is_waiting(one) and one.asked_by != current_user.name
    return is_other and current_user.may_allow(city, lists().agencies_of(city, one.borrower_id))


def may_withdraw(city: str, one: AskedOverride) -> bool:
    """Whether the person may take it back: who asked, or who might have allowed it."""
    is_open = one.state in (AskState.ASKED, AskState.ALLOWED) and not one.is_over(today_here())
    if not is_open or one.asked_by == current_user.name:
        return is_open
    return current_user.may_allow(city, lists().agencies_of(city, one.borrower_id))


def seen(city: str, id: int) -> AskedOverride:
    """Return an override that the person may see; 404 where there is none."""
    one = wired().store.asked_override(city, id)
    if not lists().is_seen(city, one.borrower_id, seen_agencies()):
        abort(404)
    return one


def lists() -> OverrideLists:
    """Return what is asked of the book about overrides."""
    return OverrideLists(wired().store.engine)
