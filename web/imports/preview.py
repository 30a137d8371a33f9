"""What a list would change, and the press that takes it in."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from flask import abort, flash, redirect, send_file, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import Job, JobKind, JobState
from data.readers.proposing import look
from data.store.imports.batches import Batch, same_content
from scheduler.errors import DayroundError, NotFoundError
from web.auth.access import by, needs
from web.context import wired
from web.dispatch.room import Answer
from web.imports.asking import XLSX
from web.imports.faults import faults_workbook
from web.imports.looking import has_rows, look_at, take_in
from web.imports.room import a_page, imports, its_upload, kind_of
from web.imports.uploads import Upload, find
from web.imports.words import field_name
from web.language import t
from web.phrases import said as say
from web.progress import progress_piece

LONG_ROWS = 5_000
"""From here on a list is looked at and taken in beside the pages."""

ROWS_SHOWN = 300


@imports.get("/<city>/<day:on>/import/<token>")
@needs(Role.DISPATCHER)
def preview(city: str, on: date, token: str) -> Answer:
    """Show what a list would change: at once, or how far the looking is."""
    upload = its_upload(city, token)
    if upload.batch is not None:
        return redirect(url_for("imports.kept", city=city, on=on, number=upload.batch))
    if upload.understood is None:
        return redirect(url_for("imports.columns", city=city, on=on, token=token))
    try:
        found = upload.found or begin_or_look(upload, on)
    except DayroundError as error:
        return a_page("unreadable", on, upload=upload, wrong=str(error)), 400
    job = job_of(its_upload(city, token))
    if found is None or (job and not job.state.is_over):
        return a_page("waiting", on, upload=upload, job=job)
    return show(on, upload, found)


def show(on: date, upload: Upload, found: dict[str, Any], wrong: str = "") -> str:
    """Return the page of what a list would change."""
    return a_page(
        "preview",
        on,
        upload=upload,
        kind=kind_of(upload),
        found=found,
        changes_something=has_rows(found),
        same=standing_twin(upload),
        rows_shown=ROWS_SHOWN,
        field_name=field_name,
        used=len(upload.understood.fields) if upload.understood else 0,
        wrong=wrong,
    )


def begin_or_look(upload: Upload, on: date) -> dict[str, Any] | None:
    """Look at a short list at once; begin to look at a long one, and return None.

    Of the very same list that somebody looks at just now it is asked once, and both are told.
    """
    job = job_of(upload)
    if job is not None and is_of(job, upload):
        if job.state is JobState.FAILED:
            raise DayroundError(
                job.problem or t("Something broke on our side. Send the list again.")
            )
        return None
    if job is not None and not job.state.is_over:
        return None
    if job is not None and (found := found_by(job)):
        upload.keep_found(found)
        return found
    if is_short(upload):
        found = look_at(wired(), upload)
        upload.keep_found(found)
        return found
    if same := same_looked_at(upload, on):
        upload.said(job=same.id)
    else:
        begin(upload, on, JobKind.LOOK)
    return None


def is_short(upload: Upload) -> bool:
    """Whether a list is short enough to be looked at while its sender waits."""
    rows = upload.rows
    if rows is None:
        rows = len(look(upload.file, kind_of(upload).registry).cells)
    return rows < LONG_ROWS


def same_looked_at(upload: Upload, on: date) -> Job | None:
    """Return the looking at the very same list that is under way for the day."""
    for job in wired().jobs.all_alive(upload.city, on, JobKind.LOOK):
        try:
            if not job.is_cancelled and twin_of(job).is_read_as(upload):
                return job
        except NotFoundError:
            continue  # its list has gone since
    return None


def found_by(job: Job) -> dict[str, Any] | None:
    """Return what a job has found in a list, None where that has gone since, or nothing was."""
    try:
        return twin_of(job).found
    except NotFoundError:
        return None


def twin_of(job: Job) -> Upload:
    """Return the list that a job is about, whoever has sent it."""
    told = job.parameters
    return find(wired().home, job.city, told["user"], told["upload"])


def is_of(job: Job, upload: Upload) -> bool:
    """Whether a job is about this list, and not about the same one that another has sent."""
    told: str = job.parameters["upload"]
    return told == upload.token


def begin(upload: Upload, on: date, kind: JobKind) -> None:
    """Let long work on a list be done beside the pages; looks wait for each other in turn.

    Raises
    ------
    ConflictError
        Where a list is to be taken in, and other work on the day is under way.
    """
    told = {"upload": upload.token, "user": upload.user}
    upload.said(job=wired().jobs.add(kind, upload.city, on, by(), **told).id)


def job_of(upload: Upload) -> Job | None:
    """Return the long work on a list, None where there is none."""
    return None if upload.job is None else wired().jobs.get(upload.job)


@imports.post("/<city>/<day:on>/import/<token>")
@needs(Role.DISPATCHER)
def take(city: str, on: date, token: str) -> Answer:
    """Take the good rows in; pressed twice, they are in once."""
    upload = its_upload(city, token)
    found = upload.found
    if upload.batch is not None or found is None:
        return redirect(url_for("imports.preview", city=city, on=on, token=token))
    try:
        if found["good_rows"] >= LONG_ROWS:
            begin(upload, on, JobKind.IMPORT)
            return redirect(url_for("imports.preview", city=city, on=on, token=token))
        number = take_in(wired(), upload, by())
    except DayroundError as error:
        return show(on, upload, found, wrong=str(error)), 409
    return redirect(url_for("imports.kept", city=city, on=on, number=number, new="yes"))


@imports.get("/<city>/<day:on>/import/<token>/progress")
@needs(Role.DISPATCHER)
def looking_progress(city: str, on: date, token: str) -> Response:  # noqa: ARG001
    """Answer how far the work on a list is, as a piece of the page."""
    job = job_of(its_upload(city, token))
    if job is None:
        abort(404)
    return progress_piece("imports/progress.html", is_over=job.state.is_over, job=job)


@imports.post("/<city>/<day:on>/import/<token>/stop")
@needs(Role.DISPATCHER)
def stop_looking(city: str, on: date, token: str) -> Response:
    """Ask long work on a list to stop; nothing of it is kept."""
    upload = its_upload(city, token)
    job = job_of(upload)
    if job is not None and is_of(job, upload):
        wired().jobs.cancel(job.id, by())
    elif job is not None:  # who looks at the same list still waits for it
        upload.said(job=None)
    flash(t("Stopped: nothing of the list is in."))
    return redirect(url_for("imports.asking", city=city, on=on, kind=upload.kind))


@imports.get("/<city>/<day:on>/import/<token>/faults.xlsx")
@needs(Role.DISPATCHER)
def faults(city: str, on: date, token: str) -> Response:  # noqa: ARG001
    """Send the bad rows as they were sent, with what to do behind each."""
    upload = its_upload(city, token)
    found = upload.found
    if not found or upload.batch is not None:
        abort(404)
    table = look(upload.file, kind_of(upload).registry)
    told = [(line, column, str(say(problem))) for line, column, _, problem in found["errors"]]
    content = BytesIO(faults_workbook(table, told))
    return send_file(content, XLSX, as_attachment=True, download_name=f"faults-{upload.kind}.xlsx")


def standing_twin(upload: Upload) -> Batch | None:
    """Return a list of the very same content that is in the book."""
    with wired().store.engine.connect() as connection:
        return same_content(connection, upload.city, upload.kind, upload.content_digest)
