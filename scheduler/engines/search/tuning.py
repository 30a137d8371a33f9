"""How strongly to ruin, by how long the routes are: one set of rules for all problems."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.engines.search.tables import Settings, State, Tables

HOTTEST = 1.0
COOLEST = 0.02
"""Temperatures at the begin and the end, in mean prices of a leg."""

NEIGHBOURS = 30
UNSERVED = 15.0
SLICE = 20_000


@dataclass(frozen=True, slots=True)
class Tuning:
    """Settings of a search, its temperatures, and steps between two looks at the clock."""

    settings: Settings
    hottest: float
    coolest: float
    steps: int

    def temperature(self, share: float) -> float:
        """Return the temperature after that share of the search."""
        return self.hottest * (self.coolest / self.hottest) ** share


def tuned(laid: Tables, state: State) -> Tuning:
    """Return how to go on from a first plan."""
    used = state.route.length > 0
    visits, routes = int(state.route.length.sum()), int(used.sum())
    travel = (state.route.travel_s * laid.crew.price_per_s)[used].sum()
    leg = max(1.0, float(travel) / max(1, visits + routes))
    is_long = visits > 20 * routes
    settings = Settings(
        neighbours=NEIGHBOURS,
        removed=25.0 if is_long else 10.0,
        longest=50.0 if is_long else 10.0,
        unserved=UNSERVED if visits < len(laid.visit) else 0.0,
    )
    steps = max(16, SLICE // max(100, len(laid.visit)))
    return Tuning(settings, HOTTEST * leg, COOLEST * leg, steps)
