"""Which list is it: the first page of an import, with a template and a sample to begin with."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from flask import abort, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.readers.proposing import Sureness, look, propose, strange_words
from data.readers.tables import Table, Understood
from data.store.imports.batches import list_batches
from routing.datum import Datum
from scheduler.errors import DayroundError
from web.auth.access import current_user, needs
from web.context import now, wired
from web.dispatch.places import DATUMS
from web.dispatch.room import Answer, only_for_the_whole_city
from web.imports.faults import TITLE
from web.imports.kinds import KINDS
from web.imports.remembering import remembered_columns
from web.imports.room import a_page, imports
from web.imports.sample import SAMPLED, sample_list
from web.imports.uploads import Upload, receive
from web.language import t

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 5


@imports.get("/<city>/<day:on>/import")
@needs(Role.DISPATCHER)
def asking(city: str, on: date, **told: Any) -> str:
    """Ask for a list."""
    only_for_the_whole_city()
    chosen = request.form.get("kind") or request.args.get("kind", "")
    with wired().store.engine.connect() as connection:
        recent = list_batches(connection, city, RECENT)
    return a_page(
        "asking",
        on,
        kinds=KINDS,
        datums=DATUMS,
        chosen=chosen,
        sampled=SAMPLED,
        recent=recent,
        **told,
    )


@imports.post("/<city>/<day:on>/import")
@needs(Role.DISPATCHER)
def send(city: str, on: date) -> Answer:
    """Keep a list; where its columns are beyond doubt, go on to what it would change."""
    only_for_the_whole_city()
    form, file = request.form, request.files.get("file")
    if form.get("kind", "") not in KINDS:
        abort(400)
    if file is None or not file.filename:
        return asking(city=city, on=on, wrong=t("Choose a file first.")), 400
    datum = form.get("datum", "")
    upload = receive(
        wired().home, file.filename, file.save,
        city=city, user=current_user.name, kind=form["kind"], made_at=now(),
        sheet=form.get("sheet", ""), encoding=form.get("encoding", ""),
        agency=form.get("agency", "").strip(), datum=datum if datum in set(Datum) else "",
        is_whole="whole" in form and KINDS[form["kind"]].can_be_whole,
    )  # fmt: skip
    try:
        upload = at_first_sight(upload)
    except DayroundError as error:
        upload.forget_rows()
        return asking(city=city, on=on, wrong=str(error)), 400
    if upload.understood is None:
        return redirect(url_for("imports.columns", city=city, on=on, token=upload.token))
    return redirect(url_for("imports.preview", city=city, on=on, token=upload.token))


def at_first_sight(upload: Upload) -> Upload:
    """Return a list with how long it is, and how it is read where that is beyond doubt.

    A long one is read whole for this, and no second time. Raises FileError where it cannot be.
    """
    table = look(upload.file, KINDS[upload.kind].registry)
    return upload.said(rows=len(table.cells), understood=surely_understood(upload, table))


def surely_understood(upload: Upload, table: Table) -> Understood | None:
    """Return how a list's columns are read where that is beyond doubt, else None.

    So it is where each is known by its title or was told before, all that is needed is there, and
    no word of theirs is strange.
    """
    registry = KINDS[upload.kind].registry
    before = remembered_columns(upload, table)
    proposed = propose(table, registry, before.fields if before else None)
    fields = {one.position: one.field for one in proposed if one.field}
    if before is None:
        told = (one for one in proposed if one.header != TITLE and (one.field or one.samples))
        if any(one.sureness < Sureness.SURE for one in told) or registry.missing(fields.values()):
            return None
    words = before.words if before else {}
    strange = strange_words(table, registry, fields)
    if any(word not in words.get(name, {}) for name, those in strange.items() for word in those):
        return None
    return Understood(table.header_line, fields, words)


@imports.get("/<city>/template/<kind>.xlsx")
@needs(Role.DISPATCHER)
def list_template(city: str, kind: str) -> Response:  # noqa: ARG001
    """Send a workbook to fill in."""
    from data.readers.templates import REGISTRIES, template

    if kind not in REGISTRIES:
        abort(404)
    return send_file(
        BytesIO(template(kind)), XLSX, as_attachment=True, download_name=f"{kind}.xlsx"
    )


@imports.get("/<city>/<day:on>/sample/<kind>.xlsx")
@needs(Role.DISPATCHER)
def list_sample(city: str, on: date, kind: str) -> Response:
    """Send a small made-up list of the city, with which a first day can be planned."""
    only_for_the_whole_city()
    if kind not in SAMPLED:
        abort(404)
    content = sample_list(wired(), wired().store.city(city), on, kind)
    return send_file(
        BytesIO(content), XLSX, as_attachment=True, download_name=f"sample-{kind}-{on}.xlsx"
    )
