"""What would change on a day if another policy held: whom it brings in, whom it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from scheduler.day import Day
from scheduler.model import Borrower, Case
from scheduler.policy import Policy
from scheduler.rules import RuleSet, crew_size
from scheduler.screening import Candidate, Screening, screening
from scheduler.value.of_day import value_on
from scheduler.visit_needs import people_needed

OnCount = Callable[[int, int], None]
"""Progress: borrowers looked at, of all."""

STEP = 500
"""Borrowers from one telling of the progress to the next."""


class Effect(StrEnum):
    """What another policy does to a case."""

    COMES_IN = "comes_in"
    FALLS_OUT = "falls_out"
    OTHER_CREW = "other_crew"  # visited as before, by more or fewer collectors
    OTHER_VALUE = "other_value"  # visited as before, worth more or less


@dataclass(frozen=True, slots=True)
class Affected:
    """A case to which a policy does something.

    `before` and `after` are collectors or money, as `effect` says; of a case that comes in or
    falls out, what its borrower's visit is worth where she is met, and 0. `why` tells of a case
    that falls out what the policy says.
    """

    case_id: str
    borrower_id: str
    bucket: str
    product: str
    effect: Effect
    before: Decimal
    after: Decimal
    why: str = ""


@dataclass(frozen=True)
class Preview:
    """What another policy changes, case by case, of all `cases` of the day."""

    cases: int
    visited_before: int
    visited_after: int
    affected: tuple[Affected, ...]

    def counts(self) -> list[tuple[str, str, dict[Effect, int]]]:
        """Return how many cases are affected and how, by bucket and product."""
        found = Counter((each.bucket, each.product, each.effect) for each in self.affected)
        groups = sorted({(bucket, product) for bucket, product, _ in found})
        return [
            (bucket, product, {effect: found[bucket, product, effect] for effect in Effect})
            for bucket, product in groups
        ]

    def total(self, effect: Effect) -> int:
        return sum(each.effect is effect for each in self.affected)


def preview(
    day: Day, rules: RuleSet, policy: Policy, on_count: OnCount = lambda _done, _all: None
) -> Preview:
    """Screen a day by its own policy and by another one, and say what differs.

    `on_count` may raise to end it early. No visit need be possible: whether a crew has room is
    a plan's matter.
    """
    day = replace(day, crews=())
    sides = _Sides(day, rules, screening(day, rules), screening(replace(day, policy=policy), rules))
    affected: list[Affected] = []
    visited = [0, 0]
    for number, borrower in enumerate(day.borrowers):
        if number % STEP == 0:
            on_count(number, len(day.borrowers))
        found = sides.of(borrower)
        visited[0] += len(found.before.cases) if found.before else 0
        visited[1] += len(found.after.cases) if found.after else 0
        affected += found.affected
    on_count(len(day.borrowers), len(day.borrowers))
    return Preview(len(day.cases), visited[0], visited[1], tuple(affected))


@dataclass(frozen=True)
class _Judged:
    before: Candidate | None
    after: Candidate | None
    affected: list[Affected]


@dataclass(frozen=True)
class _Sides:
    """Both policies over the same facts, arranged once each."""

    day: Day
    rules: RuleSet
    old: Screening
    new: Screening

    def of(self, borrower: Borrower) -> _Judged:
        before, _ = self.old.judge(borrower)
        after, left_out = self.new.judge(borrower)
        why = {id: entry.detail for entry in left_out for id in entry.case_ids}
        was, becomes = _by_id(before), _by_id(after)
        worth_before = _worth(self.old.day, before)
        worth_after = _worth(self.new.day, after)
        found = [
            *(_told(was[id], Effect.FALLS_OUT, worth_before, why=why.get(id, ""))
              for id in was.keys() - becomes.keys()),
            *(_told(becomes[id], Effect.COMES_IN, after=worth_after)
              for id in becomes.keys() - was.keys()),
        ]  # fmt: skip
        if before and after and was.keys() == becomes.keys():
            found += self._otherwise(before, after, worth_before, worth_after)
        return _Judged(before, after, sorted(found, key=lambda each: each.case_id))

    def _otherwise(
        self, before: Candidate, after: Candidate, was: Decimal, becomes: Decimal
    ) -> Iterator[Affected]:
        """Tell of a visit that both policies ask for in what it differs."""
        sizes = [
            people_needed(side.day, side_cases, crew_size(self.rules, self.day.on))
            for side, side_cases in ((self.old, before.cases), (self.new, after.cases))
        ]
        for case in after.cases:
            if sizes[0] != sizes[1]:
                yield _told(case, Effect.OTHER_CREW, Decimal(sizes[0]), Decimal(sizes[1]))
            if was != becomes:
                yield _told(case, Effect.OTHER_VALUE, was, becomes)


def _by_id(candidate: Candidate | None) -> dict[str, Case]:
    return {case.id: case for case in candidate.cases} if candidate else {}


def _worth(day: Day, candidate: Candidate | None) -> Decimal:
    """Return what the visit is worth where it meets the borrower; nothing where there is none."""
    if candidate is None:
        return Decimal(0)
    return value_on(day, candidate.cases, 1.0, candidate.past).total


def _told(
    case: Case,
    effect: Effect,
    before: Decimal = Decimal(0),
    after: Decimal = Decimal(0),
    why: str = "",
) -> Affected:
    return Affected(
        case.id, case.borrower_id, case.bucket, case.product, effect, before, after, why
    )


HEADER = ("case", "borrower", "bucket", "product", "effect", "before", "after", "why")


def lines(affected: Sequence[Affected]) -> list[tuple[str, ...]]:
    """Return the affected cases as rows of a file, below `HEADER`."""
    return [
        (
            *(each.case_id, each.borrower_id, each.bucket, each.product, each.effect.value),
            *(f"{each.before}", f"{each.after}", each.why),
        )
        for each in affected
    ]
