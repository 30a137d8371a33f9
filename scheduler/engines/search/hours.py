"""From what the compiled search tells of its best plan to routes of the option table."""

from __future__ import annotations

from scheduler.draft import Draft
from scheduler.engines.search.kernels.tables import PLACES, ROWS, State, Tables
from scheduler.route import Route


def told_route(draft: Draft, laid: Tables, state: State, crew: int) -> Route:
    """Return a crew's route in the best plan, each call at the hour that makes its day cheapest."""
    length = state.desk[crew].best_length
    rows = state.best[ROWS, crew, :length].tolist()
    places = state.best[PLACES, crew, :length]
    is_met = places >= laid.visit[laid.place[places].visit].meets
    starts_s = laid.span[laid.place[places].first].open_s.tolist()
    starts = [start_s if two else None for start_s, two in zip(starts_s, is_met, strict=True)]
    return Route(draft.table, crew, rows, starts)
