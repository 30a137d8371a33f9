"""The policy's pages: what holds, the versions and who approves them; others in their modules."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from data.access import POLICY_READERS, POLICY_WRITERS
from scheduler.errors import DayroundError
from web.auth.access import by, needs
from web.context import wired
from web.language import t
from web.policy import editing, previews
from web.policy.editing import Answer, toml_file
from web.policy.room import (
    a_page,
    difference,
    holds_whole_city,
    in_force,
    policy,
    refuse_who_may_not_write,
)

__all__ = ["editing", "policy", "previews"]


@policy.get("/<city>/policy")
@needs(*POLICY_READERS)
def page(city: str) -> str:
    """Show the policy that holds, and its versions."""
    return shown(city)


@policy.get("/<city>/policy.toml")
@needs(*POLICY_READERS)
def file(city: str) -> Response:
    """Give out the policy that holds, as it can be put again."""
    return toml_file(in_force(city))


@policy.post("/<city>/policy/<int:number>/approve")
@needs(*POLICY_WRITERS)
def approve(city: str, number: int) -> Answer:
    """Let a version that another person made hold from its day on."""
    refuse_who_may_not_write()
    try:
        with wired().store.writing(by()) as writer:
            approved = writer.approve_policy(city, number)
    except DayroundError as error:
        return shown(city, problem=str(error)), 409
    told = {"number": number, "date": approved.valid_from}
    flash(t("Version %(number)s holds from %(date)s.", **told))
    return redirect(url_for("policy.page", city=city))


def shown(city: str, *, problem: str = "") -> str:
    """Return the page, with why a version could not be approved."""
    versions = wired().store.policy_versions(city)
    return a_page(
        "page",
        holding=in_force(city),
        last_preview=previews.newest(city) if holds_whole_city(POLICY_READERS) else None,
        versions=versions[::-1],
        differences={each.number: difference(versions, each) for each in versions},
        problem=problem,
    )
