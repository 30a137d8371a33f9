"""Between an edit of a draft and its plain form: `kind`, and the fields of its dataclass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.plain import reader, to_plain
from data.plain_faults import faults_of
from scheduler.editing.edits import Edit, Hold, Move, Regroup, Release, Retake, Swap, TakeOff
from scheduler.errors import DayroundError

KINDS: dict[str, type[Edit]] = {
    "move": Move,
    "take_off": TakeOff,
    "hold": Hold,
    "release": Release,
    "swap": Swap,
    "regroup": Regroup,
    "retake": Retake,
}


class UnreadableEditError(DayroundError, ValueError):
    """What a page or a program sent is no edit."""


def kind_of(edit: Edit) -> str:
    """Return what an edit is called in the log."""
    return next(name for name, kind in KINDS.items() if kind is type(edit))


def plain_edit(edit: Edit) -> dict[str, Any]:
    """Return an edit as JSON can hold it."""
    return {"kind": kind_of(edit), **to_plain(edit)}


def read_edit(plain: Mapping[str, Any]) -> Edit:
    """Return the edit that `plain_edit` made `plain` from."""
    kind: Any = KINDS[plain["kind"]]
    edit: Edit = reader(kind)(plain)
    return edit


def read_sent_edit(sent: Any) -> Edit:
    """Return an edit that others wrote.

    Raises
    ------
    UnreadableEditError
        Which names all that is wrong, by where it stands.
    """
    kind = KINDS.get(str(sent.get("kind"))) if isinstance(sent, dict) else None
    if kind is None:
        raise UnreadableEditError(f"an edit needs a kind; there are: {', '.join(KINDS)}")
    told = {name: value for name, value in sent.items() if name != "kind"}
    if faults := list(faults_of(kind, told, "edit")):
        raise UnreadableEditError("; ".join(faults))
    return read_edit(sent)
