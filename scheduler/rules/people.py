"""Who is visited, and by how many."""

from __future__ import annotations

from scheduler.model import StopFlag
from scheduler.rules.base import Attempt, rule
from scheduler.rules.values import read_count, read_stops


@rule(read_stops)
def stops(flags: frozenset[StopFlag], attempt: Attempt) -> str | None:
    """The law forbids a visit while one of these stops stands."""
    return _stopped(flags, attempt)


@rule(read_stops)
def house_stops(flags: frozenset[StopFlag], attempt: Attempt) -> str | None:
    """The house makes no visit while one of these stops stands."""
    return _stopped(flags, attempt)


def _stopped(flags: frozenset[StopFlag], attempt: Attempt) -> str | None:
    standing = [(attempt.borrower.id, attempt.borrower.stops)]
    standing += [(case.id, case.stops) for case in attempt.cases]
    found = [f"{flag} on {owner}" for owner, stops in standing for flag in sorted(stops & flags)]
    return f"stopped: {', '.join(found)}" if found else None


@rule(read_count)
def crew_size(least: int, attempt: Attempt) -> str | None:
    """At least so many collectors act together on a visit."""
    if attempt.crew_size >= least:
        return None
    return f"{attempt.crew_size} collectors come, and at least {least} are needed"
