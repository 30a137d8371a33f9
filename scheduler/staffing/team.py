"""Who of a crew has come to work, and what those can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scheduler.problem import CrewShift, Problem, Visit
from scheduler.staffing.arrays import Bools, Ints
from scheduler.staffing.world import World


class Person(NamedTuple):
    """A member of a crew; `skills` None where only those of the whole crew are known."""

    id: str
    skills: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Team:
    """The members of a crew: `present` [member, replication], and when the last one is ready."""

    crew: CrewShift
    people: tuple[Person, ...]
    present: Bools
    late_s: Ints

    @property
    def count(self) -> Ints:
        """How many are present, by replication."""
        counted: Ints = self.present.sum(axis=0)
        return counted

    def can_make(self, visit: Visit, *, is_met: bool = False) -> Bools:
        """Whether those present are enough for a visit, and have its skills.

        Of a crew that meets another one it is not asked here how many they are.
        """
        enough = self.count >= (1 if is_met else visit.crew_size)
        skilled = (self.has(skill) for skill in visit.skills)
        able: Bools = np.logical_and.reduce([enough, *skilled])
        return able

    def has(self, skill: str) -> Bools:
        """Whether somebody present has a skill; one that nobody is known to have, all have."""
        known = [person.skills is not None and skill in person.skills for person in self.people]
        named = np.array(known) if any(known) else np.ones(len(known), bool)
        has: Bools = self.present[named].any(axis=0)
        return has


def team_of(problem: Problem, crew: CrewShift, world: World, reps: Ints) -> Team:
    """Return who comes to work of `crew` in each replication."""
    people = people_of(problem, crew)
    absent = [world.is_absent(person.id, reps) for person in people]
    present = ~np.array(absent).reshape(len(people), len(reps))
    late_s = np.zeros(len(reps), np.int64)
    for person, is_here in zip(people, present, strict=True):
        late_s = np.where(is_here, np.maximum(late_s, world.late_s(person.id, reps)), late_s)
    return Team(crew, people, present, late_s)


def people_of(problem: Problem, crew: CrewShift) -> tuple[Person, ...]:
    """Return the members of a crew; of a problem that is no lender's day they have numbers."""
    if problem.day is not None:
        skills = {one.id: one.skills for one in problem.day.collectors}
        for one in problem.day.crews:
            if one.id == crew.id:
                return tuple(Person(member, skills.get(member)) for member in one.members)
    return tuple(Person(f"{crew.id}/{number}", None) for number in range(1, crew.size + 1))
