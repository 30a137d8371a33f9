"""Which column is which: proposed with how sure, to be mended by the dispatcher."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import abort, redirect, request, url_for

from data.access import Role
from data.readers.columns import Column
from data.readers.proposing import Sureness, look, meanings, propose, strange_words
from data.readers.tables import Understood
from scheduler.errors import DayroundError
from web.auth.access import needs
from web.dispatch.room import Answer
from web.imports.asking import at_first_sight
from web.imports.kinds import KINDS, Kind
from web.imports.remembering import remember, remembered_columns
from web.imports.room import a_page, imports, its_upload, kind_of
from web.imports.uploads import Upload
from web.language import is_chinese, lazy_t, t

if TYPE_CHECKING:
    from data.readers.tables import Table

SURENESS = {
    Sureness.SAID: (lazy_t("as last time"), "good"),
    Sureness.SURE: (lazy_t("sure"), "good"),
    Sureness.LIKELY: (lazy_t("a guess: look at it"), "warn"),
    Sureness.NONE: (lazy_t("not known"), ""),
}
AS_IT_IS = "as-it-is"
"""What is sent for a word that keeps its own meaning."""


@imports.get("/<city>/<day:on>/import/<token>/columns")
@needs(Role.DISPATCHER)
def columns(city: str, on: date, token: str) -> Answer:
    """Show which column is taken for which, with a few masked values of each."""
    upload = its_upload(city, token)
    if upload.batch is not None:
        return redirect(url_for("imports.preview", city=city, on=on, token=token))
    registry = kind_of(upload).registry
    try:
        table = look(upload.file, registry)
    except DayroundError as error:
        return a_page("unreadable", on, upload=upload, wrong=str(error)), 400
    before = upload.understood or remembered_columns(upload, table)
    return show(on, upload, table, before)


def show(
    on: date, upload: Upload, table: Table, told: Understood | None, wrong: str = ""
) -> Answer:
    """Return the page of columns."""
    registry = kind_of(upload).registry
    proposed = propose(table, registry, told.fields if told else None)
    fields = {one.position: one.field for one in proposed if one.field}
    missing = registry.missing(fields.values())
    page = a_page(
        "columns",
        on,
        upload=upload,
        kind=kind_of(upload),
        proposed=proposed,
        missing=missing,
        meant=kind_meant(upload, table) if missing else None,
        rows=len(table.cells),
        strange=words_to_tell(upload, table, fields, told),
        sureness=SURENESS,
        title_of=title_of,
        as_it_is=AS_IT_IS,
        wrong=wrong,
    )
    return (page, 400) if wrong else page


def kind_meant(upload: Upload, table: Table) -> tuple[str, Kind] | None:
    """Return the kind that each title of a list belongs to, if it is another than was said."""
    for name, kind in KINDS.items():
        proposed = propose(table, kind.registry)
        fields = [one.field for one in proposed if one.sureness is Sureness.SURE and one.field]
        is_whole = len(fields) == len(proposed) and not kind.registry.missing(fields)
        if name != upload.kind and is_whole:
            return name, kind
    return None


@imports.post("/<city>/<day:on>/import/<token>/kind")
@needs(Role.DISPATCHER)
def tell_kind(city: str, on: date, token: str) -> Answer:
    """Read a list as one of another kind than was said at first."""
    kind, upload = request.form.get("kind", ""), its_upload(city, token)
    if kind not in KINDS:
        abort(400)
    if upload.batch is None:
        upload = upload.said(kind=kind, understood=None, job=None, is_whole=False)
        upload.forget_found()
        if at_first_sight(upload).understood:
            return redirect(url_for("imports.preview", city=city, on=on, token=token))
    return redirect(url_for("imports.columns", city=city, on=on, token=token))


@imports.post("/<city>/<day:on>/import/<token>/columns")
@needs(Role.DISPATCHER)
def tell_columns(city: str, on: date, token: str) -> Answer:
    """Keep which column is which; words that nobody knows are asked about once."""
    upload = its_upload(city, token)
    registry = kind_of(upload).registry
    table = look(upload.file, registry)
    told = said(table, registry.by_field)
    missing = registry.missing(told.fields.values())
    if len(set(told.fields.values())) < len(told.fields):
        return show(on, upload, table, told, t("Two columns are the same: choose one of them."))
    if missing:
        names = t(", ").join(title_of(column) for column in missing)
        return show(on, upload, table, told, t("Still missing: %(names)s.", names=names))
    asked_now = set(request.form.getlist("asked"))
    strange = strange_words(table, registry, told.fields)
    if any(f"{name}:{word}" not in asked_now for name, those in strange.items() for word in those):
        return show(on, upload.said(understood=told), table, told)
    remember(upload, table, told)
    upload.said(understood=told, job=None).forget_found()
    return redirect(url_for("imports.preview", city=city, on=on, token=token))


def said(table: Table, by_field: Mapping[str, Column]) -> Understood:
    """Return what the form says of a list's columns and words."""
    form = request.form
    fields = {
        position: name
        for position in range(len(table.headers))
        if (name := form.get(f"column-{position}", "")) in by_field
    }
    words: dict[str, dict[str, str]] = {}
    for key in form.getlist("asked"):
        name, _, word = key.partition(":")
        meaning = form.get(f"word-{key}", AS_IT_IS)
        if meaning != AS_IT_IS and name in fields.values():
            words.setdefault(name, {})[word] = meaning
    return Understood(table.header_line, fields, words)


def words_to_tell(
    upload: Upload, table: Table, fields: Mapping[int, str], told: Understood | None
) -> list[dict[str, Any]]:
    """Return the strange words of a list's columns, with what each may be said to mean."""
    registry = kind_of(upload).registry
    known = told.words if told else {}
    return [
        {
            "field": name,
            "title": title_of(registry.by_field[name]),
            "word": word,
            "count": count,
            "meanings": in_my_language(registry.by_field[name]),
            "chosen": known.get(name, {}).get(word, AS_IT_IS),
            "must": registry.by_field[name].is_strange is None,
        }
        for name, those in strange_words(table, registry, fields).items()
        for word, count in those.items()
    ]


def title_of(column: Column) -> str:
    """Return a column's title in the person's language."""
    return column.zh if is_chinese() else column.en


def in_my_language(column: Column) -> list[str]:
    """Return the meanings that are written in the person's language, all where none is."""
    offered = meanings(column)
    mine = [one for one in offered if one.isascii() != is_chinese()]
    return mine or list(offered)


imports.add_app_template_filter(title_of, "title_in")
