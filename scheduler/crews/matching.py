"""The best pairs of all who could go together: a matching."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.model import Crew

WORK_PER_CANDIDATE = 0.002
"""Deterministic seconds of CP-SAT per candidate pair; a tenth of it has always been enough."""


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

    Most pairs come first, then fewest repeats, then most points. The same candidates, order and
    seed give the same pairs. Groups that have no candidate in common are solved one by one, by
    CP-SAT, beginning with a greedy choice, which stays where the solver's work runs out.
    """
    from networkx import Graph, connected_components

    graph: Graph[str] = Graph(candidate.pair for candidate in candidates)
    group_of = {
        member: n for n, group in enumerate(connected_components(graph)) for member in group
    }
    groups: list[list[Candidate]] = [[] for _ in set(group_of.values())]
    for candidate in candidates:
        groups[group_of[candidate.pair[0]]].append(candidate)
    chosen = {choice.crew.id for group in groups for choice in _solved(group, seed)}
    return [candidate for candidate in candidates if candidate.crew.id in chosen]


def largest_matching(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return as many candidates as go together at all, with the fewest repeats.

    By Edmonds' blossom algorithm, which is quick on many candidates where points do not count.
    """
    from networkx import Graph, max_weight_matching

    # Numbers for nodes: the order of a set of strings changes from one run to the next.
    numbers = {member: 0 for candidate in candidates for member in candidate.pair}
    numbers = {member: number for number, member in enumerate(numbers)}
    graph: Graph[int] = Graph()
    for candidate in candidates:
        a, b = (numbers[member] for member in candidate.pair)
        graph.add_edge(a, b, weight=0 if candidate.is_repeat else 1, candidate=candidate)
    pairs = max_weight_matching(graph, maxcardinality=True)
    return [graph.edges[a, b]["candidate"] for a, b in sorted(map(sorted, pairs))]


def _solved(candidates: Sequence[Candidate], seed: int) -> list[Candidate]:
    """Solve one connected group."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = [model.new_bool_var(candidate.crew.id) for candidate in candidates]
    by_member: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    for candidate, variable in zip(candidates, chosen, strict=True):
        for member in candidate.pair:
            by_member[member].append(variable)
    for variables in by_member.values():
        model.add_at_most_one(variables)
    # Follows from the above for whole numbers; without it an odd group takes minutes to prove.
    most_pairs = len(by_member) // 2
    model.add(cp_model.LinearExpr.sum(chosen) <= most_pairs)
    ranks = _ranks(candidates, most_pairs)
    model.maximize(cp_model.LinearExpr.weighted_sum(chosen, ranks))
    greedy = _greedy(candidates, ranks)
    for candidate, variable in zip(candidates, chosen, strict=True):
        model.add_hint(variable, candidate.crew.id in greedy)

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = WORK_PER_CANDIDATE * len(candidates)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [candidate for candidate in candidates if candidate.crew.id in greedy]
    return [c for c, variable in zip(candidates, chosen, strict=True) if solver.value(variable)]


def _ranks(candidates: Sequence[Candidate], most_pairs: int) -> list[int]:
    """One whole number per candidate whose sums rank by pairs, then repeats, then points."""
    least = min(candidate.points for candidate in candidates)
    span = max(candidate.points for candidate in candidates) - least
    repeat = span * most_pairs + 1
    pair = (repeat + span) * most_pairs + 1
    return [pair - repeat * c.is_repeat + c.points - least for c in candidates]


def _greedy(candidates: Sequence[Candidate], ranks: Sequence[int]) -> set[str]:
    """Return the crews of a fair choice: the best first, each that nobody of is taken yet."""
    taken: set[str] = set()
    crews = set()
    for _, n in sorted((-rank, n) for n, rank in enumerate(ranks)):
        if taken.isdisjoint(candidates[n].pair):
            taken.update(candidates[n].pair)
            crews.add(candidates[n].crew.id)
    return crews
