"""What changes and states of a running day are called, and how heavy they weigh."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from scheduler.difference import Kind
from scheduler.editing import edits
from scheduler.editing.log import KeptEdit
from scheduler.running import State
from web.compare.room import compare
from web.formats import duration
from web.language import lazy_t, t

KINDS = {
    Kind.ADDED: (lazy_t("added"), "good"),
    Kind.DROPPED: (lazy_t("dropped"), "bad"),
    Kind.OTHER_CREW: (lazy_t("another crew"), "warn"),
    Kind.OTHER_PLACE: (lazy_t("another place"), "warn"),
    Kind.MOVED: (lazy_t("moved in time"), ""),
}

STATES_NOW = {
    State.DONE: (lazy_t("done"), "good"),
    State.AT_DOOR: (lazy_t("at the door"), "good"),
    State.ON_TIME: (lazy_t("on time"), ""),
    State.LATE: (lazy_t("late"), "warn"),
    State.TIGHT: (lazy_t("in danger"), "warn"),
    State.MISSED: (lazy_t("not in its hours any more"), "bad"),
    State.GONE: (lazy_t("may not be made by now"), "bad"),
}


EDITS = {
    edits.Move: lazy_t("moved"),
    edits.TakeOff: lazy_t("taken off"),
    edits.Hold: lazy_t("locked"),
    edits.Release: lazy_t("released"),
    edits.Swap: lazy_t("crews swapped"),
    edits.Regroup: lazy_t("crews formed anew"),
    edits.Arrange: lazy_t("agreed with a crew"),
    edits.Retake: lazy_t("a search's plan taken"),
    edits.Together: lazy_t("several things at once"),
}


@compare.app_template_global()
def edit_name(edit: KeptEdit) -> str:
    """Say what an edit did; one that takes another back says so."""
    if edit.undoes is not None:
        return t("took edit %(number)d back", number=edit.undoes)
    return str(EDITS[type(edit.edit)])


@compare.app_template_filter()
def minutes_more(seconds: float) -> str:
    """Write a difference of seconds as a duration with its sign."""
    sign = "+" if seconds > 0 else "−" if seconds < 0 else "±"
    return f"{sign}{duration(timedelta(seconds=abs(seconds)))}"


@compare.app_template_filter()
def zip_self(values: Iterable[str], nameless: str = "") -> list[tuple[str, str]]:
    """Return each value with how it is shown; '' is shown as `nameless`."""
    return [(value, value or nameless) for value in values]
