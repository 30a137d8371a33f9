"""Where a published day stands: its crews, what is in danger, and who has not heard of a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from data.masking import masked
from data.store.field.presences import presences_of
from scheduler.acknowledging import Heard, heard
from scheduler.field.company import Presence, company
from scheduler.field.overdue import Awaited, Overdue
from scheduler.kept import Reread
from scheduler.ports import PlanRecord
from scheduler.rules.book import crew_size
from scheduler.running import CrewNow, Running, State, StopNow
from scheduler.running.told import SaidLate
from scheduler.visit_needs import people_needed
from web.compare.opened import OpenRun
from web.context import now, wired
from web.dispatch.board import Board, CrewLine, StopLine
from web.dispatch.today import seen_board
from web.field.counting import open_records
from web.formats import clock, duration
from web.language import t, tn

RECORDS = "records"
"""The kind of the notice that leads to the records of phones."""

MOST_LINES = 2
"""Visits of one crew that come too late, and are told one by one: of more it is the crew."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody has to see to; `may_call` where the crew is to be called."""

    kind: str
    crew_id: str
    text: str
    is_bad: bool
    visit_id: str = ""
    may_call: bool = False
    is_must: bool = False


@dataclass(frozen=True)
class CrewLineNow:
    """A crew as the desk shows it, as it stands, and whether it has heard of the newest plan."""

    line: CrewLine
    now: CrewNow
    heard: Heard | None

    @property
    def stops(self) -> Iterator[tuple[StopNow, StopLine | None]]:
        """Each stop as it is expected, with who that is."""
        lines = {stop.id: stop for stop in self.line.stops}
        return ((one, lines.get(one.stop.id)) for one in self.now.stops)


@dataclass(frozen=True)
class DayNow:
    """A published day as far as who asks may see it."""

    record: PlanRecord
    board: Board
    running: Running
    crews: tuple[CrewLineNow, ...]
    zone: tzinfo
    open_records: int = 0
    """What phones brought and waits for a person."""
    present: Mapping[str, Sequence[Presence]] = field(default_factory=dict)
    """Who is confirmed at which visit's door."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """How many have to go in together there."""

    def at(self, second: int) -> datetime:
        """Return the instant of a second of the plan's clock."""
        return self.record.content.origin + timedelta(seconds=second)

    @property
    def notices(self) -> list[Notice]:
        """What has to be seen to, the worst first."""
        found = [notice for crew in self.crews for notice in self._notices(crew)]
        if self.open_records:
            text = tn("%(num)d record of a phone waits for you.",
                      "%(num)d records of phones wait for you.",
                      self.open_records)  # fmt: skip
            found.append(Notice(RECORDS, "", text, is_bad=True))
        return sorted(found, key=lambda one: (not one.is_must, not one.is_bad))

    def _notices(self, crew: CrewLineNow) -> Iterator[Notice]:
        name, crew_id = crew.line.name, crew.line.id
        if crew.heard and crew.heard.is_overdue:
            text = t(
                "%(crew)s has not seen version %(version)d for %(time)s: call.",
                crew=name, version=self.record.version, time=duration(crew.heard.waits),
            )  # fmt: skip
            yield Notice("unseen", crew_id, text, is_bad=True, may_call=True)
        if crew.now.overdue:
            text = self._asked_after(name, crew.now.overdue)
            yield Notice("silent", crew_id, text, is_bad=False, may_call=True)
        if crew.now.said:
            yield Notice("late", crew_id, self._said_late(name, crew.now.said), is_bad=False)
        yield from self._alone(crew)
        yield from self._threats(crew)
        for _ in crew.now.missed_breaks:
            text = t("%(crew)s had no time for a break in its hours.", crew=name)
            yield Notice("break", crew_id, text, is_bad=False)

    def _asked_after(self, name: str, overdue: Overdue) -> str:
        """Say what a crew has not told, and since when it is awaited."""
        told = {
            "crew": name,
            "time": duration(timedelta(seconds=overdue.for_s)),
            "due": clock(self.at(overdue.due_s), self.zone),
        }
        if overdue.what is Awaited.BEGIN:
            return t("%(crew)s has not begun its day, planned at %(due)s.", **told)
        if overdue.what is Awaited.LEAVE:
            return t("%(crew)s is still at a door that it was to leave at %(due)s.", **told)
        return t("%(crew)s has not checked in for %(time)s.", **told)

    def _alone(self, crew: CrewLineNow) -> Iterator[Notice]:
        """Yield that not all are confirmed at the door at which a crew stands."""
        begun = crew.now.crew.begun if crew.now.is_at_door else ()
        visit_id = begun[-1].id if begun else ""
        if visit_id not in self.asked:
            return
        members = next(one.members for one in self.record.content.crews if one.id == crew.line.id)
        there = company(members, self.asked[visit_id], self.present[visit_id])
        if there.is_alone:
            text = tn("%(crew)s: one is confirmed at a door for two.",
                      "%(crew)s: %(num)d are confirmed at a door for %(asked)d.",
                      len(there.present), crew=crew.line.name, asked=there.asked)  # fmt: skip
            yield Notice("alone", crew.line.id, text, is_bad=False, visit_id=visit_id)

    def _said_late(self, name: str, said: SaidLate) -> str:
        told = {"crew": name, "at": clock(self.at(said.at_s), self.zone)}
        late = duration(timedelta(seconds=said.late_s))
        return t("%(crew)s told at %(at)s that it is %(late)s late.", late=late, **told)

    def _threats(self, crew: CrewLineNow) -> Iterator[Notice]:
        """Yield a line for each visit in danger; one for all that a crew that is far behind misses.

        What must be made today, or may not be made any more, is told by itself.
        """
        found = [(one, line) for one, line in crew.stops if one.state.is_threatened]
        late = [told for told in found if not told[0].is_must and told[0].state is not State.GONE]
        are_many = len(late) > MOST_LINES
        for one, line in found:
            if not are_many or (one, line) not in late:
                yield self._threat(crew, one, line)
        if are_many:
            first = self._threat(crew, *late[0])
            more = tn("%(num)d more visit of theirs comes too late.",
                      "%(num)d more visits of theirs come too late.", len(late) - 1)  # fmt: skip
            text = f"{first.text} {more}"
            is_bad = any(one.state.is_lost for one, _ in late)
            yield replace(first, text=text, is_bad=is_bad, may_call=True)

    def _threat(self, crew: CrewLineNow, one: StopNow, line: StopLine | None) -> Notice:
        whom = masked(line.borrower.name) if line and line.borrower else one.stop.id
        told = {
            "crew": crew.line.name,
            "whom": whom,
            "time": clock(self.at(one.stop.start_s), self.zone),
            "last": clock(self.at(one.stop.start_s + (one.spare_s or 0)), self.zone),
        }
        if one.state is State.GONE:
            text = t("%(crew)s may not go to %(whom)s by now; the plan still has it.", **told)
        elif one.state is State.MISSED:
            text = t("%(crew)s would be at %(whom)s's at %(time)s; %(last)s is the latest.", **told)
        else:
            text = t("%(crew)s will be at %(whom)s's at %(time)s; %(last)s is the latest.", **told)
        if one.is_must:
            text = t("%(what)s It must be made today.", what=text)
        is_bad = one.state.is_lost or one.is_must
        return Notice(one.state.value, crew.line.id, text, is_bad, one.stop.id, is_must=one.is_must)


def day_now(run: OpenRun, zone: tzinfo) -> DayNow:
    """Return a published day as it runs now."""
    found, board = run.at(now()), seen_board(run.record)
    who = {one.crew_id: one for one in heard(run.record, run.before, run.kept.told, now())}
    crews = tuple(
        CrewLineNow(line, found.crews[line.id], who.get(line.id))
        for line in board.crews
        if line.id in found.crews
    )
    content = run.record.content
    waiting = open_records(content.city, content.on)
    present = presences_of(wired().store.engine, content.city, content.on)
    asked = {id: asked_at(run.kept, id) for id in present if id in content.targets}
    return DayNow(run.record, board, found, crews, zone, waiting, present, asked)


def asked_at(kept: Reread, visit_id: str) -> int:
    """Return how many have to go in together at a visit of a plan, by the facts of now."""
    target, day = kept.record.content.targets[visit_id], kept.day
    cases = [one for one in day.cases if one.id in target.case_ids]
    aside = day.dossier_of(target.borrower_id).set_aside(day.on)
    law = crew_size(kept.rules, day.on, aside)
    return people_needed(day, cases, law) if cases else law
