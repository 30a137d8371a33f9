"""How strongly to ruin, and how hot it is: one set of rules for all problems."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.engines.search.kernels.tables import Settings, State, Tables

HOTTEST = 0.7
COOLEST = 0.03
"""Temperatures at the begin and the end, in mean prices of a leg."""

SLACK = 10.0
"""How many of the hottest temperatures a label may make a day dearer, if it is to be kept."""

FIRST = Settings(neighbours=30, removed=0.0, string=1.0, longest=0.0, unserved=0.0, tails=0.0)
"""For a first plan: nothing is taken out yet."""

STILL = FIRST._replace(neighbours=0)
"""For routes as they are: a look at them, or empty ones alone are filled."""

USUAL = Settings(
    neighbours=20, removed=10.0, string=10.0, longest=50.0, unserved=8.0, tails=0.2, whole=0.01
)
"""One set for all: what follows the length of the routes, the kernels find out as they go."""

WORK = 20_000
"""Visits times steps between two looks at the clock: about a thousandth of a second."""

WORK_OF_PART = 200_000
"""The same of a part: as much longer as it takes until all parts have come to their end."""

IN_PART = 150
"""Visits that each of three parts or more makes at least: smaller ones are all seam."""

PARTING = 10
"""Steps for each visit between two partings: half and double as many do no better."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """Settings of a search, its temperatures, and steps between two looks at the clock.

    In `parts` parts, each goes as many steps; they are parted anew after so many `slices`.
    """

    settings: Settings
    hottest: float
    coolest: float
    parts: int
    steps: int
    slices: int

    def temperature(self, share: float) -> float:
        """Return the temperature after that share of the search."""
        return self.hottest * (self.coolest / self.hottest) ** share


def tuned(laid: Tables, state: State, threads: int, work: int = WORK) -> Tuning:
    """Return how to go on from a first plan; `work` is that of a slice of the whole."""
    route = state.route[: len(laid.crew)]
    used = route.length > 0
    visits, routes = int(route.length.sum()), int(used.sum())
    travel = (route.travel_s * laid.crew.price_per_s)[used].sum()
    leg = max(1.0, float(travel) / max(1, visits + routes))
    settings = USUAL
    settings = settings._replace(slack=round(SLACK * HOTTEST * leg))
    if visits == len(laid.visit):
        settings = settings._replace(unserved=0.0)
    if len(set(laid.crew.kind.tolist())) == len(laid.crew):
        settings = settings._replace(tails=0.0)  # nobody can do another's day
    parts = max(1, min(threads, routes, max(2, visits // IN_PART)))
    if _is_one(laid):
        parts = 1
    in_part = max(100, len(laid.visit) // parts)
    steps = max(16, (WORK_OF_PART if parts > 1 else work) // in_part)
    slices = -(-PARTING * in_part // steps)
    return Tuning(settings, HOTTEST * leg, COOLEST * leg, parts, steps, slices)


def _is_one(laid: Tables) -> bool:
    """Whether crews anywhere may have to do with each other: two that meet, a limit of moves."""
    return bool((laid.visit.twin >= 0).any()) or laid.moves.size > 0
