"""Who is visited, and by how many."""

from __future__ import annotations

from datetime import date

from scheduler.model import StopFlag
from scheduler.rules.base import Attempt, Refusal, RuleSet, refusal_of, rule
from scheduler.rules.values import LARGEST_CREW, count_to, read_stops


@rule(read_stops)
def stops(flags: frozenset[StopFlag], attempt: Attempt) -> str | None:
    """The law forbids a visit while one of these stops stands."""
    return _stopped(flags, _standing(attempt))


@rule(read_stops)
def house_stops(flags: frozenset[StopFlag], attempt: Attempt) -> str | None:
    """The house makes no visit while one of these stops stands."""
    return _stopped(flags, _standing(attempt))


def stop_refusal(
    rules: RuleSet,
    standing: frozenset[StopFlag],
    on: date,
    set_aside: frozenset[str] = frozenset(),
) -> Refusal | None:
    """Return the profile's no to any visit on a day while these stops stand, the law's first.

    A house rule that is `set_aside` says nothing.
    """
    for name in (stops.name, house_stops.name):
        for fact in rules.of(name, on):
            if (fact.is_law or name not in set_aside) and (text := _stopped(fact.value, standing)):
                return refusal_of(name, text, fact)
    return None


def _standing(attempt: Attempt) -> frozenset[StopFlag]:
    return attempt.borrower.stops.union(*(case.stops for case in attempt.cases))


def _stopped(flags: frozenset[StopFlag], standing: frozenset[StopFlag]) -> str | None:
    found = sorted(standing & flags)
    return f"stopped: {', '.join(found)}" if found else None


@rule(count_to(LARGEST_CREW))
def crew_size(least: int, attempt: Attempt) -> str | None:
    """At least so many collectors act together on a visit."""
    if attempt.crew_size >= least:
        return None
    if attempt.crew_size == 1:
        return f"one collector comes, and at least {least} are needed"
    return f"{attempt.crew_size} collectors come, and at least {least} are needed"
