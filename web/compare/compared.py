"""Two versions of a day side by side: figures, map, what differs, and who changed what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import request

from data.access import Role
from data.jobs import JobKind, JobState
from data.masking import masked
from scheduler.difference import Difference, Stand, difference
from scheduler.editing.log import KeptEdit
from scheduler.errors import NotFoundError
from scheduler.ports import PlanRecord, PlanStatus
from web.auth.access import needs
from web.compare.room import compare
from web.context import wired
from web.desk.figures import DayFigures, day_figures
from web.dispatch.board import Board
from web.dispatch.room import only_for_the_whole_city, page
from web.dispatch.today import seen_board


@dataclass(frozen=True)
class Side:
    """One of the two versions, with its figures and who edited it by hand."""

    record: PlanRecord
    board: Board
    figures: DayFigures
    edits: list[KeptEdit]


@dataclass(frozen=True)
class Comparison:
    """The first version, the second, and what the second changes."""

    one: Side
    other: Side
    difference: Difference
    kept_total: int | None

    def at(self, second: int) -> datetime:
        """Return the instant of a second of the plans' clock."""
        return self.other.record.content.origin + timedelta(seconds=second)

    def crew(self, stand: Stand) -> str:
        """Return what the crews of a visit are called."""
        names = dict(self.one.board.names) | dict(self.other.board.names)
        return " + ".join(names.get(id_, id_) for id_ in stand.crew_ids)

    def name(self, crew_id: str) -> str:
        """Return what a crew is called."""
        return self.other.board.names.get(crew_id) or self.one.board.names.get(crew_id, crew_id)

    def whom(self, visit_id: str) -> str:
        """Return the masked name of a borrower, her id where neither plan tells it."""
        return self._whom.get(visit_id, visit_id)

    @property
    def _whom(self) -> dict[str, str]:
        sides = (self.one.board, self.other.board)
        return {
            stop.id: masked(stop.borrower.name)
            for board in sides
            for crew in board.crews
            for stop in crew.stops
            if stop.borrower
        }


@compare.get("/<city>/<day:on>/compare")
@needs(Role.DISPATCHER)
def comparing(city: str, on: date) -> str:
    """Show two versions: the newest and what it was made from, if nothing else is asked."""
    only_for_the_whole_city()
    records = wired().store.plans(city, on)
    if not records:
        raise NotFoundError(f"there is no plan of {city} on {on} yet: make one first")
    other = chosen(records, request.args.get("later", type=int), records[-1])
    one = chosen(records, request.args.get("earlier", type=int), before(records, other))
    return page("compare/compared", on, found=comparison(one, other), records=records[::-1])


def chosen(records: list[PlanRecord], version: int | None, otherwise: PlanRecord) -> PlanRecord:
    """Return the version that is asked for; NotFoundError where the day has none of it."""
    if version is None:
        return otherwise
    found = next((one for one in records if one.version == version), None)
    if found is None:
        there = ", ".join(str(one.version) for one in records)
        raise NotFoundError(f"the day has no version {version}; there are: {there}")
    return found


def before(records: list[PlanRecord], record: PlanRecord) -> PlanRecord:
    """Return what a version is to be held against: its base, the published one, the one before."""
    by_version = {one.version: one for one in records}
    if record.based_on in by_version:
        return by_version[record.based_on]
    published = [one for one in records if one.state is PlanStatus.PUBLISHED and one != record]
    earlier = [one for one in records if one.version < record.version]
    return (published or earlier or [record])[-1]


def comparison(one: PlanRecord, other: PlanRecord) -> Comparison:
    """Return two versions with all that the page tells of them."""
    return Comparison(
        side(one), side(other), difference(one.content, other.content), kept_total(one, other)
    )


def side(record: PlanRecord) -> Side:
    """Return a version with its figures and edits."""
    board = seen_board(record)
    edits = wired().store.plan_edits(record.id)
    return Side(record, board, day_figures(board), edits)


def kept_total(one: PlanRecord, other: PlanRecord) -> int | None:
    """Return what the rest of the day costs if nothing is changed, where a proposal knows that."""
    content = other.content
    job = wired().jobs.newest(content.city, content.on, JobKind.REPLAN)
    if job is None or job.state not in (JobState.DONE, JobState.CANCELLED) or not job.result:
        return None
    if (job.result.get("base"), job.result.get("version")) != (one.version, other.version):
        return None
    return int(job.result["kept"][1])
