"""The policy's pages: what holds, the versions, a new one, and what it would change tomorrow."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from flask import flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from data.access import POLICY_READERS, POLICY_WRITERS
from data.policy import InvalidPolicyError, policy_text, read_policy
from scheduler.errors import DayroundError
from scheduler.policy import Policy
from web.auth.access import by, needs
from web.context import today_here, wired
from web.language import t
from web.phrases import said
from web.policy.previews import begin, newest, policy_of_preview
from web.policy.room import (
    a_page,
    difference,
    holds_whole_city,
    policy,
    refuse_who_may_not_write,
)

__all__ = ["policy"]

Answer = str | Response | tuple[str, int]


@policy.get("/<city>/policy")
@needs(*POLICY_READERS)
def page(city: str) -> str:
    """Show the policy that holds, its versions, and the form for a new one."""
    number = request.args.get("preview", type=int)
    told = in_force(city) if number is None else policy_of_preview(city, number)
    return shown(city, policy_text(told))


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
        return begun(city, told, text)
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


def begun(city: str, told: Policy, text: str) -> Answer:
    """Begin to look what a policy would change tomorrow, and lead to where that is shown."""
    refuse_who_may_not_write()
    job = begin(city, told)
    if job is None:
        return shown(
            city,
            text,
            problem=t("Another preview is under way. Wait until it is done, or stop it."),
        ), 409
    return redirect(url_for("policy.previewed", city=city, number=job.id))


def shown(city: str, text: str, *, faults: list[str] | None = None, problem: str = "") -> str:
    """Return the page, with what is wrong with the text in its form."""
    versions = wired().store.policy_versions(city)
    return a_page(
        "page",
        holding=in_force(city),
        last_preview=newest(city) if holds_whole_city(POLICY_READERS) else None,
        versions=versions[::-1],
        differences={each.number: difference(versions, each) for each in versions},
        text=text,
        faults=faults or [],
        problem=problem,
        since=request.form.get("since") or today_here() + timedelta(days=1),
        note=request.form.get("note", ""),
    )


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
