"""How strongly to ruin, by how long the routes are: one set of rules for all problems."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.engines.search.kernels.tables import Settings, State, Tables

HOTTEST = 2.0
COOLEST = 0.02
"""Temperatures at the begin and the end, in mean prices of a leg."""

SHORT = Settings(neighbours=20, removed=10.0, longest=10.0, unserved=8.0)
LONG = Settings(neighbours=40, removed=25.0, longest=50.0, unserved=8.0)
"""For routes up to `LONG_ROUTE` visits on average, and for longer ones: a long route needs a longer
string taken out, more of them together, and a wider look, or it stays as it is."""

LONG_ROUTE = 20

WORK = 20_000
"""Visits times steps between two looks at the clock: a few hundredths of a second."""


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
    settings = LONG if visits > LONG_ROUTE * routes else SHORT
    if visits == len(laid.visit):
        settings = settings._replace(unserved=0.0)
    steps = max(16, WORK // max(100, len(laid.visit)))
    return Tuning(settings, HOTTEST * leg, COOLEST * leg, steps)
