"""Between an edit of a draft and its plain form: `kind`, and the fields of its dataclass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from data.plain import reader, to_plain
from data.plain_faults import faults_of
from scheduler.editing.agreement import Agreement
from scheduler.editing.edits import (
    Arrange,
    Edit,
    Hold,
    Move,
    Regroup,
    Release,
    Retake,
    Step,
    Swap,
    TakeOff,
    Together,
)
from scheduler.errors import DayroundError

STEPS: dict[str, type[Step]] = {
    "move": Move,
    "take_off": TakeOff,
    "hold": Hold,
    "release": Release,
    "swap": Swap,
}

KINDS: dict[str, type[Edit]] = {
    **STEPS,
    "regroup": Regroup,
    "retake": Retake,
    "arrange": Arrange,
    "together": Together,
}

SENT = {name: kind for name, kind in KINDS.items() if kind is not Arrange}
"""What others may write as it is: of what is agreed they write an `Agreement`."""

MOST_STEPS = 500
"""Things that others may send as one edit."""


class UnreadableEditError(DayroundError, ValueError):
    """What a page or a program sent is no edit."""


def kind_of(edit: Edit) -> str:
    """Return what an edit is called in the log."""
    return next(name for name, kind in KINDS.items() if kind is type(edit))


def plain_edit(edit: Edit) -> dict[str, Any]:
    """Return an edit as JSON can hold it."""
    plain = {"kind": kind_of(edit), **to_plain(edit)}
    if isinstance(edit, Together):
        plain["steps"] = [plain_edit(step) for step in edit.steps]
    return plain


def read_edit(plain: Mapping[str, Any]) -> Edit:
    """Return the edit that `plain_edit` made `plain` from."""
    kind: Any = KINDS[plain["kind"]]
    if kind is Together:
        return Together(tuple(map(_read_step, plain["steps"])))
    edit: Edit = reader(kind)(plain)
    return edit


def _read_step(plain: Mapping[str, Any]) -> Step:
    kind: Any = STEPS[plain["kind"]]
    step: Step = reader(kind)(plain)
    return step


def read_sent_edit(sent: Any) -> Edit:
    """Return an edit that others wrote.

    Raises
    ------
    UnreadableEditError
        Which names all that is wrong, by where it stands.
    """
    if faults := list(_faults(sent, SENT, "edit")):
        raise UnreadableEditError("; ".join(faults))
    return read_edit(sent)


def read_agreement(sent: Mapping[str, Any]) -> Agreement:
    """Return what others ask to be agreed with a crew.

    Raises
    ------
    UnreadableEditError
        Which names all that is wrong, by where it stands.
    """
    told = {name: value for name, value in sent.items() if name != "kind"}
    faults = list(faults_of(Agreement, told, "edit"))
    if not faults:
        agreed: Agreement = reader(Agreement)(told)
        faults = [f"edit.{fault}" for fault in agreed.faults()]
    if faults:
        raise UnreadableEditError("; ".join(faults))
    return agreed


def _faults(sent: Any, kinds: Mapping[str, type[Edit]], at: str) -> Iterator[str]:
    kind = kinds.get(str(sent.get("kind"))) if isinstance(sent, dict) else None
    if kind is None:
        yield f"{at}: needs a kind; there are: {', '.join(kinds)}"
    elif kind is Together:
        yield from _step_faults(sent.get("steps"))
    else:
        told = {name: value for name, value in sent.items() if name != "kind"}
        yield from faults_of(kind, told, at)


def _step_faults(steps: Any) -> Iterator[str]:
    if not isinstance(steps, list) or not 0 < len(steps) <= MOST_STEPS:
        yield f"edit.steps: expected a list of 1 to {MOST_STEPS} edits"
        return
    for number, step in enumerate(steps, start=1):
        yield from _faults(step, STEPS, f"edit.steps {number}")
