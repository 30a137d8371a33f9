"""Forms the pairs that no file gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np

from routing.point import distances_m
from scheduler.crews.joining import MeetingTime, Member, join
from scheduler.crews.matching import Candidate, best_matching, largest_matching, repeats
from scheduler.crews.quality import PairQuality
from scheduler.crews.roster import why_never

NEAREST = 12
"""How many of the nearest lawful partners are tried for each collector, at first."""


@dataclass(frozen=True)
class Pairing:
    """Judges and forms pairs of one day.

    `pair_days` and `max_days`: how many days in a row two went together, and how many they may.
    """

    quality: PairQuality
    meeting_s: MeetingTime
    pair_days: Mapping[frozenset[str], int]
    max_days: int

    def form(self, pool: Sequence[Member], seed: int) -> list[Candidate]:
        """Return the best pairs of `pool`.

        Candidates are near partners, which spares most of the work. Where these leave more alone
        than an odd number must, or repeat a pair, the most pairs of all possible ones join them,
        so that nobody stays alone for want of a far partner.
        """
        candidates = self._candidates(nearest_pairs(pool))
        if not _is_perfect(pool, largest_matching(candidates)):
            candidates += largest_matching(self._candidates(combinations(pool, 2)))
        unique = {candidate.crew.id: candidate for candidate in candidates}
        return best_matching(list(unique.values()), seed)

    def likely(self, pool: Sequence[Member]) -> list[Candidate]:
        """Return most pairs of near partners, any that are lawful: in a hundredth of the time."""
        return largest_matching(self._candidates(nearest_pairs(pool)))

    def why_alone(self, member: Member, others: Iterable[Member]) -> str:
        """Say why nobody goes with `member`, given that the pairs are formed."""
        others = [other for other in others if other.id != member.id]
        lawful = [other for other in others if not why_never(member, other)]
        if not any(other.collector.agency == member.collector.agency for other in others):
            return f"nobody else of agency {member.collector.agency!r} is on the road"
        if not lawful:
            return "she is never to go with anybody who is on the road"
        if not any(self._candidate(member, other) for other in lawful):
            return "she has too little common time with anybody whom she may go with"
        return "the odd one out: everybody whom she could go with is in another crew"

    def _candidates(self, pairs: Iterable[tuple[Member, Member]]) -> list[Candidate]:
        rated = (self._candidate(a, b) for a, b in pairs)
        return [candidate for candidate in rated if candidate is not None]

    def _candidate(self, a: Member, b: Member) -> Candidate | None:
        if why_never(a, b):
            return None
        joint = join(a, b, self.meeting_s, source="formed")
        if joint is None or joint.crew.window.duration < self.quality.weights.min_common:
            return None
        days = self.pair_days.get(frozenset((a.id, b.id)), 0)
        return Candidate(joint.crew, self.quality.points(a, b, joint), days >= self.max_days)


def nearest_pairs(pool: Sequence[Member]) -> list[tuple[Member, Member]]:
    """Return each member of `pool` with the lawful partners that start nearest to her."""
    lat = np.array([member.collector.start.lat for member in pool])
    lon = np.array([member.collector.start.lon for member in pool])
    by_distance = np.argsort(distances_m(lat[:, None], lon[:, None], lat, lon), kind="stable")
    pairs = set()
    for i, row in enumerate(by_distance.tolist()):
        partners = (j for j in row if j != i and not why_never(pool[i], pool[j]))
        pairs |= {(min(i, j), max(i, j)) for j in islice(partners, NEAREST)}
    return [(pool[i], pool[j]) for i, j in sorted(pairs)]


def _is_perfect(pool: Sequence[Member], chosen: Sequence[Candidate]) -> bool:
    """Whether nothing could be better: one alone for each odd agency, and no repeat."""
    sizes = Counter(member.collector.agency for member in pool)
    unavoidable = sum(size % 2 for size in sizes.values())
    is_short = len(pool) - 2 * len(chosen) > unavoidable
    return not is_short and not repeats(chosen)
