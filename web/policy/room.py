"""The room's blueprint, and who may do what in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, g, render_template

from data.access import POLICY_READERS, POLICY_WRITERS, Role
from data.policy import house_policy
from scheduler.policy import Policy
from scheduler.policy_preview import Effect
from scheduler.ports import PolicyVersion
from web.auth.access import current_user
from web.context import today_here, wired
from web.policy.described import changed_lines
from web.policy.words import CHANNELS, EFFECTS, KEYS

policy = Blueprint(
    "policy",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/policy",
)


def a_page(template: str, **told: Any) -> str:
    """Return a page of the room."""
    g.place = "policy.page"
    frame = {
        "zone": ZoneInfo(g.city.zone),
        "may_write": may_write(),
        "sees_all": holds_whole_city(POLICY_READERS),
        "KEYS": KEYS,
        "CHANNELS": CHANNELS,
        "EFFECTS": EFFECTS,
        "effects": list(Effect),
    }
    return render_template(f"policy/{template}.html", **frame, **told)


def in_force(city: str) -> Policy:
    """Return the policy that holds today."""
    return wired().store.policy_in_force(city, today_here())


def holds_whole_city(roles: Sequence[Role]) -> bool:
    """Whether who asks has one of the roles for the lender, not for one agency alone."""
    return any(current_user.can(role, g.city.name, "") for role in roles)


def may_write() -> bool:
    return holds_whole_city(POLICY_WRITERS)


def refuse_who_may_not_write() -> None:
    """Refuse what binds every agency to whoever looks after one."""
    if not may_write():
        abort(403)


def refuse_who_sees_one_agency() -> None:
    """Refuse lists of all agencies' cases to whoever looks after one."""
    if not holds_whole_city(POLICY_READERS):
        abort(403)


def difference(versions: Sequence[PolicyVersion], version: PolicyVersion) -> list[str]:
    """Return the lines in which a version differs from the one before it."""
    before = [each for each in versions if each.number < version.number]
    return changed_lines(before[-1].policy if before else house_policy(), version.policy)
