"""The best pairs of all who could go together: a matching."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.cp_sat import repeatable
from scheduler.model import Crew

WORK_PER_CANDIDATE = 0.0008
"""Deterministic seconds of CP-SAT per candidate pair: some 3 s for 200 collectors, rarely used."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two who could go together.

    `is_repeat`: they went together for as many days as the city allows already.
    """

    crew: Crew
    points: int
    is_repeat: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        first, second = self.crew.members
        return first, second


def best_matching(candidates: Sequence[Candidate], seed: int = 0) -> list[Candidate]:
    """Return the best candidates in which nobody stands twice, in the order given.

    Most pairs come first, then fewest repeats, then most points: by CP-SAT, which begins with
    `largest_matching` and keeps it where its work runs out without a better one. The same
    candidates, order and seed give the same pairs.
    """
    from ortools.sat.python import cp_model

    start = largest_matching(candidates)
    model = cp_model.CpModel()
    chosen = {candidate.crew.id: model.new_bool_var("") for candidate in candidates}
    by_member = defaultdict(list)
    for candidate in candidates:
        for member in candidate.pair:
            by_member[member].append(chosen[candidate.crew.id])
    for variables in by_member.values():
        model.add_at_most_one(variables)
    model.add(sum(chosen.values()) == len(start))
    model.add(sum(chosen[c.crew.id] for c in candidates if c.is_repeat) == repeats(start))
    model.maximize(sum(c.points * chosen[c.crew.id] for c in candidates))
    for candidate in candidates:
        model.add_hint(chosen[candidate.crew.id], candidate in start)
    solver = repeatable(seed, WORK_PER_CANDIDATE * len(candidates))
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return start
    return [c for c in candidates if solver.value(chosen[c.crew.id])]


def largest_matching(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return as many candidates as go together at all, with the fewest repeats.

    By Edmonds' blossom algorithm, which is exact, and quick where points do not count.
    """
    from networkx import Graph, max_weight_matching

    # Numbers for nodes: the order of a set of strings changes from one run to the next.
    number: dict[str, int] = {}
    graph: Graph[int] = Graph()
    for candidate in candidates:
        a, b = (number.setdefault(member, len(number)) for member in candidate.pair)
        graph.add_edge(a, b, weight=0 if candidate.is_repeat else 1, candidate=candidate)
    pairs = max_weight_matching(graph, maxcardinality=True)
    return [graph.edges[a, b]["candidate"] for a, b in sorted(map(sorted, pairs))]


def repeats(candidates: Iterable[Candidate]) -> int:
    return sum(candidate.is_repeat for candidate in candidates)
