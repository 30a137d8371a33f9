"""The policy's pages: what holds, the versions, a new one, and what it would change tomorrow."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from data.access import POLICY_READERS, POLICY_WRITERS
from data.policy import InvalidPolicyError, policy_text, read_policy
from data.policy.preview_file import preview_csv
from scheduler.errors import DayroundError
from scheduler.policy import Policy
from scheduler.policy_preview import Effect, preview
from web.auth.access import by, needs
from web.context import today_here, wired
from web.language import t
from web.phrases import said
from web.policy.room import (
    difference,
    holds_whole_city,
    may_write,
    policy,
    refuse_who_may_not_write,
    refuse_who_sees_one_agency,
)
from web.policy.words import CHANNELS, EFFECTS

__all__ = ["policy"]

MOST_SHOWN = 100
"""Affected cases on the page; the file has all."""

Answer = str | Response | tuple[str, int]


@policy.get("/<city>/policy")
@needs(*POLICY_READERS)
def page(city: str) -> str:
    """Show the policy that holds, its versions, and the form for a new one."""
    return shown(city, policy_text(in_force(city)))


@policy.get("/<city>/policy.toml")
@needs(*POLICY_READERS)
def file(city: str) -> Response:
    """Give out the policy that holds, as it can be put again."""
    data = BytesIO(policy_text(in_force(city)).encode())
    return send_file(data, "application/toml", as_attachment=True, download_name="policy.toml")


@policy.post("/<city>/policy")
@needs(*POLICY_WRITERS)
def put(city: str) -> Answer:
    """Keep what was written or uploaded as the next version, or say what it would change."""
    text = told_text()
    try:
        told = read_policy(text, t("policy"))
    except InvalidPolicyError as error:
        return shown(
            city, text, faults=[f"{each.path}: {said(each.text)}" for each in error.faults]
        ), 400
    if request.form.get("do") != "keep":
        return previewed(city, told, text)
    refuse_who_may_not_write()
    try:
        since = date.fromisoformat(request.form.get("since", ""))
    except ValueError:
        return shown(city, text, faults=[t("Write the day from which it holds.")]), 400
    note = request.form.get("note", "").strip()
    if not note:
        return shown(city, text, faults=[t("Say what is changed, and why.")]), 400
    try:
        with wired().store.writing(by()) as writer:
            made = writer.put_policy(city, told, since, note)
    except DayroundError as error:
        return shown(city, text, problem=str(error)), 409
    flash(t("Version %(number)s is kept; another person approves it.", number=made.number))
    return redirect(url_for("policy.page", city=city))


@policy.post("/<city>/policy/<int:number>/approve")
@needs(*POLICY_WRITERS)
def approve(city: str, number: int) -> Answer:
    """Let a version that another person made hold from its day on."""
    refuse_who_may_not_write()
    try:
        with wired().store.writing(by()) as writer:
            approved = writer.approve_policy(city, number)
    except DayroundError as error:
        return shown(city, policy_text(in_force(city)), problem=str(error)), 409
    told = {"number": number, "date": approved.valid_from}
    flash(t("Version %(number)s holds from %(date)s.", **told))
    return redirect(url_for("policy.page", city=city))


def previewed(city: str, told: Policy, text: str) -> Answer:
    """Return what a policy would change tomorrow, as a page or as a file."""
    refuse_who_sees_one_agency()
    tomorrow = today_here() + timedelta(days=1)
    day = wired().store.open_day(city, tomorrow)
    found = preview(day, wired().ports.profiles.rules(g.city.profile), told)
    if request.form.get("do") == "file":
        name = f"policy-{city}-{tomorrow}.csv"
        return send_file(
            BytesIO(preview_csv(found)), "text/csv", as_attachment=True, download_name=name
        )
    return a_page(
        "preview",
        found=found,
        listed=found.affected[:MOST_SHOWN],
        text=text,
        tomorrow=tomorrow,
    )


def shown(city: str, text: str, *, faults: list[str] | None = None, problem: str = "") -> str:
    """Return the page, with what is wrong with the text in its form."""
    versions = wired().store.policy_versions(city)
    return a_page(
        "page",
        holding=in_force(city),
        versions=versions[::-1],
        differences={each.number: difference(versions, each) for each in versions},
        text=text,
        faults=faults or [],
        problem=problem,
        since=request.form.get("since") or today_here() + timedelta(days=1),
        note=request.form.get("note", ""),
    )


def a_page(template: str, **told: Any) -> str:
    """Return a page of the room."""
    g.place = "policy.page"
    frame = {
        "zone": ZoneInfo(g.city.zone),
        "may_write": may_write(),
        "sees_all": holds_whole_city(POLICY_READERS),
        "CHANNELS": CHANNELS,
        "EFFECTS": EFFECTS,
        "effects": list(Effect),
    }
    return render_template(f"policy/{template}.html", **frame, **told)


def in_force(city: str) -> Policy:
    """Return the policy that holds today."""
    return wired().store.policy_in_force(city, today_here())


def told_text() -> str:
    """Return the policy that was uploaded, or else the one that was written."""
    uploaded = request.files.get("file")
    text = request.form.get("text", "")
    if uploaded and uploaded.filename:
        text = uploaded.read().decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n")
