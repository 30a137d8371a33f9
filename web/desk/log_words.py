"""The log of a draft as the desk tells it: who did what, and what would be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from data.store.edit_bodies import kind_of
from scheduler.editing.edits import (
    Arrange,
    Edit,
    Hold,
    Move,
    Regroup,
    Release,
    Retake,
    Swap,
    TakeOff,
    Together,
)
from scheduler.editing.log import KeptEdit
from web.language import t, tn
from web.phrases import said

NAMED = 3
"""Things of one edit that are told by name."""


def edits_told(edits: Iterable[KeptEdit], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return edits as plain values; `names` calls visits and crews by what they are shown as."""
    return [
        {
            "number": one.number,
            "who": one.made_by,
            "when": one.made_at.isoformat(),
            "kind": kind_of(one.edit),
            "undoes": one.undoes,
            "what": what_was_done(one, names),
        }
        for one in edits
    ]


def what_was_done(one: KeptEdit, names: Mapping[str, str]) -> str:
    """Say what an edit did; of an undo, what it took back."""
    if one.undoes is not None:
        return t("took back: %(what)s", what=label(one, names))
    return label(one, names)


def label(one: KeptEdit, names: Mapping[str, str]) -> str:
    """Say what an edit is, in a few words."""
    return edit_label(one.edit, names)


def edit_label(edit: Edit, names: Mapping[str, str]) -> str:
    """Say what an edit does, in a few words; of many things at once the first are named."""

    def of(id: str) -> str:
        return names.get(id, id)

    match edit:
        case Move(visit_id, crew_id):
            return t("%(visit)s to %(crew)s", visit=of(visit_id), crew=of(crew_id))
        case TakeOff(visit_id):
            return t("%(visit)s left out", visit=of(visit_id))
        case Hold(locks):
            return t("%(visits)s locked", visits=_list(of(lock.visit_id) for lock in locks))
        case Release(visit_ids):
            return t("%(visits)s unlocked", visits=_list(map(of, visit_ids)))
        case Swap(crew_id, other_id):
            return t("%(crew)s and %(other)s swapped", crew=of(crew_id), other=of(other_id))
        case Arrange(Move(visit_id, crew_id)):
            return t("%(visit)s to %(crew)s, as agreed", visit=of(visit_id), crew=of(crew_id))
        case Regroup(collector_id):
            return t("crews regrouped without %(who)s", who=collector_id)
        case Retake():
            return t("a proposal taken")
        case Together(steps):
            told = t("; ").join(edit_label(step, names) for step in steps[:NAMED])
            more = len(steps) - NAMED
            return (
                tn("%(what)s and %(num)d more", "%(what)s and %(num)d more", more, what=told)
                if more > 0
                else told
            )


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def notices_told(log: Iterable[KeptEdit], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what people did to an earlier version and does not fit into this one, and why."""
    return [
        {
            "number": one.number,
            "who": one.made_by,
            "text": t(
                "%(who)s: %(what)s — not carried over. %(why)s",
                who=one.made_by,
                what=label(one, names),
                why=said(one.lapsed),
            ),
        }
        for one in log
        if one.lapsed
    ]
