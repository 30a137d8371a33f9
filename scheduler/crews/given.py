"""The pairs that a supervisor gave: they stay, or it is told why one cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.crews.joining import MeetingTime, join
from scheduler.crews.roster import Roster, why_never
from scheduler.model import Crew, Pair


@dataclass(frozen=True, slots=True)
class PairNote:
    """Something to know about two collectors, in words for the dispatcher."""

    members: tuple[str, str]
    text: str


def given_crews(
    pairs: Sequence[Pair], on: date, roster: Roster, meeting_s: MeetingTime
) -> tuple[list[Crew], list[PairNote]]:
    """Return the crews of the pairs given for `on`, and a note on each pair that cannot go.

    A pair given for this one day goes before a standing one; then the order of the file counts.
    """
    crews: dict[str, Crew] = {}  # by member
    notes: list[PairNote] = []
    today = [pair for pair in pairs if pair.on in (None, on)]
    for pair in sorted(today, key=lambda pair: pair.on is None):
        members = (pair.first, pair.second)
        if _is_there(members, crews):
            continue
        why = _why_not(members, roster, crews)
        if not why:
            a, b = (roster.members[member] for member in members)
            if joint := join(a, b, meeting_s, source="file"):
                crews.update(dict.fromkeys(members, joint.crew))
                continue
            why = "the way to each other and their breaks leave no common time"
        notes.append(PairNote(members, f"the pair of the file is not kept: {why}"))
    return list({crew.id: crew for crew in crews.values()}.values()), notes


def _is_there(members: tuple[str, str], crews: dict[str, Crew]) -> bool:
    """Whether the file names the same two again."""
    crew = crews.get(members[0])
    return crew is not None and set(crew.members) == set(members)


def _why_not(members: tuple[str, str], roster: Roster, crews: dict[str, Crew]) -> str:
    if members[0] == members[1]:
        return f"it names {members[0]!r} twice"
    for member in members:
        if member in roster.absent:
            return f"{member!r} {roster.absent[member]}"
        if member not in roster.members:
            return f"the city has no collector {member!r}"
        if member in crews:
            return f"{member!r} goes in {crews[member].id!r} already"
    return why_never(roster.members[members[0]], roster.members[members[1]])
