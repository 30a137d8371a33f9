"""A question and what is known of its answer, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.jobs import Job
from scheduler.headcount.figures import TeamFigures
from scheduler.headcount.question import Answer
from scheduler.plan import Reason
from web.headcount.asked import Question, question_of
from web.headcount.kept import kept_teams, least


@dataclass(frozen=True)
class Seen:
    """A job with its question; `answer` is of the teams known so far, ascending.

    `is_whole` tells that the search has ended: `answer.smallest` is then the smallest of all teams,
    else the smallest of those that are known. `book` counts what the question was asked of.
    """

    job: Job
    question: Question
    answer: Answer
    is_whole: bool
    book: Mapping[str, Any]

    @property
    def teams(self) -> tuple[TeamFigures, ...]:
        return self.answer.teams

    @property
    def largest(self) -> int:
        """Where the axis of headcounts ends."""
        return self.teams[-1].employed if self.teams else 0

    @property
    def asked(self) -> int:
        """How many cases count: those asked for that could be visited on some day."""
        return self.teams[-1].asked if self.teams else int(self.book.get("cases", 0))

    @property
    def never(self) -> int:
        """How many cases that were asked for could be visited on no day."""
        return sum(count for _, count in self.unserved)

    def may_go_on(self, today: date) -> bool:
        """Tell whether teams are missing that the same question can still be asked of."""
        is_begun = self.job.state.is_over and bool(self.teams)
        return is_begun and not self.is_whole and self.question.first > today

    @property
    def unserved(self) -> list[tuple[Reason, int]]:
        """Cases that no team of any size visits on any day, the commonest reason first."""
        told = self.teams[-1].unserved.items() if self.teams else ()
        return sorted(told, key=lambda one: (-one[1], one[0]))

    @property
    def refused_by(self) -> list[tuple[str, int]]:
        """Of those whom a rule refuses, how many each does, by its name; the most first."""
        told = self.teams[-1].refused_by.items() if self.teams else ()
        return sorted(told, key=lambda one: (-one[1], one[0]))

    def team(self, employed: int | None) -> TeamFigures | None:
        """Return a team: the one named, the one asked for, the smallest enough, or the largest."""
        by_size = {one.employed: one for one in self.teams}
        asked = (employed, self.question.scenario.employed or None, self.answer.smallest)
        wished = (by_size.get(one) for one in (*asked, self.largest) if one is not None)
        return next((one for one in wished if one is not None), None)


def seen(job: Job) -> Seen:
    """Return what is known of a question: its result, or what is reached so far."""
    told = job.result or job.reached or {}
    question, known = question_of(job), kept_teams(told)
    is_whole = bool(told.get("is_whole"))
    found = told["smallest"] if is_whole else least(known, question.share)
    teams = tuple(known[count] for count in sorted(known))
    return Seen(job, question, Answer(teams, found, question.share), is_whole, told)
