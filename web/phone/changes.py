"""What is different in a plan that was published after the one a collector knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from data.store.rounds import Round, RoundStop
from web.context import today
from web.phone.room import MyDay, rounds

WORTH_TELLING = timedelta(minutes=5)


@dataclass(frozen=True)
class Changes:
    """The visits that came, went, or are at another time or place: (before, now)."""

    new: tuple[RoundStop, ...] = ()
    gone: tuple[RoundStop, ...] = ()
    moved: tuple[tuple[RoundStop, RoundStop], ...] = ()
    has_other_mates: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.moved or self.has_other_mates)


def unseen_changes(day: MyDay) -> Changes:
    """Return what the collector has not accepted yet; nothing where she knows the plan."""
    if not day.round.is_current or day.round.plan_id in day.progress.known:
        return Changes()
    earlier = rounds().versions(day.city.name, day.on, day.collector_id)[1:]
    known = [version for plan_id, version in earlier if plan_id in day.progress.known]
    version = next(iter(known or [version for _, version in earlier]), None)
    if version is None:
        return Changes()
    seen_on = today(day.city)
    before = rounds().round(day.city.name, day.on, day.collector_id, version, as_of=seen_on)
    return differences(before, day.round) if before else Changes()


def differences(before: Round, after: Round) -> Changes:
    """Compare two rounds visit by visit; a few minutes are not worth telling."""
    old, new = by_id(before), by_id(after)
    return Changes(
        new=tuple(visit for id, visit in new.items() if id not in old),
        gone=tuple(visit for id, visit in old.items() if id not in new),
        moved=tuple((old[id], new[id]) for id in new if id in old and is_moved(old[id], new[id])),
        has_other_mates=set(before.crew.members) != set(after.crew.members),
    )


def by_id(round_: Round) -> Mapping[str, RoundStop]:
    return {visit.id: visit for visit in round_.visits}


def is_moved(old: RoundStop, new: RoundStop) -> bool:
    """Tell whether a visit is at another place or noticeably another time."""
    place_ids = [visit.place.id if visit.place else "" for visit in (old, new)]
    return place_ids[0] != place_ids[1] or abs(old.starts_at - new.starts_at) >= WORTH_TELLING
