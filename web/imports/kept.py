"""The lists that were taken in: what each changed, and the press that takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.imports.batches import list_batches
from data.store.imports.retention import KEPT_FOR, is_kept
from data.store.imports.standing import KeptRow
from data.store.imports.taking_back import TakeBack, told_before
from scheduler.errors import NotFoundError
from web.auth.access import by, needs
from web.context import now, wired
from web.dispatch.room import only_for_the_whole_city
from web.imports.kinds import KINDS
from web.imports.room import a_page, imports
from web.imports.words import reason, what_went
from web.language import t, tn

SHOWN = 200


@imports.get("/<city>/<day:on>/imports")
@needs(Role.DISPATCHER)
def all_kept(city: str, on: date) -> str:
    """List what was taken in, the newest first."""
    only_for_the_whole_city()
    with wired().store.engine.connect() as connection:
        batches = list_batches(connection, city)
    return a_page("all_kept", on, batches=batches, kinds=KINDS)


@imports.get("/<city>/<day:on>/imports/<int:number>")
@needs(Role.DISPATCHER)
def kept(city: str, on: date, number: int) -> str:
    """Show what came of a list, and what taking it back would do."""
    only_for_the_whole_city()
    try:
        with wired().store.engine.connect() as connection:
            told = told_before(connection, city, number)
    except NotFoundError:
        abort(404)
    held = [
        (told.contracts[whose] or [whose], reason(standing))
        for whose, standing in islice(sorted(told.held.items()), SHOWN)
    ]
    return a_page(
        "kept",
        on,
        batch=told.batch,
        kind=KINDS[told.batch.kind],
        counts=told.counts,
        free=len(told.free),
        held=held,
        held_in_all=len(told.held),
        going=what_goes(told, told.free),
        went=what_goes(told, told.back),
        went_in_all=len(told.back),
        may_be_taken_back=is_kept(told.batch.made_at, now()),
        kept_for=KEPT_FOR.days,
        is_new="new" in request.args,
    )


def what_goes(told: TakeBack, groups: Mapping[str, Sequence[KeptRow]]) -> list[tuple[str, str]]:
    """Return by whom they are, called by their contracts, what becomes of the rows of a list."""
    return [
        (t(", ").join(told.contracts[whose]) or whose, what_went(rows))
        for whose, rows in islice(sorted(groups.items()), SHOWN)
    ]


@imports.post("/<city>/<day:on>/imports/<int:number>")
@needs(Role.DISPATCHER)
def take_back(city: str, on: date, number: int) -> Response:
    """Take a list back as far as nothing stands on it."""
    only_for_the_whole_city()
    try:
        with wired().store.writing(by()) as writer:
            told = writer.take_back_import(city, number)
    except NotFoundError:
        abort(404)
    rows = sum(told.counts.values())
    flash(
        tn("%(num)d row of the book is as before.", "%(num)d rows of the book are as before.", rows)
    )
    if told.held:
        flash(t("What something stands on stays; the page names it."))
    return redirect(url_for("imports.kept", city=city, on=on, number=number))
