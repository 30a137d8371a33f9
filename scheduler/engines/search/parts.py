"""A plan in parts: routes that lie together, with their visits, each a problem of its own.

Every parting cuts elsewhere, so that what lies at a seam of one lies inside a part of another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.engines.search.beginning import Routes, state_of
from scheduler.engines.search.kernels.tables import FAR, ROAD, Array, State, Tables
from scheduler.engines.search.neighbours import usual_mode


@dataclass(frozen=True, slots=True)
class Part:
    """Some crews and visits of a plan, numbered anew, as tables and state.

    `crews` and `visits` are their numbers in the whole plan, ascending; places keep theirs.
    """

    crews: Array
    visits: Array
    tables: Tables
    state: State


def parted(laid: Tables, routes: Routes, most: int, rng: np.random.Generator) -> list[Part]:
    """Part `routes` into `most` parts of about as many visits, or fewer where crews are few.

    Each crew is in one part with its visits, and each visit that nobody makes in that of a crew
    near by that may. Crews in whose part there is no visit are in none.
    """
    by_crew = _parts_of_crews(laid, routes, min(most, len(laid.crew)), rng)
    by_visit = by_crew[_crews_near(laid, routes)]
    return [
        _part(laid, routes, np.flatnonzero(by_crew == k), np.flatnonzero(by_visit == k), rng)
        for k in np.unique(by_visit)
    ]


def _parts_of_crews(laid: Tables, routes: Routes, parts: int, rng: np.random.Generator) -> Array:
    """Return the part of each crew: all are cut in two in a random direction, and these again."""
    doors = _Doors(laid, routes)
    visits = routes.length + 1
    part = np.zeros(len(laid.crew), np.int64)
    uncut = [(np.arange(len(part)), parts)]
    for k in range(parts):
        crews, more = uncut.pop()
        while more > 1:
            order = crews[doors.order(crews, rng)]
            shares = np.cumsum(visits[order]) / visits[order].sum()
            less = more // 2
            at = int(np.searchsorted(shares, less / more)) + 1
            at = min(max(at, less), len(order) - (more - less))  # a crew for each part
            uncut.append((order[at:], more - less))
            crews, more = order[:at], less
        part[crews] = k
    return part


class _Doors:
    """Where each crew goes; who has no visit is at home."""

    def __init__(self, laid: Tables, routes: Routes) -> None:
        crew, place = routes.stops
        idle = np.flatnonzero(routes.length == 0)
        self._crew = np.concatenate([crew, idle])
        self._location = np.concatenate([laid.place.location[place], laid.crew.start[idle]])
        self._travel = laid.travel[usual_mode(laid)]

    def order(self, crews: Array, rng: np.random.Generator) -> Array:
        """Return the order of `crews` from those near one of them to those near another.

        The one is any of them, the other is the farthest from it.
        """
        from_one = self._far_s(rng.choice(crews), rng)[crews]
        from_other = self._far_s(crews[from_one.argmax()], rng)[crews]
        return np.argsort(from_one - from_other, kind="stable")

    def _far_s(self, crew: int, rng: np.random.Generator) -> Array:
        """Return the mean travel from a door of `crew` to those of each crew."""
        pole = rng.choice(self._location[self._crew == crew])
        travel_s = self._travel[pole, self._location].astype(np.float64)
        return np.bincount(self._crew, travel_s) / np.bincount(self._crew)


def _crews_near(laid: Tables, routes: Routes) -> Array:
    """Return who makes each visit, or who that may comes nearest to it; any crew if none may."""
    crew = np.full(len(laid.visit), -1)
    by, place = routes.stops
    crew[laid.place.visit[place]] = by
    unserved = np.flatnonzero(crew < 0)
    may_go = laid.sending[laid.visit.group[unserved]] < FAR
    near = crew[laid.near[ROAD, unserved]]
    suits = (near >= 0) & np.take_along_axis(may_go, near, 1)
    nearest = near[np.arange(len(near)), suits.argmax(1)]
    crew[unserved] = np.where(suits.any(1), nearest, may_go.argmax(1))
    return crew


def _part(
    laid: Tables, routes: Routes, crews: Array, visits: Array, rng: np.random.Generator
) -> Part:
    number = np.full(len(laid.visit) + 1, -1)
    number[visits] = np.arange(len(visits))
    place, visit, crew = laid.place.copy(), laid.visit[visits], laid.crew[crews]
    place.visit = number[place.visit]
    visit.after = number[visit.after]  # the last number is -1, as is who follows nobody
    crew.kind = np.unique(crew.kind, return_inverse=True)[1]
    tables = laid._replace(
        visit=visit,
        place=place,
        crew=crew,
        sending=np.ascontiguousarray(laid.sending[:, crews]),
        load=laid.load[visits],
        capacity=laid.capacity[crews],
        near=_near(number[laid.near[:, visits]]),
    )
    mine = Routes(routes.place[crews], routes.length[crews])
    return Part(crews, visits, tables, state_of(tables, mine, int(rng.integers(2**62))))


def _near(near: Array) -> Array:
    """Put each visit itself, which is passed over, in the place of a neighbour that is not here."""
    itself = np.arange(near.shape[1])[:, None]
    return np.ascontiguousarray(np.where(near < 0, itself, near), np.int32)
