"""How many visits move, against the plan that people know, where that has a limit."""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import part
from scheduler.engines.search.kernels.meeting import is_twin
from scheduler.engines.search.kernels.tables import Int, State, Tables


@part
def are_limited(p: Tables) -> bool:
    """Whether moves have a limit."""
    return p.moves.shape[0] > 0


@part
def moves_of(p: Tables, s: State, c: Int) -> Int:
    """Return how many moves it is that so many, and these, go to visit `c`."""
    if s.spot[c].crew < 0:
        return p.visit[c].is_known
    moves = np.int64(p.moves[p.visit[c].group, s.spot[c].crew])
    twin = p.visit[c].twin
    if twin >= 0 and s.spot[twin].crew >= 0:
        moves += p.moves[p.visit[c].group, s.spot[twin].crew]
    return moves


@part
def more_moves(p: Tables, s: State) -> Int:
    """Return how many more moves this iteration's changes are; all who moved have waited."""
    more = 0
    for i in range(s.count[0].n_waiting):
        c = s.queue[i].waiting
        more += moves_of(p, s, c) - s.spot[c].moves
    return more


@part
def count_moves(p: Tables, s: State) -> None:
    """Count the moves of all anew."""
    s.count[0].moves = 0
    for c in range(p.visit.size):
        if not is_twin(p, c):
            s.spot[c].moves = moves_of(p, s, c)
            s.count[0].moves += s.spot[c].moves


@part
def keep_moves(p: Tables, s: State, more: Int) -> None:
    s.count[0].moves += more
    for i in range(s.count[0].n_waiting):
        c = s.queue[i].waiting
        s.spot[c].moves = moves_of(p, s, c)
