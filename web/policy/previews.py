"""What a new policy would change tomorrow: found beside the pages, and shown when done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from flask import abort, flash, redirect, send_file, url_for
from werkzeug.wrappers import Response

from data.access import POLICY_READERS, POLICY_WRITERS
from data.jobs import Job, JobKind, JobState
from data.policy import digest, policy_text, read_policy
from data.policy.kept_preview import file_of
from scheduler.errors import ConflictError
from scheduler.policy import Policy
from scheduler.policy_preview import HEADER, Effect
from web.auth.access import by, needs
from web.context import today_here, wired
from web.language import t
from web.policy.room import a_page, policy, refuse_who_may_not_write, refuse_who_sees_one_agency
from web.progress import progress_piece


@dataclass(frozen=True)
class Line:
    """An affected case as the page shows it; `before` and `after` are collectors or money."""

    case: str
    bucket: str
    product: str
    effect: Effect
    before: Decimal
    after: Decimal
    why: str


def begin(city: str, told: Policy) -> Job | None:
    """Begin to look what a policy would change tomorrow.

    The same policy is not looked at twice at once: its preview under way is returned. None where
    another one's is under way.
    """
    mark, tomorrow = digest(told), today_here() + timedelta(days=1)
    asked = {"policy": policy_text(told), "digest": mark}
    try:
        return wired().jobs.add(JobKind.PREVIEW, city, tomorrow, by(), **asked)
    except ConflictError:
        busy = newest(city)
        return busy if busy and busy.parameters["digest"] == mark else None


def newest(city: str) -> Job | None:
    """Return the preview of tomorrow that was begun last."""
    return wired().jobs.newest(city, today_here() + timedelta(days=1), JobKind.PREVIEW)


@policy.get("/<city>/policy/previews/<int:number>")
@needs(*POLICY_READERS)
def previewed(city: str, number: int) -> str:
    """Show what a policy would change, or how far the looking is."""
    job = its_job(city, number)
    kept = job.result if job.state is JobState.DONE else None
    return a_page(
        "preview",
        job=job,
        on=job.on,
        found=kept,
        totals=totals(kept) if kept else {},
        listed=listed(kept) if kept else [],
    )


@policy.get("/<city>/policy/previews/<int:number>/progress")
@needs(*POLICY_READERS)
def preview_progress(city: str, number: int) -> Response:
    """Answer how far it is, as a piece of the page; 304 where nothing has changed."""
    job = its_job(city, number)
    return progress_piece("policy/progress.html", is_over=job.state.is_over, job=job)


@policy.post("/<city>/policy/previews/<int:number>/stop")
@needs(*POLICY_WRITERS)
def stop_preview(city: str, number: int) -> Response:
    """Ask it to stop."""
    refuse_who_may_not_write()
    wired().jobs.cancel(its_job(city, number).id, by())
    return redirect(url_for("policy.previewed", city=city, number=number))


@policy.post("/<city>/policy/previews/<int:number>/again")
@needs(*POLICY_WRITERS)
def preview_again(city: str, number: int) -> Response:
    """Look once more what the same policy would change, by the facts of now."""
    refuse_who_may_not_write()
    job = begin(city, policy_of_preview(city, number))
    if job is None:
        flash(t("Another preview is under way. Wait until it is done, or stop it."))
    return redirect(url_for("policy.previewed", city=city, number=job.id if job else number))


@policy.get("/<city>/policy/previews/<int:number>.csv")
@needs(*POLICY_READERS)
def preview_file(city: str, number: int) -> Response:
    """Send all cases that the policy affects."""
    job = its_job(city, number)
    if job.state is not JobState.DONE or job.result is None:
        abort(404)
    name = f"policy-{city}-{job.on}.csv"
    return send_file(
        BytesIO(file_of(job.result)), "text/csv", as_attachment=True, download_name=name
    )


def its_job(city: str, number: int) -> Job:
    """Return a preview of the city, for those who see all of its cases.

    Raises
    ------
    NotFoundError
        Where the city has no preview of that number.
    """
    refuse_who_sees_one_agency()
    return wired().jobs.of_city(city, number, JobKind.PREVIEW)


def policy_of_preview(city: str, number: int) -> Policy:
    """Return the policy that a preview is of."""
    return read_policy(its_job(city, number).parameters["policy"], t("policy"))


def totals(kept: Mapping[str, Any]) -> dict[Effect, int]:
    """Return how many cases each effect concerns."""
    return {effect: sum(counts[effect] for _, _, counts in kept["groups"]) for effect in Effect}


def listed(kept: Mapping[str, Any]) -> list[Line]:
    """Return the affected cases that are shown."""
    told = (dict(zip(HEADER, row, strict=True)) for row in kept["listed"])
    return [
        Line(
            *(one["case"], one["bucket"], one["product"], Effect(one["effect"])),
            *(Decimal(one["before"]), Decimal(one["after"]), one["why"]),
        )
        for one in told
    ]
