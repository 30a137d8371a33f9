"""Taking visits out, and which unserved ones get another try.

Strings of neighbouring routes are taken out as by Christiaens and Vanden Berghe, Transportation
Science 54(2), 2020.
"""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import long_part, only_part, part
from scheduler.engines.search.kernels.chance import below, uniform
from scheduler.engines.search.kernels.meeting import first_half, is_twin
from scheduler.engines.search.kernels.routes import rebuild, touch
from scheduler.engines.search.kernels.tables import ROAD, Int, Settings, State, Tables

SHORT = 2
"""Where routes have no more visits than so many usual strings, whole ones are taken out, too."""


@part
def let_wait(s: State, c: Int) -> None:
    """Note that visit `c` is to be inserted."""
    s.spot[c].is_waiting = 1
    s.queue[s.count[0].n_waiting].waiting = c
    s.count[0].n_waiting += 1


@only_part
def leave(p: Tables, s: State, c: Int) -> None:
    """Let visit `c`, which is no longer in its route, wait; the other half of it leaves its own."""
    s.spot[c].crew = -1
    twin = p.visit[c].twin
    if twin >= 0 and s.spot[twin].crew >= 0:
        take_out(p, s, twin)
    let_wait(s, first_half(p, c))


@long_part
def take_out(p: Tables, s: State, c: Int) -> None:
    """Take visit `c` out of its route."""
    v, at = np.int64(s.spot[c].crew), np.int64(s.spot[c].at)
    touch(p, s, v)
    for j in range(at, s.route[v].length):
        s.stop[v, j].place = s.stop[v, j + 1].place
    s.route[v].length -= 1
    s.spot[c].crew = -1
    rebuild(p, s, v)


@part
def mean_length(s: State) -> float:
    """Return the mean number of visits of the routes that have one."""
    visits, used = 0, 0
    for v in range(s.desk.size):
        visits += s.route[v].length
        used += s.route[v].length > 0
    return visits / used if used > 0 else 1.0


@only_part
def take_string(p: Tables, s: State, v: Int, at: Int, longest: float, is_whole: bool) -> None:
    """Take a random run of stops around `at` out of route `v`, half the time sparing a few.

    Or all of them where `is_whole`.
    """
    touch(p, s, v)
    n = s.route[v].length
    length = n if is_whole else np.int64(uniform(s.count) * min(np.float64(n), longest)) + 1
    spared = 0
    if 1 < length < n and uniform(s.count) < 0.5:
        spared = 1
        while length + spared < n and uniform(s.count) < 0.5:
            spared += 1
    span = length + spared
    lowest = max(1, at - span + 1)
    first = lowest + below(s.count, min(at, n - span + 1) - lowest + 1)
    spare = first + below(s.count, length) if spared > 0 else n + 2
    kept = 0
    for j in range(1, n + 1):
        c = p.place[s.stop[v, j].place].visit
        is_taken = first <= j < first + span and not (spare <= j < spare + spared)
        if is_taken or (p.is_full and follows_one_taken(p, s, v, c)):
            leave(p, s, c)
        else:
            kept += 1
            s.stop[v, kept].place = s.stop[v, j].place
    s.route[v].length = kept
    rebuild(p, s, v)


@part
def follows_one_taken(p: Tables, s: State, v: Int, c: Int) -> bool:
    """Whether visit `c` of route `v` must follow one that is no longer there."""
    return p.visit[c].after >= 0 and s.spot[p.visit[c].after].crew != v


@part
def longest_string(s: State, q: Settings, mean: float) -> float:
    """Return how long a string may be in this iteration.

    Where routes are longer than a usual string, any length between that and theirs, short ones as
    often as long ones: by short strings a plan is polished, by long ones tails change hands.
    """
    most = min(q.longest, mean)
    return most if most <= q.string else q.string * (most / q.string) ** uniform(s.count)


@only_part
def take_strings(p: Tables, s: State, q: Settings) -> Int:
    """Take strings out of routes near a random visit, or a whole short one; return that visit."""
    seed = below(s.count, p.visit.size)
    mean = mean_length(s)
    is_whole = mean <= SHORT * q.string and uniform(s.count) < q.whole
    longest = longest_string(s, q, mean)
    removed = q.removed * max(1.0, (1 + longest / q.string) / 2)
    strings = 1 if is_whole else np.int64(uniform(s.count) * (4 * removed / (1 + longest) - 1) + 1)
    for i in range(p.near.shape[2]):
        c = np.int64(p.near[ROAD, seed, i])
        v = np.int64(s.spot[c].crew)
        if v >= 0 and s.route[v].mark != s.count[0].tick:
            take_string(p, s, v, np.int64(s.spot[c].at), longest, is_whole)
            strings -= 1
            if strings <= 0:
                break
    return seed


@part
def try_unserved(p: Tables, s: State, q: Settings, seed: Int) -> None:
    """Let some unserved visits near `seed`, and two from anywhere, wait to be inserted."""
    if s.count[0].n_unserved == 0:
        return
    more = np.int64(uniform(s.count) * q.unserved) + 1
    for i in range(p.near.shape[2]):
        c = np.int64(p.near[ROAD, seed, i])
        if is_twin(p, c):
            continue
        if s.spot[c].crew < 0 and s.spot[c].is_waiting == 0 and uniform(s.count) < 0.7:
            let_wait(s, c)
            more -= 1
            if more <= 0:
                break
    for _ in range(2):
        other = s.queue[below(s.count, s.count[0].n_unserved)].unserved
        if s.spot[other].crew < 0 and s.spot[other].is_waiting == 0:
            let_wait(s, other)
