"""What an edit changes beside its draft: shifts that end or grow, and who goes for whom.

It is written in the transaction of the edit, and goes with it when that is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.editing.edits import Arrange, Edit, Regroup
from scheduler.editing.log import Part
from scheduler.ports import NewEdit, NewPlan, Writer
from scheduler.service import Ports
from scheduler.standing_in import Handing, StandIn


def does(edit: Edit, part: Part) -> bool:
    """Whether a part of a draft is as `edit` leaves it; one that is taken back left it otherwise.

    Only of an edit that changes facts, too, this can be told.
    """
    match edit:
        case Regroup():
            return part.team == edit.crews
        case Arrange():
            made = (stop.id for placed in part.trips for stop in placed.trip.visits)
            return edit.move.visit_id in made
        case _:
            return False


def write_facts(
    writer: Writer, content: NewPlan, new: NewEdit, standing: Sequence[StandIn]
) -> None:
    """Let what an edit changes beside the draft come with it, and go with it."""
    match new.edit:
        case Regroup() as edit:
            _write_shift(writer, content, new, edit)
        case Arrange() as edit:
            _write_agreed(writer, content, new, edit, standing)


def _write_shift(writer: Writer, content: NewPlan, new: NewEdit, edit: Regroup) -> None:
    """Let the shift of who is gone end with the edit that sends her home, and come back with it."""
    if new.after.team is None or edit.had is None:
        return
    is_gone_now = does(edit, new.after)
    if is_gone_now and edit.left is None:
        writer.withdraw_shift(content.city, edit.collector_id, content.on)
    else:
        writer.put_shifts(content.city, [edit.left if is_gone_now and edit.left else edit.had])


def _write_agreed(
    writer: Writer, content: NewPlan, new: NewEdit, edit: Arrange, standing: Sequence[StandIn]
) -> None:
    """Let shifts be as agreed, and who stands in, once the edit is done; else as they were."""
    is_done = does(edit, new.after)
    if edit.shifts:
        writer.put_shifts(content.city, edit.shifts if is_done else edit.had)
    if is_done and edit.case_ids:
        told = Handing(dict.fromkeys(edit.case_ids, edit.stand_in), f"edit {new.key}")
        writer.put_stand_ins(content.city, content.on, told)
    elif edit.case_ids:
        for one in standing:
            if one.collector_id == edit.stand_in and one.case_id in edit.case_ids:
                writer.end_stand_in(content.city, one.id)


def standing_for(ports: Ports, content: NewPlan, edit: Edit) -> Sequence[StandIn]:
    """Return who stands in on the day, where an edit may end that."""
    if not isinstance(edit, Arrange) or not edit.case_ids:
        return ()
    return ports.store.stand_ins(content.city, content.on)
