"""A question of headcount, answered beside the pages: each team is kept as soon as it is known."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from data.jobs import Job
from scheduler.forecast import spreads_now
from scheduler.headcount.figures import TeamFigures
from scheduler.headcount.question import Answer, Asking
from web.child import end_with_server
from web.headcount.asked import Question, question_of
from web.headcount.kept import kept_teams, least, told
from web.headcount.processes import side_by_side
from web.headcount.simulating import Simulation, fingerprint_of, team_there, to_be_visited
from web.wiring import Wired


class Beat(Protocol):
    """Tells how far a job is, keeps what it has reached, and hears whether it is to stop."""

    def tell(self, **progress: Any) -> None: ...

    def keep(self, reached: Mapping[str, Any]) -> None: ...

    def is_cancelled(self) -> bool: ...


class StoppedError(Exception):
    """Somebody has seen enough: what is known by now is the answer."""


@dataclass
class Course:
    """What is known so far; `book` tells what the question was asked of."""

    beat: Beat
    known: dict[int, TeamFigures]
    book: Mapping[str, Any] = field(default_factory=dict)

    def begin(self, book: Mapping[str, Any]) -> None:
        self.book = book
        self._keep()

    def hear(self, team: TeamFigures) -> None:
        """Keep a team that is known: from here another runner goes on."""
        self.known[team.employed] = team
        self._keep()

    def look(self) -> None:
        """Tell how far it is; StoppedError where that is enough."""
        self.beat.tell(known=len(self.known))
        if self.beat.is_cancelled():
            raise StoppedError

    def _keep(self) -> None:
        self.beat.keep(self.told)

    @property
    def told(self) -> dict[str, Any]:
        return {**self.book, "teams": [told(self.known[count]) for count in sorted(self.known)]}


def simulate_teams(wired: Wired, job: Job, beat: Beat) -> Mapping[str, Any]:
    """Answer the question of a job; of one that is stopped, what is known by then is told.

    Teams that a runner before has kept are not simulated again, if the book is still the one that
    they worked: answers of two books are never put together.
    """
    question, processes = question_of(job), os.cpu_count() or 1
    asked = simulation_of(wired, job.city, question)
    course = Course(beat, {})
    try:
        with side_by_side(asked, processes, course.hear, course.look, end_with_server) as run:
            book = {**book_of(asked), **spreads_told(wired, job.city)}
            course.known |= kept_of(job, book)
            course.begin(book)
            asking = Asking(run, known=course.known)
            found = answered(asking, question, course.book, processes)
    except StoppedError:
        return {**course.told, "is_whole": False, "smallest": least(course.known, question.share)}
    return {**course.told, "is_whole": True, "smallest": found.smallest}


def kept_of(job: Job, book: Mapping[str, Any]) -> dict[int, TeamFigures]:
    """Return the teams that a runner before has kept, all of which worked `book`; else none."""
    reached = job.reached or {}
    is_same = all(reached.get(name) == value for name, value in book.items())
    return kept_teams(reached) if is_same else {}


def simulation_of(wired: Wired, city: str, question: Question) -> Simulation:
    """Return what is simulated, but for the headcount."""
    return Simulation(
        wired.home.path,
        city,
        question.first,
        question.scenario,
        question.wages,
        seed=question.seed,
        mode=question.mode,
        paths=question.paths,
    )


def book_of(asked: Simulation) -> dict[str, Any]:
    """Return of what book a question is asked: counts alone, and by what it is known again."""
    cases, days = to_be_visited(asked)
    collectors, visits = team_there(asked)
    counts = {"cases": cases, "days": days, "collectors": collectors, "learned_from": visits}
    return {**counts, "fingerprint": fingerprint_of(asked)}


def spreads_told(wired: Wired, city: str) -> dict[str, Any]:
    """Return from how many ways and visits it was learned how far times spread; 0 are assumed."""
    by = spreads_now(wired.store.times_decisions(city))
    return {"spread_legs": by.legs, "spread_visits": by.visits}


def answered(asking: Asking, question: Question, book: Mapping[str, Any], at_once: int) -> Answer:
    """Return the answer; the team that was chosen comes first, for somebody waits for it."""
    if question.scenario.employed:
        asking.of([question.scenario.employed])
    return asking.answer(
        book["cases"], book["days"], most=question.most, share=question.share, at_once=at_once
    )
