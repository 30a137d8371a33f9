"""The planner's question, answered: how many collectors, and what one more would bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import ceil

from scheduler.headcount.curve import Point, break_even, knee, smallest
from scheduler.headcount.figures import TeamFigures
from scheduler.headcount.limits import ENOUGH

A_DAY = 6
"""Visits that one person makes on a day: where the search begins, and nothing else."""

CURVE_POINTS = 8
"""How many headcounts a curve shows at least, where the range has as many."""

Simulate = Callable[[Sequence[int]], Sequence[TeamFigures]]
"""Answers the figures of several headcounts, in their order."""


@dataclass(frozen=True)
class Answer:
    """What was found: the figures of every headcount that was tried, ascending.

    `smallest` is the smallest team that does what was asked, None where the largest that might be
    asked for does not. `knee` is where more people begin to bring less, `break_even` the last whose
    meetings are expected to bring what she costs.
    """

    teams: tuple[TeamFigures, ...]
    smallest: int | None
    share: float

    @property
    def is_of_nobody(self) -> bool:
        """Whether nobody can be visited on any day, so that no team is enough or too small."""
        return bool(self.teams) and not any(one.asked for one in self.teams)

    @property
    def perhaps(self) -> int | None:
        """The smallest known team whose band reaches what is enough."""
        return min(
            (one.employed for one in self.teams if self._reached(one.least.high)), default=None
        )

    @property
    def surely(self) -> int | None:
        """The smallest known team whose whole band is enough."""
        return min(
            (one.employed for one in self.teams if self._reached(one.least.low)), default=None
        )

    @property
    def fall(self) -> tuple[int, int] | None:
        """The first two teams of which the larger covers less beyond its band.

        Then other people go together, or go to other cases, than in the smaller team; and the
        search, for which more people never do worse, may have missed a smaller team.
        """
        return next(
            (
                (fewer.employed, more.employed)
                for fewer, more in combinations(self.teams, 2)
                if more.least.high < fewer.least.low
            ),
            None,
        )

    def _reached(self, share: float) -> bool:
        return min(1.0, share) >= self.share

    @property
    def knee(self) -> int | None:
        bend = knee([Point(one.employed, one.coverage.mean) for one in self.teams])
        return bend.employed if bend else None

    @property
    def break_even(self) -> int | None:
        if len(self.teams) < 2:
            return None  # one alone is compared with none
        worth = [Point(one.employed, one.recovered.mean - one.cost.mean) for one in self.teams]
        return break_even(worth, cost=0)


@dataclass
class Asking:
    """Asks for headcounts, each once, and remembers what came; `on_team` hears of each."""

    simulate: Simulate
    on_team: Callable[[TeamFigures], None] = lambda _: None
    known: dict[int, TeamFigures] = field(default_factory=dict)

    def of(self, counts: Iterable[int]) -> list[TeamFigures]:
        """Return the figures of headcounts, simulating those that are not known yet."""
        asked = list(counts)
        new = sorted({count for count in asked if count not in self.known})
        for count, came in zip(new, self.simulate(new) if new else (), strict=True):
            self.known[count] = came
            self.on_team(came)
        return [self.known[count] for count in asked]

    def answer(
        self, asked: int, days_worked: int, *, most: int, share: float = ENOUGH, at_once: int = 1
    ) -> Answer:
        """Search the smallest team, then fill the curve around it.

        Parameters
        ----------
        asked, days_worked
            How many cases are to be visited, on how many days: where the search begins.
        most
            The largest team that might be employed.
        share
            Which share of the cases is enough.
        at_once
            How many headcounts `simulate` works on together.
        """

        def meets(counts: Sequence[int]) -> list[bool]:
            return [one.least.mean >= share for one in self.of(counts)]

        guess = ceil(asked / max(1, days_worked * A_DAY))
        found = smallest(meets, most, guess, at_once)
        self.of(self._missing(most if found is None else min(most, 2 * found)))
        teams = tuple(self.known[count] for count in sorted(self.known))
        return Answer(teams, found, share)

    def _missing(self, up_to: int) -> list[int]:
        """Return headcounts to be added so that a curve has points all along."""
        even = {round(up_to * part / (CURVE_POINTS - 1)) for part in range(CURVE_POINTS)}
        apart = up_to / (2 * CURVE_POINTS)
        return sorted(
            count for count in even if all(abs(count - known) >= apart for known in self.known)
        )
